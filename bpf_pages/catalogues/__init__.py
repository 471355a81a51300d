"""Many outputs at once, from a sheet with one row an output: checked, brought in by the worker, resumed.

`columns` says what a sheet holds, `entries` reads a row, `planning` says what it would make, `services` does it.
"""
