"""Plain text files: what mail programs, old archives and copying from a PDF leave. Pure."""

from formats.plain.ledger_words import words
from formats.plain.reading import read, read_lines

__all__ = ["read", "read_lines", "words"]
