"""Notes at the end of a plain text: lines that begin "[1]" or "¹", in their order, each marked by its number in the
text. Pure."""

import re
from collections.abc import Container, Iterator, Sequence

from formats.web.superscript_numbers import may_be_power

MOST_NOTES = 999
_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_DIGITS = str.maketrans(_RAISED + "⁻", "0123456789-")
NOTE_LINE = re.compile(rf"\s*(?:\[(\d{{1,3}})\][ \t]+|([{_RAISED}]{{1,3}})[ \t]*)(?=[^\s{_RAISED}])")
MARK = re.compile(
    r"\[(?P<notes>\d{1,3}(?:[ ]?[,;–-][ ]?\d{1,3}){0,9})\]|"
    rf"(?<=\S)(?P<raised>[{_RAISED}]{{1,3}}(?:[,⁻–-][{_RAISED}]{{1,3}}){{0,9}})"
)


def notes_at_end(lines: Sequence[str]) -> tuple[int, dict[str, list[str]]]:
    """Where the notes begin, and the lines of each by its sign, "[1]" or "¹", the first line without it; none where a
    line of the text follows, or one of them is marked nowhere."""
    start = next((place for place in range(len(lines) - 1, -1, -1) if _number(lines[place])[0] == 1), len(lines))
    raised = start < len(lines) and _number(lines[start])[1]
    notes: list[list[str]] = []
    after_empty = False
    for line in lines[start:]:
        if _number(line) == (len(notes) + 1, raised):
            notes.append([line[NOTE_LINE.match(line).end() :]])  # type: ignore[union-attr]  # _number has matched it
        elif line.strip() and after_empty and not line[:1].isspace():
            return len(lines), {}
        elif line.strip():
            notes[-1].append(line)
        after_empty = not line.strip()
    marked = {sign for line in lines[:start] for found in MARK.finditer(line) for sign in signs_of(found)}
    signed = {_sign(number, raised=raised): note for number, note in enumerate(notes, 1)}
    if not notes or len(notes) > MOST_NOTES or not marked.issuperset(signed):
        return len(lines), {}
    return start, signed


def marks_in(text: str, notes: Container[str]) -> Iterator[str]:
    """The marks of notes in a text, as they are written there. notes: their signs."""
    for found in MARK.finditer(text):
        signs = signs_of(found)
        if signs and all(sign in notes for sign in signs):
            yield found[0]


def signs_of(mark: re.Match[str]) -> list[str]:
    """Of "[1, 3-5]" the sign of each number; none of what is no rising row of them, or a power."""
    raised = bool(mark["raised"])
    if raised and may_be_power(mark.string[: mark.start()]):
        return []
    found: list[int] = []
    for part in re.split(r"[,;]", mark[0].strip("[]").translate(_DIGITS)):
        first, *more = map(int, re.split(r"[–-]", part))
        found += range(first, min(max(more, default=first), first + MOST_NOTES) + 1)
    return [_sign(number, raised=raised) for number in found] if found == sorted(set(found)) else []


def _sign(number: int, *, raised: bool) -> str:
    return "".join(_RAISED[int(digit)] for digit in str(number)) if raised else f"[{number}]"


def _number(line: str) -> tuple[int, bool]:
    """The number that a line begins with, 0 for none; and whether it is raised."""
    match = NOTE_LINE.match(line)
    return (int((match[1] or match[2]).translate(_DIGITS)), bool(match[2])) if match else (0, False)
