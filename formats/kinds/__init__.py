"""Kinds of files: which reader reads one, why none does, and files that lie inside others. Pure."""
