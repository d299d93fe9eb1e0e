"""The form: one section's statements as cards, the pages beside them, and what guides through them."""
