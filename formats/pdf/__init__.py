"""PDF files: by their tags where they have them, else by how the text stands on the page. Pure."""

from formats.pdf.reading import read
from formats.pdf.words import words

__all__ = ["read", "words"]
