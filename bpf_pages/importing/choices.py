"""What an editor takes in of what a file left out, and leaves out of what came: applied to a reading and its ledger.

A reading is never changed. The choices stand beside it with the imported file, and can be read years later.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from itertools import accumulate, pairwise
from typing import Any

from django.utils.html import escape, strip_tags

from formats.segmentation import words

BY_EDITOR = "editor"
"""Beside the reasons of formats.draft.Reason: words that an editor left out."""


@dataclass(frozen=True, slots=True)
class Came:
    """A block of what came. key: number of the part, or of the part and of the block in it. kind: as of its part."""

    key: str
    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Choices:
    """taken_in: numbers of stretches that the reading left out. left_out: keys of blocks that came."""

    taken_in: frozenset[int] = frozenset()
    left_out: frozenset[str] = frozenset()

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> "Choices":
        return cls(frozenset(stored.get("taken_in", ())), frozenset(stored.get("left_out", ())))

    def as_json(self) -> dict[str, Any]:
        return {"taken_in": sorted(self.taken_in), "left_out": sorted(self.left_out)}

    def within(self, reading: Mapping[str, Any]) -> "Choices":
        """Without what the reading does not hold, or holds only the beginning of."""
        stretches = {number for number, left in enumerate(reading["left_out"]) if left["whole"]}
        return Choices(self.taken_in & stretches, self.left_out & {block.key for block in came(reading)})


def came(reading: Mapping[str, Any]) -> list[Came]:
    """Every block that a person can leave out, in its order: paragraphs, headings and lists of a text, and all else."""
    return [block for number, part in enumerate(reading["parts"]) for block in _blocks(number, part)]


def _blocks(number: int, part: Mapping[str, Any]) -> Iterator[Came]:
    if part["kind"] == "Text":
        for place, html in enumerate(_pieces(part)):
            yield Came(f"{number}.{place}", part["kind"], _plain([html]))
    else:
        yield Came(str(number), part["kind"], _plain(_texts(part)))


def _pieces(part: Mapping[str, Any]) -> list[str]:
    """The blocks of a text; together its HTML."""
    html, starts = part["html"], [*part["starts"], len(part["html"])]
    return [html[start:end] for start, end in pairwise(starts)]


def _texts(part: Mapping[str, Any]) -> list[str]:
    match part["kind"]:
        case "Grid":
            return [part["caption"], *map(escape, part["headings"]), *(cell for row in part["rows"] for cell in row)]
        case "Picture":
            return [escape(part["alt"]), part["caption"]]
    return [part["html"], escape(part.get("attribution", ""))]


def _plain(texts: Iterable[str]) -> str:
    spaced = " ".join(text.replace("<", " <") for text in texts)
    return " ".join(unescape(strip_tags(spaced)).split())


def settled(reading: Mapping[str, Any], choices: Choices) -> dict[str, Any]:
    """The reading as it is to be brought in. Stretches are put in as paragraphs, before the block they stood at; those
    without a place at the end. Parts keep their number, but for text that is put in beside a part of another kind."""
    stretches: dict[tuple[int, int], list[str]] = {}
    for number in sorted(choices.taken_in):
        left = reading["left_out"][number]
        paragraphs = [f"<p>{escape(line)}</p>" for line in left["text"].splitlines() if line.strip()]
        place = (left["part"], left["at"]) if left["part"] is not None else (len(reading["parts"]), 0)
        stretches.setdefault(place, []).extend(paragraphs)
    parts: list[dict[str, Any]] = []
    moved: dict[int, int] = {}
    for number, part in enumerate(reading["parts"]):
        if part["kind"] != "Text" and (number, 0) in stretches:
            parts.append(_text(stretches.pop((number, 0))))
        moved[number] = len(parts)
        parts.append(_settled_part(number, part, choices, stretches))
    for _place, texts in sorted(stretches.items()):
        parts.append(_text(texts))
    notes = [note | {"place": moved.get(note["place"])} for note in reading["notes"]]
    return {**reading, "parts": parts, "notes": notes}


def _text(blocks: list[str]) -> dict[str, Any]:
    starts = [0, *accumulate(map(len, blocks))][: len(blocks)]
    return {"kind": "Text", "html": "".join(blocks), "starts": starts}


def _settled_part(
    number: int, part: dict[str, Any], choices: Choices, stretches: dict[tuple[int, int], list[str]]
) -> dict[str, Any]:
    if part["kind"] != "Text":
        return _text([]) if str(number) in choices.left_out else part
    html, at = [], 0
    for place, piece in enumerate(_pieces(part)):
        html += stretches.pop((number, at), [])
        html += [] if f"{number}.{place}" in choices.left_out else [piece]
        at += len(piece)
    html += stretches.pop((number, at), [])
    return _text(html)


def settled_ledger(reading: Mapping[str, Any], choices: Choices) -> dict[str, Any]:
    """The ledger with what the editor chose: its sum stays that of the words of the file.

    Counted besides: taken_in, words that an editor took in, which are among those kept.
    """
    ledger = reading.get("ledger") or {}
    if not ledger:
        return {}
    reasons = Counter(ledger["left_out"])
    taken_in = 0
    for number in choices.taken_in:
        left = reading["left_out"][number]
        count = min(sum(1 for _word in words(left["text"])), reasons[left["reason"]])
        reasons[left["reason"]] -= count
        taken_in += count
    blocks = (block for block in came(reading) if block.key in choices.left_out)
    wanted = sum(1 for block in blocks for _word in words(block.text))
    kept, moved = ledger["kept"], ledger["moved"]
    from_kept = min(wanted, kept)
    from_moved = min(wanted - from_kept, moved)
    reasons[BY_EDITOR] += from_kept + from_moved
    return {
        **ledger,
        "kept": kept - from_kept + taken_in,
        "moved": moved - from_moved,
        "left_out": {reason: count for reason, count in sorted(reasons.items()) if count},
        "taken_in": taken_in,
    }
