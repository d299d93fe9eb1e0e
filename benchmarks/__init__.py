"""Measures what the design promises about speed and memory, always as ratios taken in one run on one machine."""
