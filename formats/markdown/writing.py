"""A neutral document as Markdown: CommonMark with tables, footnotes and struck-out words. Pure.

What `formats.markdown.read` reads back. Where CommonMark has no sign, HTML stands in its place: raised and lowered
letters, line ends in a cell, emphasis beside punctuation that the rules of flanking would not take.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from html import escape

from editions.document.model import Document, Figure, Item, ListBlock, Mark, Run, Runs, Table
from formats.cover import Cover
from formats.line_writing import LineWriter
from formats.written_addresses import address_of

CONTENT_TYPE = "text/markdown; charset=utf-8"
_SIGNS = re.compile(r"[\\`*_\[\]<>~|$^]|&(?=#?\w{1,30};)")
_LINE_START = re.compile(r"^(\s*)([#+=:-]|\d{1,9}(?=[.)]))", re.MULTILINE)
_EMPHASIS = ((Mark.EMPHASIS, "*", "em"), (Mark.STRONG, "**", "strong"), (Mark.DELETED, "~~", ""))
_LETTERS = ((Mark.SUPERSCRIPT, "sup"), (Mark.SUBSCRIPT, "sub"))


def write(document: Document, cover: Cover, picture_address: Callable[[Figure], str]) -> bytes:
    """picture_address: where a figure is found, "" for nowhere."""
    return _Writer(document, cover, picture_address).content()


class _Writer(LineWriter):
    def __init__(self, document: Document, cover: Cover, picture_address: Callable[[Figure], str]) -> None:
        super().__init__(document, cover)
        self._picture_address = picture_address
        self._turn = 0
        self._in_row = False

    def _front(self) -> Iterator[str]:
        said = {
            "title": self._document.title,
            "subtitle": self._document.subtitle,
            "author": ", ".join(self._cover.authors),
            "lang": self._document.language,
            "identifier": self._cover.identifier,
            "status": self._cover.status,
            "source": self._cover.address,
            "doi": self._cover.doi,
        }
        yield "---"
        for name, text in said.items():
            if text:
                yield f"{name}: {json.dumps(' '.join(text.split()), ensure_ascii=False)}"
        yield from ("---", "")

    def _list(self, block: ListBlock) -> Iterator[str]:
        self._turn = 1 - self._turn  # another sign, so that two lists stay two
        yield from super()._list(block)

    def _picture(self, figure: Figure) -> str:
        address = self._picture_address(figure)
        alt = self._escaped(" ".join(figure.alt.split()))
        return f"![{alt}](<{_address(address)}>)" if address else f"\\[{alt}\\]"

    def _label(self, label: str) -> str:
        return f"*{self._escaped(label)}*"

    def _detail_name(self, name: str) -> str:
        return f"**{self._escaped(name)}:**"

    def _note_sign(self, number: int) -> str:
        return f"[^{number}]:"

    def _items(self, items: tuple[Item, ...], ordered: bool, indent: str) -> Iterator[str]:
        for place, item in enumerate(items, 1):
            sign = f"{place}{'.)'[self._turn]}" if ordered else "-*"[self._turn]
            begin = f"{sign} ".ljust(4)
            further = indent + " " * len(begin)
            yield f"{indent}{begin}" + self._text(item.runs).replace("\n", f"\n{further}")
            yield from self._items(item.items, item.ordered, further)

    def _rows(self, table: Table) -> Iterator[str]:
        width = max((len(row.cells) for row in table.rows), default=0)
        if not width:
            return
        self._in_row = True
        rows = [[self._line(cell) for cell in row.cells] for row in table.rows]
        self._in_row = False
        if not table.header_rows:
            rows.insert(0, [])
        for place, cells in enumerate(rows):
            yield "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"
            if place == 0:
                yield "|" + " --- |" * width

    def _text(self, runs: Runs) -> str:
        """Of a paragraph: nothing at the beginning of a line is taken for a sign of Markdown."""
        return _with_guard(self._runs(runs, "\\\n"))

    def _line(self, runs: Runs) -> str:
        return self._runs(runs, "<br>")

    def _note_text(self, runs: Runs) -> str:
        return _with_guard(self._line(runs))

    def _aside(self, runs: Runs) -> str:
        return self._text(runs)

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
        text = self._code(core) if Mark.CODE in run.marks else self._escaped(core)
        for mark, tag in _LETTERS:
            if mark in run.marks:
                text = f"<{tag}>{text}</{tag}>"
        for mark, sign, tag in _EMPHASIS:
            if mark in run.marks:
                text = _emphasised(text, core, sign, tag, "" if lead else before, "" if tail else after)
        if address := address_of(run.href, self._cover.address):
            text = f"[{text}](<{address}>)"
        if run.language and run.language != self._document.language:
            text = f'<span lang="{escape(run.language)}">{text}</span>'
        return f"{lead}{text}{tail}"

    def _code(self, text: str) -> str:
        """A cell ends at a stroke in code too, if that is not escaped; elsewhere code knows no escape."""
        return _code(text.replace("|", "\\|") if self._in_row else text)

    def _escaped(self, text: str) -> str:
        return _SIGNS.sub(lambda found: f"\\{found[0]}", text)


def _with_guard(text: str) -> str:
    return _LINE_START.sub(lambda found: found[1] + _guarded(found[2]), text)


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
    """Line by line: code within a line knows no line ends, which are the writer's own."""
    return "\n".join(_code_line(line.strip()) for line in re.split(r"\r\n?|\n", text))


def _code_line(text: str) -> str:
    if not text:
        return ""
    fence = "`" * (max((len(found) for found in re.findall("`+", text)), default=0) + 1)
    space = " " if text[0] == "`" or text[-1] == "`" else ""
    return f"{fence}{space}{text}{space}{fence}"


def _address(address: str) -> str:
    return re.sub(r"[<>\s\\]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), address)
