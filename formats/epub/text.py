"""The text of a document as chapters of XHTML. Pure.

A heading of the first level begins a chapter, so that no reading system has to lay out a whole book at once. A note
stands at the end of the chapter that marks it first: there reading systems look for what they show beside the mark.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, field
from types import MappingProxyType

from lxml import etree

from core.languages.direction import direction_of, stretches
from editions.document.model import Detail, Document, Figure, Mark, Quote, Runs, Section
from editions.document.passages import Passage, plain
from formats.cover import Cover
from formats.markup_writing import LANGUAGE, MarkupWriter, add_words
from formats.office.archive import Element
from formats.office.picture_kinds import TAKEN, picture_kind
from formats.xml_text import one_line

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
EPUB_TYPE = f"{{{OPS}}}type"
STYLE = "style.css"


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading in the table of contents. level: 1 to 5. href: file and anchor."""

    level: int
    text: str
    href: str
    language: str


@dataclass(slots=True)
class Chapter:
    """name: of its file. notes: keys of those that it marks first, in order."""

    name: str
    root: Element
    body: Element
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Picture:
    name: str
    media_type: str
    content: bytes


def page(title: str, language: str) -> tuple[Element, Element]:
    """A document of XHTML, and its body."""
    root = etree.Element(f"{{{XHTML}}}html", nsmap={None: XHTML, "epub": OPS})
    root.set("lang", language)
    root.set(LANGUAGE, language)
    root.set("dir", direction_of(language))
    head = etree.SubElement(root, f"{{{XHTML}}}head")
    etree.SubElement(head, f"{{{XHTML}}}title").text = one_line(title) or "–"
    etree.SubElement(head, f"{{{XHTML}}}link", rel="stylesheet", type="text/css", href=STYLE)
    return root, etree.SubElement(root, f"{{{XHTML}}}body")


