"""The end of a document's hash chain. Printed on a PDF of record it fixes every row of the log up to it.

For rooms above (pdf prints it, api states it): plain functions, one query each.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from editions.models import Edition
from workflow.transitions.models import TransitionLog


@dataclass(frozen=True, slots=True)
class ChainHead:
    """ordinal: of the row, from 1; at: when it was written; hash: hexadecimal SHA-256 (core.hash_chain)."""

    series: str
    ordinal: int
    at: datetime
    hash: str

    @property
    def short(self) -> str:
        """The first 16 digits, for a line of print; 64 bits, so that no other row of the library shares them."""
        return self.hash[:16]


def head_of(series: str) -> ChainHead | None:
    """The newest row of the log, or None for a document that never moved. It grows with every move."""
    return _as_head(log_of(series).last())


def head_at(edition: Edition) -> ChainHead | None:
    """The row that made an edition public: what a PDF of the edition prints, since it never changes.

    None for an edition that no move made (a factory's, or one from before the log). Inside the move itself the row is
    not written yet: ask from `moved` on.
    """
    return _as_head(log_of(edition.series).filter(edition=edition).first())


def log_of(series: str) -> Any:
    """The rows of a document's log in their order, each with its edition."""
    return TransitionLog.objects.filter(series=series).select_related("edition").order_by("process_id", "ordinal")


def _as_head(row: TransitionLog | None) -> ChainHead | None:
    return ChainHead(row.series, row.ordinal, row.at, row.hash) if row else None
