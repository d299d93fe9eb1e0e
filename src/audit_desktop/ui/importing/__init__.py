"""Importing completed Word forms: the preview of what a document would change."""
