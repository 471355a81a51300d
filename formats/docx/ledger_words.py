"""Every word of a Word file as it lies in its parts: shown, hidden, deleted, doubled, in notes, comments and drawings.

Pure, and kept apart from the reader on purpose: it knows no styles' looks, no fields, no choice between two forms of a
thing. What it tells is what the ledger holds the reader to.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from html import unescape

from lxml import etree

from formats.docx.package import CHART, DIAGRAM, PIC, WP, A, M, O, Package, R, Relation, V, W, switched, value
from formats.docx.run_style import run_font
from formats.draft import Source, Thing
from formats.kinds.inner import are_within_bounds, inner_words
from formats.office.archive import Element
from formats.office.symbols import at_place, lettered

EMBEDDED = "embedded files"
PLACES = {
    "footnotes": "footnotes",
    "endnotes": "endnotes",
    "comments": "comments",
    "header": "headers and footers",
    "footer": "headers and footers",
    "glossaryDocument": "building blocks",
    "chart": "charts",
    "diagramData": "diagrams",
    "aFChunk": EMBEDDED,
}
"""Parts with words, by their relationship to the main part or one of these."""

_ENDINGS = {
    "text/html": ".html", "application/xhtml+xml": ".xhtml", "text/plain": ".txt", "message/rfc822": ".mht",
    "multipart/related": ".mht", "application/rtf": ".rtf", "text/rtf": ".rtf",
}  # fmt: skip
_TAG = re.compile(r"<(?:script|style)\b.*?</(?:script|style)>|<[^>]*>", re.DOTALL | re.IGNORECASE)
_SHOWN = frozenset({f"{W}t", f"{M}t"})
_BLANKS = {
    f"{W}tab": " ",
    f"{W}ptab": " ",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{A}br": "\n",
    f"{W}noBreakHyphen": "\u2011",
}
_ASIDE = frozenset({f"{W}delText", f"{W}instrText", f"{W}delInstrText"})
_NAMED = frozenset({f"{WP}docPr", f"{PIC}cNvPr"})
_PICTURES = frozenset({f"{A}blip", f"{V}imagedata"})
_PARAGRAPHS = frozenset({f"{W}p", f"{A}p"})
PROPERTIES = ("title", "subject", "keywords", "description", "category", "contentStatus")


def words(content: bytes) -> Iterator[Source]:
    """Raises UnreadableFile, as `read` does."""
    package = Package(content)
    yield from part_words(package, package.main, "text")
    for name, place in side_parts(package):
        yield from part_words(package, name, place)
    for _, text in properties(package):
        yield Source(text, "properties")


def side_parts(package: Package) -> Iterator[tuple[str, str]]:
    """(name, place) of every part with words besides the main one, each once."""
    seen = {package.main}
    queue = [package.main]
    while queue:
        for relation in package.relations(queue.pop(0)).values():
            place = PLACES.get(relation.kind)
            if place and not relation.external and relation.target not in seen and relation.target in package.archive:
                seen.add(relation.target)
                queue.append(relation.target)
                yield relation.target, place


def properties(package: Package) -> Iterator[tuple[str, str]]:
    """(name, text) of what the file says of itself in words."""
    root = package.tree(package.properties) if package.properties else None
    for one in root if root is not None else ():
        name = etree.QName(one).localname
        if name in PROPERTIES and (one.text or "").strip():
            yield name, str(one.text).strip()


def part_words(package: Package, name: str, place: str) -> Iterator[Source]:
    if place == EMBEDDED:
        content = package.archive.read(name)
        found = inner_words(content, chunk_name(package, name)) if chunks_are_read(package) else []
        yield from (replace(one, place=EMBEDDED) for one in found)
        yield from _embedded_words(content) if not found else ()
        return
    root = package.tree(name)
    if root is not None:
        yield from element_words(root, place, package.relations(name), _unmarked_levels(package))


def chunks_are_read(package: Package) -> bool:
    """Whether files in the place of text are not too many or too large."""
    return are_within_bounds([package.archive.read(name) for name, place in side_parts(package) if place == EMBEDDED])


def chunk_name(package: Package, part: str) -> str:
    """The name of a file in the place of text, with the ending that goes with its kind, if that is said."""
    ending = _ENDINGS.get(package.kind(part), "")
    name = part.rpartition("/")[2]
    return name if name.lower().endswith(ending) else f"{name}{ending}"


def _unmarked_levels(package: Package) -> frozenset[tuple[str, str]]:
    """(list, level) whose bullet is a blank: pandoc puts further paragraphs of an item, and cells, in such a list."""
    target = next((one.target for one in package.relations(package.main).values() if one.kind == "numbering"), "")
    root = package.tree(target) if target in package.archive else None
    if root is None:
        return frozenset()
    blank = {
        (value(abstract, "abstractNumId"), value(level, "ilvl"))
        for abstract in root.iterfind(f"{W}abstractNum")
        for level in abstract.iterfind(f"{W}lvl")
        if value(level.find(f"{W}numFmt")) == "bullet" and not value(level.find(f"{W}lvlText")).strip()
    }
    lists = {value(one, "numId"): value(one.find(f"{W}abstractNumId")) for one in root.iterfind(f"{W}num")}
    return frozenset((number, level) for number, named in lists.items() for held, level in blank if held == named)


def _embedded_words(content: bytes) -> Iterator[Source]:
    """Of another file in the place of text: a web page's or a plain text's words; none of another kind's."""
    if b"\0" not in content[:1000]:
        text = _TAG.sub(" ", content.decode("utf-8", "replace"))
        if text.strip():
            yield Source(unescape(text), EMBEDDED)


