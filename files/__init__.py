"""Uploads and kept files: what a file is, where its bytes lie, how they are handed out."""
