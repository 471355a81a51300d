"""HTML files: saved pages, and what office programs and online editors export. Pure.

`read` follows what a browser would show; `words` takes the file apart without knowing what it means.
"""

from formats.html.ledger_words import words
from formats.html.reading import read, read_blocks, read_text

__all__ = ["read", "read_blocks", "read_text", "words"]
