"""The report to read: one self-contained HTML file."""
