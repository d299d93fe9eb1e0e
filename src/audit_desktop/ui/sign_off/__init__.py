"""Signing off in the window."""
