"""Audit Desktop: schools assess how they manage attendance, without a network."""

__version__ = "0.1.0"
