"""OAI-PMH 2.0 (openarchives.org/OAI/2.0/openarchivesprotocol.htm) at `/oai`: every edition of a real year, for ever.

A record is an edition. Its datestamp is the moment its standing last changed, so that a harvester hears of every new
stage and of every withdrawal. Pages run by (datestamp, id): a record that changes midway comes again later, and none is
left out. Sets are the years and the themes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from django.core import signing
from django.db.models import Min, Q
from django.http import QueryDict

from api.citations import dublin_core
from api.works import work_of
from api.xml import DATACITE, DATACITE_SCHEMA, OAI_DC, add, datacite_element, dublin_core_element
from editions.addresses import host
from editions.models import Edition, EditionQuerySet

PAGE = 100
SALT = "oai"
DAY = re.compile(r"\d{4}-\d\d-\d\d")
SECOND = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
FORMATS = {
    "oai_dc": (f"{OAI_DC[:-1]}.xsd", OAI_DC),
    "oai_datacite": (DATACITE_SCHEMA, DATACITE),
}
"""Prefix to (schema, namespace). DataCite's own envelope for OAI-PMH names the member of DataCite who registered a
work, which we are not: the record itself is given, as other repositories do."""


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


# --- records ------------------------------------------------------------------------------------------------------


def records() -> EditionQuerySet:
    """Every edition ever published, but those of the fictitious year. Withdrawn ones are deleted records for ever."""
    return Edition.objects.real()


def record_id(edition: Edition) -> str:
    return f"oai:{host()}:{edition.identifier}"


def record_with(name: str) -> Edition:
    """Raises OAIError idDoesNotExist."""
    prefix = f"oai:{host()}:"
    found = records().filter(identifier=printable(name[len(prefix) :])).first() if name.startswith(prefix) else None
    if found is None:
        raise OAIError("idDoesNotExist", "No record has this identifier.")
    return found


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def earliest() -> str:
    first = records().aggregate(first=Min("standing_at"))["first"]
    return stamp(first or datetime(2014, 1, 1, tzinfo=UTC))


def sets_of(edition: Edition) -> Iterator[str]:
    yield f"year:{edition.year}"
    yield from (f"theme:{theme['slug']}" for theme in edition.metadata["themes"])


def all_sets() -> Iterator[tuple[str, str]]:
    """(spec, name) of every year and theme that has records."""
    yield "year", "Years"
    for year in records().order_by("year").values_list("year", flat=True).distinct():
        yield f"year:{year}", str(year)
    yield "theme", "Themes"
    lists = records().values_list("metadata__themes", flat=True)
    themes = {theme["slug"]: theme["label"] for themes in lists for theme in themes}
    yield from ((f"theme:{slug}", themes[slug]) for slug in sorted(themes))


def in_set(found: EditionQuerySet, spec: str) -> EditionQuerySet:
    kind, _, name = spec.partition(":")
    if kind == "year":
        if not name:
            return found
        return found.filter(year=int(name)) if re.fullmatch(r"\d{4}", name) else found.none()
    if kind != "theme":
        return found.none()
    if not name:
        return found.exclude(metadata__themes=[])
    return found.of_theme(name)


# --- lists --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Listing:
    """editions: one page. token: of the next, "" on the last page, None where one page holds all."""

    prefix: str
    editions: list[Edition]
    token: str | None


def listing(values: Mapping[str, str]) -> Listing:
    """Raises OAIError."""
    resumed = "resumptionToken" in values
    asked = _resumed(values["resumptionToken"]) if resumed else _first(values)
    found = in_set(records(), asked["set"]) if asked["set"] else records()
    if asked["from"]:
        found = found.filter(standing_at__gte=moment_of(asked["from"])[0])
    if asked["until"]:
        start, length = moment_of(asked["until"])
        found = found.filter(standing_at__lt=start + length)
    if asked["after"]:
        at, pk = datetime.fromisoformat(asked["after"][0]), asked["after"][1]
        found = found.filter(Q(standing_at__gt=at) | Q(standing_at=at, pk__gt=pk))
    page = list(found.order_by("standing_at", "pk")[: PAGE + 1])
    if not page and not resumed:
        raise OAIError("noRecordsMatch", "Nothing changed in this time and set.")
    more = len(page) > PAGE
    page = page[:PAGE]
    token: str | None = "" if resumed else None
    if more:
        last = page[-1]
        token = signing.dumps(asked | {"after": [last.standing_at.isoformat(), last.pk]}, salt=SALT, compress=True)
    return Listing(asked["prefix"], page, token)


def _first(values: Mapping[str, str]) -> dict[str, Any]:
    checked_format(values["metadataPrefix"])
    start, end = values.get("from", ""), values.get("until", "")
    moments = [moment_of(text) for text in (start, end) if text]
    if len({length for _moment, length in moments}) > 1:
        raise OAIError("badArgument", "from and until have different granularity.")
    if len(moments) == 2 and moments[0] > moments[1]:
        raise OAIError("badArgument", "from is later than until.")
    return {
        "prefix": values["metadataPrefix"], "from": start, "until": end, "set": values.get("set", ""), "after": None,
    }  # fmt: skip


def _resumed(token: str) -> dict[str, Any]:
    try:
        return dict(signing.loads(token, salt=SALT))
    except (signing.BadSignature, ValueError) as error:
        raise OAIError("badResumptionToken", "This token is not one of ours. Begin the list again.") from error


def checked_format(prefix: str) -> str:
    if prefix not in FORMATS:
        raise OAIError("cannotDisseminateFormat", "Known formats: " + ", ".join(FORMATS) + ".")
    return prefix


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


# --- XML of a record ----------------------------------------------------------------------------------------------


def add_header(parent: Any, edition: Edition) -> None:
    header = add(parent, "header") if edition.is_public else add(parent, "header", status="deleted")
    add(header, "identifier", record_id(edition))
    add(header, "datestamp", stamp(edition.standing_at))
    for spec in sets_of(edition):
        add(header, "setSpec", spec)


def add_record(parent: Any, edition: Edition, prefix: str) -> None:
    record = add(parent, "record")
    add_header(record, edition)
    if edition.is_public:
        add(record, "metadata").append(_metadata(edition, prefix))


def _metadata(edition: Edition, prefix: str) -> Any:
    work = work_of(edition)
    if prefix == "oai_dc":
        return dublin_core_element(dublin_core(work))
    return datacite_element(work)


def formats_for(identifier: str) -> Iterable[str]:
    """Every record has every format. Raises OAIError idDoesNotExist."""
    if identifier:
        record_with(identifier)
    return FORMATS
