"""Notes at the end of a plain text: "[1] …" lines in their order, each marked by its number in the text. Pure."""

import re
from collections.abc import Sequence

MOST_NOTES = 999
NOTE_LINE = re.compile(r"\s*\[(\d{1,3})\][ \t]+(?=\S)")
MARK = re.compile(r"\[(?P<notes>\d{1,3}(?:[ ]?[,;–-][ ]?\d{1,3}){0,9})\]")


def notes_at_end(lines: Sequence[str]) -> tuple[int, list[list[str]]]:
    """Where the notes begin, and the lines of each, the first without its number; none where a line of the text
    follows, or one of them is marked nowhere."""
    start = next((place for place in range(len(lines) - 1, -1, -1) if _number(lines[place]) == 1), len(lines))
    notes: list[list[str]] = []
    after_empty = False
    for line in lines[start:]:
        if _number(line) == len(notes) + 1:
            notes.append([line[NOTE_LINE.match(line).end() :]])  # type: ignore[union-attr]  # _number has matched it
        elif line.strip() and after_empty and not line[:1].isspace():
            return len(lines), []
        elif line.strip():
            notes[-1].append(line)
        after_empty = not line.strip()
    marked = {number for line in lines[:start] for found in MARK.finditer(line) for number in numbers_of(found)}
    if not notes or len(notes) > MOST_NOTES or not all(str(number + 1) in marked for number in range(len(notes))):
        return len(lines), []
    return start, notes


def numbers_of(mark: re.Match[str]) -> list[str]:
    """Of "[1, 3-5]" each number; none of what is no rising row of them."""
    found: list[int] = []
    for part in re.split(r"[,;]", mark["notes"]):
        first, *more = map(int, re.split(r"[–-]", part))
        found += range(first, min(max(more, default=first), first + MOST_NOTES) + 1)
    return [str(number) for number in found] if found == sorted(set(found)) else []


def _number(line: str) -> int:
    match = NOTE_LINE.match(line)
    return int(match[1]) if match else 0
