"""A catalogue comes in: kept (`begin`, `add_files`), checked (`look_through`), started, and gone through (`go_on`).

Each row is done in transactions of its own, and the last of them says so on the row: whoever is killed in the middle
leaves rows that are done and rows that are not, and the next run goes on with these. Files are read by the way of
bpf_pages.importing, and what is recorded goes the way of every other document.
"""

import hashlib
import logging
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import PurePath
from time import monotonic
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from bpf_pages.catalogues.columns import BY_NAME, by_heading, cells_of
from bpf_pages.catalogues.entries import Entry, slug_of
from bpf_pages.catalogues.fetching import NotFetched, client_of, fetched
from bpf_pages.catalogues.planning import (
    Planner,
    all_themes,
    already_here,
    forum_called,
    forums_of,
    plan_rows,
    theme_called,
)
from bpf_pages.catalogues.problems import Problem
from bpf_pages.importing.foreign_files import DOUBTS
from bpf_pages.importing.originals import attach_original, holds_remarks
from bpf_pages.importing.services import begin as begin_file
from bpf_pages.importing.services import read_waiting, take
from bpf_pages.models.catalogue import Catalogue, CatalogueFile, CatalogueRow
from bpf_pages.models.fields import LANGUAGES, as_lines
from bpf_pages.models.forum import ForumPage
from bpf_pages.models.imported_file import ImportedFile
from bpf_pages.models.library import LibraryPage
from bpf_pages.models.outcome import MAIN_DOCUMENT, OutcomePage, OutcomePerson
from bpf_pages.tree.fixed_pages import ensure_tree
from bpf_pages.tree.past_outputs import add_forum, ensure_theme, record_once
from core.budgets import budgeted
from core.http.outside_requests import PoliteClient
from core.languages.lists import listed
from core.spreadsheets import SheetError, read_rows
from files import by_hash
from formats.draft import Doubt, UnreadableFile
from workflow.attachments.services import NotAttachable
from workflow.transitions.services import Refused

logger = logging.getLogger(__name__)

State = CatalogueRow.State
UNTAKEN = frozenset({ImportedFile.State.WAITING, ImportedFile.State.READ})
SHEET_JOB = "bpf_pages.catalogues.reading_job:rows"
PACKED_BUDGET = budgeted.Budget(cpu=30, memory=1024 * budgeted.MIB, wall=120.0, answer=210 * budgeted.MIB)
"""An archive of 100 MB, which is what one request may carry, and 200 MB unpacked (reading_job.PACKED)."""
CLAIM = timedelta(minutes=10)
"""After which a row that somebody took up is free again: longer than reading the largest PDF and its pictures takes."""
SLICE_SECONDS = 60.0  # of one task: mail and printing get their turn between two
LOOK_FIRST = frozenset({Doubt.DELETIONS_UNMARKED, Doubt.FONT_WITHOUT_LETTERS, Doubt.ENCODING})
"""Doubts after which a text could say what its authors did not: a person compares it before the public reads it."""
NAMES = dict(LANGUAGES)


# --- kept ---------------------------------------------------------------------------------------------------------


def begin(name: str, content: bytes, *, user: Any, at: datetime, fetches: bool = False) -> Catalogue:
    """Keep a sheet to be checked. The very same sheet is the same catalogue: it goes on where it was."""
    digest = hashlib.sha256(content).hexdigest()
    known = Catalogue.objects.filter(sha256=digest).exclude(state=Catalogue.State.REFUSED).first()
    if known is not None:
        if fetches and not known.fetches:
            known.fetches = True
            known.save(update_fields=["fetches"])
        return known
    catalogue = Catalogue(name=name[-200:], sha256=digest, by=user, at=at, fetches=fetches)
    _keep_sheet(catalogue, content)
    catalogue.save()
    return catalogue


def replace_sheet(catalogue: Catalogue, name: str, content: bytes) -> None:
    """A corrected sheet in place of the former one; the files stay. What was brought in is found and not made twice."""
    catalogue.name, catalogue.sha256 = name[-200:], hashlib.sha256(content).hexdigest()
    _keep_sheet(catalogue, content)
    with transaction.atomic():
        read = ImportedFile.objects.filter(pk__in=catalogue.rows.filter(page=None).values("imported"), page=None)
        read.exclude(state=ImportedFile.State.WAITING).delete()  # which a worker may be reading
        catalogue.rows.all().delete()
        catalogue.state, catalogue.why = Catalogue.State.WAITING, ""
        catalogue.save()


