"""The overview of a folder of audits: a table with the status of each section in its colour."""
