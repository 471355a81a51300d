"""What the workflow tells whoever listens: above it, and among its own concepts."""

from django.dispatch import Signal

moved = Signal()
"""In the move's transaction: process, row (TransitionLog), attempt. Receivers write rows; an error undoes the move."""

moved_for_good = Signal()
"""After commit: process, row. Sent robustly: a receiver's failure never undoes a move, `tick` repeats the work."""

attachment_changed = Signal()
"""In the transaction: attachment. A version was added, or its title or visibility changed (ask .public())."""

series_changed = Signal()
"""In the transaction: process, series. A document that nothing was published of yet has another identifier now."""
