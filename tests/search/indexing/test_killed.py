"""kill -9 while changes are being landed: none is lost, none is found that is not there, and the clock goes on."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from editions.models import Edition
from search import services
from search.engines import registry as engines
from search.engines.base import WHOLE, Request
from search.indexing import rebuild, writer
from search.indexing.models import IndexChange
from search.indexing.verification import findings
from search.query.tree import Everything
from tests.load.server import ROOT, database_url
from tests.search.library import publish, withdraw

pytestmark = pytest.mark.django_db(transaction=True)

EDITIONS = 30
DRAIN = """
from search.engines import registry as engines
from search.indexing import services, writer
writer.BATCH = 1
engine = engines.get("tantivy")
apply = engine.apply
def applied(changes):
    print("begins", flush=True)
    apply(changes)
engine.apply = applied
services.drain()
"""


@pytest.fixture
def waiting(settings: Any, tmp_path: Path) -> Any:
    """An index with one edition, withdrawn since, and thirty that wait to be landed."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    former = publish("Former lamps", "Oil.")
    rebuild.rebuild()
    engine = engines.get("tantivy")
    with pytest.MonkeyPatch.context() as patched, engine.exclusive(0):
        patched.setattr(writer, "WAIT_S", 0.0)
        withdraw(former)
        for number in range(EDITIONS):
            publish("Lamps", f"The lanterns of the pier, the {number}th.", code=f"L{number}")
    assert IndexChange.objects.waiting().count() == EDITIONS + 1
    return engine


def test_a_drain_that_is_killed_is_gone_on_with_and_nothing_is_lost(waiting: Any, tmp_path: Path) -> None:
    environment = os.environ | {
        "BPF_DATA": str(tmp_path), "DATABASE_URL": database_url(), "SECRET_KEY": "only for tests",
        "DJANGO_SETTINGS_MODULE": "bpf_site.settings.dev",
    }  # fmt: skip
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", DRAIN]
    for turn in range(2):
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as child:
            assert child.stdout is not None
            for _ in range(3 + turn):  # is killed while a batch is being written
                assert child.stdout.readline() == "begins\n"
            child.kill()
        assert child.returncode == -9
        landed = set(IndexChange.objects.exclude(done_at=None).values_list("edition", flat=True))
        public = set(Edition.objects.public().values_list("identifier", flat=True))
        assert landed & public <= held(waiting), "what is noted as landed is found"
        assert held(waiting) <= public, "what was withdrawn has left first"
    assert 0 < IndexChange.objects.waiting().count() < EDITIONS
    services.drain()
    assert not IndexChange.objects.waiting().exists()
    assert held(waiting) == public
    assert services.health().sound
    assert list(findings()) == []


def held(engine: Any) -> set[str]:
    return {hit.key for hit in engine.each(Request(Everything(), {"level": (WHOLE,)}))}
