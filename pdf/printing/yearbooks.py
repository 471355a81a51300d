"""Yearbooks: which outcomes a volume holds, and its file."""

import hashlib
from collections.abc import Sequence

from django.utils import timezone

from core import site_urls
from editions.models import Edition
from pdf.composition.strings import words_in
from pdf.composition.yearbook import VolumeJob
from pdf.print_job import TEMPLATE_VERSION
from pdf.printing.file_store import attempt
from pdf.printing.job_from_edition import job_for
from pdf.printing.models import Status, Volume
from pdf.printing.retries import MOST_ATTEMPTS
from pdf.render import render_volume
from workflow.states import State

MOST_DOCUMENTS = 200
"""A volume holds no more; a theme of more years than that wants years of its own."""


def outcomes(kind: str, key: str) -> list[Edition]:
    """The outcomes of a year or on a theme that are public now, by year and identifier."""
    final = Edition.objects.public().current().filter(stage=State.FINAL).order_by("year", "series")
    if kind == Volume.Kind.YEAR:
        return list(final.filter(year=int(key))[:MOST_DOCUMENTS])
    about = (pk for pk, metadata in final.values_list("pk", "metadata") if key in _theme_slugs(metadata))
    return list(final.filter(pk__in=list(about)[:MOST_DOCUMENTS]))


def _theme_slugs(metadata: dict[str, list[dict[str, str]]]) -> set[str]:
    return {theme["slug"] for theme in metadata["themes"]}


def contents_hash(editions: Sequence[Edition]) -> str:
    """Changes with every edition that comes, goes or is superseded."""
    lines = "\n".join(f"{edition.identifier} {edition.sha256} {edition.stage}" for edition in editions)
    return hashlib.sha256(lines.encode()).hexdigest()


def volume_of(kind: str, key: str, editions: Sequence[Edition]) -> Volume:
    """The row of a volume with just these outcomes; made now if it is asked for the first time."""
    row, _made = Volume.objects.get_or_create(
        kind=kind, key=key, contents=contents_hash(editions), template_version=TEMPLATE_VERSION
    )
    return row


def print_volume(kind: str, key: str) -> Volume | None:
    """Print a volume as it stands now, unless that was done; None if there is no outcome to put into it."""
    editions = outcomes(kind, key)
    if not editions:
        return None
    row = volume_of(kind, key, editions)
    if row.may_be_tried(timezone.now()):
        attempt(row, lambda: render_volume(_job(kind, key, editions)))
    return row


def print_asked_for() -> int:
    """Print volumes that a reader asked for and nobody printed. Answers how many were printed."""
    waiting = Volume.objects.exclude(status=Status.PRINTED).filter(attempts__lt=MOST_ATTEMPTS)
    asked = set(waiting.values_list("kind", "key"))
    return sum(bool(row and row.is_printed) for row in (print_volume(kind, key) for kind, key in sorted(asked)))


def _job(kind: str, key: str, editions: Sequence[Edition]) -> VolumeJob:
    """The words are those of print: a reader's language must not decide over the bytes of a file that is kept."""
    words = words_in("en")
    if kind == Volume.Kind.YEAR:
        title, identifier, path = words["yearbook"].format(year=key), f"BPF-{key}", f"/library/{key}/yearbook.pdf"
    else:
        label = {theme["slug"]: theme["label"] for edition in editions for theme in edition.metadata["themes"]}[key]
        title, identifier = words["theme_volume"].format(theme=label), f"BPF: {label}"
        path = f"/themes/{key}/outcomes.pdf"
    return VolumeJob(
        title=title,
        identifier=identifier,
        address=site_urls.absolute(path),
        jobs=tuple(job_for(edition) for edition in editions),
        date=max(edition.published_at for edition in editions),
    )
