"""The port every engine stands behind: what is indexed, what can be asked, what can go wrong.

Records hold terms that were analysed before (`search.analysis`), joined by single spaces: an engine splits at blanks
and does nothing else to them. All text fields are scored apart; raw fields hold whole values.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, Protocol

from search.query.tree import Node, Nothing

DATABASE = "database"
"""What an answer names as its engine when none answered and titles were read from the database."""

SCHEMA = 9
"""Part of the name of an index: raise it with every change of the fields below or of what records hold."""

TEXT_FIELDS = ("title", "about", "lead", "body", "exact")
RAW_FIELDS = ("key", "edition", "document", "level", "current", "fictitious", "forum", "spoken", "form")
FACET_FIELDS = ("year", "theme", "stage", "kind", "language", "meeting", "stakeholder")
NUMBER_FIELDS = ("year_number", "newest", "stage_order", "tie", "owner")
SORT_TEXT = "title_order"

SORTS = {"newest": ("newest", True), "oldest": ("newest", False), "title": (SORT_TEXT, False),
         "stage": ("stage_order", True), "place": ("tie", False)}  # fmt: skip
"""Sort to (field, descending). Anything else sorts by score. Equals are ordered by `tie`, which of passages is their
place in the text."""

NO_LIFT: Node = Nothing()
WHOLE = "whole"
PASSAGE = "passage"

LEVELS = {PASSAGE: ("body", "exact"), WHOLE: TEXT_FIELDS}
"""Kinds of records to the text fields they have. Each kind is an index of its own: BM25 compares a text with the mean
length and the number of texts of its index, and a document is not to be compared with a paragraph (docs/adr/0041).
In this order they are written: a place can be landed on before its document is found."""

EMPTY = "¶"
"""Written into a text field that has nothing to say. Lucene counts the records that have a field, tantivy all; so
all have it. No question holds it."""


@dataclass(frozen=True, slots=True)
class Record:
    """One record. `whole`: an edition, ranked and counted. `passage`: a place in it, to land on.

    terms: text field to terms. raw: raw and facet fields to their values. numbers: every NUMBER_FIELD.
    tie: a number made of the key, so that equals keep their order over rebuilds and engines. owner: a number made of
    the identifier of the edition, by which passages are grouped without being fetched.
    card: all that a result shows, as plain JSON; the database is not asked again.
    """

    key: str
    edition: str
    terms: Mapping[str, str]
    raw: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, int]
    title_order: str
    card: Mapping[str, Any]

    @property
    def level(self) -> str:
        return self.raw["level"][0]

    def texts(self) -> dict[str, str]:
        """Every text field of its level to terms."""
        return {name: self.terms.get(name) or EMPTY for name in LEVELS[self.level]}


@dataclass(frozen=True, slots=True)
class Changes:
    """removed: identifiers of editions. An edition whose records are given is replaced as a whole.

    version: of the reading of the database these come from; a later reading never has a lower one.
    """

    records: tuple[Record, ...] = ()
    removed: frozenset[str] = frozenset()
    version: int = 0


@dataclass(frozen=True, slots=True)
class Request:
    """scope: fixed limits, with the one level that is asked. selected: values chosen in facets; OR inside one, AND
    across.

    facets: fields to count; the selection in a facet is left aside when that facet is counted.

    counted: False where the total is not wanted: it is 0 then, and nothing is counted.

    lift: adds its scores to those of the first `window` records, whole ones, and puts these in order again; the others
    follow as they were. A page lies within the window or behind it. Counts only where sorted by score.
    """

    tree: Node
    scope: Mapping[str, tuple[str, ...]]
    selected: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    facets: tuple[str, ...] = ()
    sort: str = "relevance"
    offset: int = 0
    limit: int = 10
    counted: bool = True
    lift: Node = NO_LIFT
    window: int = 0

    @property
    def lifts(self) -> bool:
        """Whether this page lies in the window."""
        return self.offset < self.window and self.sort not in SORTS and not isinstance(self.lift, Nothing)

    @property
    def level(self) -> str:
        (level,) = self.scope.get("level", (WHOLE,))
        return level


@dataclass(frozen=True, slots=True)
class Hit:
    key: str
    score: float
    card: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """total: exact number of matching records. facets: field to value to exact number of matching records."""

    total: int
    hits: list[Hit]
    facets: dict[str, dict[str, int]]


@dataclass(frozen=True, slots=True)
class Found:
    """Passages of one edition: how many match, and the best of them."""

    count: int
    hits: list[Hit]


@dataclass(frozen=True, slots=True)
class Health:
    """sound: answers questions. editions: how many it holds. notes: facts for the operator, one sentence each.

    refused: it is not for want of waiting that it does not answer; somebody has to do what the notes say.
    """

    name: str
    sound: bool
    editions: int = 0
    notes: tuple[str, ...] = ()
    refused: bool = False


class EngineError(Exception):
    """Anything an engine cannot do. `reason` is for the operator."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Unavailable(EngineError):
    """It cannot answer now; another engine or the database must."""


