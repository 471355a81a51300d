"""What writers typed where styles were meant: bullets before lines, bold lines as headings. Pure."""

import re
from collections.abc import Iterable
from dataclasses import replace

from editions.document.model import Run, Runs, text_of_runs
from formats.draft import Doubt, Finding
from formats.office.paragraph_roles import Label, Line, Piece, Role
from formats.office.runs import BREAK, tidy, unmarked

DEEPEST_HEADING = 5
TYPED = "typed"
"""How the names of series of lists begin that were typed."""
LONGEST_GUESS = 120  # characters of a bold line that may be taken for a heading
MOST_WORDS = 12  # of one without a number
_BULLET = re.compile(r"([•‣◦▪●○∙■►➢➤⁃·*–—-])[ \t\u00a0\u2003]+(?=\S)")
_SURE = "•‣◦▪●∙■►➢➤⁃"  # of these one line is enough; others stand in lines that are no items
_ENDS = re.compile(r"[.,;:!?。，；：！？،؛؟]$")
_NUMBERED = re.compile(r"(\d{1,2}(?:\.\d{1,2}){0,4})\.?[ \t\u00a0]+\S")


def with_typed_bullets(pieces: Iterable[Piece]) -> list[Piece]:
    """Lines that begin with a bullet are items; one with another bullet below such a line stands in it."""
    told = list(pieces)
    signs: list[str] = []  # of the list that is open, from the outermost
    below = 0  # lists whose numbers were typed, that this one stands in
    for place, piece in enumerate(told):
        sign = _sign(piece)
        if not sign or not isinstance(piece, Line):
            signs = []
            numbered = piece.label if isinstance(piece, Line) else None
            below = numbered.level + 1 if numbered is not None and numbered.series.startswith(TYPED) else 0
            continue
        beside = {_sign(told[other]) for other in (place - 1, place + 1) if 0 <= other < len(told)}
        if sign not in signs and sign not in _SURE and sign not in beside:
            signs = []
            continue
        if sign not in signs:
            signs.append(sign)
        del signs[signs.index(sign) + 1 :]
        label = Label(TYPED, below + signs.index(sign), ordered=False)
        told[place] = replace(piece, label=label, runs=without_sign(piece.runs), continues=False)
    return told


def _sign(piece: Piece) -> str:
    if not isinstance(piece, Line) or piece.role != Role.BODY or piece.label is not None:
        return ""
    return sign_of(text_of_runs(piece.runs))


def sign_of(text: str) -> str:
    """The bullet that a text begins with, or ""."""
    match = _BULLET.match(text)
    return match[1] if match else ""


def without_sign(runs: Runs) -> Runs:
    """Runs without the bullet that they begin with."""
    match = _BULLET.match(text_of_runs(runs))
    return without_start(runs, match.end() if match else 0)


def without_start(runs: Runs, length: int) -> Runs:
    """Runs without so many of their first letters; notes stay."""
    told: list[Run] = []
    for run in runs:
        taken = min(length, len(run.text))
        length -= taken
        if run.text[taken:] or run.note:
            told.append(replace(run, text=run.text[taken:]))
    return tidy(told)


def with_bold_headings(pieces: Iterable[Piece], findings: list[Finding]) -> list[Piece]:
    """In a file that names no heading: short bold lines with something else below them, each told."""
    told = list(pieces)
    if any(isinstance(piece, Line) and piece.role in (Role.HEADING, Role.TITLE) for piece in told):
        return told
    for place, piece in enumerate(told[:-1]):
        below = told[place + 1]
        if not isinstance(piece, Line) or not _may_be_heading(piece) or (isinstance(below, Line) and _is_bold(below)):
            continue
        if guessed_level(piece.runs):
            continue
        findings.append(Finding(Doubt.HEADING_GUESSED, text_of_runs(piece.runs), piece.key))
        told[place] = replace(piece, role=Role.HEADING, level=1, runs=unmarked(piece.runs))
    return told


def _may_be_heading(line: Line) -> bool:
    text = text_of_runs(line.runs)
    return (
        line.role == Role.BODY
        and line.label is None
        and not line.continues
        and _is_bold(line)
        and len(text) <= LONGEST_GUESS
        and len(text.split()) <= MOST_WORDS
        and BREAK not in text
        and not _ENDS.search(text)
        and any(map(str.isalpha, text))
        and not any(run.href for run in line.runs)
    )


def _is_bold(line: Line) -> bool:
    return bool(text_of_runs(line.runs).strip()) and unmarked(line.runs) != line.runs


def guessed_level(runs: Runs) -> int:
    """Of a short line that is bold throughout and begins with a number, as headings typed by hand are; else 0."""
    text = text_of_runs(runs)
    numbered = _NUMBERED.match(text)
    if not numbered or len(text) > LONGEST_GUESS or BREAK in text or text.rstrip()[-1:] in ".;:,":
        return 0
    if unmarked(runs) == runs:
        return 0
    return min(numbered[1].count(".") + 1, DEEPEST_HEADING)
