"""Attached files in the window: at the cards, as a list of all, and opening them safely."""
