"""What a foreign file holds besides words, for the page of its import: how much of it came, how much was told."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from formats.draft import Thing

THINGS = {
    Thing.LINK: gettext_lazy("links"),
    Thing.PICTURE: gettext_lazy("pictures"),
    Thing.CELL: gettext_lazy("table cells with words"),
    Thing.HEADING: gettext_lazy("headings"),
    Thing.LIST_ITEM: gettext_lazy("items of lists"),
}


@dataclass(frozen=True, slots=True)
class ThingRow:
    """How many of one thing. lost: neither in the draft nor told; None where its number may change rightly, as levels
    of headings are closed up and a first heading becomes the title."""

    name: str
    in_file: int
    in_draft: int
    told: int
    lost: int | None


def things_of(ledger: Mapping[str, Any]) -> list[ThingRow]:
    """What the file holds besides words, where its reader counts that."""
    rows = []
    for name, tally in (ledger.get("things") or {}).items():
        thing, _space, level = name.rpartition(" ") if name[-1:].isdigit() else (name, "", "")
        if not tally["in_file"] or thing not in THINGS:
            continue
        lost = max(0, tally["in_file"] - tally["in_draft"] - tally["told"]) if thing != Thing.HEADING else None
        said = _("headings of level %s") % level if level else str(THINGS[Thing(thing)])
        rows.append(ThingRow(said, tally["in_file"], tally["in_draft"], tally["told"], lost))
    return rows
