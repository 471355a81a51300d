"""Editions as Word files: styles, real lists, tables, footnotes, bookmarks. Pure: a neutral document in, bytes out."""

from formats.docx_writing.writing import write, write_redline

__all__ = ["write", "write_redline"]
