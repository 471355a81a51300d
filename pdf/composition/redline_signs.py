"""Signs around removed and added words in the PDF of a redline."""

from editions.comparison.alignment import PieceKind

SIGNS = {PieceKind.DELETED: ("[-", "-]"), PieceKind.INSERTED: ("{+", "+}")}
"""What stands around changed words for readers who do not see colour and lines: the notation of wdiff."""