def _keep_sheet(catalogue: Catalogue, content: bytes) -> None:
    suffix = PurePath(catalogue.name).suffix.lower()[:10]
    catalogue.sheet = by_hash.keep(catalogue.sheet.storage, catalogue.sha256, suffix, ContentFile(content))


def add_files(catalogue: Catalogue, files: Iterable[tuple[str, Any]]) -> None:
    """Keep files: (name, an open File). One of the same name takes the place of the former. Archives are unpacked by
    `look_through`."""
    for name, file in files:
        digest = by_hash.digest_of(file)
        suffix = PurePath(name).suffix.lower()[:10]
        kept = by_hash.keep(CatalogueFile._meta.get_field("file").storage, digest, suffix, file)  # type: ignore[union-attr]
        facts = {"file": kept, "sha256": digest, "size": file.size, "detail": ""}
        CatalogueFile.objects.update_or_create(catalogue=catalogue, name=name[-300:], asked="", defaults=facts)


# --- checked ------------------------------------------------------------------------------------------------------


def look_through(catalogue: Catalogue, at: datetime) -> None:
    """The dry run: read the sheet, unpack archives, judge every row that has no document yet. Idempotent."""
    _unpack(catalogue)
    if not catalogue.rows.exists() and not _read_sheet(catalogue):
        return
    with transaction.atomic():
        plan_rows(catalogue, at.date())
    if catalogue.state != Catalogue.State.RUNNING:
        catalogue.state = Catalogue.State.CHECKED
    catalogue.save(update_fields=["state", "why", "unused"])


def _read_sheet(catalogue: Catalogue) -> bool:
    """Rows of the sheet's rows. False, with the reason kept, where it is none."""
    with catalogue.sheet.open() as file:
        content = file.read()
    try:
        heads, *rows = read_rows(catalogue.name, content, job=SHEET_JOB) or [[]]
        places = by_heading(heads)
        missing = [
            column.heading for column in BY_NAME.values() if column.needed and column.name not in places.values()
        ]
        if missing:
            said = _("The first row must name the columns. Not found: %s. The template has them.")
            raise ValidationError(said % listed(missing))
        if not rows:
            raise ValidationError(_("The sheet has no row below its headings."))
    except (SheetError, ValidationError) as error:
        said = error.problems[0].reason if isinstance(error, SheetError) else " ".join(error.messages)
        catalogue.state, catalogue.why = Catalogue.State.REFUSED, said[:300]
        catalogue.save(update_fields=["state", "why"])
        return False
    catalogue.unused = [head[:60] for place, head in enumerate(heads) if head.strip() and place not in places]
    made = [
        CatalogueRow(catalogue=catalogue, number=number, cells=cells_of(places, row))
        for number, row in enumerate(rows, start=1)
    ]
    CatalogueRow.objects.bulk_create(made, batch_size=500)
    return True


def _unpack(catalogue: Catalogue) -> None:
    for packed in catalogue.files.filter(name__iendswith=".zip", asked="", detail=""):
        with packed.file.open() as file:
            content = file.read()
        try:
            found, together = budgeted.run("bpf_pages.catalogues.reading_job:packed", content, {}, PACKED_BUDGET)
        except (budgeted.Refused, budgeted.OverBudget):
            packed.detail = _("The archive cannot be read, or unpacks to more than 200 MB. Add its files in several.")
            packed.save(update_fields=["detail"])
            continue
        at = 0
        for name, size in found:
            part = ContentFile(together[at : at + size])
            at += size
            add_files(catalogue, [(name, part)])
        packed.delete()


# --- gone through -------------------------------------------------------------------------------------------------


def start(catalogue: Catalogue) -> None:
    """From now on its rows are brought in. Rows that somebody took up and left are free at once: a person says that
    nobody works on them, and where somebody does, the last transaction of a row lets one alone through."""
    catalogue.rows.waiting().update(claimed_at=None)
    catalogue.state, catalogue.worked_at = Catalogue.State.RUNNING, timezone.now()
    catalogue.save(update_fields=["state", "worked_at"])


