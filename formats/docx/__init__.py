"""Word files (.docx, .docm, .dotx) of every maker: Word, Word for the web, LibreOffice, WPS, Google Docs, pandoc."""

from formats.docx.ledger_words import words
from formats.docx.reader import read

__all__ = ["read", "words"]
