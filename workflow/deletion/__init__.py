"""Refused deletions, the recycle bin, redirects."""