def element_words(
    root: Element,
    place: str,
    relations: Mapping[str, Relation] | None = None,
    unmarked: Collection[tuple[str, str]] = (),
) -> Iterator[Source]:
    """One Source a paragraph, with what was struck, hidden in place or said by a field as Sources of their own.

    unmarked: lists and levels that draw no sign. A paragraph of a list in a cell of a table is no item there either.
    """
    if root.tag.startswith((CHART, DIAGRAM)):
        yield from _drawing_words(root, place)
        return
    open_paragraphs: list[list[str]] = [[]]  # the outermost for a part of a paragraph
    asides: list[list[str]] = [[]]
    cells: list[bool] = []
    items: list[list[Source]] = [[]]  # that a paragraph is, if it says anything
    for event, one in etree.iterwalk(root, events=("start", "end")):
        tag = one.tag
        if event == "start":
            if tag in _PARAGRAPHS:
                open_paragraphs.append([])
                asides.append([])
                items.append([])
            elif tag == f"{W}tc":
                cells.append(False)
            elif tag == f"{W}numPr":
                items[-1] += [Source("", place, Thing.LIST_ITEM)] * (not cells and _is_item(one, unmarked))
            else:
                yield from _things(one, place, relations)
            continue
        if tag in _PARAGRAPHS:
            text = "".join(open_paragraphs.pop())
            found = items.pop()
            if text.strip():
                yield Source(text, place)
                yield from found
                cells = [True for _ in cells]
            yield from _aside(asides.pop(), place)
        elif tag == f"{W}tc" and cells.pop():
            yield Source("", place, Thing.CELL)
        else:
            _letters(one, open_paragraphs[-1], asides[-1])
    yield from _aside(open_paragraphs.pop(), place)
    yield from _aside(asides.pop(), place)


def _letters(one: Element, shown: list[str], aside: list[str]) -> None:
    tag = one.tag
    if tag in _SHOWN:
        (aside if _is_hidden(one) else shown).append(_text(one))
    elif tag == f"{A}t":
        shown.append(str(one.text or ""))
    elif tag in _BLANKS:
        shown.append(_BLANKS[tag])
        aside.append("\n")
    elif tag in _ASIDE:
        aside.append(_text(one))
    elif tag == f"{W}sym":
        shown.append(at_place(value(one, "font"), value(one, "char"))[0])
    elif tag == f"{W}rt":
        shown.append(" ")
    elif tag == f"{W}r" and aside and aside[-1] != "\n" and one.find(f"{W}t") is not None and not _is_hidden(one[-1]):
        aside.append("\n")


def _text(one: Element) -> str:
    """As its font shows it."""
    run = one.getparent()
    font = run_font(run) if run is not None and run.tag == f"{W}r" else ""
    return lettered(font, str(one.text or ""))[0]


def _is_hidden(text: Element) -> bool:
    run = text.getparent()
    found = run.find(f"{W}rPr/{W}vanish") if run is not None and run.tag == f"{W}r" else None
    return bool(switched(found))


def _aside(pieces: list[str], place: str) -> Iterator[Source]:
    text = "".join(pieces)
    if text.strip():
        yield Source(text, place)


def _things(one: Element, place: str, relations: Mapping[str, Relation] | None) -> Iterator[Source]:
    """What is no text of a paragraph: descriptions, letters drawn as a picture, and what is only counted."""
    tag = one.tag
    if tag in _NAMED:
        yield from (Source(text, "descriptions of pictures") for text in descriptions(one))
    elif tag.startswith(V):
        said = [one.get("alt"), one.get("string") if tag == f"{V}textpath" else None, one.get(f"{O}title")]
        yield from (Source(text, "descriptions of pictures") for text in said if text and text.strip())
    elif tag == f"{W}hyperlink" and (link := one.get(f"{R}id")):
        relation = (relations or {}).get(link)
        if relation is not None and relation.external:
            yield Source("", place, Thing.LINK)
    elif tag == f"{W}instrText" and "HYPERLINK" in (one.text or "") and '"' in one.text and "\\l" not in one.text:
        yield Source("", place, Thing.LINK)
    elif tag == f"{W}pStyle" and value(one).lower().startswith("heading"):
        yield Source(value(one)[7:].strip(), place, Thing.HEADING)
    if tag in _PICTURES:
        yield Source("", place, Thing.PICTURE)


def _is_item(numbered: Element, unmarked: Collection[tuple[str, str]]) -> bool:
    number, level = value(numbered.find(f"{W}numId")), value(numbered.find(f"{W}ilvl"))
    return number not in ("", "0") and (number, level or "0") not in unmarked


def descriptions(named: Element) -> list[str]:
    """What is said of a picture: its description, and its title where it is another."""
    found = ((named.get(name) or "").strip() for name in ("descr", "title"))
    return list(dict.fromkeys(text for text in found if text))


def _drawing_words(root: Element, place: str) -> Iterator[Source]:
    """Of a chart or a diagram: one Source a paragraph, and one a value or name that it keeps."""
    for one in root.iter(f"{A}p", f"{CHART}v"):
        text = str(one.text or "") if one.tag == f"{CHART}v" else "".join(str(t.text or "") for t in one.iter(f"{A}t"))
        if text.strip():
            yield Source(text, place)
