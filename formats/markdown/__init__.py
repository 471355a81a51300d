"""Markdown files: CommonMark with footnotes, tables and struck-out words, and front matter. Pure."""

from formats.markdown.ledger_words import words
from formats.markdown.reading import read

__all__ = ["read", "words"]
