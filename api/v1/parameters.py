"""The parameters of an address, declared once: read, refused with a reason, and described. Pure but for the words."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any, Protocol

from django.utils.translation import gettext as _

from api.v1.json_schema import Schema
from core.plain_text import printable

LARGEST = 2**31 - 1  # what every database of ours can compare a number with
SERIES = r"BPF-[0-9]{4}-[A-Z0-9]{2,24}(-[A-Z0-9]{2,24})?"
SLUG = r"[-a-zA-Z0-9_]{1,80}"


class Refused(Exception):
    """A question that cannot be answered as it stands. faults: (parameter, reason) of everything wrong with it."""

    def __init__(self, faults: Sequence[tuple[str, str]]) -> None:
        super().__init__("; ".join(f"{name}: {reason}" for name, reason in faults))
        self.faults = faults


class Query(Protocol):
    """What is needed of Django's QueryDict."""

    def __iter__(self) -> Any: ...
    def getlist(self, key: str) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class Parameter:
    """schema: of the value. read: gives the value, or raises ValueError with the reason. default: where not given."""

    name: str
    about: str
    schema: Schema
    read: Callable[[str], Any]
    default: Any = None


def word(pattern: str) -> tuple[Schema, Callable[[str], str]]:
    """A text that a pattern describes whole."""

    def read(text: str) -> str:
        if not re.fullmatch(pattern, text, re.ASCII):
            raise ValueError(_("Not written as expected: %s") % pattern)
        return text

    return {"type": "string", "pattern": f"^{pattern}$"}, read


def number(least: int, most: int) -> tuple[Schema, Callable[[str], int]]:
    def read(text: str) -> int:
        if not re.fullmatch(r"0|[1-9][0-9]{0,9}", text) or not least <= int(text) <= most:
            raise ValueError(_("Must be a number from %(least)d to %(most)d.") % {"least": least, "most": most})
        return int(text)

    return {"type": "integer", "minimum": least, "maximum": most}, read


def one_of(values: Sequence[str]) -> tuple[Schema, Callable[[str], str]]:
    def read(text: str) -> str:
        if text not in values:
            raise ValueError(_("Must be one of: %s.") % ", ".join(values))
        return text

    return {"type": "string", "enum": list(values)}, read


def day() -> tuple[Schema, Callable[[str], datetime]]:
    """The moment a day begins in UTC."""

    def read(text: str) -> datetime:
        try:
            if not re.fullmatch(r"\d{4}-\d\d-\d\d", text, re.ASCII):
                raise ValueError
            return datetime.combine(date.fromisoformat(text), time(), UTC)
        except ValueError as error:
            raise ValueError(_("A day is written YYYY-MM-DD.")) from error

    return {"type": "string", "format": "date"}, read


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that holds together: the values of its path, and of its parameters by name."""

    path: str
    place: Mapping[str, Any]
    values: Mapping[str, Any]
    given: Mapping[str, str] = field(default_factory=dict)
    query: Any = None  # as it came, for the resource that reads it by its own rules


def read(known: Sequence[Parameter], query: Query) -> tuple[dict[str, Any], dict[str, str]]:
    """(values by name, texts as given). Raises Refused, naming every parameter that is unknown, repeated or wrong."""
    faults: list[tuple[str, str]] = []
    values = {parameter.name: parameter.default for parameter in known}
    given: dict[str, str] = {}
    by_name = {parameter.name: parameter for parameter in known}
    for name in query:
        texts = query.getlist(name)
        if name not in by_name:
            faults.append((printable(name)[:100], _("There is no such parameter.")))
        elif len(texts) > 1:
            faults.append((name, _("Given more than once.")))
        else:
            try:
                values[name] = by_name[name].read(texts[0])
                given[name] = texts[0]
            except ValueError as error:
                faults.append((name, str(error)))
    if faults:
        raise Refused(faults)
    return values, given
