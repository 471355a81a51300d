"""The library in numbers: counts of what is public, each drawn beside its table."""
