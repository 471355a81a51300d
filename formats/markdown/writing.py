"""A neutral document as Markdown: CommonMark with tables, footnotes and struck-out words. Pure.

What `formats.markdown.read` reads back. Where CommonMark has no sign, HTML stands in its place: raised and lowered
letters, line ends in a cell, emphasis beside punctuation that the rules of flanking would not take.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from html import escape

from editions.document.model import (
    Block,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Mark,
    Paragraph,
    Quote,
    Run,
    Runs,
    Section,
    Table,
)  # fmt: skip
from editions.document.passages import passages, plain
from formats.cover import Cover, Labels

CONTENT_TYPE = "text/markdown; charset=utf-8"
_SIGNS = re.compile(r"[\\`*_\[\]<>~|$^]|&(?=#?\w{1,30};)")
_LINE_START = re.compile(r"^(\s*)([#+=:-]|\d{1,9}(?=[.)]))", re.MULTILINE)
_EMPHASIS = ((Mark.EMPHASIS, "*", "em"), (Mark.STRONG, "**", "strong"), (Mark.DELETED, "~~", ""))
_LETTERS = ((Mark.SUPERSCRIPT, "sup"), (Mark.SUBSCRIPT, "sub"))


def write(document: Document, cover: Cover, picture_address: Callable[[Figure], str]) -> bytes:
    """picture_address: where a figure is found, "" for nowhere."""
    lines = _Writer(document, cover, picture_address).lines()
    return ("\n".join(lines).rstrip("\n") + "\n").encode()


class _Writer:
    def __init__(self, document: Document, cover: Cover, picture_address: Callable[[Figure], str]) -> None:
        self._document = document
        self._cover = cover
        self._picture_address = picture_address
        self._labels = Labels(cover)
        self._levels = {passage.key: passage.level for passage in passages(document) if not passage.number}
        self._notes = {note.key: place for place, note in enumerate(document.notes, 1)}
        self._turn = 0

    def lines(self) -> Iterator[str]:
        yield from self._front()
        yield from self._blocks(self._document.blocks)
        for note in self._document.notes:
            yield from (f"[^{self._notes[note.key]}]: {self._runs(note.runs, '<br>')}", "")

    def _front(self) -> Iterator[str]:
        said = {
            "title": self._document.title,
            "subtitle": self._document.subtitle,
            "author": ", ".join(self._cover.authors),
            "lang": self._document.language,
            "identifier": self._cover.identifier,
            "status": self._cover.status,
            "source": self._cover.address,
        }
        yield "---"
        for name, text in said.items():
            if text:
                yield f"{name}: {json.dumps(' '.join(text.split()), ensure_ascii=False)}"
        yield from ("---", "")

    def _blocks(self, blocks: tuple[Block, ...]) -> Iterator[str]:
        for block in blocks:
            yield from self._block(block)
            yield ""

    def _block(self, block: Block) -> Iterator[str]:
        match block:
            case Heading():
                yield self._heading(block.key, block.runs)
            case Paragraph():
                yield self._text(block.runs)
            case Quote():
                runs = (*block.runs, Run("\n— "), *block.attribution) if plain(block.attribution) else block.runs
                yield "\n".join(f"> {line}" for line in self._text(runs).split("\n"))
            case ListBlock():
                self._turn = 1 - self._turn  # another sign, so that two lists stay two
                yield from self._items(block.items, block.ordered, "")
            case Table():
                yield from self._table(block)
            case Figure():
                address = self._picture_address(block)
                alt = self._escaped(" ".join(block.alt.split()))
                yield f"![{alt}](<{_address(address)}>)" if address else f"\\[{alt}\\]"
                if plain(block.caption):
                    yield from ("", self._text(block.caption))
            case Section():
                yield from self._section(block)

    def _heading(self, key: str, runs: Runs) -> str:
        return f"{'#' * self._levels.get(key, 1)} {self._runs(runs, '<br>')}"

    def _section(self, section: Section) -> Iterator[str]:
        if label := self._labels.next(section):
            yield from (f"*{self._escaped(label)}*", "")
        if plain(section.title):
            yield from (self._heading(section.key, section.title), "")
        for detail in section.details:
            yield from (f"**{self._escaped(self._cover.detail(detail.name))}:** {self._text(detail.runs)}", "")
        yield from self._blocks(section.blocks)

    def _items(self, items: tuple[Item, ...], ordered: bool, indent: str) -> Iterator[str]:
        for place, item in enumerate(items, 1):
            sign = f"{place}{'.)'[self._turn]}" if ordered else "-*"[self._turn]
            begin = f"{sign} ".ljust(4)
            further = indent + " " * len(begin)
            yield f"{indent}{begin}" + self._text(item.runs).replace("\n", f"\n{further}")
            yield from self._items(item.items, item.ordered, further)

    def _table(self, table: Table) -> Iterator[str]:
        if plain(table.caption):
            yield from (self._text(table.caption), "")
        width = max((len(row.cells) for row in table.rows), default=0)
        if not width:
            return
        rows = [[self._runs(cell, "<br>") for cell in row.cells] for row in table.rows]
        if not table.header_rows:
            rows.insert(0, [])
        for place, cells in enumerate(rows):
            yield "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"
            if place == 0:
                yield "|" + " --- |" * width

    def _text(self, runs: Runs) -> str:
        """Of a paragraph: nothing at the beginning of a line is taken for a sign of Markdown."""
        text = self._runs(runs, "\\\n")
        return _LINE_START.sub(lambda found: found[1] + _guarded(found[2]), text)

    def _runs(self, runs: Runs, line_end: str) -> str:
        texts = [run.text for run in runs]
        parts = []
        for place, run in enumerate(runs):
            before = texts[place - 1][-1:] if place else ""
            after = texts[place + 1][:1] if place + 1 < len(texts) else ""
            parts.append(self._run(run, before, after))
        lines = "".join(parts).replace("\r\n", "\n").replace("\r", "\n").strip().split("\n")
        return line_end.join(line.strip() for line in lines)

    def _run(self, run: Run, before: str, after: str) -> str:
        if run.note:
            return f"[^{self._notes[run.note]}]" if run.note in self._notes else ""
        core = run.text.strip()
        if not core:
            return run.text
        lead = run.text[: len(run.text) - len(run.text.lstrip())]
        tail = run.text[len(run.text.rstrip()) :]
        text = _code(core) if Mark.CODE in run.marks else self._escaped(core)
        for mark, tag in _LETTERS:
            if mark in run.marks:
                text = f"<{tag}>{text}</{tag}>"
        for mark, sign, tag in _EMPHASIS:
            if mark in run.marks:
                text = _emphasised(text, core, sign, tag, "" if lead else before, "" if tail else after)
        if run.href:
            text = f"[{text}](<{_address(run.href)}>)"
        if run.language and run.language != self._document.language:
            text = f'<span lang="{escape(run.language)}">{text}</span>'
        return f"{lead}{text}{tail}"

    def _escaped(self, text: str) -> str:
        return _SIGNS.sub(lambda found: f"\\{found[0]}", text)


def _guarded(sign: str) -> str:
    return f"{sign}\\" if sign.isdigit() else f"\\{sign}"


def _emphasised(text: str, core: str, sign: str, tag: str, before: str, after: str) -> str:
    """With a sign where the rules of flanking take it (CommonMark 0.31, 6.2), else with a tag."""
    inside_begins, inside_ends = _is_sign(core[0]), _is_sign(core[-1])
    stuck = (inside_begins and bool(before) and not _is_apart(before)) or (
        inside_ends and bool(after) and not _is_apart(after)
    )
    if stuck and tag:
        return f"<{tag}>{text}</{tag}>"
    return f"{sign}{text}{sign}"


def _is_sign(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PS"


def _is_apart(letter: str) -> bool:
    return letter.isspace() or _is_sign(letter)


def _code(text: str) -> str:
    fence = "`" * (max((len(found) for found in re.findall("`+", text)), default=0) + 1)
    space = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{space}{' '.join(text.split(chr(10)))}{space}{fence}"


def _address(address: str) -> str:
    return re.sub(r"[<>\s\\]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address)
