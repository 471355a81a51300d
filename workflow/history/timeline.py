"""What happened to a document: the record of its moves, and the whole story for editors."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.prepared_queries import prepared
from workflow.access.role_holders import name_of
from workflow.history.hash_chain import log_of
from workflow.states import PUBLIC, Role, State, Text
from workflow.transitions.guards import guard_summary
from workflow.transitions.models import Process, TransitionLog


@dataclass(frozen=True, slots=True)
class RecordedMove:
    """One row of the log as it is told. by: a name as it was recorded, "" where it is not told or was erased.

    overridden: what the Secretariat set aside, in the words that it saw, which may be those of another language.
    set_aside: the same, each after its condition in the reader's own. content: what the row's hash covers.
    """

    ordinal: int
    at: datetime
    name: str
    label: str
    source: str
    source_label: str
    target: str
    target_label: str
    role: str
    role_label: str
    in_stead: bool
    by: str
    reason: str
    overridden: tuple[str, ...]
    set_aside: tuple[tuple[str, str], ...]
    edition: str
    edition_address: str
    edition_hash: str
    content: dict[str, Any]
    previous_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class PublicStep:
    """A public move in short. data: what its form was filled in with."""

    source: str
    target: str
    at: datetime
    data: dict[str, Any]


def public_steps(series: Collection[str]) -> dict[str, list[PublicStep]]:
    """The moves that `public_history` tells of, of many documents at once, oldest first. One query."""
    found: dict[str, list[TransitionLog]] = {}
    for row in _moves_of(sorted(series)):
        found.setdefault(row.series, []).append(row)
    return {
        name: [PublicStep(row.source, row.target, row.at, row.data) for row in _public(rows)]
        for name, rows in found.items()
    }


@prepared
def _moves_of(series: list[str]) -> QuerySet[TransitionLog]:
    found = TransitionLog.objects.filter(series__in=series).order_by("process_id", "ordinal")
    return found.only("series", "ordinal", "source", "target", "at", "data", "edition_id")


def public_history(series: str) -> list[RecordedMove]:
    """The public moves of a document, oldest first; all of its moves once it has been final.

    A move is public if it starts or ends in public, or changed an edition. Told with a role and without a name, but for
    whoever declared consensus.
    """
    return [_recorded(row, by=row.by_name if row.name == "adopt" else "") for row in _public(list(log_of(series)))]


def whole_log(series: str) -> list[RecordedMove]:
    """Every move with its name, oldest first: for the people of the forum."""
    return [_recorded(row, by=row.by_name) for row in log_of(series)]


def _public(rows: Sequence[TransitionLog]) -> list[TransitionLog]:
    was_final = any(row.target == State.FINAL for row in rows)
    return [row for row in rows if was_final or _is_public(row)]


def _is_public(row: TransitionLog) -> bool:
    return row.source in PUBLIC or row.target in PUBLIC or row.edition_id is not None


def _recorded(row: TransitionLog, *, by: str) -> RecordedMove:
    edition = row.edition
    return RecordedMove(
        ordinal=row.ordinal,
        at=row.at,
        name=row.name,
        label=row.label,
        source=row.source,
        source_label=row.source_label,
        target=row.target,
        target_label=row.target_label,
        role=row.role,
        role_label=_role_label(row.role),
        in_stead=row.in_stead,
        by=by,
        reason=row.reason,
        overridden=tuple(item["message"] for item in row.overridden),
        set_aside=tuple((guard_summary(item["guard"]), item["message"]) for item in row.overridden),
        edition=edition.identifier if edition else "",
        edition_address=edition.permanent_address if edition else "",
        edition_hash=row.edition_hash,
        content=row.content(),
        previous_hash=row.previous_hash,
        hash=row.hash,
    )


def _role_label(role: str) -> str:
    return str(Role(role).label) if role in Role else role


# --- the whole story, for editors ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a document's story. source: name of the registered source; address: where more can be seen, or ""."""

    at: datetime
    source: str
    who: str
    what: str
    detail: str = ""
    address: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    name: str
    label: Text
    entries: Callable[[Process], Iterable[Entry]]


SOURCES: dict[str, Source] = {}


def history_source(name: str, label: Text) -> Callable[[Callable[[Process], Iterable[Entry]]], Any]:
    """Register a function that tells entries of a process, such as the comments on it. Rooms above add their own."""

    def register(entries: Callable[[Process], Iterable[Entry]]) -> Callable[[Process], Iterable[Entry]]:
        if name in SOURCES:
            raise ValueError(f"history source {name!r} is registered twice")
        SOURCES[name] = Source(name, label, entries)
        return entries

    return register


def whole_history(process: Process, only: str = "") -> list[Entry]:
    """Every source merged, newest first. only: the name of one source, or "" for all."""
    sources = [source for source in SOURCES.values() if only in ("", source.name)]
    return sorted((entry for source in sources for entry in source.entries(process)), key=lambda e: e.at, reverse=True)


@history_source("moves", gettext_lazy("Steps"))
def _moves(process: Process) -> Iterator[Entry]:
    for row in process.log.select_related("edition"):
        role = _role_label(row.role)
        who = f"{row.by_name or _('name erased')} ({role})"
        if row.in_stead:
            who = _("%(who)s, in another role's place") % {"who": who}
        details = [row.reason, *(_("Set aside: %s") % item["message"] for item in row.overridden)]
        yield Entry(
            row.at,
            "moves",
            who,
            f"{row.label}: {row.source_label} → {row.target_label}",
            "\n".join(filter(None, details)),
            row.edition.permanent_address if row.edition else "",
        )


@history_source("edits", gettext_lazy("Edits"))
def _edits(process: Process) -> Iterator[Entry]:
    if process.page is None:
        return
    for revision in process.page.revisions.select_related("user"):
        address = reverse("wagtailadmin_pages:revisions_view", args=[process.page_id, revision.pk])
        yield Entry(revision.created_at, "edits", _person(revision.user), _("Text saved"), "", address)


@history_source("notes", gettext_lazy("Editors' notes"))
def _notes(process: Process) -> Iterator[Entry]:
    """What editors wrote beside the text with Wagtail's own comments."""
    if process.page is None:
        return
    for note in process.page.wagtail_admin_comments.select_related("user"):
        yield Entry(note.created_at, "notes", _person(note.user), _("Note beside the text"), note.text)


def _person(user: Any) -> str:
    return name_of(user) if user else _("nobody named")
