"""Translations of an outcome: begun as a copy of an edition's text, and brought up to a newer edition of it."""
