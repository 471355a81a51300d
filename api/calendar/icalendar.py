"""Events written as iCalendar (RFC 5545). Pure."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

from api.calendar.events import Event
from core.http.site_urls import absolute

_UNIT = re.compile(r"\\.|.", re.DOTALL)
"""A character, or an escape whole."""

# --- the file -----------------------------------------------------------------------------------------------------


def written(found: Iterable[Event], name: str, summaries: dict[str, str], fictitious: str, now: datetime) -> str:
    """The calendar as text. summaries: by kind, with %s for the title."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//BPF Library//Calls and sessions//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"NAME:{_text(name)}", f"X-WR-CALNAME:{_text(name)}"]
    lines += ["REFRESH-INTERVAL;VALUE=DURATION:PT6H", f"SOURCE;VALUE=URI:{absolute('/open-calls.ics')}"]
    for event in found:
        lines += _lines(event, summaries, fictitious, now)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines)


def _lines(event: Event, summaries: dict[str, str], fictitious: str, now: datetime) -> Iterator[str]:
    what = event.what
    stamp = _utc(event.changed_at or now.replace(second=0, microsecond=0))
    yield from ("BEGIN:VEVENT", f"UID:{what.uid}", f"SEQUENCE:{event.sequence}", f"DTSTAMP:{stamp}")
    yield from (f"LAST-MODIFIED:{stamp}", f"DTSTART:{_utc(what.starts)}")
    if what.ends > what.starts:
        yield f"DTEND:{_utc(what.ends)}"
    if what.cancelled:
        yield "STATUS:CANCELLED"
        yield f"SUMMARY:{_text(summaries['cancelled'])}"
    else:
        yield "STATUS:CONFIRMED"
        title = f"{what.title} ({fictitious})" if what.fictitious else what.title
        yield f"SUMMARY:{_text(summaries[what.kind] % title)}"
        yield from (
            f"{name}:{_text(text)}" for name, text in (("DESCRIPTION", what.text), ("LOCATION", what.place)) if text
        )
        yield f"URL:{what.address}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _utc(moment: datetime) -> str:
    return f"{moment.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(text: str) -> str:
    """RFC 5545, 3.3.11: backslash, semicolon, comma and line end are escaped; no other control character may stand."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        text = text.replace(plain, escaped)
    return "".join(" " if sign < " " or sign == "\x7f" else sign for sign in text)


def _folded(line: str) -> str:
    """RFC 5545, 3.1: no line longer than 75 octets; a continuation begins with a space. No character is cut, and none
    parted from the backslash before it: programs that look for escapes before they join lines would lose both. No line
    is cut beside a space: programs that strip their lines would lose it."""
    pieces: list[str] = []
    piece: list[str] = []
    for unit in _UNIT.findall(line):
        if _octets(piece) + len(unit.encode()) > (75 if not pieces else 74):
            kept = _away_from_spaces(piece, unit)
            pieces.append("".join(piece[:kept]))
            piece = piece[kept:]
        piece.append(unit)
    return "\r\n ".join([*pieces, "".join(piece)])


def _octets(units: list[str]) -> int:
    return len("".join(units).encode())


def _away_from_spaces(piece: list[str], following: str) -> int:
    """How many units of a piece stay on its line. All, where it is nothing but spaces."""
    units = [*piece, following]
    fits = (kept for kept in range(len(piece), 1, -1) if " " not in (units[kept - 1], units[kept]))
    return next(fits, len(piece))
