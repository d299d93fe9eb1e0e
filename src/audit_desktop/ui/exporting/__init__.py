"""Exporting: the dialogs for one audit, a blank form and many audits, and the work behind them, which needs no Qt."""
