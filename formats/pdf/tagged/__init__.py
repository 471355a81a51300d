"""A PDF with tags: its structure tree as nodes, and what writers of such trees leave to be mended. Pure."""
