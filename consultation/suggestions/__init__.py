"""Suggested wordings of the working text: made, accepted into it, dropped."""
