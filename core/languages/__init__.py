"""The language that a page speaks, and the texts of others on it: addresses, template tags, directions."""
