"""Comment sheets in the eight columns of the ISO form, and sheets of answers: XLSX and CSV, in and out. Text only.

Columns, as the standards bodies use them: 1 organization (MB/NC), 2 line or paragraph number, 3 clause, 4 paragraph,
figure or table, 5 type of comment (ge, te, ed), 6 comment, 7 proposed change, 8 observations of the secretariat.
"""

ISO_COLUMNS = (
    "MB/NC", "Line number", "Clause/Subclause", "Paragraph/Figure/Table", "Type of comment", "Comments",
    "Proposed change", "Observations of the secretariat",
)  # fmt: skip
