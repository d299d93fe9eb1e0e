"""Keeping work safe in the window: recovery, other people with the file, and what went wrong with it."""
