"""What is open now: the one door for changes, undo and events. No Qt."""
