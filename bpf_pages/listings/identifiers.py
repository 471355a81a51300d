"""Documents by their identifiers, in any spelling: `bpf 2014 spam e1` is BPF-2014-SPAM-E1."""

from dataclasses import dataclass

from django.db.models.functions import Length

from editions.document.identifiers import looks_like, squeeze
from editions.models import Edition

MOST_MATCHES = 50


@dataclass(frozen=True, slots=True)
class Match:
    """What an identifier names: a document (its newest edition is shown) or one edition."""

    identifier: str
    title: str
    address: str


def by_identifier(text: str) -> list[Match]:
    """The documents and editions an identifier may name, best first; empty where it names none.

    Withdrawn ones are found too: their address tells the reason. Where letters can be read in two ways, as in
    `BPF2014ALLE1` (edition 1 of ALL, or a forum ALLE1), both are given.
    """
    if not looks_like(text):
        return []
    wanted = squeeze(text)
    year = int(wanted[3:7])
    found = Edition.objects.filter(year=year).defer("document").order_by(Length("series"), "series", "-number")
    matches: list[Match] = []
    seen: set[str] = set()
    for edition in found.iterator():
        if squeeze(edition.series) == wanted and edition.series not in seen:
            seen.add(edition.series)
            matches.append(Match(edition.series, edition.title, edition.address))
        if squeeze(edition.identifier) == wanted:
            matches.append(Match(edition.identifier, edition.title, edition.permanent_address))
    return matches[:MOST_MATCHES]
