"""Blocks to the neutral document. Total: whatever the body holds has a reading, and no word of it is lost.

Keys begin with the UUID of the block that holds the text, so that the editor can be sent to it: `<uuid>.<part>`.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from wagtail.blocks import StreamValue
from wagtail.rich_text import RichText

from bpf_pages.conversion import rich_text
from bpf_pages.conversion.block_keys import RowKeys
from bpf_pages.conversion.rich_text import Resolver
from consultation.vocabulary import StakeholderGroup
from core.plain_text import tidy_line
from editions.document.model import (
    Block,
    Detail,
    Document,
    Figure,
    Item,
    ListBlock,
    Note,
    Quote,
    Row,
    Run,
    Runs,
    Section,
    SectionKind,
    Table,
)
from files.images.published import FigureFile


@dataclass
class _Conversion:
    """One reading of a body. notes: the footnotes met so far, in reading order."""

    resolve: Resolver
    figure_file: Callable[[Any], FigureFile]
    notes: list[Note] = field(default_factory=list)

    def stream(self, stream: Iterable[Any]) -> Iterator[Block]:
        for child in stream:
            yield from self.block(child.block_type, child.value, str(child.id or ""), child.block)

    def block(self, kind: str, value: Any, key: str, block: Any) -> Iterator[Block]:
        match kind:
            case "text":
                yield from self.text(value, key)
            case "table":
                yield from self.table(value, key)
            case "figure":
                yield self.figure(value, key)
            case "quote":
                runs = self.line(value["text"], key)
                if attribution := rich_text.text_runs(value["attribution"] or ""):
                    yield Quote(key, runs, attribution)
                elif runs:
                    yield Quote(key, runs)
            case _:
                yield self.section(SectionKind(kind), value, key, block)

    def text(self, value: RichText | str | None, key: str) -> tuple[Block, ...]:
        blocks, notes = rich_text.blocks(_source(value), key, self.resolve)
        self.notes.extend(notes)
        return blocks

    def line(self, value: RichText | str | None, key: str) -> Runs:
        runs, notes = rich_text.inline(_source(value), key, self.resolve)
        self.notes.extend(notes)
        return runs

    def table(self, value: Any, key: str) -> Iterator[Block]:
        """A row's key comes from its first cell, so that a row put in above does not rename the rows below."""
        caption = self.line(value["caption"], key)
        table = value["table"]
        name_of_row = RowKeys(key)
        rows = []
        if table is not None and any((column["heading"] or "").strip() for column in table.columns):
            heads = tuple(rich_text.text_runs(column["heading"] or "") for column in table.columns)
            rows.append(Row(f"{key}.head", heads))
        header_rows = len(rows)
        for cells in table.rows if table is not None else ():
            row = name_of_row(_source(cells[0].value) if cells else "")
            rows.append(Row(row, tuple(self.line(cell.value, f"{row}-c{n}") for n, cell in enumerate(cells, 1))))
        if table is not None and (table.caption or "").strip():
            caption = (*caption, *((Run("\n"),) if caption else ()), *rich_text.text_runs(table.caption))
        if rows or caption:
            yield Table(key, caption, tuple(rows), header_rows, bool(value["row_heads"]))

    def figure(self, value: Any, key: str) -> Figure:
        file = self.figure_file(value["image"])
        caption = self.line(value["caption"], key)
        return Figure(key, file.source, tidy_line(value["alt"] or ""), caption, file.width, file.height, file.digest)

    def section(self, kind: SectionKind, value: Any, key: str, block: Any) -> Section:
        details = tuple(
            Detail(f"{key}.{name}", name, runs)
            for name in getattr(block, "details", ())
            if (runs := self.line(value[name], f"{key}.{name}"))
        )
        blocks = list(self.stream(value.get("body") or ()))
        blocks.extend(self.options(value.get("options")))
        if people := tuple(_person(child.value, f"{key}.{child.id}") for child in _bound(value.get("people"))):
            blocks.append(ListBlock(f"{key}.people", False, people))
        if entries := tuple(self.entries(value.get("entries"), key)):
            blocks.append(ListBlock(f"{key}.entries", True, entries))
        return Section(key, kind, rich_text.text_runs(value["title"] or ""), details, tuple(blocks))

    def options(self, options: Any) -> Iterator[Section]:
        for child in _bound(options):
            title = rich_text.text_runs(child.value["title"] or "")
            yield Section(child.id, SectionKind.OPTION, title, (), self.text(child.value["body"], child.id))

    def entries(self, entries: Any, key: str) -> Iterator[Item]:
        for child in _bound(entries):
            name = f"{key}.{child.id}"
            if runs := self.line(child.value, name):
                yield Item(name, runs)


def _source(value: RichText | str | None) -> str:
    return value.source if isinstance(value, RichText) else (value or "")


def _bound(value: Any) -> Iterable[Any]:
    return value.bound_blocks if value is not None else ()


def _person(value: Any, key: str) -> Item:
    """`Name, role, organisation (stakeholder group)`, the parts that were given."""
    group = value["stakeholder_group"]
    label = str(StakeholderGroup(group).label) if group in StakeholderGroup else (group or "")
    named = ", ".join(part.strip() for part in (value["name"], value["role"], value["organisation"]) if part)
    return Item(key, rich_text.text_runs(f"{named} ({label})" if label else named))


def to_document(
    body: StreamValue,
    *,
    title: str,
    language: str,
    subtitle: str = "",
    resolve: Resolver = rich_text.external,
    figure_file: Callable[[Any], FigureFile],
) -> Document:
    """The neutral document of a body. resolve: the address of a link. figure_file: the kept file of an image."""
    conversion = _Conversion(resolve, figure_file)
    blocks = tuple(conversion.stream(body))
    return Document(tidy_line(title), language, blocks, tidy_line(subtitle), tuple(conversion.notes))
