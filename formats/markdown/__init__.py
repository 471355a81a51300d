"""Markdown files: CommonMark with footnotes, tables and struck-out words, and front matter. Pure."""

from formats.markdown.reading import read
from formats.markdown.words import words

__all__ = ["read", "words"]
