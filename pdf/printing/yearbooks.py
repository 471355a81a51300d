"""Files of several editions: yearbooks and redlines. Which editions a volume holds, and its file."""

import hashlib
from collections.abc import Sequence

from django.utils import timezone

from core.http import site_urls
from editions.models import Edition, EditionQuerySet, Passage
from pdf.composition.strings import words_in
from pdf.composition.yearbook import VolumeJob
from pdf.print_job import TEMPLATE_VERSION
from pdf.printing.file_store import attempt
from pdf.printing.job_from_edition import job_for, redline_job
from pdf.printing.models import Status, Volume
from pdf.printing.retries import MOST_ATTEMPTS
from pdf.render import Rendered, render_redline, render_volume
from workflow.states import State

MOST_DOCUMENTS = 200
"""A volume holds no more; a theme of more years than that wants years of its own."""
MOST_AHEAD = 3
"""Volumes that one round of the clock prints before they are asked for: a thousand pages take half a minute."""
SMALL_PASSAGES = 300
"""Up to as many passages are printed while a reader waits, in an edition or a volume. Measured on one core: 300
passages of 60 words are 52 pages and take 0.36 to 0.37 s of CPU."""


def editions_in(kind: str, key: str) -> list[Edition]:
    """What a volume holds now: the public outcomes of a year or on a theme, by year and identifier; of a redline the
    older edition and the newer one, none if either is not public."""
    if kind == Volume.Kind.REDLINE:
        found = compared(key)
        return found if all(edition.is_public for edition in found) else []
    final = _final_outcomes()
    if kind == Volume.Kind.YEAR:
        return list(final.filter(year=int(key))[:MOST_DOCUMENTS])
    about = (pk for pk, metadata in final.values_list("pk", "metadata") if key in _theme_slugs(metadata))
    return list(final.filter(pk__in=list(about)[:MOST_DOCUMENTS]))


def _final_outcomes() -> EditionQuerySet:
    return Edition.objects.public().current().originals().filter(stage=State.FINAL).order_by("year", "series")


def redline_key(older: Edition, newer: Edition) -> str:
    return f"{older.identifier}:{newer.number}"


def compared(key: str) -> list[Edition]:
    """The older and the newer edition of a redline, public or not; none where one of them is not there."""
    identifier, _sign, number = key.partition(":")
    older = Edition.objects.filter(identifier=identifier).first()
    newer = Edition.objects.filter(series=older.series, number=int(number)).first() if older else None
    return [older, newer] if older and newer else []


def _theme_slugs(metadata: dict[str, list[dict[str, str]]]) -> set[str]:
    return {theme["slug"] for theme in metadata["themes"]}


def contents_hash(editions: Sequence[Edition]) -> str:
    """Changes with every edition that comes, goes or is superseded."""
    lines = "\n".join(f"{edition.identifier} {edition.sha256} {edition.stage}" for edition in editions)
    return hashlib.sha256(lines.encode()).hexdigest()


def volume_of(kind: str, key: str, editions: Sequence[Edition]) -> Volume:
    """The row of a volume with just these editions; made now if it is asked for the first time."""
    row, _made = Volume.objects.get_or_create(
        kind=kind, key=key, contents=contents_hash(editions), template_version=TEMPLATE_VERSION
    )
    return row


def print_volume(kind: str, key: str) -> Volume | None:
    """Print a volume as it stands now, unless that was done; None if there is nothing to put into it."""
    editions = editions_in(kind, key)
    if not editions:
        return None
    row = volume_of(kind, key, editions)
    if row.may_be_tried(timezone.now()):
        attempt(row, lambda: _rendered(kind, key, editions))
    return row


def print_asked_for() -> int:
    """Print volumes that a reader asked for and nobody printed. Answers how many were printed."""
    waiting = Volume.objects.exclude(status=Status.PRINTED).filter(attempts__lt=MOST_ATTEMPTS)
    asked = set(waiting.values_list("kind", "key"))
    return sum(bool(row and row.is_printed) for row in (print_volume(kind, key) for kind, key in sorted(asked)))


def print_ahead(limit: int = MOST_AHEAD) -> int:
    """Print the volumes that no reader could wait for, before one asks: those of a year or theme as they stand now that
    have more than SMALL_PASSAGES and no file. Answers how many were printed; at most `limit` are tried."""
    now = timezone.now()
    of_now = Volume.objects.filter(kind__in=[Volume.Kind.YEAR, Volume.Kind.THEME], template_version=TEMPLATE_VERSION)
    rows = {(row.kind, row.key, row.contents): row for row in of_now}
    tried = printed = 0
    for (kind, key), editions in sorted(_standing_now().items()):
        if tried >= limit:
            break
        row = rows.get((kind, key, contents_hash(editions)))
        if (row and not row.may_be_tried(now)) or is_small(editions):
            continue
        tried += 1
        made = print_volume(kind, key)
        printed += bool(made and made.is_printed)
    return printed


def _standing_now() -> dict[tuple[str, str], list[Edition]]:
    """What each year and theme holds, as `editions_in` says of one, read in one go and without the texts: the clock
    asks every minute."""
    found: dict[tuple[str, str], list[Edition]] = {}
    for edition in _final_outcomes().defer("document"):
        keys = [(Volume.Kind.YEAR.value, str(edition.year))]
        keys += [(Volume.Kind.THEME.value, slug) for slug in sorted(_theme_slugs(edition.metadata))]
        for key in keys:
            held = found.setdefault(key, [])
            if len(held) < MOST_DOCUMENTS:
                held.append(edition)
    return found


def is_small(editions: Sequence[Edition]) -> bool:
    """Whether these, or a volume of them, are printed while a reader waits."""
    return Passage.objects.filter(edition__in=editions).count() <= SMALL_PASSAGES


def _rendered(kind: str, key: str, editions: Sequence[Edition]) -> Rendered:
    if kind == Volume.Kind.REDLINE:
        return render_redline(redline_job(*editions))
    return render_volume(_job(kind, key, editions))


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
