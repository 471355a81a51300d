"""Every word of an OpenDocument text as it lies in it: shown, hidden, deleted, in notes, heads, formulas. Pure.

Kept apart from the reader on purpose: it knows no styles, lists or changes.
"""

from collections.abc import Iterator

from lxml import etree

from formats.draft import Source, Thing
from formats.odt.package import DC, DRAW, MATH, META, OFFICE, SVG, TABLE, TEXT, XLINK, OdtPackage
from formats.office.archive import Element

_PARAGRAPHS = frozenset({f"{TEXT}p", f"{TEXT}h"})
_BLANKS = {f"{TEXT}tab": " ", f"{TEXT}line-break": "\n", f"{TEXT}s": " "}
_ASIDE = {
    f"{TEXT}note-citation": "note numbers",
    f"{TEXT}number": "list numbers",
    f"{TEXT}ruby-text": "text",
    f"{TEXT}script": "field codes",
    f"{SVG}title": "descriptions of pictures",
    f"{SVG}desc": "descriptions of pictures",
    f"{TEXT}index-title-template": "contents list",
    f"{TEXT}index-entry-span": "contents list",
}
_UNSAID = frozenset({
    f"{DC}creator", f"{DC}date", f"{META}creator-initials", f"{META}date-string", f"{OFFICE}binary-data",
    f"{OFFICE}change-info", f"{OFFICE}forms", f"{OFFICE}event-listeners", f"{OFFICE}scripts",
    "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}sender-initials",
})  # fmt: skip
_ATTRIBUTES = ((f"{TEXT}hidden-text", f"{TEXT}string-value"), (f"{TEXT}hidden-paragraph", f"{TEXT}string-value"))
NOTES = "notes"
SAID_OF_ITSELF = {
    f"{DC}title", f"{DC}subject", f"{DC}description", f"{META}keyword", f"{META}user-defined",
}  # fmt: skip


def words(content: bytes) -> Iterator[Source]:
    """Raises UnreadableFile, as `read` does."""
    package = OdtPackage(content)
    notes = []  # behind the text, where a draft has them
    for source in element_words(package.text, "text"):
        if source.place == NOTES:
            notes.append(source)
        else:
            yield source
    yield from notes
    for href in objects(package.text):
        root = package.object(href)
        if root is not None:
            yield from object_words(root)
    yield from head_words(package)
    for _, text in properties(package):
        yield Source(text, "properties")


def head_words(package: OdtPackage) -> Iterator[Source]:
    master = package.styles.find(f"{OFFICE}master-styles") if package.styles is not None else None
    if master is not None:
        yield from element_words(master, "headers and footers")
        for href in objects(master):
            root = package.object(href)
            if root is not None:
                yield from object_words(root)


def objects(root: Element) -> list[str]:
    """Where embedded objects lie, each once."""
    return list(dict.fromkeys(str(one.get(f"{XLINK}href") or "") for one in root.iter(f"{DRAW}object")))


def object_words(root: Element) -> Iterator[Source]:
    """Of a formula one Source, and one for its source; of anything else its paragraphs."""
    if root.tag == f"{MATH}math":
        notes = set(root.iter(f"{MATH}annotation"))
        leaves = (one for one in root.iter() if not len(one) and one not in notes)
        yield Source(" ".join("".join(one.itertext()) for one in leaves), "formulas")
        for one in notes:
            yield Source("".join(one.itertext()), "formulas")
    else:
        yield from element_words(root, "objects")


def properties(package: OdtPackage) -> Iterator[tuple[str, str]]:
    """(name, text) of what the file says of itself in words."""
    meta = package.meta.find(f"{OFFICE}meta") if package.meta is not None else None
    for one in meta if meta is not None else ():
        if one.tag in SAID_OF_ITSELF and (one.text or "").strip():
            yield etree.QName(one).localname, str(one.text).strip()


def element_words(root: Element, place: str) -> Iterator[Source]:
    """One Source a paragraph; numbers of notes, descriptions and the like as Sources of their own."""
    walk = _Walk(place)
    skipping = 0
    for event, one in etree.iterwalk(root, events=("start", "end")):
        if event == "start":
            skipping += one.tag in _UNSAID
            if not skipping:
                yield from _things(one, place)
                walk.start(one)
            continue
        if not skipping:
            yield from walk.end(one)
        skipping -= one.tag in _UNSAID
        if not skipping and one is not root:
            walk.add(_flat(one.tail))


class _Walk:
    """Paragraphs and cells that are open, innermost last, and the element whose text stands aside."""

    def __init__(self, place: str) -> None:
        self._place = place
        self._paragraphs: list[list[str]] = []
        self._cells: list[bool] = []
        self._aside: Element | None = None
        self._aside_text: list[str] = []
        self._notes = 0  # that are open

    def start(self, one: Element) -> None:
        if one.tag in _PARAGRAPHS:
            self._paragraphs.append([])
        elif one.tag in _ASIDE and self._aside is None:
            self._aside, self._aside_text = one, []
        elif one.tag == f"{TABLE}table-cell":
            self._cells.append(False)
        self._notes += one.tag == f"{TEXT}note-body"
        self.add(_flat(one.text) + _BLANKS.get(one.tag, ""))

    def end(self, one: Element) -> Iterator[Source]:
        self._notes -= one.tag == f"{TEXT}note-body"
        if one.tag in _PARAGRAPHS:
            text = "".join(self._paragraphs.pop())
            if text.strip():
                yield Source(text, NOTES if self._notes else self._place)
                self._cells = [True for _ in self._cells]
        elif self._aside is not None and one is self._aside:
            yield Source("".join(self._aside_text), _ASIDE[str(one.tag)])
            self._aside = None
        elif one.tag == f"{TABLE}table-cell" and self._cells.pop():
            yield Source("", self._place, Thing.CELL)

    def add(self, text: str) -> None:
        if self._aside is not None:
            self._aside_text.append(text)
        elif self._paragraphs:
            self._paragraphs[-1].append(text)


def _flat(text: str | None) -> str:
    """Line ends in the XML are but blanks."""
    return (text or "").replace("\n", " ")


def _says(paragraph: Element) -> bool:
    return bool("".join(paragraph.itertext()).strip())


def _things(one: Element, place: str) -> Iterator[Source]:
    for tag, attribute in _ATTRIBUTES:
        if one.tag == tag and one.get(attribute):
            yield Source(str(one.get(attribute)), place)
    if one.tag == f"{TEXT}a" and not str(one.get(f"{XLINK}href") or "#").startswith("#"):
        yield Source("", place, Thing.LINK)
    elif one.tag == f"{DRAW}image":
        yield Source("", place, Thing.PICTURE)
    elif one.tag == f"{TEXT}h":
        yield Source(str(one.get(f"{TEXT}outline-level") or ""), place, Thing.HEADING)
    elif one.tag == f"{TEXT}list-item" and any(child.tag in _PARAGRAPHS and _says(child) for child in one):
        yield Source("", place, Thing.LIST_ITEM)
