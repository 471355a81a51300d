"""Editions become records in an index: receivers, rows, writer, engine."""
