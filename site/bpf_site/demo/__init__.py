"""A fictitious forum of 2099, taken through every state by the same calls that people's clicks make."""
