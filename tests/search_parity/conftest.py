"""The legs of the comparison: the embedded engine always, the real node where ELASTICSEARCH_URL names one."""

import os
import socket
import uuid
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from search.engines.base import Changes, Engine
from search.engines.elasticsearch.connection import Access, Connection
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.tantivy.engine import TantivyEngine
from search.evaluation.graded_runs import remove_indexes
from tests.search_parity.corpus import Corpus, corpus

DOCUMENTS = 200


@pytest.fixture(scope="session")
def library() -> Corpus:
    return corpus(DOCUMENTS)


@pytest.fixture(scope="session")
def node_url() -> str:
    """In CI the node is required: a comparison that nobody ran proves nothing."""
    url = os.environ.get("ELASTICSEARCH_URL", "")
    if not url and not os.environ.get("CI"):
        pytest.skip("no ELASTICSEARCH_URL: start a node with `make elasticsearch`")
    assert url, "CI must start a node and set ELASTICSEARCH_URL"
    return url


@pytest.fixture
def node(node_url: str) -> Iterator[ElasticsearchEngine]:
    """An engine on the node, with indexes of the test's own."""
    engine = ElasticsearchEngine(Connection(Access(tuple(node_url.split(",")))), f"test-{uuid.uuid4().hex[:12]}")
    yield engine
    remove_indexes(engine)
    engine.close()


def load(engine: Engine, library: Corpus) -> None:
    with closing(engine.begin(0, resume=False)) as building:
        building.add(Changes(library.records, version=1), after=1)
        building.switch()


@pytest.fixture(scope="session")
def tantivy_leg(tmp_path_factory: Any, library: Corpus) -> Engine:
    engine = TantivyEngine(Path(tmp_path_factory.mktemp("parity")))
    load(engine, library)
    return engine


@pytest.fixture(scope="session")
def elasticsearch_leg(
    node_url: str, library: Corpus, django_db_setup: None, django_db_blocker: Any
) -> Iterator[Engine]:
    engine = ElasticsearchEngine(Connection(Access(tuple(node_url.split(",")))), f"parity-{uuid.uuid4().hex[:12]}")
    with django_db_blocker.unblock():  # the lock on the index is the database's
        load(engine, library)
    yield engine
    remove_indexes(engine)
    engine.close()


@pytest.fixture(params=["tantivy", pytest.param("elasticsearch", marks=pytest.mark.elasticsearch)])
def leg(request: Any) -> Engine:
    engine: Engine = request.getfixturevalue(f"{request.param}_leg")
    return engine


@pytest.fixture
def unused_port() -> int:
    """A port nobody listens on."""
    return free_ports(1)


def free_ports(count: int) -> int:
    """The first of so many ports in a row, with as many a hundred further on, that nobody listens on.

    Each worker of a run has its own: of two that looked at once, both would find the same.
    """
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for first in range(19_000 + worker * 1000, 29_000, 10):
        wanted = [first + step + n for step in (0, 100) for n in range(count)]
        if all(map(is_free, wanted)):
            return first
    raise AssertionError("no free ports")


def is_free(port: int) -> bool:
    with socket.socket() as tried:
        try:
            tried.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True
