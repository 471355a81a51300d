"""The record of rough consensus: objections and their disposal, the declaration, dissent, challenges."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from consultation.comments.models import Comment
from consultation.consensus.models import Challenge, Declaration, Dissent, Objection
from consultation.reports import services as reports
from consultation.vocabulary import Disposal
from core.languages.template_tags import isolated
from core.prepared_queries import prepared
from editions.models import Edition
from workflow.states import Role
from workflow.transitions.models import Process, TransitionLog


def follow_move(sender: Any, process: Process, row: TransitionLog, **kwargs: Any) -> None:
    """Receiver of workflow.signals.moved: adoption writes the declaration and issues the report."""
    if row.name == "adopt" and row.edition is not None:
        reports.freeze_report(process, row.edition, row.at, row.by_name)
        Declaration.objects.create(
            process=process,
            edition=row.edition,
            edition_sha256=row.edition.sha256,
            by_name=row.by_name,
            role=row.role,
            in_stead=row.in_stead,
            at=row.at,
            grounds=row.data.get("grounds", ""),
            reopening=row.data.get("reopening", ""),
            objections=[objection_facts(objection) for objection in process.objections.all()],  # type: ignore[attr-defined]
        )


def objection_facts(objection: Objection) -> dict[str, Any]:
    return {
        "comments": sorted(objection.comments.values_list("number", flat=True)),
        "statement": objection.statement,
        "disposal": objection.disposal,
        "reasons": objection.reasons,
        "minority_statement": objection.minority_statement,
        "decided_by": objection.decided_by,
        "decided_at": objection.decided_at.isoformat() if objection.decided_at else None,
    }


@transaction.atomic
def dispose_objection(
    objection: Objection, disposal: str, reasons: str, decided_by: str, now: datetime, minority_statement: str = ""
) -> Objection:
    """Dispose of an objection with reasons. A minority statement given here is printed as dissent."""
    objection = Objection.objects.select_for_update().get(pk=objection.pk)
    objection.disposal = Disposal(disposal)
    objection.reasons = reasons.strip()
    objection.minority_statement = minority_statement.strip()
    objection.decided_by = decided_by
    objection.decided_at = now
    objection.save()
    return objection


@dataclass(frozen=True, slots=True)
class ToldObjection:
    """Objections in the same words with the same fate, told once. minority: the statement of those who maintain it,
    "" where it is the objection itself."""

    objection: Objection
    comments: tuple[Comment, ...]
    minority: str


@dataclass(frozen=True, slots=True)
class ConsensusRecord:
    """What page and PDF show of how consensus was found. label: derived from the declaration, never stored."""

    declaration: Declaration | None
    objections: tuple[Objection, ...]
    dissents: tuple[Dissent, ...]
    challenges: tuple[Challenge, ...]
    label: str

    @property
    def told(self) -> list[ToldObjection]:
        """The objections as a page tells them: several comments may raise the same one."""
        groups: dict[tuple[str, str, str, str], list[Objection]] = {}
        for each in self.objections:
            key = (each.statement.strip(), each.disposal, each.reasons, each.minority_statement.strip())
            groups.setdefault(key, []).append(each)
        return [
            ToldObjection(
                objection=same[0],
                comments=tuple(comment for each in same for comment in each.comments.all()),
                minority="" if minority == statement else minority,
            )
            for (statement, _disposal, _reasons, minority), same in groups.items()
        ]

    @property
    def may_be_challenged(self) -> bool:
        return self.declaration is not None and timezone.now() <= self.declaration.challenge_until


def record_of(edition: Edition) -> ConsensusRecord:
    """The consensus record of a document as it bears on this edition; empty where nothing was declared and nobody

    dissents, as for one recorded from elsewhere: two queries then.
    """
    declaration = _declared_on.first(edition.pk)
    dissents = tuple(_dissents_of(edition.series))
    if declaration is None and not dissents:
        return ConsensusRecord(None, (), (), (), "")
    objections = Objection.objects.filter(process__series=edition.series).prefetch_related("comments")
    challenges = declaration.challenges.shown() if declaration else ()  # type: ignore[attr-defined]
    return ConsensusRecord(
        declaration=declaration,
        objections=tuple(objections),
        dissents=dissents,
        challenges=tuple(challenges),
        label=label_of(declaration),
    )


@prepared
def _declared_on(edition: int) -> QuerySet[Declaration]:
    return Declaration.objects.filter(edition=edition)


@prepared
def _dissents_of(series: str) -> QuerySet[Dissent]:
    return Dissent.objects.filter(process__series=series)


def label_of(declaration: Declaration | None) -> SafeString:
    """In words of a page, whose consensus it is: the lead experts' and contributors', never the IGF's or the UN's."""
    if declaration is None:
        return SafeString("")
    facts = {
        "name": isolated(declaration.by_name),
        "role": escape(Role(declaration.role).label),
        "date": date_format(declaration.at, "DATE_FORMAT"),
    }
    words = _(
        "Rough consensus of the forum's lead experts and contributors, as declared by %(name)s (%(role)s) on %(date)s."
    )
    return SafeString(escape(words) % facts)
