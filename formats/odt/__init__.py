"""OpenDocument texts (.odt, .ott, .fodt) of LibreOffice, Word, Google Docs, pandoc."""

from formats.odt.ledger_words import words
from formats.odt.reader import read

__all__ = ["read", "words"]