def go_on(catalogue: Catalogue, *, seconds: float = SLICE_SECONDS, most: int = 5_000) -> int:
    """Bring in rows that wait, for so long. Answers how many. Done means: each row says what became of it."""
    until, done = monotonic() + seconds, 0
    client = client_of(max(seconds, 1.0))
    for row in _claimed(catalogue, most):
        try:
            _bring_in_or_say(row, client)
        except TimeoutError:  # of the client: the row is somebody's who has more time
            CatalogueRow.objects.filter(pk=row.pk).update(claimed_at=None)
            break
        done += 1
        if monotonic() > until:
            break
    if not catalogue.rows.waiting().exists():
        Catalogue.objects.filter(pk=catalogue.pk, state=Catalogue.State.RUNNING).update(state=Catalogue.State.DONE)
        catalogue.state = Catalogue.objects.values_list("state", flat=True).get(pk=catalogue.pk)
    return done


def left_behind(now: datetime) -> QuerySet[Catalogue]:
    """Catalogues that were started, are not gone through, and that nobody has worked on for long: their worker is
    gone."""
    return Catalogue.objects.filter(state=Catalogue.State.RUNNING, worked_at__lt=now - CLAIM)


def free_rows(catalogue: Catalogue, now: datetime) -> QuerySet[CatalogueRow]:
    """Rows that wait and that nobody has taken up."""
    return catalogue.rows.waiting().filter(Q(claimed_at=None) | Q(claimed_at__lt=now - CLAIM))


def _claimed(catalogue: Catalogue, most: int) -> Iterator[CatalogueRow]:
    """Row after row, each taken up so that no other worker reads the same file meanwhile; none once the catalogue runs
    no more, as where a corrected sheet was sent."""
    for _each in range(most):
        now = timezone.now()
        free = free_rows(catalogue, now)
        still_runs = Catalogue.objects.filter(pk=catalogue.pk, state=Catalogue.State.RUNNING)
        row = free.select_related("imported").first() if still_runs.update(worked_at=now) else None
        if row is None:
            return
        if free.filter(pk=row.pk).update(claimed_at=now):
            row.catalogue = catalogue
            yield row


def _bring_in_or_say(row: CatalogueRow, client: PoliteClient) -> None:
    """A row that fails says why and keeps no other from coming in."""
    try:
        _bring_in(row, client)
    except (NotFetched, _Unfit) as error:
        _say(row, State.PROBLEM, error.problem, error.detail)
    except (Refused, ValidationError) as error:
        _say(row, State.PROBLEM, Problem.REFUSED, _reasons(error))
    except CatalogueRow.DoesNotExist:
        logger.info("a row of catalogue %s was taken away by a corrected sheet", row.catalogue_id)
    except TimeoutError:
        raise
    except Exception as error:  # a fault of ours: the other rows go on
        logger.exception("catalogue %s, row %s", row.catalogue_id, row.number)
        _say(row, State.PROBLEM, Problem.FAULT, type(error).__name__)


class _Unfit(Exception):
    def __init__(self, problem: Problem, detail: str) -> None:
        super().__init__(problem, detail)
        self.problem, self.detail = problem, detail


def _bring_in(row: CatalogueRow, client: PoliteClient) -> None:
    now, catalogue = timezone.now(), row.catalogue
    planner = Planner(catalogue, now.date())
    entry = planner.judge(row)  # once more: the tree may have changed since the dry run
    if row.state != State.WAITING:
        row.save(update_fields=["state", "problems", "plan", "page"])
        return
    file = planner.file(entry.file)[0] if entry.file else fetched(catalogue, entry.address, client, now)
    forum = _place(entry)
    if here := already_here(forum, entry, file.sha256):
        row.state, row.page = State.HERE, here
        row.save(update_fields=["state", "page"])
        return
    imported = _kept(row, entry, forum, file, now)
    read_waiting(imported)
    if imported.why:
        raise _Unfit(Problem.UNREADABLE, imported.why)
    _take(row, entry, imported, catalogue.by, now)


def _kept(row: CatalogueRow, entry: Entry, forum: ForumPage, file: CatalogueFile, at: datetime) -> ImportedFile:
    """The row's file, to be read; or as a run before this one left it, read perhaps already."""
    known = row.imported
    if known and known.sha256 == file.sha256 and known.state in UNTAKEN:
        return known
    with file.file.open() as opened:
        content = opened.read()
    try:
        with transaction.atomic():
            row.imported = begin_file(
                forum, PurePath(file.name).name, content, user=row.catalogue.by, at=at, title=entry.title
            )
            row.save(update_fields=["imported"])
    except UnreadableFile as error:
        raise _Unfit(Problem.UNREADABLE, str(error.why)) from error
    return row.imported


