"""Neutral documents made at random, written by hand as HTML and Markdown, and compared block by block."""

import random
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

from editions.document.model import Heading, Item, ListBlock, Mark, Note, Paragraph, Quote, Row, Run, Table

WORDS = {
    "en": "forums gather people with many backgrounds who write down what has worked and why it may work elsewhere too"
    " openness trust routes measures networks abuse reports spam access local content languages schools rules",
    "ru": "форум собирает людей разных взглядов которые пишут что помогло и почему это может помочь другим доверие сети"
    " правила отчёты доступ языки школы меры",
    "ar": "يجمع المنتدى أشخاصا من خلفيات كثيرة ليكتبوا ما نجح ولماذا قد ينجح في مكان آخر الثقة الشبكات القواعد التقارير الوصول اللغات",
    "zh": "论坛 汇集 各方 人士 写下 有效 做法 及其 原因 信任 网络 规则 报告 接入 语言 学校 措施",
}
ENDS = {"zh": "。"}


@dataclass(frozen=True)
class Made:
    title: str
    language: str
    blocks: tuple
    notes: tuple


class Maker:
    def __init__(self, seed: int, language: str, *, notes: bool = True) -> None:
        self.random = random.Random(seed)
        self.language = language
        self.with_notes = notes
        self.notes: list[Note] = []

    def words(self, least: int, most: int) -> str:
        chosen = self.random.choices(WORDS[self.language].split(), k=self.random.randint(least, most))
        text = ("" if self.language == "zh" else " ").join(chosen)
        return text[:1].upper() + text[1:]

    def runs(self) -> tuple[Run, ...]:
        space = "" if self.language == "zh" else " "
        runs = [Run(self.words(8, 30) + space)]
        for _ in range(self.random.randint(0, 2)):
            kind = self.random.choice(["strong", "emphasis", "link"])
            text = self.words(1, 3)
            href = f"https://example.org/{self.random.randint(1, 99)}" if kind == "link" else ""
            marks = frozenset() if href else frozenset({Mark(kind)})
            runs += [
                Run(text, marks, href),
                Run(space + self.words(4, 14) + space),
            ]
        if self.with_notes and self.random.random() < 0.2:
            self.notes.append(Note(f"n{len(self.notes) + 1}", (Run(self.words(5, 20) + "."),)))
            runs[-1] = Run(runs[-1].text.rstrip())
            runs += [Run("", note=self.notes[-1].key), Run(space + self.words(4, 14))]
        last = runs[-1]
        runs[-1] = Run(last.text.rstrip() + ENDS.get(self.language, "."), last.marks, last.href)
        return tuple(runs)

    def items(self, depth: int) -> tuple[Item, ...]:
        made = []
        for _ in range(self.random.randint(2, 4)):
            inner = self.items(depth + 1) if depth < 2 and self.random.random() < 0.25 else ()
            made.append(Item("", (Run(self.words(2, 9)),), inner, bool(inner) and self.random.random() < 0.3))
        return tuple(made)

    def block(self):
        kind = self.random.choice("ppppplltq")
        if kind == "p":
            return Paragraph("", self.runs())
        if kind == "l":
            return ListBlock("", self.random.random() < 0.4, self.items(1))
        if kind == "t":
            width = self.random.randint(2, 4)
            rows = tuple(
                Row("", tuple((Run(self.words(1, 3)),) for _ in range(width))) for _ in range(self.random.randint(2, 5))
            )
            return Table("", (), rows, 1, False)
        return Quote("", (Run(self.words(12, 40) + ENDS.get(self.language, ".")),))

    def document(self, parts: int = 5) -> Made:
        blocks: list = []
        for _ in range(parts):
            blocks.append(Heading("", 1, (Run(self.words(2, 6)),)))
            for _ in range(self.random.randint(2, 5)):
                made = self.block()
                if blocks and isinstance(made, ListBlock | Quote | Table) and type(blocks[-1]) is type(made):
                    blocks.append(Paragraph("", self.runs()))
                blocks.append(made)
            blocks.append(Heading("", 2, (Run(self.words(2, 6)),)))
            blocks.append(Paragraph("", self.runs()))
        return Made(self.words(3, 7), self.language, tuple(blocks), tuple(self.notes))


# As HTML, to be printed


def html_runs(runs, notes=()) -> str:
    told = ""
    for run in runs:
        if run.note:
            number = [note.key for note in notes].index(run.note) + 1
            told += f'<sup><a href="#fn{number}" id="ref{number}">{number}</a></sup>'
            continue
        text = escape(run.text)
        text = (
            f"<b>{text}</b>" if Mark.STRONG in run.marks else f"<i>{text}</i>" if Mark.EMPHASIS in run.marks else text
        )
        told += f'<a href="{run.href}">{text}</a>' if run.href else text
    return told


