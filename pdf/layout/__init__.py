"""Blocks that know their height are placed in columns, on pages and as footnotes; each adds its boxes to a page."""
