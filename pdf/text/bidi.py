"""The Unicode Bidirectional Algorithm (UAX 9, with isolates and paired brackets): levels of characters. Pure.

Written after the standard's rules, whose names stand at each step. HarfBuzz does the mirroring (L4).
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from core.languages.direction import ordered_parts
from pdf.text.bidi_sequences import ISOLATE_INITIATORS, REMOVED_BY_X9, STRONG, isolating_runs, matching_pdi

MAX_DEPTH = 125
EMBEDDINGS = {"RLE": (1, ""), "LRE": (0, ""), "RLO": (1, "R"), "LRO": (0, "L")}

HAS_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u08ff\u200f\u202b\u202e\u2067\u2068\ufb1d-\ufdff\ufe70-\ufeff\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Whether a text can hold anything that runs leftward; other texts need none of this."""
CONTROLS = dict.fromkeys([0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Characters that only steer this algorithm, as a table for str.translate that takes them out."""


def isolated(text: str) -> str:
    """Text that keeps its left-to-right order wherever it stands: an address, an identifier, a date."""
    return f"\u2066{text}\u2069"


Isolate = tuple[int, int, bool]
"""A stretch of text from start to end that stands by itself in the order of what is around it, and whether it runs from
right to left. Two of them lie within each other or apart."""


def levels_of_text(text: str, base: int, isolates: Sequence[Isolate] = ()) -> tuple[list[int], dict[int, list[int]]]:
    """As `levels`, with what stands by itself isolated as an author would have to do by hand.

    isolates: phrases in another language, program text; the outer of two first. Addresses, dates and numbers with signs
    in them are added where the text around them runs from right to left. Answers too, by place in the text, the levels
    of the signs that isolate: they are not seen, but keep two isolates that follow each other apart.
    """
    parts = [*isolates, *_ordered(text, base, isolates)]
    if not parts:
        return levels(text, base), {}
    opening: dict[int, list[str]] = {}
    closing: Counter[int] = Counter()
    for start, end, is_rightward in parts:
        opening.setdefault(start, []).append("\u2067" if is_rightward else "\u2066")
        closing[end] += 1
    made: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        made += ["\u2069"] * closing[place] + opening.get(place, [])
        places.append(len(made))
        made.append(letter)
    found = levels("".join(made), base)
    before = [0, *(place + 1 for place in places)]
    signs = {place: found[before[place] : places[place]] for place in {*opening, *closing} if place < len(text)}
    return [found[place] for place in places], signs


def _ordered(text: str, base: int, isolates: Sequence[Isolate]) -> Iterator[Isolate]:
    """What keeps its order in the parts of a text that run from right to left; nothing that reaches over two."""
    owner = [0] * len(text)
    for number, (start, end, _) in enumerate(isolates, 1):
        owner[start:end] = [number] * (end - start)
    rightward = [bool(base), *(is_rightward for _, _, is_rightward in isolates)]
    for start, end in ordered_parts(text):
        if rightward[owner[start]] and len(set(owner[start:end])) == 1:
            yield start, end, False


def levels(text: str, base: int) -> list[int]:
    """The embedding level of each character of one paragraph; base: 0 left to right, 1 right to left."""
    classes = [unicodedata.bidirectional(char) or "L" for char in text]
    original = list(classes)
    found = _explicit(text, classes, base)
    for sequence in list(isolating_runs(original, classes, found, base)):  # all before any changes the levels
        sequence.resolve(text)
    _trailing_white_space(original, found, base)
    return found


def visual_order(line_levels: list[int]) -> list[int]:
    """L2: indexes of a line's pieces from left to right."""
    order = list(range(len(line_levels)))
    if not order:
        return order
    for level in range(max(line_levels), 0, -1):
        start = 0
        while start < len(order):
            if line_levels[order[start]] < level:
                start += 1
                continue
            end = start
            while end < len(order) and line_levels[order[end]] >= level:
                end += 1
            order[start:end] = order[start:end][::-1]
            start = end
    return order


def _first_strong(classes: list[str], start: int, end: int) -> int:
    """P2 and P3 within an isolate: 1 where its first strong character is R or AL."""
    index = start
    while index < end:
        if classes[index] in STRONG:
            return int(classes[index] != "L")
        index = matching_pdi(classes, index) if classes[index] in ISOLATE_INITIATORS else index
        index += 1
    return 0


@dataclass
class _Explicit:
    """State of rules X1 to X8: a stack of (level, override, is an isolate)."""

    base: int
    stack: list[tuple[int, str, bool]] = field(default_factory=list)
    overflow_isolates: int = 0
    overflow_embeddings: int = 0
    valid_isolates: int = 0

    def __post_init__(self) -> None:
        self.stack = [(self.base, "", False)]

    def open(self, rightward: int, override: str, isolate: bool) -> None:
        level = self.stack[-1][0]
        level = level + 1 + ((level + 1) % 2 != rightward)
        if level <= MAX_DEPTH and not self.overflow_isolates and not self.overflow_embeddings:
            self.valid_isolates += isolate
            self.stack.append((level, override, isolate))
        elif isolate:
            self.overflow_isolates += 1
        elif not self.overflow_isolates:
            self.overflow_embeddings += 1

    def close_isolate(self) -> None:  # X6a
        if self.overflow_isolates:
            self.overflow_isolates -= 1
        elif self.valid_isolates:
            self.overflow_embeddings = 0
            while not self.stack[-1][2]:
                self.stack.pop()
            self.stack.pop()
            self.valid_isolates -= 1

    def close_embedding(self) -> None:  # X7
        if self.overflow_isolates:
            return
        if self.overflow_embeddings:
            self.overflow_embeddings -= 1
        elif not self.stack[-1][2] and len(self.stack) > 1:
            self.stack.pop()


def _explicit(text: str, classes: list[str], base: int) -> list[int]:
    """X1 to X8: levels by explicit controls; overrides are written into `classes`."""
    found = [base] * len(text)
    state = _Explicit(base)
    for index, kind in enumerate(list(classes)):
        if kind in EMBEDDINGS:
            found[index] = state.stack[-1][0]
            state.open(*EMBEDDINGS[kind], isolate=False)
        elif kind in ISOLATE_INITIATORS or kind == "PDI":
            if kind == "PDI":
                state.close_isolate()
            level, override, _ = state.stack[-1]
            found[index] = level
            if kind != "PDI":
                end = matching_pdi(classes, index)
                rightward = _first_strong(classes, index + 1, end) if kind == "FSI" else int(kind == "RLI")
                state.open(rightward, "", isolate=True)
            if override:
                classes[index] = override
        elif kind == "PDF":
            state.close_embedding()
            found[index] = state.stack[-1][0]
        elif kind == "B":
            found[index] = base
        else:
            found[index], override, _ = state.stack[-1]
            if override and kind != "BN":
                classes[index] = override
    return found


def _trailing_white_space(original: list[str], found: list[int], base: int) -> None:
    """L1 for a paragraph's end and for its separators; ends of lines are the line breaker's business."""
    trailing: Callable[[str], bool] = (ISOLATE_INITIATORS | REMOVED_BY_X9 | {"WS", "PDI"}).__contains__
    clear = True
    for index in range(len(original) - 1, -1, -1):
        if original[index] in ("B", "S"):
            clear = True
            found[index] = base
        elif not trailing(original[index]):
            clear = False
        elif clear:
            found[index] = base
        elif original[index] in REMOVED_BY_X9 and index + 1 < len(found):
            found[index] = found[index + 1]  # drawn nowhere; takes no part in the order
