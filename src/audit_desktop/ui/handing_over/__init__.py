"""Copies that leave, in the window: writing one for the visitor, and opening one that is protected."""
