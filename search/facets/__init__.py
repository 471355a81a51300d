"""Facets: which there are, what their values are called."""
