"""Many outputs at once: a sheet with one row an output, and their files, brought in by the worker.

`columns` says what a sheet holds, `entries` reads a row, `planning` says what it would make, `services` does it.
"""
