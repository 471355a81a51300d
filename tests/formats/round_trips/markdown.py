"""A neutral document as Markdown for pandoc, which writes it in the formats that are read back."""

import re

from editions.document.model import (
    Block,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Mark,
    Note,
    Paragraph,
    Quote,
    Run,
    Runs,
    Table,
)

MARKS = {
    Mark.CODE: ("`", "`"),
    Mark.SUPERSCRIPT: ("^", "^"),
    Mark.SUBSCRIPT: ("~", "~"),
    Mark.DELETED: ("~~", "~~"),
    Mark.EMPHASIS: ("*", "*"),
    Mark.STRONG: ("**", "**"),
}


def markdown(document: Document) -> str:
    lines = ["---", f'title: "{document.title}"', f"lang: {document.language}", f"dir: {document.direction}", "---", ""]
    for block in document.blocks:
        lines += [*_block(block), "", "<!-- -->", ""]
    for note in document.notes:
        lines += [f"[^{note.key}]: {_runs(note.runs)}", ""]
    return "\n".join(lines)


def _block(block: Block) -> list[str]:
    match block:
        case Heading():
            return ["#" * block.level + " " + _runs(block.runs)]
        case Paragraph():
            return [_runs(block.runs)]
        case Quote():
            return ["> " + _runs(block.runs)]
        case ListBlock():
            return _items(block.items, block.ordered, "")
        case Table():
            return _table(block)
        case Figure():
            return [f"![{_runs(block.caption)}]({block.source})" + (f'{{alt="{block.alt}"}}' if block.alt else "")]
    raise NotImplementedError(type(block))


def _items(items: tuple[Item, ...], ordered: bool, indent: str) -> list[str]:
    lines = []
    for place, item in enumerate(items, 1):
        sign = f"{place}. ".ljust(4) if ordered else "-   "
        lines.append(f"{indent}{sign}{_runs(item.runs)}")
        lines += _items(item.items, item.ordered, indent + "    ")
    return lines


def _table(table: Table) -> list[str]:
    width = len(table.rows[0].cells)
    head, *body = table.rows
    lines = ["| " + " | ".join(map(_runs, head.cells)) + " |", "|" + "---|" * width]
    lines += ["| " + " | ".join(map(_runs, row.cells)) + " |" for row in body]
    return [*lines, "", f"Table: {_runs(table.caption)}"] if table.caption else lines


def _runs(runs: Runs) -> str:
    return "".join(map(_run, runs))


def _run(run: Run) -> str:
    if run.note:
        return f"[^{run.note}]"
    text = run.text if Mark.CODE in run.marks else re.sub(r"([\\`*_{}\[\]<>()#+\-.!|~^$@\"'])", r"\\\1", run.text)
    if {Mark.SUPERSCRIPT, Mark.SUBSCRIPT} & run.marks:
        text = text.replace(" ", "\\ ")
    for mark, (before, after) in MARKS.items():
        if mark in run.marks:
            text = f"{before}{text}{after}"
    return f"[{text}]({run.href})" if run.href else text


__all__ = ["Note", "markdown"]
