"""Word files (.docx, .docm, .dotx) of every maker: Word, Word for the web, LibreOffice, WPS, Google Docs, pandoc."""

from formats.docx.reader import read
from formats.docx.words import words

__all__ = ["read", "words"]
