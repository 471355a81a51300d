"""An index: Django looks here for the models of this room. Code imports each from its concept."""

from pdf.printing.models import Printing, StoredFile, Volume

__all__ = [
    "Printing",
    "StoredFile",
    "Volume",
]
