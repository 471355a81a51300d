"""The Unicode Bidirectional Algorithm (UAX 9, with isolates and paired brackets): levels of characters. Pure.

Written after the standard's rules, whose names stand at each step. HarfBuzz does the mirroring (L4).
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

MAX_DEPTH = 125
STRONG = frozenset({"L", "R", "AL"})
ISOLATE_INITIATORS = frozenset({"LRI", "RLI", "FSI"})
NEUTRALS = frozenset({"B", "S", "WS", "ON", "FSI", "LRI", "RLI", "PDI"})
REMOVED_BY_X9 = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "BN"})
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


def _pairs() -> dict[str, str]:
    """Opening bracket -> closing bracket: the mirrored Ps and Pe characters, which Unicode sets side by side."""
    pairs = {"[": "]", "{": "}"}
    for code in range(0x28, 0xFF64):
        char = chr(code)
        if unicodedata.category(char) == "Ps" and unicodedata.mirrored(char) and char not in pairs:
            closing = chr(code + 1)
            if unicodedata.category(closing) == "Pe":
                pairs[char] = closing
    return pairs


OPENING = _pairs()
CLOSING = {closing: opening for opening, closing in OPENING.items()}


def _canonical(bracket: str) -> str:
    """U+2329 and U+232A are the same brackets as U+3008 and U+3009."""
    return unicodedata.normalize("NFC", bracket)


def levels(text: str, base: int) -> list[int]:
    """The embedding level of each character of one paragraph; base: 0 left to right, 1 right to left."""
    classes = [unicodedata.bidirectional(char) or "L" for char in text]
    original = list(classes)
    found = _explicit(text, classes, base)
    for sequence in list(_isolating_runs(original, classes, found, base)):  # all before any changes the levels
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


def _matching_pdi(classes: list[str], start: int) -> int:
    """BD9: index of the PDI that matches the isolate initiator at `start`, or the length of the text."""
    depth = 0
    for index in range(start, len(classes)):
        if classes[index] in ISOLATE_INITIATORS:
            depth += 1
        elif classes[index] == "PDI":
            depth -= 1
            if depth == 0:
                return index
    return len(classes)


def _first_strong(classes: list[str], start: int, end: int) -> int:
    """P2 and P3 within an isolate: 1 where its first strong character is R or AL."""
    index = start
    while index < end:
        if classes[index] in STRONG:
            return int(classes[index] != "L")
        index = _matching_pdi(classes, index) if classes[index] in ISOLATE_INITIATORS else index
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
                end = _matching_pdi(classes, index)
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


@dataclass
class _Sequence:
    """BD13: an isolating run sequence. indexes: places in the text, those that X9 removes left out."""

    indexes: list[int]
    classes: list[str]
    levels: list[int]
    before: str  # sos
    after: str  # eos

    @property
    def direction(self) -> str:
        return "R" if self.levels[self.indexes[0]] % 2 else "L"

    def resolve(self, text: str) -> None:
        kinds = [self.classes[index] for index in self.indexes]
        self._weak(kinds)
        self._brackets(text, kinds)
        self._neutral(kinds)
        for index, kind in zip(self.indexes, kinds, strict=True):  # I1, I2
            level = self.levels[index]
            if level % 2 == 0:
                self.levels[index] += {"R": 1, "AN": 2, "EN": 2}.get(kind, 0)
            elif kind in ("L", "EN", "AN"):
                self.levels[index] += 1

    def _weak(self, kinds: list[str]) -> None:
        previous = self.before
        for place, kind in enumerate(kinds):  # W1
            if kind == "NSM":
                kinds[place] = "ON" if previous in ISOLATE_INITIATORS or previous == "PDI" else previous
            previous = kinds[place]
        strong = self.before
        for place, kind in enumerate(kinds):  # W2
            if kind in STRONG:
                strong = kind
            elif kind == "EN" and strong == "AL":
                kinds[place] = "AN"
        kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]  # W3
        self._separators(kinds)
        self._terminators(kinds)
        strong = self.before
        for place, kind in enumerate(kinds):  # W7
            if kind in ("L", "R"):
                strong = kind
            elif kind == "EN" and strong == "L":
                kinds[place] = "L"

    @staticmethod
    def _separators(kinds: list[str]) -> None:
        """W4."""
        for place in range(1, len(kinds) - 1):
            left, kind, right = kinds[place - 1 : place + 2]
            if (left == right == "EN" and kind in ("ES", "CS")) or (left == right == "AN" and kind == "CS"):
                kinds[place] = left

    @staticmethod
    def _terminators(kinds: list[str]) -> None:
        """W5 and W6."""
        place = 0
        while place < len(kinds):
            if kinds[place] != "ET":
                place += 1
                continue
            end = place
            while end < len(kinds) and kinds[end] == "ET":
                end += 1
            beside_number = (place > 0 and kinds[place - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN")
            kinds[place:end] = ["EN" if beside_number else "ON"] * (end - place)
            place = end
        kinds[:] = ["ON" if kind in ("ES", "ET", "CS") else kind for kind in kinds]

    def _brackets(self, text: str, kinds: list[str]) -> None:
        """N0, after BD16."""
        embedding = self.direction
        for opening, closing in sorted(self._bracket_pairs(text, kinds)):
            inside = {_strong_of(kind) for kind in kinds[opening + 1 : closing]} - {""}
            if embedding in inside:
                direction = embedding
            elif inside:
                context = next((found for kind in kinds[:opening][::-1] if (found := _strong_of(kind))), self.before)
                direction = context if context in inside else embedding
            else:
                continue
            for place in (opening, closing):
                kinds[place] = direction
                follow = place + 1  # marks that W1 made ON follow their bracket
                while follow < len(kinds) and unicodedata.bidirectional(text[self.indexes[follow]]) == "NSM":
                    kinds[follow] = direction
                    follow += 1

    def _bracket_pairs(self, text: str, kinds: list[str]) -> Iterator[tuple[int, int]]:
        stack: list[tuple[str, int]] = []
        pairs: list[tuple[int, int]] = []
        for place, index in enumerate(self.indexes):
            char = text[index]
            if kinds[place] != "ON" or (char not in OPENING and char not in CLOSING):
                continue
            if char in OPENING:
                if len(stack) == 63:
                    break
                stack.append((_canonical(OPENING[char]), place))
                continue
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == _canonical(char):
                    pairs.append((stack[depth][1], place))
                    del stack[depth:]
                    break
        yield from pairs

    def _neutral(self, kinds: list[str]) -> None:
        """N1 and N2."""
        place = 0
        while place < len(kinds):
            if kinds[place] not in NEUTRALS:
                place += 1
                continue
            end = place
            while end < len(kinds) and kinds[end] in NEUTRALS:
                end += 1
            left = _strong_of(kinds[place - 1]) if place else self.before
            right = _strong_of(kinds[end]) if end < len(kinds) else self.after
            kinds[place:end] = [left if left == right else self.direction] * (end - place)
            place = end


def _strong_of(kind: str) -> str:
    """How a resolved class counts for N0 and N1: numbers as R."""
    return {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}.get(kind, "")


def _isolating_runs(original: list[str], classes: list[str], found: list[int], base: int) -> Iterator[_Sequence]:
    """X10: the sequences in which the weak and neutral rules work."""
    kept = [index for index, kind in enumerate(original) if kind not in REMOVED_BY_X9]
    runs: list[list[int]] = []
    for index in kept:
        if runs and found[runs[-1][-1]] == found[index]:
            runs[-1].append(index)
        else:
            runs.append([index])
    starts = {run[0]: run for run in runs}
    continued: set[int] = set()
    position = {index: place for place, index in enumerate(kept)}
    for run in runs:
        if run[0] in continued:
            continue
        indexes = list(run)
        while original[indexes[-1]] in ISOLATE_INITIATORS:
            end = _matching_pdi(original, indexes[-1])
            if end not in starts:
                break
            continued.add(end)
            indexes += starts[end]
        level = found[indexes[0]]
        first, last = position[indexes[0]], position[indexes[-1]]
        before = found[kept[first - 1]] if first else base
        open_isolate = original[indexes[-1]] in ISOLATE_INITIATORS
        after = base if open_isolate or last + 1 == len(kept) else found[kept[last + 1]]
        yield _Sequence(indexes, classes, found, _side(max(level, before)), _side(max(level, after)))


def _side(level: int) -> str:
    return "R" if level % 2 else "L"


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
