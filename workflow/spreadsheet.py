"""CSV that a spreadsheet program shows and never runs."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any

from django.utils import timezone

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""First characters by which spreadsheet programs take a cell for a formula (OWASP, "CSV Injection"), the full-width
forms included."""


def cell(value: Any) -> str:
    """A value as text. Moments are ISO 8601 in UTC; text that would run as a formula gets an apostrophe before it."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value, timezone.get_fixed_timezone(0)).isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    text = str(value).replace("\x00", "")
    return f"'{text}" if text.startswith(STARTS_A_FORMULA) else text


def as_csv(headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> str:
    return "".join(csv_lines(headings, rows))


def csv_lines(headings: Sequence[Any], rows: Iterable[Sequence[Any]]) -> Iterator[str]:
    """The rows below their headings, with the byte order mark by which spreadsheet programs know UTF-8."""
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out)
    writer.writerow([cell(heading) for heading in headings])
    yield out.getvalue()
    for row in rows:
        out.seek(0)
        out.truncate()
        writer.writerow([cell(value) for value in row])
        yield out.getvalue()
