"""Placed boxes are painted on a tagged canvas."""
