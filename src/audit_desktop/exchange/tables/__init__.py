"""Audits as tables: Excel and CSV."""
