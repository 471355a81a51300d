"""Count a use of an edition, and tell how often one was used."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db.models import F, Min, QuerySet, Sum
from django.http import HttpRequest
from django.utils import timezone

from api.usage.counting_rules import DOUBLE_CLICK_S, is_reader
from api.usage.models import UsageCount
from core import line_log
from core.prepared_queries import prepared
from editions.models import Edition
from gate.client_address import address_of, keyed_hash

PAGE, FILE = "page", "file"


def folder() -> Path:
    return Path(settings.PRIVATE_ROOT) / "uses"


def note(request: HttpRequest, place: Mapping[str, Any], kind: str) -> None:
    """Note a use that was answered. place: year, forum, document and number of the edition, 0 for the newest.

    Who it was is hashed with the secret key, stands in the cache for the 30 seconds of a double click, nowhere else.
    """
    if not is_reader(request.headers.get("User-Agent", ""), request.headers.get("Sec-Purpose", "")):
        return
    where = [place["year"], place["forum"], place["document"], place["number"]]
    agent = request.headers.get("User-Agent", "")
    who = keyed_hash(f"use:{address_of(request)}:{agent}:{where}:{kind}")
    if cache.add(f"use:{who}", 1, DOUBLE_CLICK_S):
        line_log.append(folder(), {"month": f"{timezone.now().astimezone(UTC):%Y-%m}", "at": where, "kind": kind})


def collect(now: datetime) -> int:
    """Add up what was noted. Answers how many uses there were."""
    return line_log.collect(folder(), now, _add_up)


def _add_up(rows: list[line_log.Row]) -> None:
    counts = Counter((row["month"], *row["at"], row["kind"]) for row in rows)
    for (month, year, forum, document, number, kind), count in sorted(counts.items()):
        found = Edition.objects.at(year, forum, document).order_by("-is_current", "-number").defer("document")
        edition = found.filter(number=number).first() if number else found.first()
        if edition is None:  # nothing can be removed; but a line may come from a library that was put back
            continue
        day = date.fromisoformat(f"{month}-01")
        row, _made = UsageCount.objects.get_or_create(edition=edition, month=day)
        column = "files" if kind == FILE else "pages"
        UsageCount.objects.filter(pk=row.pk).update(**{column: F(column) + count})


@dataclass(frozen=True, slots=True)
class Uses:
    """Of a document over all its editions. since: the first month that was counted, None while there is none."""

    pages: int
    files: int
    since: date | None


def uses_of(series: str) -> Uses:
    return Uses(*(_counted.first(series) or (0, 0, None)))


@prepared
def _counted(series: str) -> QuerySet[UsageCount, tuple[int, int, date]]:
    """One row, or none while nothing was counted."""
    of_document = UsageCount.objects.filter(edition__series=series).order_by().values("edition__series")
    return of_document.annotate(Sum("pages"), Sum("files"), Min("month")).values_list(
        "pages__sum", "files__sum", "month__min"
    )
