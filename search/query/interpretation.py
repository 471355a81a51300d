"""From what a person typed to what an engine is asked: languages, synonyms, near words. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from search.analysis.analyzer import Token, analyse, fold
from search.analysis.stopwords import STOP_WORDS
from search.query import compounds, tree
from search.query.index_context import Surroundings
from search.query.marks import Marks
from search.query.parser import Clause, Facet, InTitle, Must, Phrase, Prefix, Query, Words, Years
from search.query.tree import Node
from search.tuning.synonyms import Alternative

MAX_PREFIX_TERMS = 50  # of the vocabulary a prefix stands for, the most frequent first
MAX_NEAR_TERMS = 3
LONGEST_ACRONYM = 6  # letters
NOTHING = tree.Nothing()
NO_MARKS = Marks()


@dataclass(slots=True)
class Reading:
    """whole: which documents match, and how well. nearby: what lifts those that hold words of the question close
    together. passages: where in them.

    facets: selections typed into the question. expanded: terms searched besides those typed. unknown: word to near
    words, of the words that stand nowhere. words: telling words of the question. telling: what of it is enough to find
    a document; too_usual: that nothing is, and it has words that most documents hold. rendered: its words in English,
    where it was read so too. plain: it is nothing but words, none of which has to stand there. years: those that it
    names, and how much it wants each.
    """

    whole: Node = NOTHING
    nearby: tuple[Node, ...] = ()
    passages: Node = NOTHING
    marks: Marks = NO_MARKS
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    expanded: list[str] = field(default_factory=list)
    unknown: dict[str, tuple[str, ...]] = field(default_factory=dict)
    words: tuple[str, ...] = ()
    telling: tuple[Node, ...] = ()
    too_usual: bool = False
    rendered: tuple[str, ...] = ()
    plain: bool = False
    years: Mapping[int, float] = field(default_factory=dict)


def read(query: Query, around: Surroundings) -> Reading:
    return _Reader(query, around).read()


def besides(typed: Reading, english: Reading, factor: float) -> Reading:
    """A plain question as it was typed, and what it says in English: either finds, the better of both counts.

    factor: what English counts for. Nothing is corrected in words that are known to be of another language.
    """

    def either(one: Node, other: Node) -> Node:
        return tree.Best((one, tree.Weighted(other, factor)))

    as_typed = typed.whole
    if typed.too_usual and english.telling:  # "acceso a internet": the word that both share finds everything
        as_typed = tree.Every((_limit(english.telling), as_typed))
    return Reading(
        whole=either(as_typed, english.whole),
        nearby=(*typed.nearby, *(tree.Weighted(node, factor) for node in english.nearby)),
        passages=either(typed.passages, english.passages),
        marks=typed.marks.together(english.marks),
        expanded=list(dict.fromkeys((*typed.expanded, *english.expanded))),
        unknown=typed.unknown,
        words=typed.words,
        rendered=english.words,
        plain=True,
        years=typed.years,
    )


def _limit(telling: tuple[Node, ...]) -> Node:
    """It limits; the words score."""
    return tree.Weighted(tree.Either(telling), 0.0)


@dataclass(slots=True)
class _Part:
    """A group of the question: how it matches a whole record, and how it matches a passage.

    full: what counts as all of it, where less than that matches. telling: what of it is enough to find a document;
    usual: whether it has words that most documents hold, which are not.
    """

    whole: Node
    passage: Node | None
    optional: bool = False
    full: Node | None = None
    full_passage: Node | None = None
    telling: tuple[Node, ...] = ()
    usual: bool = False


class _Reader:
    def __init__(self, query: Query, around: Surroundings) -> None:
        self.query = query
        self.around = around
        self.weights = around.weights
        self.reading = Reading()
        self.stems: set[str] = set()
        self.exacts: set[str] = set()
        self.prefixes: list[str] = []
        self.phrases: list[tuple[tuple[str, ...], int]] = []
        self.stem_phrases: list[tuple[str, ...]] = []

    def read(self) -> Reading:
        words, others = self._sorted_groups()
        parts = [*self._word_parts(words), *(self._either(group) for group in others)]
        excluded = tuple(node for clause in self.query.excluded for node in self._excluded(clause))
        reading = self.reading
        reading.words = tuple(words)
        reading.plain = not (others or excluded or reading.facets)
        reading.years = self.around.wanted
        if parts:
            reading.nearby = (*self._nearby(words), *self._names(), *self._of_years())
            reading.whole = self._without(self._combined(parts), excluded)
            reading.passages = self._all_before_some(
                [(part.passage, part.full_passage or part.passage) for part in parts if part.passage]
            )
        elif reading.facets:
            reading.whole = self._without(tree.Everything(), excluded)
        reading.marks = Marks(
            frozenset(self.stems),
            frozenset(self.exacts),
            tuple(self.prefixes),
            tuple(self.phrases),
            tuple(self.stem_phrases),
        )
        return reading

    # --- groups ---------------------------------------------------------------------------------------------------

    def _sorted_groups(self) -> tuple[list[str], list[tuple[Clause, ...]]]:
        """The plain words in order, and the groups that must be met: phrases, prefixes, alternatives, fields."""
        words: list[str] = []
        others: list[tuple[Clause, ...]] = []
        for group in self.query.groups:
            match group:
                case (Words(text),):
                    words.extend(compounds.joined(self._words(text) or [text], self._stands, bound=True))
                case (Facet(name, value),):
                    chosen = self.reading.facets.get(name, ())
                    self.reading.facets[name] = (*chosen, value)
                case _:
                    others.append(group)
        words = [part for word in compounds.joined(words, self._stands) for part in self._parted(word)]
        words = [word for word in words if fold(word) not in self.around.bounds] or words
        telling = [word for word in words if fold(word) not in STOP_WORDS]
        return telling or words, others

    def _stands(self, exact: str) -> bool:
        return self.around.known("exact", exact)

    def _parted(self, word: str) -> tuple[str, ...]:
        """A word that neither texts nor people use, as the two words that it is made of."""
        if self._known(self._forms(word)) or self.around.real(word):
            return (word,)
        return compounds.parted(word, self._stands, self.around.real) or (word,)

    def _tokens(self, text: str) -> list[Token]:
        return analyse(text, self.around.languages[0])

    def _words(self, text: str) -> list[str]:
        """The words as they were typed: stemmers read the diacritics that folding takes away."""
        return [text[token.start : token.end] for token in self._tokens(text)]

    def _word_parts(self, texts: list[str]) -> list[_Part]:
        parts: list[_Part] = []
        at = 0
        for match in self.around.thesaurus.matches(texts):
            parts += [self._word(text) for text in texts[at : match.start]]
            parts.append(self._with_alternatives(texts[match.start : match.end], match.alternatives))
            at = match.end
        return parts + [self._word(text) for text in texts[at:]]

    def _combined(self, parts: list[_Part]) -> Node:
        """What is quoted, excluded or limited to a field must be met, and any of the words. Where one of them is held
        by few documents, such as "internet exchange", a document that has the others alone is not found.
        """
        nodes = [part.whole for part in parts if not part.optional]
        optional = [part for part in parts if part.optional]
        if optional:
            telling = tuple(dict.fromkeys(node for part in optional for node in part.telling))
            usual = any(part.usual for part in optional)
            self.reading.telling, self.reading.too_usual = telling, usual and not telling
            if telling and usual:
                nodes.append(_limit(telling))
            nodes.append(self._all_before_some([(part.whole, part.full or part.whole) for part in optional]))
        return nodes[0] if len(nodes) == 1 else tree.Every(tuple(nodes))

    def _all_before_some(self, nodes: list[tuple[Node, Node]]) -> Node:
        """Any of the first of each pair; what meets the second of all is lifted by a factor, written as a sum."""
        if len(nodes) < 2 and all(some == full for some, full in nodes):
            return nodes[0][0] if nodes else NOTHING
        more = round(self.weights.all_words - 1, 3)
        whole = tuple(full for _, full in nodes)
        lifted = tree.Every(whole) if len(whole) > 1 else whole[0]
        return tree.Either((*(some for some, _ in nodes), tree.Weighted(lifted, more)))

    @staticmethod
    def _without(node: Node, excluded: tuple[Node, ...]) -> Node:
        return tree.Without(node, excluded) if excluded else node

    # --- words ----------------------------------------------------------------------------------------------------

    def _word(self, text: str) -> _Part:
        forms = self._forms(text)
        if near := self._meant(text, forms):
            self.reading.unknown[text] = near
            self.reading.expanded += [word for word in near if word not in self.reading.expanded]
            nodes = [self._weighted(self._forms(word), self.weights.near) for word in near]
            meant: Node = tree.Best(tuple(whole for whole, _ in nodes))
            return _Part(meant, tree.Best(tuple(passage for _, passage in nodes)), True, telling=(meant,))
        whole, passage = self._weighted(forms, 1.0)
        if pair := self._side_by_side(text):
            whole, passage = tree.Best((whole, pair)), tree.Best((passage, pair))
        usual = self._usual(forms)
        telling = (whole,) if not usual and (pair or self._known(forms)) else ()
        return _Part(whole, passage, True, telling=telling, usual=usual)

    def _usual(self, forms: Iterable[Token]) -> bool:
        return any(self.around.usual("exact", form.exact) or self.around.usual("body", form.stem) for form in forms)

    def _known(self, forms: Iterable[Token]) -> bool:
        return any(self._stands(form.exact) or self.around.known("body", form.stem) for form in forms)

    def _meant(self, text: str, forms: list[Token]) -> tuple[str, ...]:
        """What may have been meant by a word that neither texts nor people use. A few capitals are a name."""
        if self._known(forms) or (text.isupper() and len(text) <= LONGEST_ACRONYM) or self.around.real(text):
            return ()
        # A word that says nothing about a subject, such as "this" for "thigns", would find every text.
        return tuple(word for word in self.around.near(text, MAX_NEAR_TERMS) if word not in STOP_WORDS)

    def _side_by_side(self, text: str) -> Node | None:
        """The two words that a word is made of, where texts have them side by side."""
        pair = compounds.parted(text, self._stands, self.around.real)
        if not pair or not self.around.together(*pair):
            return None
        self.phrases.append((pair, 0))
        return tree.Sequence("exact", pair)

    def _forms(self, text: str) -> list[Token]:
        """The word read in every language of the index; most readings stand nowhere and cost nothing."""
        seen = {token: None for language in self.around.languages for token in analyse(text, language)[:1]}
        return list(seen) or [Token("", text, 0, 0)]

    def _weighted(self, forms: Iterable[Token], factor: float) -> tuple[Node, Node]:
        forms = list(forms)
        self.stems.update(form.stem for form in forms)
        self.exacts.update(form.exact for form in forms)
        whole = self._in_fields(forms, self.weights.fields)
        passage = self._in_fields(forms, self.weights.passage_fields)
        if factor == 1.0:
            return whole, passage
        return tree.Weighted(whole, factor), tree.Weighted(passage, factor)

    @staticmethod
    def _in_fields(forms: list[Token], fields: dict[str, float]) -> Node:
        nodes: list[Node] = []
        for name, weight in fields.items():
            texts = dict.fromkeys(form.exact if name == "exact" else form.stem for form in forms)
            best = tree.Best(tuple(tree.Term(name, text) for text in texts if text))
            nodes.append(best if weight == 1.0 else tree.Weighted(best, weight))
        return tree.Either(tuple(nodes))

    def _with_alternatives(self, texts: list[str], alternatives: tuple[Alternative, ...]) -> _Part:
        """What else means the same lifts a text as much as all of the words do; any of them is enough to be found."""
        parts = [self._word(text) for text in texts]
        some = tuple(part.whole for part in parts)
        some_passages = tuple(part.passage for part in parts if part.passage)
        wholes, passages = [_every(some)], [_every(some_passages)]
        for other in alternatives:
            if not all(self.around.known("body", stem) for stem in other.stems):
                continue
            self.reading.expanded.append(other.label)
            whole, passage = self._alternative(other)
            wholes.append(tree.Weighted(whole, self.weights.synonym))
            passages.append(tree.Weighted(passage, self.weights.synonym))
        best, usual = tree.Best(tuple(wholes)), any(part.usual for part in parts)
        telling = tuple(node for part in parts for node in part.telling)
        if len(some) == 1:
            telling = (*telling, *wholes[1:])
            return _Part(best, tree.Best(tuple(passages)), True, telling=telling, usual=usual)
        return _Part(
            tree.Best((tree.Either(some), *wholes[1:])), tree.Best((tree.Either(some_passages), *passages[1:])), True,
            best, tree.Best(tuple(passages)), (*telling, *wholes), usual,
        )  # fmt: skip

    def _alternative(self, other: Alternative) -> tuple[Node, Node]:
        def in_field(name: str) -> Node:
            if len(other.stems) == 1:
                return tree.Term(name, other.stems[0])
            return tree.Sequence(name, other.stems)

        if len(other.stems) == 1:
            self.stems.add(other.stems[0])
        else:
            self.stem_phrases.append(other.stems)
        fields = [(name, weight) for name, weight in self.weights.fields.items() if name != "exact"]
        whole = tree.Either(tuple(tree.Weighted(in_field(name), weight) for name, weight in fields))
        return whole, in_field("body")

    def _nearby(self, words: list[str]) -> tuple[Node, ...]:
        """Two words of the question that follow each other lift what holds them close together."""
        if not self.weights.near_words:
            return ()
        pairs = []
        for first, second in pairwise(words):
            readings = dict.fromkeys(
                (one.stem, two.stem)
                for language in self.around.languages
                for one, two in zip(analyse(first, language)[:1], analyse(second, language)[:1], strict=False)
            )
            near = tuple(tree.Sequence("body", pair, self.weights.near_slop) for pair in readings)
            pairs.append(tree.Weighted(tree.Best(near), self.weights.near_words))
        return tuple(pairs)

    def _names(self) -> tuple[Node, ...]:
        """Words with capitals that follow each other, as in Paris Call, lift what has them as they stand."""
        if not self.weights.name:
            return ()
        runs: list[list[str]] = [[]]
        for group in self.query.groups:
            for word in self._words(group[0].text) if len(group) == 1 and isinstance(group[0], Words) else [""]:
                if word[:1].isupper() and fold(word) not in STOP_WORDS:
                    runs[-1].append(word)
                elif runs[-1]:
                    runs.append([])
        language = self.around.languages[0]
        names = (tuple(analyse(word, language)[0].stem for word in run) for run in runs if len(run) > 1)
        return tuple(tree.Weighted(tree.Sequence("body", name, 1), self.weights.name) for name in dict.fromkeys(names))

    def _of_years(self) -> tuple[Node, ...]:
        """What belongs to a year that is named is lifted: `about` holds the meeting, "IGF 2018"."""
        nodes = []
        for year, wanted in self.around.wanted.items():
            readings = (tuple(token.stem for token in analyse(f"IGF {year}", one)) for one in self.around.languages)
            meeting = tree.Best(tuple(tree.Sequence("about", stems, 1) for stems in dict.fromkeys(readings)))
            nodes.append(tree.Weighted(meeting, round(self.weights.year * wanted, 3)))
        return (tree.Best(tuple(nodes)),) if nodes else ()

    # --- clauses --------------------------------------------------------------------------------------------------

    def _either(self, group: tuple[Clause, ...]) -> _Part:
        parts = [self._clause(clause) for clause in group]
        if len(parts) == 1:
            return parts[0]
        passages = tuple(part.passage for part in parts if part.passage)
        return _Part(tree.Either(tuple(part.whole for part in parts)), tree.Either(passages) if passages else None)

    def _clause(self, clause: Clause) -> _Part:
        match clause:
            case Must(Words(text)) | Words(text):
                parts = [self._word(word) for word in self._words(text)]
                passages = tuple(part.passage for part in parts if part.passage)
                return _Part(tree.Every(tuple(part.whole for part in parts)), tree.Every(passages))
            case Phrase(text, slop):
                return self._phrase(text, slop)
            case Prefix(text):
                return self._prefix(text)
            case InTitle(inner):
                return _Part(self._in_title(inner), None)
            case Years(low, high):
                return _Part(tree.Between("year_number", low, high), None)
            case Facet(name, value):
                return _Part(tree.OneOf(name, (value,)), None)

    def _phrase(self, text: str, slop: int) -> _Part:
        terms = tuple(token.exact for token in self._tokens(text))
        if not terms:
            return _Part(tree.Nothing(), None)
        if len(terms) == 1:
            self.exacts.add(terms[0])
        else:
            self.phrases.append((terms, slop))
        node: Node = tree.Term("exact", terms[0])
        if len(terms) > 1:  # their places limit, their frequencies score: so places are read of few documents only
            together = tree.Weighted(tree.Sequence("exact", terms, slop), 0.0)
            node = tree.Every((together, *(tree.Term("exact", term) for term in dict.fromkeys(terms))))
        return _Part(node, node)

    def _prefix(self, text: str) -> _Part:
        tokens = self._tokens(text)
        if not tokens:
            return _Part(tree.Nothing(), None)
        terms = self.around.prefixed(tokens[-1].exact, MAX_PREFIX_TERMS)
        self.prefixes.append(tokens[-1].exact)
        node = tree.Weighted(tree.Best(tuple(tree.Term("exact", term) for term in terms)), self.weights.prefix)
        before = tuple(self._word(word) for word in self._words(text)[:-1])
        if not before:
            return _Part(node, node)
        passages = tuple(part.passage for part in before if part.passage)
        return _Part(tree.Every((*(part.whole for part in before), node)), tree.Every((*passages, node)))

    def _in_title(self, clause: Words | Phrase | Prefix) -> Node:
        readings = dict.fromkeys(
            tuple(token.stem for token in analyse(clause.text, language)) for language in self.around.languages
        )
        nodes = tuple(
            tree.Sequence("title", terms) if isinstance(clause, Phrase) and len(terms) > 1
            else tree.Every(tuple(tree.Term("title", term) for term in terms))
            for terms in readings if terms
        )  # fmt: skip
        for terms in readings:
            self.stems.update(terms)
        return tree.Best(nodes) if nodes else tree.Nothing()

    def _excluded(self, clause: Clause) -> Iterable[Node]:
        """What is not wanted is neither marked nor expanded. Several words are unwanted together only."""
        inner = _Reader(self.query, self.around)
        match clause:
            case Words(text):
                forms = [tuple(t.stem for t in analyse(text, language)) for language in self.around.languages]
                for terms in dict.fromkeys(forms):
                    if terms:
                        yield tree.Sequence("body", terms) if len(terms) > 1 else tree.Term("body", terms[0])
            case _:
                yield inner._clause(clause).whole


def _every(nodes: tuple[Node, ...]) -> Node:
    return nodes[0] if len(nodes) == 1 else tree.Every(nodes)
