"""Pieces of text with a style into runs: spaces folded over their borders, ends trimmed, neighbours joined. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from editions.document.model import Mark, Run, Runs

BREAK = "\u2028"
"""A line break inside a block. A foreign file that holds this letter means the same by it."""
_SPACE = re.compile(r"[ \t\r\n\f]+")
_PADDING = re.compile(r"[ \xa0]{2,}")
"""Office programs set things apart by rows of spaces that do not break; one alone holds words together and stays."""
_AROUND_BREAK = re.compile(rf"[ {BREAK}]*{BREAK}[ {BREAK}]*")
_UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\xad\ufeff\ufffe\uffff\ud800-\udfff]")
"""Controls, soft hyphens and byte order marks: no part of a word. Joiners stay, Arabic and Persian need them."""
_EDGE = " \n\xa0"


@dataclass(frozen=True, slots=True)
class Style:
    marks: frozenset[Mark] = frozenset()
    href: str = ""
    language: str = ""
    kept_space: bool = False  # as in preformatted text

    def with_mark(self, mark: Mark) -> "Style":
        return replace(self, marks=self.marks | {mark})


@dataclass(frozen=True, slots=True)
class Piece:
    """note: key of the note whose mark stands here; then there is no text."""

    text: str
    style: Style = Style()
    note: str = ""


def clean(text: str) -> str:
    return _UNSEEN.sub("", text).replace("\x0c", " ").replace("\x85", " ").replace("\u2029", BREAK)


def runs_of(pieces: Iterable[Piece]) -> Runs:
    runs: list[Run] = []
    gap = True
    for piece in pieces:
        if piece.note:
            runs.append(Run("", note=piece.note))
            gap = False
            continue
        text = _folded(clean(piece.text), piece.style.kept_space)
        if gap and not piece.style.kept_space:
            text = text.lstrip(" ")
            if runs and runs[-1].text.endswith("\n"):
                text = text.lstrip(" \n")
        if not text:
            continue
        if text[0] == "\n" and runs and not runs[-1].note and not piece.style.kept_space:
            runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(" "))
        gap = text[-1] in " \n"
        runs.append(Run(text, piece.style.marks, piece.style.href, piece.style.language))
    return _trimmed(_joined(_edges_out(_joined(runs))))


def _folded(text: str, kept_space: bool) -> str:
    if kept_space:
        return text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", "    ").replace(BREAK, "\n")
    text = _PADDING.sub(" ", _SPACE.sub(" ", text))
    return _AROUND_BREAK.sub("\n", text) if BREAK in text else text


def _same(one: Run, other: Run) -> bool:
    return (
        not one.note
        and not other.note
        and (one.marks, one.href, one.language)
        == (
            other.marks,
            other.href,
            other.language,
        )
    )


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Neighbours of one style as one run; a space between two of one style takes theirs."""
    texts: list[tuple[Run, list[str]]] = []
    for run in runs:
        if not run.text and not run.note:
            continue
        if texts and _same(texts[-1][0], run):
            texts[-1][1].append(run.text)
            continue
        if len(texts) > 1 and _same(texts[-2][0], run) and "".join(texts[-1][1]) == " " and not texts[-1][0].note:
            texts.pop()
            texts[-1][1].extend((" ", run.text))
            continue
        texts.append((run, [run.text]))
    return [replace(run, text="".join(parts)) if len(parts) > 1 else run for run, parts in texts]


def _edges_out(runs: Iterable[Run]) -> list[Run]:
    """Spaces at the ends of an emphasis or a link are outside of it, wherever its program put them."""
    moved: list[Run] = []
    for run in runs:
        if run.note or not (run.marks or run.href):
            moved.append(run)
            continue
        if Mark.CODE in run.marks and "\n" in run.text:
            moved.append(run)
            continue
        core = run.text.strip(" \n")
        lead = run.text[: len(run.text) - len(run.text.lstrip(" \n"))]
        trail = run.text[len(lead) + len(core) :]
        moved += [Run(lead), replace(run, text=core), Run(trail)] if core else [Run(lead)]
    return moved


def _trimmed(runs: list[Run]) -> Runs:
    runs = list(runs)
    while runs and not runs[0].note and not runs[0].text.strip(_EDGE):
        runs.pop(0)
    while runs and not runs[-1].note and not runs[-1].text.strip(_EDGE):
        runs.pop()
    if runs and not runs[0].note:
        runs[0] = replace(runs[0], text=runs[0].text.lstrip(_EDGE if Mark.CODE not in runs[0].marks else "\n"))
    if runs and not runs[-1].note:
        runs[-1] = replace(runs[-1], text=runs[-1].text.rstrip(_EDGE))
    return tuple(runs)


def without_mark(runs: Runs, mark: Mark) -> Runs:
    return tuple(_joined(replace(run, marks=run.marks - {mark}) for run in runs))


def all_marked(runs: Runs, mark: Mark) -> bool:
    said = [run for run in runs if run.text.strip()]
    return bool(said) and all(mark in run.marks for run in said)


def joined_lines(parts: Iterable[Runs]) -> Runs:
    """Several lines as one text with breaks between them."""
    lines = [part for part in parts if part]
    runs: list[Run] = []
    for number, line in enumerate(lines):
        if number:
            runs.append(Run("\n"))
        runs.extend(line)
    return tuple(_joined(runs))


def rejoined(runs: Iterable[Run]) -> Runs:
    """Runs whose styles changed, neighbours of one style as one again."""
    return tuple(_joined(runs))
