"""UAX 9 from isolating run sequences onward: weak types, brackets, neutrals, implicit levels (X10 to I2). Pure."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

STRONG = frozenset({"L", "R", "AL"})
ISOLATE_INITIATORS = frozenset({"LRI", "RLI", "FSI"})
NEUTRALS = frozenset({"B", "S", "WS", "ON", "FSI", "LRI", "RLI", "PDI"})
REMOVED_BY_X9 = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "BN"})


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


def matching_pdi(classes: list[str], start: int) -> int:
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


@dataclass
class Sequence:
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
            inside = {strong_of(kind) for kind in kinds[opening + 1 : closing]} - {""}
            if embedding in inside:
                direction = embedding
            elif inside:
                context = next((found for kind in kinds[:opening][::-1] if (found := strong_of(kind))), self.before)
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
            left = strong_of(kinds[place - 1]) if place else self.before
            right = strong_of(kinds[end]) if end < len(kinds) else self.after
            kinds[place:end] = [left if left == right else self.direction] * (end - place)
            place = end


def strong_of(kind: str) -> str:
    """How a resolved class counts for N0 and N1: numbers as R."""
    return {"L": "L", "R": "R", "AL": "R", "EN": "R", "AN": "R"}.get(kind, "")


def isolating_runs(original: list[str], classes: list[str], found: list[int], base: int) -> Iterator[Sequence]:
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
            end = matching_pdi(original, indexes[-1])
            if end not in starts:
                break
            continued.add(end)
            indexes += starts[end]
        level = found[indexes[0]]
        first, last = position[indexes[0]], position[indexes[-1]]
        before = found[kept[first - 1]] if first else base
        open_isolate = original[indexes[-1]] in ISOLATE_INITIATORS
        after = base if open_isolate or last + 1 == len(kept) else found[kept[last + 1]]
        yield Sequence(indexes, classes, found, side(max(level, before)), side(max(level, after)))


def side(level: int) -> str:
    return "R" if level % 2 else "L"
