"""Editions as EPUB 3 books: reflowable, by chapters, with notes, languages and what makes them accessible. Pure."""

from formats.epub.writing import CONTENT_TYPE, write

__all__ = ["CONTENT_TYPE", "write"]
