"""What a question is read against: the words, languages and synonyms of an index. Pure."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from search.query.ranking_weights import WEIGHTS, Weights
from search.tuning.synonyms import Thesaurus


@dataclass(frozen=True, slots=True)
class Surroundings:
    """languages: those the index holds, the reader's first. known: whether a term of a text field stands in the index.
    usual: whether most documents hold it. prefixed: exact terms that begin so, the most frequent first. near: exact
    terms a few letters away. real: whether a word is in use, wherever. together: whether two exact terms follow each
    other in any text. wanted: what the question names of the years of the index, and how much it wants each.
    bounds: years of the question that are no words.
    """

    languages: tuple[str, ...]
    known: Callable[[str, str], bool]
    prefixed: Callable[[str, int], Sequence[str]]
    near: Callable[[str, int], Sequence[str]]
    usual: Callable[[str, str], bool] = field(default=lambda name, term: False)
    real: Callable[[str], bool] = field(default=lambda word: False)
    together: Callable[[str, str], bool] = field(default=lambda one, two: False)
    thesaurus: Thesaurus = field(default_factory=Thesaurus)
    wanted: Mapping[int, float] = field(default_factory=dict)
    bounds: frozenset[str] = frozenset()
    weights: Weights = WEIGHTS
