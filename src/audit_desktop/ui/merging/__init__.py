"""Taking in a copy that came back, in the window."""
