"""Rich text, as the editor's HTML, read into blocks of the neutral document. Pure, and total: any string has a reading.

The editor (Draftail) writes a small language: p, h2 to h6, ul, ol, li, a, b, i, code, sup, sub, s, and two kinds of
span, for a footnote and for a stretch in another language (docs/adr/0010). Pasted or imported HTML may hold anything.
What is not known loses its tags and keeps its words; script and style, which no editor can type, are left out.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html.parser import HTMLParser
from itertools import groupby

from bpf_pages.conversion.block_keys import KEY_ATTRIBUTE, Keys
from editions.document.model import Block, Heading, Item, ListBlock, Mark, Note, Paragraph, Quote, Run, Runs

Attributes = Mapping[str, str | None]
Resolver = Callable[[Attributes], str]
"""From the attributes of an <a> to an address, "" where it leads nowhere."""

NOTE_ATTRIBUTE = "data-footnote"
MARKS = {
    "b": Mark.STRONG, "strong": Mark.STRONG, "i": Mark.EMPHASIS, "em": Mark.EMPHASIS, "cite": Mark.EMPHASIS,
    "code": Mark.CODE, "kbd": Mark.CODE, "samp": Mark.CODE, "sup": Mark.SUPERSCRIPT, "sub": Mark.SUBSCRIPT,
    "s": Mark.DELETED, "del": Mark.DELETED, "strike": Mark.DELETED,
}  # fmt: skip
HEADINGS = {"h1": 1, "h2": 1, "h3": 2, "h4": 3, "h5": 4, "h6": 5}
BREAKS = frozenset({  # tags that end a line of text
    "address", "article", "aside", "blockquote", "caption", "center", "dd", "details", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "header", "hr", "main", "nav", "option", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
})  # fmt: skip
UNSAID = frozenset({"script", "style"})
VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())  # noqa: SIM905

_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,3}")
_SPACE = re.compile(r"[ \t\r\n\f\v\x85\u2028\u2029]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]")
_DESK = re.compile(r"/admin(?:[/?#]|$)", re.IGNORECASE)
_SAFE_ADDRESS = re.compile(r"(?:https?://|mailto:|/(?!/)|#)[^\s<>\"\\]*", re.IGNORECASE)


def safe_address(address: str | None) -> str:
    """The address if a reader may be sent there (http, https, mailto, or within this site but its desks), else ""."""
    address = (address or "").strip()
    is_safe = len(address) <= 2000 and _SAFE_ADDRESS.fullmatch(address) and not _DESK.match(address)
    return address if is_safe else ""


def external(attributes: Attributes) -> str:
    """A resolver that knows no pages: only what stands in `href`."""
    return safe_address(attributes.get("href"))


@dataclass(frozen=True, slots=True)
class _Style:
    marks: frozenset[Mark] = frozenset()
    href: str = ""
    language: str = ""
    note: bool = False


@dataclass(slots=True)
class _Line:
    """A block of text before it has its place. depth: 0 outside lists; series: which outermost list it stands in."""

    kind: str
    key: str = ""
    level: int = 0
    depth: int = 0
    ordered: bool = False
    series: int = 0
    pieces: list[tuple[str, _Style]] = field(default_factory=list)


class _Reader(HTMLParser):
    """Collects lines. It follows what is open, never minds what was not closed, and keeps every word in order."""

    def __init__(self, resolve: Resolver) -> None:
        super().__init__(convert_charrefs=True)
        self.resolve = resolve
        self.lines: list[_Line] = []
        self.line: _Line | None = None
        self.open: list[tuple[str, _Style]] = []
        self.lists: list[bool] = []
        self.series = 0
        self.unsaid = 0

    @property
    def style(self) -> _Style:
        return self.open[-1][1] if self.open else _Style()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        if tag in UNSAID:
            self.unsaid += 1
        elif tag in ("ul", "ol"):
            self._flush()
            self.series += not self.lists
            self.lists.append(tag == "ol")
        elif tag == "li" or tag in HEADINGS or tag in BREAKS:
            self._begin(tag, attributes)
        elif tag == "br":
            self._say("\n")
        if tag not in VOID:
            self.open.append((tag, self._styled(tag, attributes)))

    def handle_endtag(self, tag: str) -> None:
        if tag in UNSAID:
            self.unsaid = max(0, self.unsaid - 1)
        places = [place for place, (name, _) in enumerate(self.open) if name == tag]
        if places:
            del self.open[places[-1] :]
        if tag in ("ul", "ol"):
            self._flush()
            if self.lists:
                self.lists.pop()
        elif tag == "li" or ((tag in HEADINGS or tag in BREAKS) and not self.lists):
            self._flush()

    def handle_data(self, data: str) -> None:
        if not self.unsaid:
            self._say(_SPACE.sub(" ", _CONTROL.sub("", data)))

    def close(self) -> None:
        super().close()
        self._flush()

    def _begin(self, tag: str, attributes: Attributes) -> None:
        if self.lists and tag != "li":
            self._say("\n")  # a paragraph inside a list item is a new line of the item
            return
        self._flush()
        kind = "item" if self.lists else "heading" if tag in HEADINGS else "quote" if tag == "blockquote" else "text"
        self.line = self._new_line(kind, attributes.get(KEY_ATTRIBUTE) or "", HEADINGS.get(tag, 0))

    def _new_line(self, kind: str, key: str = "", level: int = 0) -> _Line:
        ordered = bool(self.lists and self.lists[-1])
        return _Line(kind, _CONTROL.sub("", key).strip()[:24], level, len(self.lists), ordered, self.series)

    def _say(self, text: str) -> None:
        if self.line is None:
            if not text.strip():
                return
            self.line = self._new_line("item" if self.lists else "text")
        self.line.pieces.append((text, self.style))

    def _flush(self) -> None:
        if self.line is not None and any(text.strip() for text, _ in self.line.pieces):
            self.lines.append(self.line)
        self.line = None

    def _styled(self, tag: str, attributes: Attributes) -> _Style:
        style = self.style
        if mark := MARKS.get(tag):
            style = replace(style, marks=style.marks | {mark})
        if tag == "a":
            style = replace(style, href=safe_address(self.resolve(attributes)))
        if NOTE_ATTRIBUTE in attributes:
            style = replace(style, note=True)
        language = attributes.get("lang") or ""
        return replace(style, language=language) if _LANGUAGE.fullmatch(language) else style


def _lines(html: str, resolve: Resolver) -> list[_Line]:
    reader = _Reader(resolve)
    reader.feed(html)
    reader.close()
    return reader.lines


def _runs(pieces: list[tuple[str, _Style]]) -> Runs:
    """Pieces as runs: neighbours of one style joined, white space folded over their borders, ends trimmed."""
    runs: list[Run] = []
    gap = True
    for text, style in pieces:
        if "  " in text or "\n" in text:
            text = re.sub(r" *\n *", "\n", re.sub(" {2,}", " ", text))
        text = text.lstrip(" ") if gap else text
        if not text:
            continue
        gap = text[-1] in " \n"
        run = Run(text, style.marks, style.href, style.language)
        if runs and (runs[-1].marks, runs[-1].href, runs[-1].language) == (run.marks, run.href, run.language):
            run = replace(run, text=runs.pop().text + text)
        runs.append(run)
    return _trimmed(tuple(runs))


def _trimmed(runs: Runs) -> Runs:
    while runs and not runs[0].note and not runs[0].text.lstrip(" \n"):
        runs = runs[1:]
    while runs and not runs[-1].note and not runs[-1].text.rstrip(" \n"):
        runs = runs[:-1]
    if runs and not runs[0].note and runs[0].text[0] in " \n":
        runs = (replace(runs[0], text=runs[0].text.lstrip(" \n")), *runs[1:])
    if runs and not runs[-1].note and runs[-1].text[-1] in " \n":
        runs = (*runs[:-1], replace(runs[-1], text=runs[-1].text.rstrip(" \n")))
    return runs


def _with_notes(pieces: list[tuple[str, _Style]], key: str) -> tuple[Runs, tuple[Note, ...]]:
    """The runs of a line with a mark where each footnote stood, and the footnotes themselves."""
    runs: list[Run] = []
    notes: list[Note] = []
    for is_note, group in groupby(pieces, lambda piece: piece[1].note):
        part = list(group)
        if is_note and (text := _runs(part)):
            notes.append(Note(f"{key}-n{len(notes) + 1}", text))
            runs.append(Run("", note=notes[-1].key))
        else:
            runs.extend(_untrimmed(part))
    return _trimmed(tuple(runs)), tuple(notes)


def _untrimmed(pieces: list[tuple[str, _Style]]) -> Runs:
    """As `_runs`, but the spaces at both ends stay: a footnote mark may follow them."""
    before = " " if pieces[0][0][:1] in (" ", "\n") else ""
    after = " " if pieces[-1][0][-1:] in (" ", "\n") else ""
    runs = _runs(pieces)
    if not runs:
        return (Run(" "),) if before or after else ()
    if not before and not after:
        return runs
    runs = (replace(runs[0], text=before + runs[0].text), *runs[1:])
    return (*runs[:-1], replace(runs[-1], text=runs[-1].text + after))


def _words(line: _Line) -> str:
    return " ".join("".join(text for text, _ in line.pieces).split())


def blocks(html: str, prefix: str, resolve: Resolver = external) -> tuple[tuple[Block, ...], tuple[Note, ...]]:
    """The blocks and footnotes of a rich text. prefix: begins every key; the same text gives the same keys."""
    keys = Keys(prefix)
    found: list[Block] = []
    notes: list[Note] = []
    for (kind, _), group in groupby(_lines(html, resolve), lambda line: (line.kind, line.series)):
        if kind == "item":
            found.append(_list(list(group), keys, notes))
            continue
        for line in group:
            key = keys.key(line.key, _words(line))
            runs, own = _with_notes(line.pieces, key)
            notes.extend(own)
            found.append(_block(line, key, runs))
    return tuple(found), tuple(notes)


def _block(line: _Line, key: str, runs: Runs) -> Block:
    if line.kind == "heading":
        return Heading(key, line.level, runs)
    return Quote(key, runs) if line.kind == "quote" else Paragraph(key, runs)


def _list(lines: list[_Line], keys: Keys, notes: list[Note]) -> ListBlock:
    items = tuple(_items(lines, keys, notes))
    return ListBlock(f"{items[0].key}-list", lines[0].ordered, items)


def _items(lines: list[_Line], keys: Keys, notes: list[Note]) -> Iterator[Item]:
    """Items of one depth, each with the deeper ones that follow it. A list that begins deep begins here."""
    level = lines[0].depth
    place = 0
    while place < len(lines):
        line = lines[place]
        end = place + 1
        while end < len(lines) and lines[end].depth > max(level, line.depth):
            end += 1
        key = keys.key(line.key, _words(line))
        runs, own = _with_notes(line.pieces, key)
        notes.extend(own)
        nested = lines[place + 1 : end]
        children = tuple(_items(nested, keys, notes)) if nested else ()
        yield Item(key, runs, children, bool(nested and nested[0].ordered))
        place = end


def inline(html: str, key: str, resolve: Resolver = external) -> tuple[Runs, tuple[Note, ...]]:
    """A short rich text as one line of runs, for a cell, a caption or a detail. Its paragraphs become line breaks."""
    pieces: list[tuple[str, _Style]] = []
    for line in _lines(html, resolve):
        if pieces:
            pieces.append(("\n", _Style()))
        pieces.extend(line.pieces)
    return _with_notes(pieces, key)


def text_runs(text: str) -> Runs:
    """Plain text from a field without formatting as runs."""
    return _runs([(_SPACE.sub(" ", _CONTROL.sub("", text)), _Style())])
