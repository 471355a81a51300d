"""A question in another language, in the English words of the library: term by term, from a list. Pure.

Not a translation to be read: the words of a question, in their order, each as the library calls it. What the list does
not know stays as it was typed.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from search.analysis.analyzer import Token, analyse, fold
from search.analysis.stopwords import STOP_WORDS
from search.tuning.respelling import nearest

INTO = "en"
LATIN = ("es", "fr")
"""Languages that share the letters of English: of which one a question is, the company of its words tells."""
LANGUAGES = (*LATIN, "ar", "ru", "zh")
CJK = "cjk"  # what the analyser calls the scripts without spaces
CHOSEN = 0.5
"""What it counts for, on the scale of `Commonness`, that the reader has chosen a language."""
LISTED = 1.0  # and that a term is in the list, none of whose words is in use in English

FUNCTION_WORDS = frozenset("的了和与及或在是为对从中上有之于吗呢")
"""Of Chinese, of one character."""

_BEFORE_ARABIC = ("ولل", "فلل", "وب", "ول", "وك", "لل", "ال", "ب", "ل", "ف", "ك")
"""Written before a word, and left there by the light stemmer, which would take the first letter of others."""
_SHORTEST_ARABIC = 3  # letters that are left of a word

Commonness = Callable[[str, str], float]
"""How common a word is in a language, by the logarithm of its frequency; 0.0 where it is not in use."""

Row = Mapping[str, Sequence[str]]
"""Language to the terms for one thing. Of the English ones the first is what is searched; without any, the terms say
nothing about a subject."""


class _Piece(NamedTuple):
    """A stretch of the question. english: what the list gives for it, "" for nothing telling; None if it has no such
    term."""

    start: int
    end: int
    english: str | None


@dataclass(frozen=True, slots=True)
class Rendering:
    """text: the question in English words. found: those that the list gave. telling: the question as it was typed,
    without the words that say nothing about a subject."""

    text: str
    found: tuple[str, ...]
    telling: str = ""


class Dictionary:
    def __init__(self, rows: Iterable[Row] = ()) -> None:
        self._table: dict[tuple[str, ...], str] = {}
        self._stems: set[str] = set()
        self._words: dict[str, dict[str, None]] = {language: {} for language in LANGUAGES}
        for row in rows:
            for language in LANGUAGES:
                for term in row[language]:
                    self._add(term, language, row[INTO][0] if row[INTO] else "")
        self._longest = max(map(len, self._table), default=0)

    def _add(self, term: str, language: str, english: str) -> None:
        """The first row that has a term keeps it. A word that is spelt as in English needs no other."""
        for form in _written(term, language):
            tokens = _telling(form, language)
            stems = tuple(token.stem for token in tokens)
            self._stems.update(stems)
            self._words[language].update(dict.fromkeys(form[token.start : token.end] for token in tokens))
            if stems and fold(term) != fold(english):
                self._table.setdefault(stems, english)

    def render(self, text: str, reader: str, commonness: Commonness) -> Rendering | None:
        """reader: the language a reader has chosen. None where the list has nothing for the question: it is in English,
        or about something else."""
        tokens = _telling(text, self._latin(text, reader, commonness, self._having(text)))
        pieces = list(self._pieces(tokens))
        if all(piece.english is None for piece in pieces):
            return None
        found = tuple(piece.english for piece in pieces if piece.english)
        words = [text[piece.start : piece.end] if piece.english is None else piece.english for piece in pieces]
        telling = " ".join(text[piece.start : piece.end] for piece in pieces if piece.english != "")
        return Rendering(" ".join(word for word in words if word), found, telling)

    def respelt(self, text: str, strange: Callable[[str], bool], in_latin: Callable[[str], str]) -> str:
        """A question with misspelt words as the list has them, and names in Cyrillic letters as texts have them.

        strange: whether a word that the list has not is one that no text and nobody has.
        """
        for token in reversed(analyse(text, INTO)):
            if token.exact in STOP_WORDS or token.stem.startswith(CJK):
                continue
            word, script = text[token.start : token.end], token.stem.partition(":")[0]
            languages = LATIN if script == INTO else (script,) if script in LANGUAGES else ()
            if any(stem in self._stems for one in languages for stem in _readings(analyse(word, one)[0])):
                continue
            meant = in_latin(word) if script == "ru" else ""
            if not meant and languages and strange(word):
                meant = nearest(word, dict.fromkeys(one for language in languages for one in self._words[language]))
            if meant:
                text = text[: token.start] + meant + text[token.end :]
        return text

    def languages(self, text: str, reader: str, commonness: Commonness) -> frozenset[str]:
        """Those that the words of a question are most likely of, in its scripts."""
        tokens = analyse(text, self._latin(text, reader, commonness, LATIN))
        names = {token.stem.partition(":")[0] for token in tokens}
        return frozenset("zh" if name == CJK else name for name in names)

    def _having(self, text: str) -> list[str]:
        """The languages in Latin letters of which the list has a word of the question."""
        return [one for one in LATIN if any(piece.english is not None for piece in self._pieces(_telling(text, one)))]

    def _latin(self, text: str, reader: str, commonness: Commonness, others: Iterable[str]) -> str:
        """That of the words in Latin letters: English, unless their company speaks for one of the others."""
        words = [text[token.start : token.end] for token in analyse(text, INTO)]
        usual = {one: sum(commonness(word, one) for word in words) for one in (INTO, *others)}

        def likely(language: str) -> float:
            return usual[language] + CHOSEN * (language == reader) + self._own(text, language, commonness)

        return max(usual, key=likely) if len(usual) > 1 else INTO

    def _own(self, text: str, language: str, commonness: Commonness) -> float:
        """What it counts for that terms of the list are in no use in English."""
        if language == INTO:
            return 0.0
        listed = [text[piece.start : piece.end] for piece in self._pieces(_telling(text, language)) if piece.english]
        return sum(LISTED for term in listed if not any(commonness(word, INTO) for word in term.split()))

    def _pieces(self, tokens: list[Token]) -> Iterator[_Piece]:
        """From left to right, the longest term that begins there. In scripts without spaces, a pair of characters that
        reaches into a term is no word of its own."""
        at, end = 0, 0
        while at < len(tokens):
            size, english = self._longest_at(tokens, at)
            start = tokens[at].start
            if size or not (_is_grammar(tokens[at]) or self._reaches_into_a_term(tokens, at)):
                end = tokens[at + max(size, 1) - 1].end
                yield _Piece(start, end, english)
            at += max(size, 1)
            while size and at < len(tokens) and tokens[at].start < end:
                at += 1

    def _reaches_into_a_term(self, tokens: list[Token], at: int) -> bool:
        following = at + 1 < len(tokens) and tokens[at + 1].start < tokens[at].end
        return following and self._longest_at(tokens, at + 1)[0] > 0

    def _longest_at(self, tokens: list[Token], at: int) -> tuple[int, str | None]:
        """How many tokens from there on make a term, and what it is in English; (0, None) if none does."""
        for size in range(min(self._longest, len(tokens) - at), 0, -1):
            rest = tuple(token.stem for token in tokens[at + 1 : at + size])
            for first in _readings(tokens[at]):
                if (english := self._table.get((first, *rest))) is not None:
                    return size, english
        return 0, None


def _written(term: str, language: str) -> tuple[str, ...]:
    """A term as people type it: in Latin letters with its plural, since French stems of conflit and conflits differ,
    and without its accents, which many keyboards lack and of which stems depend."""
    if language not in LATIN:
        return (term,)
    return tuple(dict.fromkeys(form for one in (term, fold(term)) for form in (one, f"{one}s")))


def _is_grammar(token: Token) -> bool:
    """A pair of characters that holds a function word."""
    return token.stem.startswith(CJK) and bool(FUNCTION_WORDS.intersection(token.exact))


def _telling(text: str, language: str) -> list[Token]:
    return [token for token in analyse(text, language) if token.exact not in STOP_WORDS]


def _readings(token: Token) -> Iterator[str]:
    """The stem of a word, and those of what is left without what Arabic writes before it."""
    yield token.stem
    if token.stem.startswith("ar:"):
        for before in _BEFORE_ARABIC:
            rest = token.exact.removeprefix(before)
            if rest != token.exact and len(rest) >= _SHORTEST_ARABIC:
                yield analyse(rest, "ar")[0].stem
