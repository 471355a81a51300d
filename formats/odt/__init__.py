"""OpenDocument texts (.odt, .ott, .fodt) of LibreOffice, Word, Google Docs, pandoc."""

from formats.odt.reader import read
from formats.odt.words import words

__all__ = ["read", "words"]
