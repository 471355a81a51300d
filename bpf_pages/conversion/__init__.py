"""The blocks of a page become the neutral document."""
