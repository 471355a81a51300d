"""The columns of a catalogue, declared once: the sheet is read by them, and its template explains them."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bpf_pages.models.fields import LANGUAGES
from bpf_pages.rendering.labels import KINDS

STATES = {"recorded final": "", "recorded draft": "draft", "draft": ""}
"""What the column State may say, and the kind it means where the column Kind is empty."""
_LETTERS = re.compile(r"[^a-z]")


@dataclass(frozen=True, slots=True)
class Column:
    """name: as rows know it. heading: as the sheet says it. also: what else people call it. example: of 2099.
    choices: what it may say. width: in the template, in letters."""

    name: str
    heading: str
    explanation: Promise
    example: str
    needed: bool = False
    also: tuple[str, ...] = ()
    width: int = 20
    choices: tuple[str, ...] = ()

    @property
    def explained(self) -> str:
        said = str(self.explanation)
        return f"{said} ({', '.join(self.choices)})" if self.choices else said


COLUMNS = (
    Column("year", "Year", _("Year of the annual meeting. One that is not here yet is made."), "2099", True, width=8),
    Column(
        "forum", "Forum",
        _("Its title, or the last part of its address. One that the year does not have is made, so spell it alike."),
        "Tides and cables", True, ("bpf",), 30,
    ),
    Column("theme", "Theme", _("May be empty. Its name, or the last part of its address. A new one is made."),
           "Cables"),
    Column(
        "title", "Title", _("May be empty: then the title that the file names."), "What cables need: a report", width=40
    ),
    Column(
        "kind", "Kind", _("May be empty: outcome, or draft where the state says so."), "outcome", width=12,
        choices=tuple(KINDS),
    ),
    Column(
        "date", "Original date",
        _("When it was first published, as a source tells it: 2015, 2015-11 or 2015-11-20. Shown and cited."),
        "2099-11-20", also=("date", "published", "first published"), width=14,
    ),
    Column(
        "language", "Language", _("May be empty: as the file says, or English."), "en",
        choices=tuple(code for code, _name in LANGUAGES), width=10,
    ),
    Column(
        "state", "State",
        _("recorded final or recorded draft: shown to the public as an output adopted elsewhere, which needs a source. "
          "draft, or empty: a draft that only editors see."),
        "recorded final", choices=tuple(STATES), width=16,
    ),
    Column(
        "people", "People by role",
        _("Role: name (organisation); parted by semicolons. Only what a public source says."),
        "Facilitator: Ada Fictiva (Lamp League); Rapporteur: Bo Fictivo", also=("people",), width=40,
    ),
    Column(
        "source", "Source address", _("Where the output was published. It can be downloaded from there."),
        "https://example.org/cables.pdf", also=("source", "address", "url", "link"), width=40,
    ),
    Column(
        "file", "File", _("Its name, with the folder if two are called alike. May be empty where it is downloaded."),
        "cables.docx", also=("file name",), width=24,
    ),
)  # fmt: skip
BY_NAME = {column.name: column for column in COLUMNS}
_KNOWN = {
    _LETTERS.sub("", called.casefold()): column.name
    for column in COLUMNS
    for called in (column.name, column.heading, *column.also)
}


def by_heading(headings: Sequence[str]) -> dict[int, str]:
    """Place of each column that is known, and its name; the first where two are called alike."""
    found: dict[int, str] = {}
    for place, heading in enumerate(headings):
        name = _KNOWN.get(_LETTERS.sub("", heading.casefold()))
        if name and name not in found.values():
            found[place] = name
    return found


def cells_of(places: Mapping[int, str], row: Sequence[str]) -> dict[str, str]:
    return {name: row[place].strip() for place, name in places.items() if place < len(row) and row[place].strip()}
