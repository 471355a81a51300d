"""How good the answers are, on graded questions: the figures of docs/search.md."""

import json
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from editions.models import Edition
from search.engines import registry as engines
from search.engines.base import Engine
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.tantivy.engine import TantivyEngine
from search.evaluation.graded_questions import read_cranfield, read_questions
from search.evaluation.graded_runs import Run, Score, index_abstracts, remove_indexes, run
from search.evaluation.topics_in_languages import overlap, read_topics
from search.meaning import query_vector
from search.tuning import stored_synonyms
from search.tuning.synonyms import Thesaurus

PATIENCE_S = 60.0
QUESTIONS = "search-questions-dev.json"
HEAD = f"{'':28}{'n':>4}{'nDCG@10':>9}{'MRR@10':>8}{'recall@100':>12}{'no result':>11}{'passage@3':>11}"


class Command(BaseCommand):
    help = "Score the answers to graded questions, by type of question."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("questions", nargs="?", type=Path, help=f"default: data/{QUESTIONS}")
        parser.add_argument("--cranfield", type=Path, help="folder with cran.all.1400, cran.qry and cranqrel")
        parser.add_argument("--topics", type=Path, help="questions in six languages: how far their answers agree")
        parser.add_argument("--engine", default=engines.names()[0], choices=engines.names())
        parser.add_argument("--save", type=Path, help="write the mean figures to this file, as a baseline")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["topics"]:
                self._topics(options)
                return
            found = self._abstracts(options) if options["cranfield"] else self._library(options)
        except (OSError, KeyError, ValueError) as error:
            raise CommandError(f"cannot read the questions: {error}") from error
        self._show(found)
        if options["save"]:
            figures = {name: round(figure, 4) for name, figure in asdict(found.mean).items()}
            options["save"].write_text(json.dumps(figures) + "\n")

    def _library(self, options: dict[str, Any]) -> Run:
        graded = read_questions(options["questions"] or settings.LIBRARY_DATA / QUESTIONS)
        metadata = Edition.objects.public().values_list("identifier", "metadata")
        records = {identifier: row["record"] or identifier for identifier, row in metadata}
        return run(
            patient(options["engine"]),
            graded,
            records.__getitem__,
            stored_synonyms.current(),
            meaning=query_vector.here(),
        )

    def _topics(self, options: dict[str, Any]) -> None:
        topics = read_topics(options["topics"])
        found = overlap(patient(options["engine"]), topics, stored_synonyms.current(), query_vector.here())
        for language, share in found.by_language.items():
            self.stdout.write(f"{language:28}{len(topics):4}{share:9.2f}")
        self.stdout.write(f"{'all':28}{len(topics):4}{found.mean:9.2f}")

    @staticmethod
    def _abstracts(options: dict[str, Any]) -> Run:
        """In an index of their own, with no synonym: the collection is not about this library's subjects."""
        abstracts, graded = read_cranfield(options["cranfield"])
        with index_of_its_own(options["engine"]) as engine:
            index_abstracts(engine, abstracts)
            return run(engine, graded, str, Thesaurus())

    def _show(self, found: Run) -> None:
        self.stdout.write(HEAD)
        for kind, (count, score) in found.by_kind().items():
            self.stdout.write(line(kind, count, score))
        low, high = found.interval
        self.stdout.write(line("all", len(found.scores), found.mean))
        self.stdout.write(f"nDCG@10 lies between {low:.3f} and {high:.3f} for 95 of 100 resamplings of the questions")


@contextmanager
def index_of_its_own(name: str) -> Iterator[Engine]:
    """An engine of that kind with an index that is removed afterwards."""
    if name != "elasticsearch":
        with tempfile.TemporaryDirectory() as place:
            yield TantivyEngine(Path(place))
        return
    engine = patient(name, f"evaluation-{time.time_ns()}")
    try:
        yield engine
    finally:
        remove_indexes(engine)


def patient(name: str, prefix: str = "") -> Engine:
    """The installed engine, or one of its kind with a prefix of its own, that does not give up a slow answer."""
    installed: Any = engines.get(name)
    if name != "elasticsearch":
        return installed  # type: ignore[no-any-return]
    return ElasticsearchEngine(installed.connection, prefix or installed.prefix, patience_s=PATIENCE_S)


def line(name: str, count: int, score: Score) -> str:
    return (
        f"{name:28}{count:4}{score.ndcg:9.4f}{score.mrr:8.3f}{score.recall:12.3f}"
        f"{score.no_result:11.3f}{score.passage_hit:11.3f}"
    )
