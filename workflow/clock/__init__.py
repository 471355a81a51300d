"""What the library does by itself on dates that people set."""
