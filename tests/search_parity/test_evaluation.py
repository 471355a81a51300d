"""`evaluate_search`, as it is typed, says the same of both engines: on this library's questions and on abstracts.

CRANFIELD=folder names the Cranfield collection, which is not ours to hand on; without it only the small collection in
its format is asked, of 24 fictitious abstracts of 2099.
"""

import json
import os
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from search.engines import registry as engines
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.indexing import rebuild
from search.tuning import stored_synonyms
from search.tuning.models import Synonym
from tests.sample_library import load_library

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]

SMALL = Path(__file__).parent / "abstracts"
FIGURES = ("ndcg", "mrr", "recall", "no_result", "passage_hit")
ALLOWED = 0.005

Figures = dict[str, float]


@pytest.fixture
def both(node: ElasticsearchEngine, settings: Any, tmp_path: Path) -> Iterator[None]:
    """Elasticsearch first and the embedded engine behind it, as an installation has them."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.ELASTICSEARCH_URL = ",".join(node.connection.access.urls)
    settings.ELASTICSEARCH_INDEX = node.prefix
    yield
    engines.get("elasticsearch").close()


def evaluated(folder: Path, **options: Any) -> tuple[Figures, Figures]:
    """The mean figures that the command keeps, of Elasticsearch and of the embedded engine."""

    def of(engine: str) -> Figures:
        kept = folder / f"{engine}.json"
        call_command("evaluate_search", engine=engine, save=kept, stdout=StringIO(), **options)
        return dict(json.loads(kept.read_text()))

    return of("elasticsearch"), of("tantivy")


def assert_equal(first: Figures, second: Figures) -> None:
    assert set(first) == set(second) == set(FIGURES)
    assert first == pytest.approx(second, abs=ALLOWED)


def test_the_questions_about_this_library__are_answered_as_well_by_both(
    both: None, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    Synonym.objects.all().delete()
    stored_synonyms.seed()
    load_library(tmp_path_factory)
    rebuild.rebuild()
    first, second = evaluated(tmp_path)
    assert_equal(first, second)
    assert 0.8 < first["ndcg"] < 1


def test_abstracts__are_found_as_well_by_both(both: None, tmp_path: Path) -> None:
    first, second = evaluated(tmp_path, cranfield=SMALL)
    assert_equal(first, second)
    assert 0.6 < first["ndcg"] < 1  # hard enough for a difference to be seen


@pytest.mark.skipif("CRANFIELD" not in os.environ, reason="CRANFIELD does not name the folder of the collection")
def test_the_cranfield_collection__is_found_as_well_by_both(both: None, tmp_path: Path) -> None:
    first, second = evaluated(tmp_path, cranfield=Path(os.environ["CRANFIELD"]))
    assert_equal(first, second)
    assert first["ndcg"] > 0.36  # what BM25 over one field reaches; docs/search.md