def html_items(items, ordered) -> str:
    tag = "ol" if ordered else "ul"
    inner = "".join(
        f"<li>{html_runs(item.runs)}{html_items(item.items, item.ordered) if item.items else ''}</li>" for item in items
    )
    return f"<{tag}>{inner}</{tag}>"


def as_html(made: Made, css: str = "") -> str:
    parts = []
    for block in made.blocks:
        match block:
            case Heading():
                parts.append(f"<h{block.level + 1}>{html_runs(block.runs)}</h{block.level + 1}>")
            case Paragraph():
                parts.append(f"<p>{html_runs(block.runs, made.notes)}</p>")
            case ListBlock():
                parts.append(html_items(block.items, block.ordered))
            case Quote():
                parts.append(f"<blockquote>{html_runs(block.runs)}</blockquote>")
            case Table():
                head, *body = block.rows
                rows = "<tr>" + "".join(f"<th>{html_runs(cell)}</th>" for cell in head.cells) + "</tr>"
                rows += "".join(
                    "<tr>" + "".join(f"<td>{html_runs(cell)}</td>" for cell in row.cells) + "</tr>" for row in body
                )
                parts.append(f"<table>{rows}</table>")
    direction = "rtl" if made.language == "ar" else "ltr"
    style = f"<style>table{{border-collapse:collapse}} td,th{{border:1px solid #000;padding:3px}} {css}</style>"
    return (
        f'<!DOCTYPE html><html lang="{made.language}" dir="{direction}"><head><meta charset="utf-8"><title>{escape(made.title)}</title>'
        f"{style}</head><body><h1>{escape(made.title)}</h1>{''.join(parts)}</body></html>"
    )


# As Markdown, for pandoc


def markdown_runs(runs, notes=()) -> str:
    told = ""
    for run in runs:
        if run.note:
            told += f"[^{run.note}]"
        else:
            text = (
                f"**{run.text}**"
                if Mark.STRONG in run.marks
                else f"*{run.text}*"
                if Mark.EMPHASIS in run.marks
                else run.text
            )
            told += f"[{text}]({run.href})" if run.href else text
    return told


def markdown_items(items, ordered, indent="") -> str:
    lines = ""
    for number, item in enumerate(items, 1):
        lines += f"{indent}{f'{number}.' if ordered else '-'}{'  ' if ordered else '   '}{markdown_runs(item.runs)}\n"
        lines += markdown_items(item.items, item.ordered, indent + "    ") if item.items else ""
    return lines


def as_markdown(made: Made) -> str:
    parts = [f"---\ntitle: '{made.title}'\nlang: {made.language}\n---"]
    for block in made.blocks:
        match block:
            case Heading():
                parts.append(f"{'#' * block.level} {markdown_runs(block.runs)}")
            case Paragraph():
                parts.append(markdown_runs(block.runs))
            case ListBlock():
                parts.append(markdown_items(block.items, block.ordered))
            case Quote():
                parts.append(f"> {markdown_runs(block.runs)}")
            case Table():
                head, *body = block.rows
                lines = ["| " + " | ".join(markdown_runs(cell) for cell in row.cells) + " |" for row in [head, *body]]
                parts.append("\n".join([lines[0], "|" + "---|" * len(head.cells), *lines[1:]]))
    parts += [f"[^{note.key}]: {markdown_runs(note.runs)}" for note in made.notes]
    return "\n\n".join(parts) + "\n"


# Compared


def _styled(runs):
    return tuple(
        (run.text, tuple(sorted(run.marks)), run.href) if not run.note else "note"
        for run in runs
        if run.text or run.note
    )


def _bare(runs):
    return " ".join("".join(run.text for run in runs).split())


def flat(blocks, runs=_styled):
    told = []
    for block in blocks:
        match block:
            case Heading():
                told.append(("heading", block.level, runs(block.runs)))
            case Paragraph():
                told.append(("paragraph", runs(block.runs)))
            case ListBlock():
                told += _flat_items(block.items, block.ordered, 1, runs)
            case Quote():
                told.append(("quote", runs(block.runs)))
            case Table():
                told += [
                    ("row", place < block.header_rows, *map(runs, row.cells)) for place, row in enumerate(block.rows)
                ]
    return told


def _flat_items(items, ordered, depth, runs):
    for item in items:
        yield ("item", depth, ordered, runs(item.runs))
        yield from _flat_items(item.items, item.ordered, depth + 1, runs)


def likeness(made: Made, document, *, styles: bool = True) -> tuple[int, int]:
    """How many blocks came back as they were, of how many."""
    runs = _styled if styles else _bare
    there, back = flat(made.blocks, runs), flat(document.blocks, runs)
    same = sum(match.size for match in SequenceMatcher(None, there, back, autojunk=False).get_matching_blocks())
    return same, max(len(there), len(back))
