"""What is printed: everything a PDF says, as plain values. Pure, so that the same job gives the same bytes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from editions.document.metadata import EditionMetadata
from editions.document.model import Document

TEMPLATE_VERSION = "9"
"""Rises with every change of what is printed or how; a new version prints new files beside the old ones."""


@dataclass(frozen=True, slots=True)
class Correction:
    """The edition is an erratum. of: identifier of the edition it corrects."""

    of: str
    reason: str


@dataclass(frozen=True, slots=True)
class Objection:
    """statement: the point raised. outcome: how it was disposed of, with reasons."""

    statement: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Dissent:
    """A statement printed with the outcome, as visible as the declaration. holder: as it shall be printed."""

    holder: str
    statement: str
    language: str


@dataclass(frozen=True, slots=True)
class Declaration:
    """Rough consensus, declared by a named person on grounds, with the objections that stood at that moment."""

    by: str
    role: str
    on: str  # ISO date
    grounds: str
    objections: tuple[Objection, ...] = ()


@dataclass(frozen=True, slots=True)
class Disposition:
    """A row of the annex: one comment and the forum's answer. Names of commenters are not printed: a name

    may have to be erased one day, and a printed file cannot be taken back. language: of the comment; "" for ours.
    """

    number: int
    passage: str  # "¶ 12", or words for the whole document
    comment: str
    decision: str
    reason: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class Gathering:
    """A session in which the text was discussed. on: ISO date at its place. attendance: 0 where nobody counted."""

    on: str
    title: str
    place: str
    attendance: int = 0


@dataclass(frozen=True, slots=True)
class LogHead:
    """The step that made the edition public, in the document's hash chain: it fixes every step up to `ordinal`."""

    ordinal: int
    hash: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """former: identifier. changed: keys of passages that are new or reworded. removed: texts that went."""

    former: str
    changed: frozenset[str] = frozenset()
    added_count: int = 0
    changed_count: int = 0
    removed_count: int = 0


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One PDF. stage: a value of workflow.states.State. address: absolute URL of the edition; live_address: of the

    document, where the newest edition stands. images: bytes by the name a figure gives as its source.
    successor: identifier of the edition that took this one's place, or "". closes: when comment closes, ISO date.
    """

    document: Document
    metadata: EditionMetadata
    identifier: str
    number: int
    sha256: str
    stage: str
    published: datetime
    address: str
    live_address: str
    images: Mapping[str, bytes] = field(default_factory=dict)
    successor: str = ""
    closes: str = ""
    correction: Correction | None = None
    comparison: Comparison | None = None
    declaration: Declaration | None = None
    dissents: tuple[Dissent, ...] = ()
    dispositions: tuple[Disposition, ...] = ()
    dispositions_note: str = ""  # their numbers, and the hash of the report they come from
    sessions: tuple[Gathering, ...] = ()
    log_head: LogHead | None = None
    source_json: bytes = b""  # canonical bytes of the document, attached to outcomes
    paper: str = "A4"  # or "Letter", "Large A4", "Large Letter"
    is_pdf_2: bool = False  # PDF 2.0 with PDF/UA-2 and PDF/A-4f, in place of PDF 1.7 with PDF/UA-1 and PDF/A-2a or 3a

    @property
    def is_draft(self) -> bool:
        """Whether it is work in progress: marked, line-numbered, and not to be cited as final."""
        return self.stage not in ("final", "withdrawn")
