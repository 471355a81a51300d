"""Log formatters that write no secret address, no e-mail address and no client's network address.

A log is read by more people than a database, and is copied to more places. What opens something for whoever holds it
(a page of one's own, a draft, a link that ends mails) is part of an address, and every refused request is logged with
its address. Which parts are secret is read from the routes: those named in SECRET_PARTS.
"""

import json
import logging
import re
import time
import unicodedata
from collections.abc import Iterator
from copy import copy
from functools import cache
from typing import Any

from django.apps import apps
from django.urls import URLPattern, URLResolver, get_resolver

SECRET_PARTS = frozenset({"token", "secret"})
"""Names of parts of a route by which its holder is let in. tests/site/web holds that no other part is one."""

GONE = "[removed]"
EMAIL = re.compile(r"[^\s<>\"(),:;=\[\]]+@[^\s<>\"'(),:;\[\]]+")
CLIENT = re.compile(r"\b(ip=|from ip )\S+")
NOT_SHOWN = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
MOST_SIGNS, MOST_LINES = 4_000, 300
"""Of a line, and lines of a traceback: a stranger's header of 60 kB stands in the error it leads to, and who sends many
fills the disk."""
PART = re.compile(r"<(?:(?P<converter>\w+):)?(?P<name>\w+)>")


def redact(text: str) -> str:
    """The line as it may be kept."""
    for pattern in _secret_addresses() if apps.ready else ():  # before that, nobody asked for anything
        text = pattern.sub(rf"\1{GONE}", text)
    return CLIENT.sub(rf"\1{GONE}", EMAIL.sub(GONE, text))


def shortened(text: str) -> str:
    """At most MOST_LINES lines of MOST_SIGNS; says what was left out. The last lines stay: they name the error."""
    lines = text.split("\n")
    if len(lines) > MOST_LINES:
        half = MOST_LINES // 2
        lines = [*lines[:half], f"… {len(lines) - MOST_LINES} lines left out", *lines[-half:]]
    return "\n".join(
        line if len(line) <= MOST_SIGNS else f"{line[:MOST_SIGNS]}… {len(line) - MOST_SIGNS} signs left out"
        for line in lines
    )


class RedactingFormatter(logging.Formatter):
    """Of the whole line, traceback included. Whatever a message holds is one line; a traceback is moved in, so that no
    line but the formatter's own begins at the left."""

    def format(self, record: logging.LogRecord) -> str:
        first, *more = redact(shortened(super().format(_as_told(record)))).split("\n")
        return "\n".join([_escaped(first), *(f"    {_escaped(line)}" for line in more)])

    def formatMessage(self, record: logging.LogRecord) -> str:
        facts = " ".join(f"{name}={value}" for name, value in _facts_of(record).items())
        record.message = f"{record.message} {facts}".rstrip().replace("\n", "\\n")
        return super().formatMessage(record)


class JsonFormatter(logging.Formatter):
    """The same as one JSON object a line, for programs that gather logs: `LOG_FORMAT=json`."""

    def format(self, record: logging.LogRecord) -> str:
        record = _as_told(record)
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        told = {"at": f"{moment}.{int(record.msecs):03}Z", "level": record.levelname, "logger": record.name,
                "message": redact(shortened(record.getMessage()))}  # fmt: skip
        told |= {name: redact(shortened(str(value))) for name, value in _facts_of(record).items()}
        if record.exc_info:
            told["traceback"] = redact(shortened(self.formatException(record.exc_info)))
        return json.dumps(told)


def _as_told(record: logging.LogRecord) -> logging.LogRecord:
    """A refused request (a foreign host, a broken form, too many fields, no permission) is a warning of one line: its
    traceback says where in Django a stranger was turned away, and any number of them can be sent."""
    if not 400 <= getattr(record, "status_code", 0) < 500:
        return record
    told = copy(record)  # other handlers have it as it came
    told.exc_info = told.exc_text = None
    told.levelno, told.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
    return told


def _facts_of(record: logging.LogRecord) -> dict[str, Any]:
    """What a caller gave as `extra={"facts": …}`: names and values of a structured line."""
    facts: dict[str, Any] = getattr(record, "facts", {})
    return facts


def _escaped(line: str) -> str:
    """Without signs that end a line, drive a terminal or turn the direction of reading."""
    return "".join(ascii(sign)[1:-1] if unicodedata.category(sign) in NOT_SHOWN else sign for sign in line)


def secret_routes() -> Iterator[str]:
    """Every route with a part that is secret, such as "comments/mine/<str:secret>/"."""
    for route in routes(get_resolver()):
        if SECRET_PARTS & {match["name"] for match in PART.finditer(route)}:
            yield route


def routes(resolver: URLResolver, above: str = "") -> Iterator[str]:
    """Every route below one, whole."""
    for entry in resolver.url_patterns:
        route = above + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield route
        else:
            yield from routes(entry, route)


@cache
def _secret_addresses() -> tuple[re.Pattern[str], ...]:
    """Each with the part before the secret as its group. A regular expression of Django's own is none of ours."""
    found = set()
    for route in secret_routes():
        before = ""
        for piece in re.split(r"(<[^>]+>)", route):
            part = PART.fullmatch(piece)
            if part and part["name"] in SECRET_PARTS:
                found.add(rf"((?:/|\b){before})[^/\s\"'?]+")
                break
            before += r"[^/\s]+" if part else re.escape(piece)
    return tuple(re.compile(pattern) for pattern in sorted(found))
