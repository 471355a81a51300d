"""Saved searches that mail what is new."""
