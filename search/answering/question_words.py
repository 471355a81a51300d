"""The words of a question as an index knows them: how often each stands there, which are real, which are missing."""

from collections.abc import Iterable, Sequence
from functools import cached_property

from search.analysis.analyzer import analyse, primary
from search.analysis.real_words import LISTED, commonness, is_real
from search.analysis.stopwords import STOP_WORDS
from search.answering.fusion import coverage, rarities
from search.answering.spelling import Vocabulary, words_held
from search.engines.base import TEXT_FIELDS, Engine
from search.query import compounds, tree, years
from search.query.index_context import Surroundings
from search.query.interpretation import Reading, besides, read
from search.query.parser import Query, parse
from search.query.question import Question
from search.query.ranking_weights import Weights
from search.query.tree import Everything, Node, Term
from search.tuning import stored_synonyms
from search.tuning.respelling import in_latin
from search.tuning.synonyms import Thesaurus
from search.tuning.term_translation import CJK, INTO, LANGUAGES, Rendering

SHORTEST_NAME = 4  # letters
IN_USE = (INTO, *(language for language in LANGUAGES if language in LISTED))
"""Languages in which a word may be in use that is in no text."""


class QuestionWords:
    """Every count is asked for once. Its methods raise Unavailable."""

    def __init__(
        self, engine: Engine, question: Question, query: Query, thesaurus: Thesaurus, weights: Weights
    ) -> None:
        self._engine = engine
        self._question = question
        self._query = query
        self._thesaurus = thesaurus
        self._weights = weights
        self._frequencies: dict[tuple[str, str], int] = {}
        self._known_counts: dict[tuple[str, ...], list[int]] = {}
        self._years = years.named(query.text)
        self.rendering = self._rendering()

    @property
    def text(self) -> str:
        return self._query.text

    @cached_property
    def held(self) -> Vocabulary:
        """The same throughout an answer: a publication that lands meanwhile is for the next."""
        return words_held(self._engine)

    @cached_property
    def spoken(self) -> frozenset[str]:
        """The languages that the question is most likely in."""
        words = stored_synonyms.dictionary()
        return words.languages(self._query.text, primary(self._question.language), commonness)

    @property
    def languages(self) -> tuple[str, ...]:
        """Those of the texts, the reader's first: reading a word in others costs time and finds nothing."""
        own = primary(self._question.language)
        return tuple(sorted(self.held.languages, key=lambda language: language != own)) or (own,)

    def _rendering(self) -> Rendering | None:
        """The question in English, where it is in another language and nothing but words."""
        if self._query.asks_for_nothing or self._query.identifier or '"' in self._query.text:
            return None
        words, typed = stored_synonyms.dictionary(), self._query.text
        text = words.respelt(typed, self._is_strange, self._in_latin)
        rendering = words.render(text, primary(self._question.language), commonness)
        return rendering or (Rendering(text, (text,), text) if text != typed else None)

    def _is_strange(self, word: str) -> bool:
        """Whether a word stands in no text, nor one near it, and is in no use in the languages of its letters."""
        return not (self._held_by(word) or is_real(word, IN_USE) or self.held.near(word, 1))

    def _in_latin(self, word: str) -> str:
        """A name in Cyrillic letters as texts have it. One that is in use may be a name too, if it is met exactly."""

        def near(spelt: str) -> Sequence[str]:
            return [] if is_real(word, ("ru",)) else self.held.near(spelt, 3)

        return in_latin(word, lambda spelt: self._known("exact", spelt), near)

    # --- the question as it is searched ---------------------------------------------------------------------------

    def read(self) -> Reading:
        if not self._query.text:
            return Reading(whole=Everything())
        self._ask_frequencies(self.languages)
        reading = read(self._query, self._around())
        if not self.rendering or not reading.plain:
            return reading
        english = read(parse(self.rendering.text), self._around())
        english.expanded = [*self.rendering.found, *english.expanded]
        return besides(reading, english, self._weights.rendering)

    def as_typed(self) -> Node | None:
        """The question word by word, as one phrase."""
        terms = tuple(token.exact for token in analyse(self._query.text, self._question.language))
        if not terms:
            return None
        return tree.Sequence("exact", terms) if len(terms) > 1 else Term("exact", terms[0])

    def _around(self) -> Surroundings:
        return Surroundings(
            languages=self.languages,
            known=self._known,
            usual=self._usual,
            prefixed=self.held.prefixed,
            near=self.held.near,
            real=self._is_real,
            together=self.held.stand_together,
            thesaurus=self._thesaurus,
            weights=self._weights,
            wanted=self._years.wanted(self.held.years) if self._years.ranges or self._years.newest else {},
            bounds=self._years.bounds,
        )

    def _is_real(self, word: str) -> bool:
        """Whether a word is in use in a language of the texts, of the reader or of the question."""
        languages = (*self.languages, primary(self._question.language))
        return is_real(word, languages) or is_real(word, self.spoken)

    def _known(self, name: str, term: str) -> bool:
        return self._frequency(name, term) > 0

    def _usual(self, name: str, term: str) -> bool:
        documents = self.held.documents
        return documents >= self._weights.least_usual and (
            self._frequency(name, term) > self._weights.usual_word * documents
        )

    # --- how many documents hold what -----------------------------------------------------------------------------

    def _ask_frequencies(self, languages: Iterable[str]) -> None:
        """All forms of the words typed, and of what means the same, are asked for at once, the others later."""
        text = f"{self._query.text} {self.rendering.text}" if self.rendering else self._query.text
        tokens = {token for language in languages for token in analyse(text, language)}
        typed = analyse(text, self._question.language)
        words = [token.exact for token in typed]
        telling = [text[token.start : token.end] for token in typed if token.exact not in STOP_WORDS]
        same = self._thesaurus.matches(telling)
        forms = {token.stem for token in tokens}
        forms.update(stem for match in same for other in match.alternatives for stem in other.stems)
        stems = {(name, stem) for stem in forms for name in TEXT_FIELDS if name != "exact"}
        exacts = {token.exact for token in tokens} | compounds.forms(words)
        self._frequencies = dict(self._engine.doc_freqs(stems | {("exact", exact) for exact in exacts}))

    def _frequency(self, name: str, term: str) -> int:
        pair = (name, term)
        if pair not in self._frequencies:
            self._frequencies.update(self._engine.doc_freqs([pair]))
        return self._frequencies[pair]

    def _counts(self, words: Sequence[str]) -> list[int]:
        """Documents that hold each. A word that the thesaurus has other words for is known by these too."""
        found = self._known_counts.get(tuple(words))
        if found is None:
            found = self._known_counts[tuple(words)] = self._counted(words)
        return found

    def _counted(self, words: Sequence[str]) -> list[int]:
        counts = [self._held_by(word) for word in words]
        for match in self._thesaurus.matches(words):
            others = [min(self._frequency("body", stem) for stem in other.stems) for other in match.alternatives]
            for at in range(match.start, match.end):
                counts[at] = max((counts[at], *others))
        return counts

    def _held_by(self, word: str) -> int:
        """Documents that hold a word, read in the language in which most do."""
        forms = {token for language in self.languages for token in analyse(word, language)[:1]}
        each = [self._frequency("body", form.stem) for form in forms]
        return max(each + [self._frequency("exact", form.exact) for form in forms], default=0)

    # --- what the index knows of the question -----------------------------------------------------------------------

    def coverage(self, reading: Reading) -> float:
        """Of the words as they were meant or of those in English, whichever the index knows better. A year is no
        subject: that texts hold it says nothing of what else is asked.
        """
        meant = [reading.unknown.get(word, (word,))[0] for word in reading.words]
        return max(self._known_share(years.besides(words)) for words in (meant, reading.rendered))

    def missing(self, reading: Reading) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The words of a plain question, as it was typed, that stand in no document, by themselves or by others for
        them; and those that do."""
        if not reading.plain:
            return (), ()
        words = self._better_known(reading)
        counts = dict(zip(words, self._counts(words), strict=True))
        typed = set(reading.words) - set(reading.unknown)  # not a word of the list that texts say otherwise
        missing = (word for word, count in counts.items() if not count and word in typed)
        held = (word for word, count in counts.items() if count)
        return self._as_typed(missing), self._as_typed(held)

    def _as_typed(self, words: Iterable[str]) -> tuple[str, ...]:
        """Pairs of characters, of which the index has the scripts without spaces, joined where each reaches into the
        next: no reader calls 天的 a word."""
        found: list[str] = []
        for word in words:
            joined = found[-1] + word[1:] if found and _is_pair(word) and found[-1][-1] == word[0] else ""
            if joined and joined in self._query.text:
                found[-1] = joined
            else:
                found.append(word)
        return tuple(found)

    def names_something(self, reading: Reading) -> bool:
        """Whether it holds a name that stands in texts and is a word of no language: AFRINIC, OEWG."""
        return any(
            len(word) >= SHORTEST_NAME and word.isalpha() and not is_real(word, IN_USE) and self._held_by(word)
            for word in reading.words
        )

    def rarity(self, reading: Reading) -> list[tuple[set[str], float]]:
        """Each telling word of the question: its stems, and what it weighs."""
        words = self._better_known(reading)
        stems = ({token.stem for language in self.languages for token in analyse(word, language)} for word in words)
        weights = rarities(self._counts(words), self.held.documents)
        return list(zip(stems, weights, strict=True)) or [(set(), 1.0)]

    def expanded(self, reading: Reading) -> tuple[str, ...]:
        """What was searched besides; not what repeats the question in another spelling."""
        typed = _squeezed(self._query.text)
        return tuple(term for term in dict.fromkeys(reading.expanded) if _squeezed(term) not in typed)

    def did_you_mean(self, reading: Reading) -> str:
        text = self._query.text
        for word, near in reading.unknown.items():
            text = text.replace(word, near[0])
        return text if reading.unknown else ""

    def _better_known(self, reading: Reading) -> Sequence[str]:
        return max(reading.words, reading.rendered, key=self._known_share)

    def _known_share(self, words: Sequence[str]) -> float:
        return coverage(self._counts(words), self.held.documents)


def _is_pair(word: str) -> bool:
    return len(word) == 2 and [token.stem.partition(":")[0] for token in analyse(word, "en")] == [CJK]


def _squeezed(text: str) -> str:
    """Without what compounds differ in: cyber-security, cyber security."""
    return "".join(token.exact for token in analyse(text, "en"))
