"""Notes at the end of a plain text: "[1] …" lines in their order, each marked by its number in the text. Pure."""

import re
from collections.abc import Sequence

MOST_NOTES = 999
NOTE_LINE = re.compile(r"\s*\[(\d{1,3})\][ \t]+(?=\S)")
_MARK = re.compile(r"\[(\d{1,3})\]")


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
    marked = {number for line in lines[:start] for number in _MARK.findall(line)}
    if not notes or len(notes) > MOST_NOTES or not all(str(number + 1) in marked for number in range(len(notes))):
        return len(lines), []
    return start, notes


def _number(line: str) -> int:
    match = NOTE_LINE.match(line)
    return int(match[1]) if match else 0
