"""The bench of both engines, at a size that takes no time: cut short, it goes on; finished, its indexes stay."""

import re
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from search.evaluation.graded_runs import remove_indexes
from tests.bench.search import both_engines
from tests.bench.search.both_engines_command import Command, node

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]

PASSAGES = 1000  # 20 documents


@pytest.fixture
def bench(node_url: str, settings: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Runs the command, and gives what it printed."""
    settings.ELASTICSEARCH_URL = node_url
    monkeypatch.setattr(both_engines, "DOCUMENTS_A_BATCH", 5)

    def run(said: StringIO | None = None) -> str:
        said = said or StringIO()
        call_command(Command(), passages=[PASSAGES], clients=[1], asked=2, keep=tmp_path, stdout=said)
        return said.getvalue()

    yield run
    remove_indexes(node(node_url, f"bench-{PASSAGES}"))


def test_a_bench_cut_short__goes_on_where_it_stopped_and_says_what_both_took(
    bench: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    made, known = both_engines.records, []

    def cut(number: int, text: list[str]) -> Any:
        known.append(number)
        if len(known) == 33:  # twenty documents of the embedded engine, two batches and a part of Elasticsearch's
            raise KeyboardInterrupt
        return made(number, text)

    monkeypatch.setattr(both_engines, "records", cut)
    said = StringIO()
    with pytest.raises(KeyboardInterrupt):
        bench(said)
    assert "tantivy: 100 % written" in said.getvalue()
    assert "elasticsearch: 50 % written" in said.getvalue()

    resumed = bench()
    assert known[33:] == list(range(10, 20))
    assert "elasticsearch: goes on after 10 documents of 20" in resumed
    assert "tantivy" in resumed
    assert "clients ask" in resumed
    for row in ("written, passages a second", "a rebuild in all, s", "on disk, MB"):
        assert re.search(rf"^{row} +\S+ +\S+$", resumed, re.MULTILINE), resumed
    for row in ("common word", "six words", "misspelt word"):
        assert len(re.findall(rf"^{row} +\d+ / \d+ +\d+ / \d+$", resumed, re.MULTILINE)) == 1, resumed

    again = bench()
    assert len(known) == 43  # built before: only asked again
    assert again.count("clients ask") == 2
