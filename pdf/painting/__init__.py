"""Paints the boxes of a placed document on a tagged canvas, and finishes the file."""
