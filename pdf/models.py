"""An index: Django looks here for the models of this room. Code imports each from its concept."""

from pdf.printing.models import Printing, Seal, StoredFile, Volume

__all__ = [
    "Printing",
    "Seal",
    "StoredFile",
    "Volume",
]
