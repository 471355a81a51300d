"""The public forms. They check and tidy; services decide."""

TRAP = "leave_this_empty_7"
"""No autofill knows the name; it stands off screen, is labelled, and a filled one only sends the text to a person."""
