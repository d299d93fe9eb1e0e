"""Carrying an audit to another version of its framework, in the window."""