class Text(MarkupWriter):
    """chapters, entries, pictures: what `write` fills. described: whether every picture that is shown has words."""

    namespace = XHTML
    marks = MappingProxyType(
        {
            Mark.STRONG: ("strong", {}), Mark.EMPHASIS: ("em", {}), Mark.CODE: ("code", {"dir": "ltr"}),
            Mark.SUPERSCRIPT: ("sup", {}), Mark.SUBSCRIPT: ("sub", {}), Mark.DELETED: ("s", {}),
        }
    )  # fmt: skip

    def __init__(self, document: Document, cover: Cover, picture_of: Callable[[Figure], bytes]) -> None:
        super().__init__(document, cover)
        self.chapters: list[Chapter] = []
        self.entries: list[Entry] = []
        self.pictures: dict[str, Picture] = {}
        self.described = True
        self._here: Chapter
        self._picture_of = picture_of
        self._inner_links: list[tuple[Element, str]] = []
        self._files: dict[str, str] = {}
        self._marked: dict[str, str] = {}

    def write(self) -> None:
        self.blocks(self._begin(self.document.title), self.document.blocks)
        self._here.notes += [key for key in self._notes if key not in self._marked]
        for chapter in self.chapters:
            self._here = chapter
            self._write_notes()
        for link, anchor in self._inner_links:
            link.set("href", f"{self._files[anchor]}#{anchor}")

    def _begin(self, title: str) -> Element:
        root, body = page(title, self.document.language)
        self._here = Chapter(f"text-{len(self.chapters) + 1:03}.xhtml", root, body)
        self.chapters.append(self._here)
        return body

    def name(self, element: Element, passage: Passage) -> None:
        element.set("id", passage.anchor)
        self._files[passage.anchor] = self._here.name

    def language(self, element: Element, language: str) -> None:
        element.set("lang", language)
        element.set(LANGUAGE, language)
        element.set("dir", direction_of(language))

    def line(self, parent: Element, text: str, language: str) -> None:
        """Dates and addresses keep their order in a text that runs from right to left."""
        if direction_of(language) == "ltr":
            add_words(parent, text)
            return
        for part, is_ordered in stretches(text):
            if is_ordered:
                self.add(parent, "bdi", dir="ltr").text = part
            else:
                add_words(parent, part)

    def number(self, element: Element, passage: Passage) -> None:
        if passage.number:
            shown = self.add(element, "bdi", **{"class": "number"})
            shown.text = f"¶ {passage.number}"
            if passage.language != self.document.language:
                self.language(shown, self.document.language)
            shown.tail = " "

    def label(self, element: Element, passage: Passage, label: str) -> None:
        if label:
            shown = self.add(element, "span", **{"class": "caption-number"})
            shown.text = label.strip()
            if passage.language != self.document.language:
                self.language(shown, self.document.language)
            shown.tail = " "

    def heading(self, place: Element, passage: Passage, runs: Runs) -> Element:
        if passage.level == 1 and place is self._here.body:
            if len(place):
                place = self._begin(passage.text or self.document.title)
            else:
                self._here.root[0][0].text = one_line(passage.text) or "–"
        self.passage(self.add(place, f"h{passage.level + 1}"), passage, runs)
        if passage.text:
            href = f"{self._here.name}#{passage.anchor}"
            self.entries.append(Entry(passage.level, passage.text, href, passage.language))
        return place

    def section(self, parent: Element, section: Section, label: str) -> Element:
        made = self.add(parent, "section", **{"class": f"typed {section.kind.value.replace('_', '-')}"})
        name = one_line(": ".join(part for part in (label, plain(section.title)) if part))
        if name:
            made.set("aria-label", name)
        if label:
            self.add(made, "p", **{"class": "label"}).text = one_line(label)
        return made

    def end_of_section(self, inner: Element) -> None:
        """What follows stands beside it."""

    def details(self, parent: Element, details: list[tuple[Detail, Passage]]) -> None:
        listed = self.add(parent, "dl")
        for detail, passage in details:
            self.add(listed, "dt").text = one_line(self.cover.detail(detail.name))
            self.passage(self.add(listed, "dd"), passage, detail.runs)

    def figure(self, parent: Element, figure: Figure, passage: Passage) -> None:
        made = self.add(parent, "figure")
        self.name(made, passage)
        picture = self._picture(figure)
        if picture is None:
            self.add(made, "p").text = f"[{one_line(figure.alt)}]"
        else:
            shown = self.add(made, "img", src=picture.name, alt=one_line(figure.alt))
            if figure.width and figure.height:
                shown.set("width", str(figure.width))
                shown.set("height", str(figure.height))
            self.described = self.described and bool(figure.alt.strip())
        caption = self.add(made, "figcaption")
        self.in_language(caption, passage.language)
        self.number(caption, passage)
        self.label(caption, passage, self.caption_label(figure.key))
        self.runs(caption, figure.caption, passage.language)

    def _picture(self, figure: Figure) -> Picture | None:
        """None for what a reading system need not know to show (EPUB 3.3, 3.2)."""
        content = self._picture_of(figure)
        ending = TAKEN.get(picture_kind(content)) if content else None
        if ending is None:
            return None
        name = f"images/{hashlib.sha256(content).hexdigest()[:32]}{ending}"
        media_type = f"image/{'jpeg' if ending == '.jpg' else ending[1:]}"
        return self.pictures.setdefault(name, Picture(name, media_type, content))

    def quote(self, parent: Element, quote: Quote, passage: Passage) -> None:
        made = self.add(parent, "blockquote")
        self.passage(self.add(made, "p"), passage, quote.runs)
        if plain(quote.attribution):
            by = self.add(made, "p", **{"class": "by"})
            by.text = "— "
            self.runs(by, quote.attribution, self.document.language)

    def table(self, parent: Element) -> Element:
        return self.add(parent, "table")

    def row_group(self, table: Element, *, is_head: bool) -> Element:
        tag = "thead" if is_head else "tbody"
        last = table[-1] if len(table) else None
        return last if last is not None and last.tag == f"{{{XHTML}}}{tag}" else self.add(table, tag)

    def cell(self, row: Element, scope: str) -> Element:
        return self.add(row, "th", scope=scope) if scope else self.add(row, "td")

    def inner_link(self, parent: Element, anchor: str) -> Element:
        made = self.add(parent, "a")
        self._inner_links.append((made, anchor))
        return made

    # Notes

    def note_mark(self, parent: Element, key: str) -> None:
        """The first mark of a note is the one that it leads back to."""
        number, _note, passage = self._notes[key]
        made = self.add(self.add(parent, "sup"), "a", role="doc-noteref", **{"class": "mark"})
        made.set(EPUB_TYPE, "noteref")
        made.text = str(number)
        self._inner_links.append((made, passage.anchor))
        if key not in self._marked:
            made.set("id", f"mark-{number}")
            self._marked[key] = f"{self._here.name}#mark-{number}"
            self._here.notes.append(key)

    def _write_notes(self) -> None:
        """A note may mark another, which then follows it."""
        if not self._here.notes:
            return
        section = self.add(self._here.body, "section", **{"class": "notes", "aria-label": self.cover.word("notes")})
        section.set(EPUB_TYPE, "footnotes")
        for key in self._here.notes:  # grows while it is read
            number, note, passage = self._notes[key]
            if passage.anchor in self._files:
                continue
            made = self.add(section, "aside", role="doc-footnote")
            made.set(EPUB_TYPE, "footnote")
            self.name(made, passage)
            line = self.add(made, "p")
            self.in_language(line, passage.language)
            add_words(line, f"{number}. ")
            self.number(line, passage)
            self.runs(line, note.runs, passage.language)
            if mark := self._marked.get(key):
                add_words(line, " ")
                back = self.add(line, "a", role="doc-backlink", href=mark, **{"aria-label": self.cover.word("back")})
                back.text = "↩"
