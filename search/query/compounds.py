"""Words that are written as one and as two: cybercrime and cyber crime, e-mail and email, IPv6 and IP v6. Pure.

The form that stands in the index decides. What is joined there is read joined however it was typed; the two words side
by side count as it. A word that stands nowhere is read as two that do.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from search.analysis.analyzer import fold
from search.analysis.stopwords import STOP_WORDS

SHORTEST_PART = 3  # letters; shorter ones are found in words by chance
LONGEST = 40  # characters of a word that is looked through

Holds = Callable[[str], bool]
"""Whether an exact form stands in the index, or a word is in use."""


def joined(words: Sequence[str], holds: Holds, *, bound: bool = False) -> list[str]:
    """Neighbours as one word where that stands in the index. bound: a hyphen ties them, so that function words count
    as parts too."""
    found: list[str] = []
    for word in words:
        if found and (bound or _tells(found[-1], word)) and holds(fold(found[-1] + word)):
            found[-1] += word
        else:
            found.append(word)
    return found


def _tells(one: str, two: str) -> bool:
    return not {fold(one), fold(two)} & STOP_WORDS


def parted(word: str, holds: Holds, real: Holds) -> tuple[str, str] | None:
    """The two words that a word may stand for, both in the index: the most even of such pairs."""
    pairs = [pair for pair in partings(word) if all(map(holds, pair)) and (_numbered(pair) or all(map(real, pair)))]
    return max(pairs, key=lambda pair: min(map(len, pair)), default=None)


def partings(word: str) -> Iterator[tuple[str, str]]:
    """Every way to part a folded word that may make two words."""
    word = fold(word)[:LONGEST]
    for at in range(1, len(word)):
        pair = word[:at], word[at:]
        if _numbered(pair) or _electronic(pair) or (word.isalpha() and _long_enough(pair) and _tells(*pair)):
            yield pair


def _long_enough(pair: tuple[str, str]) -> bool:
    return min(map(len, pair)) >= SHORTEST_PART


def _electronic(pair: tuple[str, str]) -> bool:
    """As in e-mail."""
    return pair[0] == "e" and len(pair[1]) > SHORTEST_PART


def _numbered(pair: tuple[str, str]) -> bool:
    """Letters and a number, such as RFC 6973; the number of a version may have its letter, such as v6."""
    name, number = pair
    return len(name) > 1 and name.isalpha() and number.removeprefix("v").isdecimal()


def forms(words: Sequence[str]) -> set[str]:
    """Every exact form that is looked for in the index to read these words: asked for in one go."""
    found = {fold(one + two) for one, two in pairwise(words)}
    for word in words:
        found.update(part for pair in partings(word) for part in pair)
    return found
