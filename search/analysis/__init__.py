"""Language and text become tokens."""