@transaction.atomic
def _place(entry: Entry) -> ForumPage:
    """The forum of an output, made with its year and theme where they are not here. One at a time: two workers would
    make the same forum twice."""
    LibraryPage.objects.select_for_update().get(pk=ensure_tree().library.pk)
    theme = theme_called(entry.theme, all_themes()) if entry.theme else None
    if entry.theme and theme is None:
        theme = ensure_theme(slug_of(entry.theme), entry.theme)
    forum = forum_called(entry.forum, forums_of(entry.year))
    if forum is None:
        return add_forum(entry.year, slug=slug_of(entry.forum), themes=[theme] if theme else [], title=entry.forum)
    if theme and theme not in forum.themes.all():
        forum.themes.add(theme)
        forum.save()
    return forum


def _take(row: CatalogueRow, entry: Entry, imported: ImportedFile, user: Any, at: datetime) -> None:
    """The document, and what the row says of it, in one transaction."""
    with transaction.atomic():
        locked = CatalogueRow.objects.select_for_update().get(pk=row.pk)
        if locked.state != State.WAITING:
            return
        _settle(imported, entry)
        page = take(imported, user=user, at=at, facts=_facts(entry, imported))
        row.state, row.page, row.problems = State.DONE, page, []
        _attach(ImportedFile.objects.get(pk=imported.pk), user, at)
        if entry.is_recorded:
            _record(row, entry, imported, page, user)
        row.save(update_fields=["state", "page", "problems"])


def _attach(imported: ImportedFile, user: Any, at: datetime) -> None:
    """The file becomes the document as published. One that holds more than its author meant to publish is kept for the
    editors, who may show it."""
    try:
        attach_original(imported, shown=not holds_remarks(imported), by=user, at=at)
    except NotAttachable as error:
        logger.warning("the original %s was not attached: %s", imported.name, error)


def _settle(imported: ImportedFile, entry: Entry) -> None:
    """Language and address of the new document, now that its file is read."""
    told = str(imported.reading.get("language", "")).partition("-")[0].lower()
    imported.language = entry.language or (told if told in NAMES else "en")
    taken = imported.forum.get_children().filter(slug=MAIN_DOCUMENT).exists()
    imported.slug = MAIN_DOCUMENT if entry.kind == "outcome" and not taken else ""
    imported.save(update_fields=["language", "slug"])


def _facts(entry: Entry, imported: ImportedFile) -> Mapping[str, Any]:
    """What the sheet tells, as fields of the document."""
    named = PurePath(imported.name).suffix.lower()
    stands_there = "document" if named and entry.address.lower().endswith(named) else "landing"
    return {
        "kind": entry.kind,
        "original_date": entry.date,
        "original_address": entry.address,
        "original_kind": stands_there if entry.address else "",
        "sources": as_lines([entry.source] if entry.source else []),
        "people": [OutcomePerson(name=p.name, role=p.role, organisation=p.organisation) for p in entry.people],
    }


def _record(row: CatalogueRow, entry: Entry, imported: ImportedFile, page: OutcomePage, user: Any) -> None:
    """To the public, unless somebody has to look first. What is refused stays a draft with the reasons."""
    if doubts := _to_look_at(imported):
        row.state, row.problems = State.HELD, [[str(Problem.LOOK), doubts[:300]]]
        return
    try:
        with transaction.atomic():
            record_once(page, user, public_source=entry.source)
    except Refused as refusal:
        row.state, row.problems = State.HELD, [[str(Problem.NOT_RECORDED), _reasons(refusal)]]


def _to_look_at(imported: ImportedFile) -> str:
    doubts = {Doubt(doubt): detail for doubt, detail in imported.reading.get("findings", [])}
    said = [str(DOUBTS[doubt]) for doubt in doubts if doubt in LOOK_FIRST]
    if lost := imported.ledger.get("unaccounted_words"):
        said.append(_("Words of the file that are unaccounted for: %d.") % lost)
    return " ".join(said)


def _reasons(error: Refused | ValidationError) -> str:
    said = [item.message for item in error.unmet] if isinstance(error, Refused) else error.messages
    return " ".join(map(str, said))[:300]


def _say(row: CatalogueRow, state: str, problem: Problem, detail: str) -> None:
    """A row that a corrected sheet took away meanwhile has nothing to say."""
    CatalogueRow.objects.filter(pk=row.pk).update(state=state, problems=[[str(problem), detail[:300]]])
