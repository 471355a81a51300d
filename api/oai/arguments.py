"""Arguments of an OAI-PMH request: verbs, what each takes, and the errors of the protocol."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from django.http import QueryDict

DAY = re.compile(r"\d{4}-\d\d-\d\d")
SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


class Verb(StrEnum):
    IDENTIFY = "Identify"
    LIST_FORMATS = "ListMetadataFormats"
    LIST_SETS = "ListSets"
    LIST_IDENTIFIERS = "ListIdentifiers"
    LIST_RECORDS = "ListRecords"
    GET_RECORD = "GetRecord"


@dataclass(frozen=True, slots=True)
class Arguments:
    """required and optional arguments of a verb. exclusive: the one that stands alone."""

    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    exclusive: str = ""


_LISTING = Arguments(frozenset({"metadataPrefix"}), frozenset({"from", "until", "set"}), "resumptionToken")
ARGUMENTS = {
    Verb.IDENTIFY: Arguments(),
    Verb.LIST_FORMATS: Arguments(optional=frozenset({"identifier"})),
    Verb.LIST_SETS: Arguments(exclusive="resumptionToken"),
    Verb.LIST_IDENTIFIERS: _LISTING,
    Verb.LIST_RECORDS: _LISTING,
    Verb.GET_RECORD: Arguments(required=frozenset({"identifier", "metadataPrefix"})),
}


class OAIError(Exception):
    """code: one of the protocol's error codes."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Asked:
    """A question that holds together."""

    verb: Verb
    values: Mapping[str, str]


def read_question(query: QueryDict) -> Asked:
    """Raises OAIError badVerb and badArgument: missing, unknown or repeated arguments."""
    verbs = query.getlist("verb")
    if len(verbs) != 1 or verbs[0] not in list(Verb):
        raise OAIError("badVerb", "Give one verb: " + ", ".join(Verb) + ".")
    verb = Verb(verbs[0])
    allowed = ARGUMENTS[verb]
    given = {name: query.getlist(name) for name in query if name != "verb"}
    known = allowed.required | allowed.optional | {allowed.exclusive} - {""}
    if unknown := set(given) - known:
        raise OAIError("badArgument", f"{verb} takes no argument {', '.join(sorted(map(printable, unknown)))}.")
    if repeated := [name for name, values in given.items() if len(values) > 1]:
        raise OAIError("badArgument", f"Given more than once: {', '.join(repeated)}.")
    values = {name: found[0] for name, found in given.items()}
    if allowed.exclusive in values:
        if len(values) > 1:
            raise OAIError("badArgument", f"{allowed.exclusive} stands alone.")
    elif missing := allowed.required - set(values):
        raise OAIError("badArgument", f"{verb} needs {', '.join(sorted(missing))}.")
    return Asked(verb, values)


def printable(text: str) -> str:
    """What XML 1.0 can hold of a text that somebody sent."""
    return re.sub(r"[^\x20-\ud7ff\ue000-\ufffd]", "\ufffd", text)[:500]


def moment_of(text: str) -> tuple[datetime, timedelta]:
    """The moment a date begins, and how long it lasts: a day or a second. Raises OAIError badArgument."""
    try:
        if DAY.fullmatch(text):
            return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC), timedelta(days=1)
        if SECOND.fullmatch(text):
            return datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC), timedelta(seconds=1)
    except ValueError:
        pass
    raise OAIError("badArgument", "A date is written YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ.")
