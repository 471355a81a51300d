"""Words that people really use, whether or not they stand in the library: none of them is taken for a misspelling.

From the lists of the package wordfreq (docs/adr/0096): words that make up a millionth of what is written in a language,
some thirty to sixty thousand each. A list is read when a question in its language holds a word that no text holds.
"""

import math
from collections.abc import Iterable
from functools import cache

from search.analysis.analyzer import fold

LISTED = frozenset({"ar", "en", "es", "fr", "ru", "de", "it", "nl", "pt"})


def is_real(word: str, languages: Iterable[str]) -> bool:
    """Whether a word stands in the list of any of these languages."""
    folded = fold(word)
    return any(folded in _words(language) for language in languages if language in LISTED)


@cache
def _words(language: str) -> frozenset[str]:
    import wordfreq  # here, not above: every command would wait for it

    return frozenset(fold(word) for word in wordfreq.iter_wordlist(language, wordlist="small"))


def commonness(word: str, language: str) -> float:
    """The logarithm of how often a word is met among a thousand million of a language; 0.0 where it is not in use."""
    import wordfreq

    frequency = wordfreq.get_frequency_dict(language, wordlist="small").get(word.lower(), 0.0)
    return math.log10(frequency * 1e9) if frequency else 0.0
