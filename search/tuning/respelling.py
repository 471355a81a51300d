"""Words of a question that no text and no list has, as what they were meant for. Pure.

Misspelt terms of the list of words, and names of the texts written in Cyrillic letters.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import groupby

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search.analysis.analyzer import fold

SHORTEST = 5  # letters; below that nearly every word is near another
LONG = 8  # letters, from which on a word may differ in two

_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ж": "zh", "з": "z", "и": "i", "к": "k",
    "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f", "х": "h",
    "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "і": "i", "є": "ye", "ґ": "g",
}  # fmt: skip

Near = Callable[[str], Iterable[str]]
"""Words of the texts a few letters away from one."""


def nearest(word: str, among: Iterable[str]) -> str:
    """The one of some words that a word was meant for, or "". Letters written twice count once, which is what is
    missed most; the first letter is taken as right."""
    wanted = _once(fold(word))
    if len(wanted) < SHORTEST or not wanted.isalpha():
        return ""
    allowed = 2 if len(wanted) >= LONG else 1
    words = {one: spelt for one in among if (spelt := _spelt(one))[:1] == wanted[0]}
    found = process.extract(wanted, words, scorer=OSA.distance, score_cutoff=allowed, limit=None)
    return min(((gap, one) for _, gap, one in found), default=(0, ""))[1]


def in_latin(word: str, held: Callable[[str], bool], near: Near) -> str:
    """A word in Cyrillic letters as texts have it in Latin ones, at most a letter away; or ""."""
    word = fold(word)
    if len(word) < SHORTEST or not all(letter in _LATIN for letter in word):
        return ""
    spelt = "".join(_LATIN[letter] for letter in word)
    if held(spelt):
        return spelt
    return next((one for one in near(spelt) if len(one) >= SHORTEST and OSA.distance(spelt, one) <= 1), "")


@lru_cache(maxsize=8192)  # the words of the list, some three thousand, are compared with every word nobody knows
def _spelt(word: str) -> str:
    return _once(fold(word))


def _once(word: str) -> str:
    return "".join(letter for letter, _ in groupby(word))
