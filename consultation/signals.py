"""What the consultation tells the rooms above."""

from django.dispatch import Signal

words_erased = Signal()
"""In the transaction of an erasure: series, the documents on which somebody's words were erased."""
