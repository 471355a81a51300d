"""What attached files tell the index."""

from django.dispatch import Signal

text_read = Signal()
"""In the transaction that keeps the text of a file: series, a document it is attached to."""
