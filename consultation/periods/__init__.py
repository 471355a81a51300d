"""Comment periods: opened, extended, closed; the open calls."""
