"""Printing: an edition becomes a tagged PDF, which is kept."""
