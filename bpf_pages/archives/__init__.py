"""The documents of a year in one file: PDF, JSON and text, built by the worker, kept at its hash."""
