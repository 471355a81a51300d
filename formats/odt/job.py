"""What the reading of one OpenDocument text has found so far. Pure."""

from dataclasses import dataclass, field

from core.languages.scripts import apart
from formats.draft import NoteKind, Reason
from formats.odt.ledger_words import element_words
from formats.odt.lists import Lists
from formats.odt.package import DC, OFFICE, TEXT, XML, OdtPackage
from formats.odt.styles import Look, OdtStyles
from formats.office.archive import Element
from formats.office.draft_builder import Change, DraftBuilder, when
from formats.office.languages import MainLanguage, believed


@dataclass(slots=True)
class Region:
    """A tracked change, which the text names by its id. deleted: the paragraphs that were taken out."""

    change: Change
    deleted: Element | None = None
    told: bool = False


@dataclass(slots=True)
class OdtStory:
    """One text of its own: the body, a note. change: of the tracked insertion that what is read stands in."""

    place: str
    change: Change | None = None


@dataclass(slots=True, kw_only=True)
class OdtJob(DraftBuilder):
    package: OdtPackage
    styles: OdtStyles
    lists: Lists
    regions: dict[str, Region] = field(default_factory=dict)
    waiting_notes: list[tuple[str, str, Element]] = field(default_factory=list)  # (key, place, body)
    read_objects: set[str] = field(default_factory=set)

    def leave_out_all(self, element: Element, reason: Reason, place: str, key: str) -> None:
        """Everything that an element says, for one reason."""
        self.leave_out_sources(element_words(element, place), reason, key)

    def run_language(self, look: Look, text: str) -> str:
        return apart(believed(look.languages, text), self.language)


def regions_of(text: Element) -> dict[str, Region]:
    found: dict[str, Region] = {}
    for one in text.iter(f"{TEXT}changed-region"):
        for kind, name in ((NoteKind.INSERTION, "insertion"), (NoteKind.DELETION, "deletion")):
            content = one.find(TEXT + name)
            if content is not None:
                region = Region(_change(content, kind), content if kind == NoteKind.DELETION else None)
                found |= {str(one.get(key)): region for key in (f"{XML}id", f"{TEXT}id") if one.get(key)}
    return found


def _change(content: Element, kind: NoteKind) -> Change:
    info = content.find(f"{OFFICE}change-info")
    return Change(kind, said(info, f"{DC}creator"), when(said(info, f"{DC}date")))


def said(element: Element | None, name: str) -> str:
    return "" if element is None else str(element.findtext(name) or "").strip()


def main_language(text: Element, styles: OdtStyles) -> str:
    found = MainLanguage()
    for one in text.iter(f"{TEXT}p", f"{TEXT}h"):
        words = "".join(one.itertext())
        if any(map(str.isalpha, words)):
            look = styles.look(str(one.get(f"{TEXT}style-name") or ""), ())
            found.add(believed(look.languages, words), words)
    return found.language
