"""Make a print job of an edition and what the database knows of it. The renderer behind it asks no database."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import cast

from django.utils.translation import override

from consultation import models as consultation
from consultation.consensus.services import record_of
from consultation.periods.models import Period
from consultation.reports import services as reports
from consultation.reports import tables
from consultation.reports.models import Report
from consultation.vocabulary import Disposal
from core.http.site_urls import absolute
from editions.comparison.alignment import Change, align
from editions.document import json_form
from editions.document.identifiers import identifier_of
from editions.document.metadata import EditionMetadata
from editions.document.model import Block, Figure, Section
from editions.document.passages import passages
from editions.models import Edition, Relation, RelationKind
from editions.services import Draft
from files.images.published import bytes_up_to
from formats.redline import redline
from pdf.composition.redline import RedlineJob
from pdf.composition.strings import primary
from pdf.print_job import (
    Comparison,
    Correction,
    Declaration,
    Disposition,
    Dissent,
    Gathering,
    LogHead,
    Objection,
    PrintJob,
)
from pdf.printing.models import PAPERS, USUAL, Form
from workflow.history.timeline import public_history
from workflow.sessions.models import Session
from workflow.sessions.services import sessions_of_series
from workflow.states import Role, State
from workflow.transitions.models import Process

ANSWERED = frozenset({State.INCORPORATING, State.WRAP_UP, State.FINAL})
"""Stages whose PDF has the annex of dispositions."""

NEW_WORDS = frozenset({Change.CHANGED, Change.ADDED})
"""Changes that have a bar beside them."""

MOST_IMAGE_BYTES = 30 * 1024 * 1024  # a larger file is not read; its description is printed


def job_for(edition: Edition) -> PrintJob:
    """Everything that is printed for an edition, as it stands now, in the words of its language whoever asks."""
    language = primary(edition.language)
    with override("zh-hans" if language == "zh" else language):
        return _Facts(edition).job()


def in_form(job: PrintJob, form: str) -> PrintJob:
    """The same job in large print, on other paper or as PDF 2.0. form: "" or a Form."""
    if form == Form.PDF_2:
        return replace(job, is_pdf_2=True)
    return job if form == USUAL else replace(job, paper=PAPERS[form])


def redline_job(older: Edition, newer: Edition) -> RedlineJob:
    """What is printed of two public editions of a document as one text."""
    job, before = job_for(newer), older.content
    return RedlineJob(
        job=replace(job, images=dict(_images(before.blocks)) | dict(job.images)),
        change=redline(before, job.document),
        older=older.identifier,
        older_address=absolute(older.permanent_address),
        address=absolute(f"{newer.address}compare/{older.number}/{newer.number}/"),
    )


def job_for_draft(draft: Draft, stage: str, label: str = "") -> PrintJob:
    """A draft as it would be printed if it were frozen now at a stage. Its identifier is only a likeness."""
    identifier = identifier_of(draft.series, 1)
    numbered = draft.metadata | {"identifier": identifier, "series": draft.series, "number": 1, "label": label}
    return PrintJob(
        document=draft.document,
        metadata=cast(EditionMetadata, numbered),
        identifier=identifier,
        number=1,
        sha256=json_form.sha256(draft.document),
        stage=stage,
        published=datetime(2099, 1, 1, tzinfo=UTC),
        address="https://example.org/",
        live_address="https://example.org/",
        images=dict(_images(draft.document.blocks)),
    )


@dataclass(frozen=True)
class _Facts:
    """What the database knows of an edition that its file says."""

    edition: Edition

    def job(self) -> PrintJob:
        edition = self.edition
        document = edition.content
        consensus = record_of(edition)
        is_outcome = edition.stage == State.FINAL
        annex, note = self._annex()
        return PrintJob(
            document=document,
            metadata=edition.metadata,
            identifier=edition.identifier,
            number=edition.number,
            sha256=edition.sha256,
            stage=edition.stage,
            published=edition.published_at,
            address=absolute(edition.permanent_address),
            live_address=absolute(edition.address),
            images=dict(_images(document.blocks)),
            successor=self._successor(),
            correction=self._correction,
            comparison=self._comparison(),
            source_json=json_form.canonical_bytes(document),
            closes=self._closes(),
            declaration=_declaration(consensus.declaration),
            dissents=tuple(
                Dissent(row.holder, row.statement, row.language) for row in consensus.dissents if is_outcome
            ),
            dispositions=annex,
            dispositions_note=note,
            sessions=tuple(_gathering(session) for session in sessions_of_series(edition.series)),
            log_head=self._log_head() if is_outcome else None,
        )

    @cached_property
    def _correction(self) -> Correction | None:
        relation = Relation.objects.filter(kind=RelationKind.CORRECTS, source=self.edition.identifier).first()
        return Correction(relation.target, relation.note) if relation else None

    def _successor(self) -> str:
        if self.edition.is_current:
            return ""
        newest = Edition.objects.filter(series=self.edition.series).current().first()
        return newest.identifier if newest and newest.number > self.edition.number else ""

    def _closes(self) -> str:
        """The day on which comment on the edition closes, while that is still its stage."""
        if self.edition.stage != State.COMMENT:
            return ""
        period = Period.objects.filter(edition=self.edition).kept().order_by("-closes").first()
        return period.closes.date().isoformat() if period else ""

    def _annex(self) -> tuple[tuple[Disposition, ...], str]:
        """The rows of the disposition report and the sentence of its numbers, in the words of the document's language.

        From the report that was issued with the edition, else as things stand; hidden and withheld words are not in it.
        """
        edition = self.edition
        if edition.stage not in ANSWERED:
            return (), ""
        process = Process.objects.filter(series=edition.series, periods__isnull=False).order_by("-pk").first()
        if process is None:
            return (), ""
        issued = Report.objects.filter(edition=edition).order_by("-number").first()
        content = reports.public_content(issued) if issued else reports.content_of(process, edition)
        with override(edition.language):
            found = tables.annex_rows(content)
            note = tables.annex_note(content)
        rows = tuple(
            Disposition(row.number, row.places, row.text, row.decision, row.answer, row.language) for row in found
        )
        return rows, note if rows else ""

    def _log_head(self) -> LogHead | None:
        """The newest step that names the edition; later steps do not change what its file says."""
        steps = [move for move in public_history(self.edition.series) if move.edition == self.edition.identifier]
        return LogHead(steps[-1].ordinal, steps[-1].hash) if steps else None

    def _comparison(self) -> Comparison | None:
        """With the public edition before it; of an outcome only where it corrects one."""
        edition = self.edition
        former = Edition.objects.filter(series=edition.series, number=edition.number - 1).public().first()
        if former is None or (edition.stage == State.FINAL and not self._correction):
            return None
        lines = align(list(passages(former.content)), list(passages(edition.content))).lines
        changes = [line.change for line in lines]
        return Comparison(
            former=former.identifier,
            changed=frozenset(line.new.key for line in lines if line.new and line.change in NEW_WORDS),
            added_count=changes.count(Change.ADDED),
            changed_count=changes.count(Change.CHANGED),
            removed_count=changes.count(Change.REMOVED),
        )


def _declaration(found: consultation.Declaration | None) -> Declaration | None:
    if found is None:
        return None
    objections = []
    for facts in found.objections:
        parts = (str(Disposal(facts["disposal"]).label), facts["reasons"], facts["minority_statement"])
        objections.append(Objection(facts["statement"], " ".join(_ended(part) for part in parts if part)))
    role = str(Role(found.role).label)
    return Declaration(found.by_name, role, found.at.date().isoformat(), found.grounds, tuple(objections))


def _images(blocks: tuple[Block, ...]) -> Iterator[tuple[str, bytes]]:
    """The bytes of every figure that can be read from the media storage, which refuses names that lead out of it. They
    were decoded in a child process before, so that the printing knows what they cost."""
    for block in blocks:
        if isinstance(block, Section):
            yield from _images(block.blocks)
        elif isinstance(block, Figure) and (found := bytes_up_to(MOST_IMAGE_BYTES, block.source)):
            yield block.source, found


def _gathering(session: Session) -> Gathering:
    on = session.local_start.date().isoformat()
    return Gathering(on, session.title, session.place, session.attendance or 0)


def _ended(sentence: str) -> str:
    """With a full stop, unless it ends in a mark of its own."""
    return sentence if sentence[-1:] in ".!?。！？؟…" else f"{sentence}."
