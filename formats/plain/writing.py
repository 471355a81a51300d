"""A neutral document as plain text: one paragraph a line, a blank line between. Pure.

Headings are underlined or begin with number signs, notes stand at the end; `formats.plain` reads it back.
"""

import unicodedata
from collections.abc import Iterator

from editions.document.doi import doi_address
from editions.document.model import Document, Figure, Item, Mark, Run, Runs, Table
from formats.cover import Cover
from formats.line_writing import LineWriter
from formats.written_addresses import address_of

CONTENT_TYPE = "text/plain; charset=utf-8"


def write(document: Document, cover: Cover) -> bytes:
    return _Writer(document, cover).content()


class _Writer(LineWriter):
    def _front(self) -> Iterator[str]:
        title = " ".join(self._document.title.split())
        yield from (title, "=" * min(_width(title), 72), "")
        about = (
            " ".join(self._document.subtitle.split()), self._cover.status, self._cover.identifier, self._cover.address,
            doi_address(self._cover.doi) if self._cover.doi else "",
        )  # fmt: skip
        for line in about:
            if line:
                yield from (line, "")

    def _rows(self, table: Table) -> Iterator[str]:
        yield from (" | ".join(self._line(cell) for cell in row.cells) for row in table.rows)

    def _picture(self, figure: Figure) -> str:
        return f"[{' '.join(figure.alt.split())}]"

    def _label(self, label: str) -> str:
        return f"[{label}]"

    def _detail_name(self, name: str) -> str:
        return f"{name}:"

    def _note_sign(self, number: int) -> str:
        return f"[{number}]"

    def _items(self, items: tuple[Item, ...], ordered: bool, indent: str) -> Iterator[str]:
        for place, item in enumerate(items, 1):
            sign = f"{place}. " if ordered else "- "
            further = indent + " " * len(sign)
            yield f"{indent}{sign}" + self._text(item.runs).replace("\n", f"\n{further}")
            yield from self._items(item.items, item.ordered, indent + "    ")

    def _line(self, runs: Runs) -> str:
        return " ".join(self._text(runs).split())

    def _note_text(self, runs: Runs) -> str:
        return self._text(runs)

    def _aside(self, runs: Runs) -> str:
        return self._text(runs)

    def _text(self, runs: Runs) -> str:
        text = "".join(map(self._run, runs)).replace("\r\n", "\n").replace("\r", "\n")
        return "\n".join(" ".join(line.split()) for line in text.strip().split("\n"))

    def _run(self, run: Run) -> str:
        """Struck words stay known as such, raised ones too, and a link tells where it leads."""
        if run.note:
            return f" [{self._notes[run.note]}]" if run.note in self._notes else ""
        text = run.text
        if Mark.DELETED in run.marks and text.strip():
            text = f"~~{text}~~"
        if Mark.SUPERSCRIPT in run.marks and text.strip():
            text = f"^{text}"
        address = address_of(run.href, self._cover.address)
        return f"{text} <{address}>" if address and run.href != run.text.strip() else text


def _width(text: str) -> int:
    """Columns of a screen with letters of one width."""
    return sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in text)
