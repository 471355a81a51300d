"""What was asked, counted by day and question; nothing says by whom.

A page is only read: it appends a line to a file, and the clock adds the lines up in the database.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from core import line_log
from search.query.parser import clean
from search.query_log.models import AskedQuestion

LONGEST = 200
_PERSONAL = re.compile(r"@|\d{6,}")
"""E-mail addresses, telephone and identity numbers: such questions are not kept at all."""


def folder() -> Path:
    return Path(settings.SEARCH_INDEX_DIR) / "asked"


def note_question(text: str, *, engine: str, results: int) -> None:
    """text: the question as it was read. engine: that answered. results: the number found."""
    question = normal(text)
    if question:
        _append({"question": question, "engine": engine, "results": results})


def note_opened(text: str, rank: int) -> None:
    question = normal(clean(text[: LONGEST * 2]))
    if question:
        _append({"question": question, "rank": rank})


def normal(text: str) -> str:
    """Lower case, single blanks, cut; empty for what looks personal."""
    return "" if _PERSONAL.search(text) else " ".join(text.casefold().split())[:LONGEST]


def _append(row: dict[str, Any]) -> None:
    line_log.append(folder(), row | {"day": timezone.localdate().isoformat()})


def collect(now: datetime) -> int:
    """Add up what was appended, and drop what is older than SEARCH_LOG_DAYS. Answers how many lines were read."""
    count = line_log.collect(folder(), now, lambda rows: add_up(without_beginnings(rows)))
    AskedQuestion.objects.filter(day__lt=now.date() - timedelta(days=settings.SEARCH_LOG_DAYS)).delete()
    return count


def without_beginnings(rows: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Leave out a question that the next one goes on from without a result opened between: it was still being typed."""
    for row, following in zip(rows, [*rows[1:], {}], strict=True):
        longer = following.get("question", "") if "rank" not in following else ""
        if "rank" in row or not (longer.startswith(row["question"]) and longer != row["question"]):
            yield row


def add_up(rows: Iterable[dict[str, Any]]) -> None:
    for row in rows:
        day = date.fromisoformat(row["day"])
        if "rank" in row:
            found = AskedQuestion.objects.filter(day=day, question=row["question"]).first()
            if found:
                found.clicks += 1
                found.rank_sum += row["rank"]
                found.save(update_fields=["clicks", "rank_sum"])
            continue
        found, _ = AskedQuestion.objects.get_or_create(
            day=day, question=row["question"], engine=row["engine"], defaults={"results": row["results"]}
        )
        found.times += 1
        found.results = row["results"]
        found.save(update_fields=["times", "results"])
