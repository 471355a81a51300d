"""The comment template of the standards bodies: its eight columns, and the codes of its types of comment.

1 organization (MB/NC), 2 line or paragraph number, 3 clause, 4 paragraph, figure or table, 5 type of comment (ge, te,
ed), 6 comment, 7 proposed change, 8 observations of the secretariat.
"""

from consultation.vocabulary import Kind

ISO_COLUMNS = (
    "MB/NC", "Line number", "Clause/Subclause", "Paragraph/Figure/Table", "Type of comment", "Comments",
    "Proposed change", "Observations of the secretariat",
)  # fmt: skip
KIND_CODES = {"ge": Kind.GENERAL, "te": Kind.SUBSTANTIVE, "ed": Kind.EDITORIAL}
KIND_NAMES = {kind: code for code, kind in KIND_CODES.items()}
