"""The action plan in the window."""
