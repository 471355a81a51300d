"""OAI-PMH records: an edition as header and metadata.

A record is an edition. Its datestamp is the moment its standing last changed, so that a harvester hears of every new
stage and of every withdrawal."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from django.db.models import Min

from api.citations.bibliography_writers import dublin_core
from api.citations.citable import work_of
from api.citations.xml import DATACITE, DATACITE_SCHEMA, OAI_DC, add, datacite_element, dublin_core_element
from api.oai.arguments import OAIError, printable
from api.oai.sets import records, sets_of
from core.http.site_urls import known_repository_names, repository_name
from editions.models import Edition

FORMATS = {
    "oai_dc": (f"{OAI_DC[:-1]}.xsd", OAI_DC),
    "oai_datacite": (DATACITE_SCHEMA, DATACITE),
}
"""Prefix to (schema, namespace). DataCite's own envelope for OAI-PMH names the member of DataCite who registered a
work, which we are not: the record itself is given, as other repositories do."""


# --- records ------------------------------------------------------------------------------------------------------


def record_id(edition: Edition) -> str:
    return f"oai:{repository_name()}:{edition.identifier}"


def record_with(name: str) -> Edition:
    """By its identifier, or by one that it had under a former name of the library. Raises OAIError idDoesNotExist."""
    scheme, _colon, rest = printable(name).partition(":")
    repository, _colon, identifier = rest.partition(":")
    known = scheme == "oai" and repository in known_repository_names()
    found = records().filter(identifier=identifier).first() if known else None
    if found is None:
        raise OAIError("idDoesNotExist", "No record has this identifier.")
    return found


def stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def earliest() -> str:
    first = records().aggregate(first=Min("standing_at"))["first"]
    return stamp(first or datetime(2014, 1, 1, tzinfo=UTC))


def checked_format(prefix: str) -> str:
    if prefix not in FORMATS:
        raise OAIError("cannotDisseminateFormat", "Known formats: " + ", ".join(FORMATS) + ".")
    return prefix


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
