"""The record of a document as a file: one table of columns, read by JSON and CSV, by the admin and by the public.

The public is given the public moves (workflow.history.timeline), without names but the name of whoever declared
consensus.
"""

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from typing import Any

from core.spreadsheets import as_csv
from workflow.history.hash_chain import head_of
from workflow.history.timeline import RecordedMove, public_history, whole_log
from workflow.transitions.models import Process

HOW_TO_CHECK = (
    "hash is the SHA-256, in hexadecimal, of previous_hash, a line feed and content as JSON in UTF-8 with sorted keys "
    'and no space after "," and ":". content.by_seal stands for the name of the person.'
)


@dataclass(frozen=True, slots=True)
class Column:
    name: str
    of: Callable[[RecordedMove], Any]


COLUMNS = (
    Column("ordinal", lambda move: move.ordinal),
    Column("at", lambda move: move.at),
    Column("step", lambda move: move.name),
    Column("from", lambda move: move.source),
    Column("to", lambda move: move.target),
    Column("by", lambda move: move.by),
    Column("role", lambda move: move.role),
    Column("in_anothers_place", lambda move: move.in_stead),
    Column("reason", lambda move: move.reason),
    Column("edition", lambda move: move.edition),
    Column("edition_sha256", lambda move: move.edition_hash),
    Column("set_aside", lambda move: "; ".join(move.overridden)),
    Column("previous_hash", lambda move: move.previous_hash),
    Column("hash", lambda move: move.hash),
)
"""at: an instant in UTC. set_aside: conditions, in the words that the Secretariat saw. from, to, step, role: the names
of workflow.states, which do not change with the language."""


def as_rows(moves: Iterable[RecordedMove]) -> list[dict[str, Any]]:
    return [{column.name: column.of(move) for column in COLUMNS} for move in moves]


def csv_of(moves: Iterable[RecordedMove]) -> str:
    names = [column.name for column in COLUMNS]
    return as_csv(names, ([row[name] for name in names] for row in as_rows(moves)))


def json_of(series: str, title: str, moves: list[RecordedMove]) -> dict[str, Any]:
    """The same rows, each with the content that its hash covers, so that anybody can recompute the chain."""
    rows = [row | {"content": move.content} for row, move in zip(as_rows(moves), moves, strict=True)]
    return {"series": series, "title": title, "how_to_check": HOW_TO_CHECK, "rows": rows}


def whole_record(process: Process) -> dict[str, Any]:
    """For the admin: every move with the names, where the document stands, and the head of the chain."""
    head = head_of(process.series)
    found = json_of(process.series, process.title, whole_log(process.series))
    return found | {"state": process.state, "head": asdict(head) if head else None}


def public_record(series: str, title: str) -> dict[str, Any]:
    return json_of(series, title, public_history(series))
