"""OAI-PMH lists page by page: what a resumption token holds and where a list goes on.

Pages run by (datestamp, id): a record that changes midway comes again later, and none is left out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db.models import Q

from api.oai.arguments import OAIError, moment_of
from api.oai.records import checked_format, records
from api.oai.sets import in_set
from editions.models import Edition

PAGE_SIZE = 100
SALT = "oai"


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
    page = list(found.order_by("standing_at", "pk")[: PAGE_SIZE + 1])
    if not page and not resumed:
        raise OAIError("noRecordsMatch", "Nothing changed in this time and set.")
    more = len(page) > PAGE_SIZE
    page = page[:PAGE_SIZE]
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
