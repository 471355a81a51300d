"""An alarm for change, not a test of significance: the figure of the committed baseline must not drop by over 0.01."""

import json
from pathlib import Path

import pytest
from django.conf import settings

from editions.models import Edition
from search.engines import registry as engines
from search.evaluation.graded_questions import read_questions
from search.evaluation.graded_runs import run
from search.evaluation.measures import interval, ndcg, reciprocal_rank
from search.indexing import rebuild
from search.tuning import stored_synonyms
from search.tuning.models import Synonym
from tests.sample_library import load_library

BASELINE = json.loads((Path(__file__).parent / "baseline.json").read_text())
DROP = 0.01


@pytest.mark.django_db
def test_the_answers_to_the_development_questions_are_as_good_as_they_were(
    index_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    Synonym.objects.all().delete()
    stored_synonyms.seed()
    load_library(tmp_path_factory)
    rebuild.rebuild()
    records = {name: row["record"] or name for name, row in Edition.objects.values_list("identifier", "metadata")}
    graded = read_questions(settings.LIBRARY_DATA / "search-questions-dev.json")
    found = run(engines.get("tantivy"), graded, records.__getitem__, stored_synonyms.current())
    assert found.mean.ndcg >= BASELINE["ndcg"] - DROP, found.by_kind()
    assert found.mean.no_result == 0


def test_measures_agree_with_figures_worked_out_by_hand() -> None:
    grades = {"a": 3, "b": 2}
    assert ndcg(["a", "b"], grades) == 1
    assert ndcg(["x", "a"], grades) == pytest.approx((3 / 1.584963) / (3 + 2 / 1.584963), abs=1e-6)
    assert reciprocal_rank(["x", "a"], grades) == 0.5
    low, high = interval([0.0, 1.0] * 50)
    assert 0.39 < low < 0.5 < high < 0.61
