"""PDF files: by their tags where they have them, else by how the text stands on the page. Pure."""

from formats.pdf.ledger_words import words
from formats.pdf.reading import read

__all__ = ["read", "words"]
