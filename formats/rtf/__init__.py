"""Rich text files (.rtf, and .doc files that are RTF inside) of Word, LibreOffice, WordPad, TextEdit, pandoc."""

from formats.rtf.ledger_words import words
from formats.rtf.reader import read

__all__ = ["read", "words"]
