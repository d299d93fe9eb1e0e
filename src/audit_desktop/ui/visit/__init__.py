"""What the visitor records, in the window: marks, visits, recommended actions and what is still missing."""
