"""Markdown files: CommonMark with footnotes, tables and struck-out words, front matter as what it says of the file. Pure."""

from formats.markdown.reading import read
from formats.markdown.words import words

__all__ = ["read", "words"]
