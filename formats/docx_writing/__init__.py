"""Editions as Word files: styles, real lists, tables, footnotes, bookmarks. Pure: a neutral document in, bytes out."""

from formats.docx_writing.writing import write

__all__ = ["write"]
