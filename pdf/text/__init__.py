"""Runs of text become shaped, ordered, broken lines: typefaces, bidi, hyphenation."""
