"""Plain text files: what mail programs, old archives and copying from a PDF leave. Pure."""

from formats.plain.reading import read, read_lines
from formats.plain.words import words

__all__ = ["read", "read_lines", "words"]
