"""Other words for the same thing, put into the question and not into the index: an edit acts at once. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from search.analysis.analyzer import analyse
from search.analysis.stopwords import STOP_WORDS


class Rule(StrEnum):
    """two_way: each term of the row finds the others. one_way: the first finds the rest. never: nothing is added."""

    TWO_WAY = "two_way"
    ONE_WAY = "one_way"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class Entry:
    """terms: as people write them. never entries keep a lone word from being expanded; in company it still may be."""

    rule: Rule
    terms: tuple[str, ...]
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Alternative:
    """label: as it is shown. stems: in the language of its entry."""

    label: str
    stems: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Match:
    """Words start..end of a question, and what else to search for them."""

    start: int
    end: int
    alternatives: tuple[Alternative, ...]


def stems_of(term: str, language: str) -> tuple[str, ...]:
    return tuple(token.stem for token in analyse(term, language))


def telling_stems(term: str, language: str) -> tuple[str, ...]:
    """Without words that say nothing, which a question has lost when it is looked up; all, if there are no others."""
    telling = tuple(token.stem for token in analyse(term, language) if token.exact not in STOP_WORDS)
    return telling or stems_of(term, language)


class Thesaurus:
    """All entries, looked up by the telling stems of their terms."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self._languages: set[str] = set()
        self._never: set[tuple[str, ...]] = set()
        self._table: dict[tuple[str, ...], dict[tuple[str, ...], Alternative]] = {}
        for entry in entries:
            self._add(entry)
        self._longest = max(map(len, self._table), default=0)

    def _add(self, entry: Entry) -> None:
        self._languages.add(entry.language)
        known = {
            telling: Alternative(term, stems_of(term, entry.language))
            for term in entry.terms
            if (telling := telling_stems(term, entry.language))
        }
        if entry.rule is Rule.NEVER:
            self._never.update(known)
            return
        sources = list(known)[:1] if entry.rule is Rule.ONE_WAY else list(known)
        for source in sources:
            others = {stems: found for stems, found in known.items() if stems != source}
            self._table.setdefault(source, {}).update(others)

    def matches(self, words: Sequence[str]) -> list[Match]:
        """Where the words of a question are terms of an entry: the longest first, none overlapping."""
        found: list[Match] = []
        for language in sorted(self._languages):
            stems = [stems_of(word, language)[:1] for word in words]
            flat = [stem[0] if stem else "" for stem in stems]
            found.extend(self._matches(flat))
        return _apart(found)

    def _matches(self, stems: list[str]) -> Iterable[Match]:
        for start in range(len(stems)):
            for end in range(min(len(stems), start + self._longest), start, -1):
                key = tuple(stems[start:end])
                alone = len(stems) == end - start
                if key in self._table and not (alone and key in self._never):
                    yield Match(start, end, tuple(self._table[key].values()))


def _apart(found: list[Match]) -> list[Match]:
    kept: list[Match] = []
    for match in sorted(found, key=lambda match: (match.start - match.end, match.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)
