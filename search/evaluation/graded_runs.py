"""Ask graded questions as a reader would, and say how good the answers are."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import islice
from statistics import fmean
from typing import Any

from search.analysis.analyzer import analyse
from search.analysis.significant_terms import telling
from search.answering.answer import ask
from search.answering.cards import Results
from search.engines.base import NUMBER_FIELDS, PASSAGE, WHOLE, Changes, Engine, Record, batches
from search.evaluation.graded_questions import Abstract, GradedQuestion
from search.evaluation.measures import interval, ndcg, recall, reciprocal_rank
from search.indexing.records import exacts, stems, tie
from search.meaning.query_vector import Meaning
from search.query.question import Question
from search.query.ranking_weights import WEIGHTS, Weights
from search.tuning.synonyms import Thesaurus

DEPTH = 100
PLACES = 3  # passages looked at for `passage_hit`


@dataclass(frozen=True, slots=True)
class Score:
    """Of one question, or the mean of many. passage_hit: one of the first three passages shown is of a right record."""

    ndcg: float
    mrr: float
    recall: float
    no_result: float
    passage_hit: float


@dataclass(frozen=True, slots=True)
class Run:
    scores: dict[str, Score]
    kinds: dict[str, str]

    @property
    def mean(self) -> Score:
        return mean(self.scores.values())

    @property
    def interval(self) -> tuple[float, float]:
        """Of nDCG@10, by resampling the questions."""
        return interval([score.ndcg for score in self.scores.values()])

    def by_kind(self) -> dict[str, tuple[int, Score]]:
        groups: dict[str, list[Score]] = defaultdict(list)
        for name, score in self.scores.items():
            groups[self.kinds[name]].append(score)
        return {kind: (len(scores), mean(scores)) for kind, scores in sorted(groups.items())}


def run(
    engine: Engine,
    questions: Sequence[GradedQuestion],
    record_of: Callable[[str], str],
    thesaurus: Thesaurus,
    weights: Weights = WEIGHTS,
    meaning: Meaning | None = None,
) -> Run:
    """record_of: from the identifier of an edition found to the id that is graded; a record counts once, where it
    first appears."""
    scores = {}
    for graded in questions:
        question = Question(graded.text, graded.selected, size=DEPTH)
        scores[graded.name] = score(ask(engine, question, thesaurus, weights, meaning), graded, record_of)
    return Run(scores, {graded.name: graded.kind for graded in questions})


def score(results: Results, graded: GradedQuestion, record_of: Callable[[str], str]) -> Score:
    ranked = list(dict.fromkeys(record_of(card.data["edition"]) for card in results.cards))
    shown = islice((record_of(card.data["edition"]) for card in results.cards for _ in card.places), PLACES)
    return Score(
        ndcg=ndcg(ranked, graded.grades),
        mrr=reciprocal_rank(ranked, graded.grades),
        recall=recall(ranked, graded.grades),
        no_result=float(not ranked),
        passage_hit=float(any(name in graded.grades for name in shown)),
    )


def mean(scores: Iterable[Score]) -> Score:
    rows = [(one.ndcg, one.mrr, one.recall, one.no_result, one.passage_hit) for one in scores]
    return Score(*(fmean(column) for column in zip(*rows, strict=True)))


def index_abstracts(engine: Engine, abstracts: Iterable[Abstract]) -> None:
    with closing(engine.begin(0, resume=False)) as building, engine.exclusive(1.0):
        for batch in batches((record for abstract in abstracts for record in _records(abstract)), 1000):
            building.add(Changes(tuple(batch)), after=1)
        building.switch()


def _records(abstract: Abstract) -> Iterator[Record]:
    """As `search.indexing.records` makes them of an edition: the whole, and its text as a passage."""
    title, text = analyse(abstract.title, "en"), analyse(abstract.text, "en")
    numbers = dict.fromkeys(NUMBER_FIELDS, 0) | {"tie": tie(abstract.name), "owner": tie(abstract.name)}
    raw = {"document": (abstract.name,), "current": ("yes",), "fictitious": ("no",), "spoken": ("en",)}
    card = {
        "key": abstract.name, "edition": abstract.name, "title": abstract.title, "summary": "", "language": "en",
        "url": "", "telling": telling([title, text]),
    }  # fmt: skip
    place = {"anchor": "p1", "number": 1, "path": [], "section": "", "text": abstract.text, "language": "en"}
    yield Record(
        key=abstract.name,
        edition=abstract.name,
        terms={"title": stems([title]), "body": stems([title, text]), "exact": exacts([title, text])},
        raw=raw | {"level": (WHOLE,)},
        numbers=numbers,
        title_order=abstract.title,
        card=card,
    )
    yield Record(
        key=f"{abstract.name}#p1",
        edition=abstract.name,
        terms={"body": stems([text]), "exact": exacts([text])},
        raw=raw | {"level": (PASSAGE,)},
        numbers=numbers,
        title_order="",
        card={"key": f"{abstract.name}#p1", "edition": abstract.name, **place},
    )


def remove_indexes(engine: Any) -> None:
    """Every index of an engine's prefix on the server."""
    with engine.connection.client(60) as client:
        if names := list(client.indices.get(index=f"{engine.prefix}-*")):
            client.indices.delete(index=names)
