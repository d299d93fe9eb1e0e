"""The history of answers and earlier versions of the audit, in the window."""
