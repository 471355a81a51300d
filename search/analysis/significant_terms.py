"""The words a text says most often: what it is likened to others by, and what first answers lend a question. Pure."""

from collections import Counter
from collections.abc import Iterable, Set
from operator import itemgetter

from search.analysis.analyzer import Token, analyse
from search.analysis.stopwords import STOP_WORDS

MOST = 100
SHORTEST = 2  # characters: a word of Chinese has two

_STEM_AND_EXACT = itemgetter(0, 1)


def telling(texts: Iterable[list[Token]]) -> str:
    """Stems and how often each stands there, the most frequent first: `en:spam 12 en:mail 7`.

    One string, which the card of every answer carries and few are read.
    """
    words: Counter[tuple[str, str]] = Counter()
    for tokens in texts:
        words.update(map(_STEM_AND_EXACT, tokens))
    counts: Counter[str] = Counter()
    for (stem, exact), count in words.items():
        if len(exact) >= SHORTEST and exact not in STOP_WORDS:
            counts[stem] += count
    most = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
    return " ".join(f"{stem} {count}" for stem, count in most)


def counted(told: str) -> dict[str, int]:
    """Stem to how often, as `telling` wrote it."""
    parts = told.split()
    return dict(zip(parts[::2], map(int, parts[1::2]), strict=True))


def stems_beside(text: str, language: str, asking: Set[str]) -> frozenset[str]:
    """Of the words of a name or of a question for one, without those that say nothing and those that only ask."""
    return frozenset(token.stem for token in analyse(text, language) if token.exact not in STOP_WORDS | asking)
