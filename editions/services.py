"""Freeze a text as an edition, and change the standing of editions. Callers hold the transaction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import transaction
from django.db.models import Q
from wagtail.models import Page

from editions import shown_files
from editions.document import json_form
from editions.document.identifiers import identifier_of
from editions.document.metadata import EditionMetadata
from editions.document.model import Document
from editions.document.passages import passages
from editions.document.validation import CannotFreeze, problems
from editions.models import Doi, Edition, Passage
from editions.signals import edition_published, edition_standing_changed, edition_withdrawn


@dataclass(frozen=True, slots=True)
class Draft:
    """A text ready to be frozen, as a page hands it over. metadata: all but what freeze() gives: identifier, number."""

    series: str
    year: int
    forum_slug: str
    document_slug: str
    document: Document
    metadata: dict[str, Any]


def freeze(draft: Draft, *, page: Page | None, stage: str, at: datetime, label: str = "") -> Edition:
    """Make the next edition of a series and make it the current one.

    Raises CannotFreeze, naming every place, and takes no number then.
    """
    if found := list(problems(draft.document)):
        raise CannotFreeze(found)
    with transaction.atomic(savepoint=False):
        former, number = _former_and_next(draft.series)
        edition = _add_edition(draft, number, former, page=page, stage=stage, at=at, label=label)
        shown_files.show(edition)
        edition_published.send(Edition, edition=edition, former=former)
    edition.former = former
    return edition


def _former_and_next(series: str) -> tuple[Edition | None, int]:
    """(the edition whose place is taken, the next number). As a rule the last edition is also the current one."""
    known = Edition.objects.filter(series=series).defer("document")
    last = known.order_by("-number").first()
    if last is None:
        return None, 1
    return (last if last.is_current else known.current().first()), last.number + 1


def _add_edition(
    draft: Draft, number: int, former: Edition | None, *, page: Page | None, stage: str, at: datetime, label: str
) -> Edition:
    identifier = identifier_of(draft.series, number)
    numbered = draft.metadata | {"identifier": identifier, "series": draft.series, "number": number, "label": label}
    if former:
        _set_standing(former, at, is_current=False)
    edition = Edition.objects.create(
        identifier=identifier,
        series=draft.series,
        number=number,
        year=draft.year,
        forum_slug=draft.forum_slug,
        document_slug=draft.document_slug,
        title=draft.document.title,
        language=draft.document.language,
        document=json_form.to_json(draft.document),
        sha256=json_form.sha256(draft.document),
        metadata=cast(EditionMetadata, numbered),
        published_at=at,
        page=page,
        stage=stage,
        is_current=True,
        standing_at=at,
    )
    Passage.objects.bulk_create(
        Passage(
            edition=edition,
            ordinal=passage.ordinal,
            number=passage.number,
            anchor=passage.anchor,
            kind=passage.kind,
            key=passage.key,
            path=list(passage.path),
            section=passage.section or "",
            text=passage.text,
            language=passage.language,
        )
        for passage in passages(draft.document)
    )
    return edition


def set_stage(edition: Edition, stage: str, at: datetime) -> None:
    """The document moved on while this edition stayed the public one."""
    if edition.stage != stage:
        _set_standing(edition, at, stage=stage)
        edition_standing_changed.send(Edition, edition=edition)


@transaction.atomic
def withdraw(series: str, reason: str, at: datetime) -> None:
    """Take every public edition of a document out of public view; a tombstone with the reason stays at each address."""
    for edition in Edition.objects.filter(series=series).public():
        withdraw_edition(edition, reason, at)


@transaction.atomic
def withdraw_edition(edition: Edition, reason: str, at: datetime) -> None:
    """Take one edition out of public view. The newest edition still public, if any, becomes the current one."""
    _set_standing(edition, at, is_current=False, withdrawn_at=at, withdrawn_reason=reason)
    shown_files.hide(edition)
    edition_withdrawn.send(Edition, edition=edition)
    heirs = Edition.objects.filter(series=edition.series).public()
    heir = heirs.order_by("-number").first()
    if heir and not heirs.current().exists():
        _set_standing(heir, at, is_current=True)
        edition_standing_changed.send(Edition, edition=heir)


@transaction.atomic
def set_doi(name: str, doi: str, at: datetime) -> None:
    """Give a document or an edition its DOI, another one, or with "" none.

    What is told of its editions changes with it, so harvesters hear of them again. Raises IntegrityError where the DOI
    names something else already.
    """
    if doi:
        Doi.objects.update_or_create(name=name, defaults={"doi": doi})
    else:
        Doi.objects.filter(name=name).delete()
    Edition.objects.filter(Q(series=name) | Q(identifier=name)).update(standing_at=at)


def _set_standing(edition: Edition, at: datetime, **standing: Any) -> None:
    for name, value in (standing | {"standing_at": at}).items():
        setattr(edition, name, value)
    edition.save(update_fields=[*standing, "standing_at"])
