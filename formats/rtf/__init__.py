"""Rich text files (.rtf, and .doc files that are RTF inside) of Word, LibreOffice, WordPad, TextEdit, pandoc."""

from formats.rtf.reader import read
from formats.rtf.words import words

__all__ = ["read", "words"]
