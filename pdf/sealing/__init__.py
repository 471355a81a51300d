"""The PDF of an outcome gets a second file that carries the library's signature (PAdES)."""
