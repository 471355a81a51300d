"""Spans of text become shaped words in visual order: typefaces, bidi, where lines may break, hyphenation."""
