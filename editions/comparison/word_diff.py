"""Words of a text in any script: how alike two texts are, and what was inserted and deleted between them. Pure."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from typing import TypeVar

_UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff"  # Thai and Lao, Burmese, Khmer
    "\u2e80-\u2fff\u3005-\u3007\u3021-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"  # Chinese, Japanese
)
"""Scripts written without spaces, as a regex class: each character is a token of its own."""


def _marks_and_punctuation() -> tuple[str, str]:
    """Combining marks of the unspaced scripts, and every sign that is no letter, digit or mark, as regex classes."""
    marks, signs = [], []
    for code in (*range(0x21, 0x3100), *range(0xFE10, 0xFF66)):
        category = unicodedata.category(chr(code))
        if category[0] in "PS":
            signs.append(re.escape(chr(code)))
        elif category[0] == "M" and (0x0E00 <= code < 0x0F00 or 0x1000 <= code < 0x10A0 or 0x1780 <= code < 0x1800):
            marks.append(chr(code))
    return "".join(marks), "".join(signs)


_MARKS, _SIGNS = _marks_and_punctuation()
_WORD_PATTERN = rf"[{_UNSPACED}][{_MARKS}]*|[^\s{_SIGNS}{_UNSPACED}]+"
_WORD = re.compile(_WORD_PATTERN)
_TOKEN = re.compile(rf"\s+|[{_SIGNS}]|{_WORD_PATTERN}")


class PieceKind(StrEnum):
    EQUAL = "equal"
    DELETED = "deleted"
    INSERTED = "inserted"


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a word diff. Equal and deleted pieces in order give the old text, equal and inserted the new."""

    kind: PieceKind
    text: str


def fold(text: str) -> str:
    """A text as it is compared: NFC, white space collapsed, case folded. Never shown."""
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())


def tokens(text: str) -> list[str]:
    """All tokens, white space among them: joined again they are the text."""
    return _TOKEN.findall(text)


def words(text: str) -> list[str]:
    """The words of a text, folded, without punctuation; a word is one character in a script without spaces."""
    return _WORD.findall(fold(text))


def bag(words: Sequence[str]) -> frozenset[str]:
    """Words in no order but with their repeats: the second "the" is an element of its own, so that sets will do."""
    seen: Counter[str] = Counter()
    elements = set()
    for word in words:
        seen[word] += 1
        elements.add(word if seen[word] == 1 else f"{word} {seen[word]}")
    return frozenset(elements)


def overlap(old: frozenset[str], new: frozenset[str]) -> float:
    """How many words two bags share, 0.0 to 1.0, in whatever order: 2|A and B| / (|A| + |B|).

    L. R. Dice, Ecology 26 (1945), pp. 297-302. Two texts without words are alike.
    """
    total = len(old) + len(new)
    return 2 * len(old & new) / total if total else 1.0


def covered(part: frozenset[str], whole: frozenset[str]) -> float:
    """Which share of the words of one bag stands in another, 0.0 to 1.0."""
    return len(part & whole) / len(part) if part else 0.0


def likeness(old: Sequence[str], new: Sequence[str]) -> float:
    """Like `overlap`, but the shared words must stand in the same order; never more than it."""
    # autojunk would drop frequent words of a paragraph with 200 or more: similar texts then look unlike.
    return SequenceMatcher(None, old, new, autojunk=False).ratio()


def covered_in_order(part: Sequence[str], whole: Sequence[str]) -> float:
    """Like `covered`, but the words must stand in the same order."""
    blocks = SequenceMatcher(None, part, whole, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(part) if part else 0.0


def word_diff(old: str, new: str, language: str = "") -> list[Piece]:
    """What was deleted and inserted, in whole words, or in characters where a script has no spaces.

    Deleted pieces stand before the inserted ones that take their place. `language` is not needed to find the words
    of any script supported here; it is accepted so that a caller need not know that.
    """
    if old == new:
        return [Piece(PieceKind.EQUAL, old)] if old else []
    return list(_pieces(token_diff(tokens(old), tokens(new), str)))


T = TypeVar("T", bound=Hashable)
Step = tuple[bool, list[T], list[T]]
"""Whether a stretch is equal, and its tokens in the old and in the new text."""


def token_diff(before: Sequence[T], after: Sequence[T], text_of: Callable[[T], str]) -> list[Step[T]]:
    """The same for tokens that are more than their text: two are equal where they are equal in everything."""

    def is_space(token: T) -> bool:
        return text_of(token).isspace()

    matcher = SequenceMatcher(is_space, before, after, autojunk=False)
    steps = [(tag == "equal", list(before[i1:i2]), list(after[j1:j2])) for tag, i1, i2, j1, j2 in matcher.get_opcodes()]
    return _without_crumbs(steps, text_of)


def _without_crumbs(steps: list[Step[T]], text_of: Callable[[T], str]) -> list[Step[T]]:
    """Join changes with the little that stayed equal between them, where that is less than either change.

    A rewritten sentence then reads as one deletion and one insertion, not as confetti round every "the".
    """

    def weight(step: Step[T]) -> int:
        """Words on the longer side; a change of punctuation alone weighs nothing."""
        return max(sum(1 for token in side if _WORD.match(text_of(token))) for side in step[1:])

    joined: list[Step[T]] = []
    for step in steps:
        while (
            len(joined) >= 2
            and not step[0]
            and joined[-1][0]
            and weight(joined[-1]) * 2 <= min(weight(joined[-2]), weight(step))
        ):
            equal, change = joined.pop(), joined.pop()
            step = (False, change[1] + equal[1] + step[1], change[2] + equal[2] + step[2])
        joined.append(step)
    return joined


def _pieces(steps: list[Step[str]]) -> Iterator[Piece]:
    for equal, before, after in steps:
        if equal:
            yield Piece(PieceKind.EQUAL, "".join(before))
        else:
            if before:
                yield Piece(PieceKind.DELETED, "".join(before))
            if after:
                yield Piece(PieceKind.INSERTED, "".join(after))
