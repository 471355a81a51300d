"""The neutral document becomes HTML."""
