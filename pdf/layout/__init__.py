"""Blocks that know their height, set into columns, pages and footnotes."""
