"""kill -9 of a rebuild on the node: the former index answers, and the next call goes on where that one stopped."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from editions.models import Edition
from search import services
from search.engines import registry as engines
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.indexing import rebuild, verification
from search.indexing import services as indexing
from search.query.question import Question
from tests.load.server import ROOT, database_url
from tests.search.library import publish, withdraw

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db(transaction=True)]

EDITIONS = 40
REBUILD = """
from search.engines import registry as engines
from search.indexing import rebuild
rebuild.BUILD_BATCH = 1
rebuild.rebuild_engine(engines.get("elasticsearch"), lambda done, total: print("kept", done, flush=True))
"""


@pytest.fixture
def engine(node: ElasticsearchEngine, settings: Any, tmp_path: Path) -> Iterator[Any]:
    """The node in front of an embedded index, with a library in both."""
    settings.SEARCH_INDEX_DIR = tmp_path / "index"
    settings.ELASTICSEARCH_URL = ",".join(node.connection.access.urls)
    settings.ELASTICSEARCH_INDEX = node.prefix
    for number in range(EDITIONS):
        publish("Lamps", f"The lanterns of the pier, the {number}th.", code=f"L{number}")
    rebuild.rebuild()
    yield engines.get("elasticsearch")
    engines.get("elasticsearch").close()


def rebuilding(settings: Any, folder: Path) -> "subprocess.Popen[str]":
    """A rebuild in a process of its own, an edition a batch; says how many it has kept."""
    environment = os.environ | {
        "BPF_DATA": str(folder), "DATABASE_URL": database_url(), "SECRET_KEY": "only for tests",
        "DJANGO_SETTINGS_MODULE": "bpf_site.settings.dev", "ELASTICSEARCH_URL": settings.ELASTICSEARCH_URL,
        "ELASTICSEARCH_INDEX": settings.ELASTICSEARCH_INDEX,
    }  # fmt: skip
    command = [sys.executable, "manage.py", "shell", "--verbosity", "0", "--command", REBUILD]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)


def test_a_rebuild_killed_with_kill_9__is_gone_on_with_and_the_former_index_answers_meanwhile(
    engine: Any, settings: Any, tmp_path: Path
) -> None:
    former = engine.names.current(engine.connection)
    with rebuilding(settings, tmp_path) as child:
        assert child.stdout is not None
        kept = [int(child.stdout.readline().split()[1]) for _ in range(5)]
        child.kill()
        kept += [int(line.split()[1]) for line in child.stdout.read().splitlines()]
    assert child.returncode == -9
    assert 5 <= kept[-1] < EDITIONS

    assert engine.names.current(engine.connection) == former
    found = services.search(Question("lanterns"))
    assert (found.total, found.engine, found.degraded) == (EDITIONS, "elasticsearch", False)

    publish("Sluices", "The sluices of 2099.")  # what happens between the two builds is in the second
    withdraw(Edition.objects.order_by("pk").first())  # was in the first build
    indexing.drain()

    seen: list[int] = []
    rebuild.rebuild_engine(engine, lambda done, total: seen.append(done))
    assert seen[0] > kept[-1] - 2  # one batch may have been cut; one edition of those kept was withdrawn
    assert engine.names.current(engine.connection) != former
    assert not list(verification.findings())
    for question, total in (("lanterns", EDITIONS - 1), ("sluices", 1)):
        found = services.search(Question(question))
        assert (found.total, found.engine) == (total, "elasticsearch")
    with engine.connection.client(30) as client:
        held = set(client.indices.get(index=f"{engine.prefix}-*"))
    assert held == {*former.values(), *engine.names.current(engine.connection).values()}