class NoIndex(Unavailable):
    """There is no index it can read: it has to be rebuilt from the database."""


class Busy(EngineError):
    """Somebody else is writing. Nothing was changed; try again later."""


class Building(Protocol):
    """A new index beside the one that answers.

    after: mark of the last batch that is kept, 0 for none. since: the moment this build began, in
    seconds of Unix time, as given to the first `begin`.
    """

    after: int
    since: int

    def add(self, changes: Changes, after: int) -> None:
        """Keep one batch, for good; repeating a batch changes nothing."""

    def editions(self) -> int:
        """How many it holds by now."""

    def digests(self, editions: Iterable[str]) -> dict[str, str]:
        """Identifier to the `digest` of all cards it holds of that edition."""

    def switch(self) -> None:
        """Answer from this index from now on, and forget the former one."""

    def close(self) -> None:
        """Let another process build. What was added and not switched to is kept for the next `begin`."""


class Engine(Protocol):
    """Every method raises Unavailable, or NoIndex, where the engine cannot answer. remote: behind a network, and one
    for all hosts."""

    name: str
    remote: bool

    def search(self, request: Request) -> Answer: ...

    def answers(self, requests: Sequence[Request]) -> list[Answer]:
        """As `search` answers each, in one round trip where there is a network between (two where some are lifted)."""

    def places(self, request: Request, each: int) -> dict[str, Found]:
        """The best `each` passages of every edition named in the scope that has any. Sort, facets and limit of the
        request count for nothing."""

    def all_places(self, requests: Sequence[Request], each: int) -> list[dict[str, Found]]:
        """As `places` answers each, in one round trip."""

    def each(self, request: Request) -> Iterator[Hit]:
        """Every matching record, however many, in the order of `tie`, all from one moment."""

    def doc_freqs(self, terms: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """In how many documents each (text field, term) stands; may count records replaced since."""

    def vocabulary(self, field: str, prefix: str, limit: int | None = None) -> list[tuple[str, int]]:
        """Terms of a text field of documents that begin so, with how many of them hold it."""

    def exclusive(self, wait_s: float) -> AbstractContextManager[None]:
        """Hold the right to write, over all processes. Raises Busy if it is not free within `wait_s` seconds."""

    def apply(self, changes: Changes) -> None:
        """Write; visible to every process at its next question. Only within `exclusive`."""

    def begin(self, since: int, *, resume: bool = True) -> Building:
        """Start a new index, or go on with one that an earlier call left unfinished."""

    def needs_rebuild(self) -> bool: ...

    def generation(self) -> str:
        """Changes whenever the index is switched or written: a key for caches of what was read from it."""

    def health(self) -> Health: ...

    def close(self) -> None: ...


def digest(cards: Iterable[Mapping[str, Any]]) -> str:
    """One hash of cards of one edition, in whatever order they come: equal where every card is."""
    ordered = sorted(cards, key=lambda card: str(card["key"]))
    return hashlib.sha256(json.dumps(ordered, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def batches(records: Iterable[Any], size: int) -> Iterator[list[Any]]:
    batch: list[Any] = []
    for record in records:
        batch.append(record)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch


Progress = Callable[[int, int], None]
"""Called with (done, total)."""
