"""A server that says it has too much to do (429): a door before the real node turns so many bulk requests away."""

import http.client
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import pytest

from search import indexing
from search.engines import elasticsearch_writing as writing
from search.engines.base import WHOLE, Changes, EngineError, Request
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_client import Access, Connection
from search.models import IndexChange
from search.tree import Everything
from tests.search.library import publish
from tests.search_parity.conftest import load
from tests.search_parity.corpus import corpus

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]


class Door(ThreadingHTTPServer):
    """Passes everything on to the node, but for the next `turns_away` bulk requests."""

    turns_away = 0
    asked = 0

    def __init__(self, node: str) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.node = urlsplit(node).netloc


class Passing(BaseHTTPRequestHandler):
    server: Door

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if "_bulk" in self.path:
            self.server.asked += 1
            if self.server.turns_away > 0:
                self.server.turns_away -= 1
                self.say(429, {"Content-Type": "application/json"}, b'{"error": "too much to do", "status": 429}')
                return
        node = http.client.HTTPConnection(self.server.node, timeout=30)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
        node.request(self.command, self.path, body, headers)
        reply = node.getresponse()
        content = reply.read()
        node.close()
        self.say(reply.status, {"Content-Type": reply.getheader("Content-Type", "application/json")}, content)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer

    def say(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "X-Elastic-Product": "Elasticsearch", "Content-Length": len(content)}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        pass


@pytest.fixture
def door(node_url: str) -> Iterator[Door]:
    server = Door(node_url.split(",")[0])
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def behind(node: ElasticsearchEngine, door: Door, monkeypatch: pytest.MonkeyPatch) -> Iterator[ElasticsearchEngine]:
    """An engine that reaches the node through the door, with an index that holds one edition."""
    load(node, corpus(1))
    monkeypatch.setattr(writing, "FIRST_WAIT_S", 0.01)
    monkeypatch.setattr(writing, "LONGEST_WAIT_S", 0.02)
    engine = ElasticsearchEngine(Connection(Access((f"http://127.0.0.1:{door.server_port}",))), node.prefix)
    yield engine
    engine.close()


def held(engine: ElasticsearchEngine) -> int:
    return engine.search(Request(Everything(), {"level": (WHOLE,)})).total


def test_a_server_with_too_much_to_do__is_asked_again_and_everything_lands(
    behind: ElasticsearchEngine, door: Door
) -> None:
    door.turns_away = writing.TRIES
    behind.apply(Changes(corpus(4).records, version=5))
    assert door.asked == writing.TRIES + 1
    assert held(behind) == 4


def test_a_server_that_goes_on_saying_so__keeps_the_rows_and_is_not_stormed(
    behind: ElasticsearchEngine, door: Door
) -> None:
    edition = publish("Lamps", "Oil.")
    rows = IndexChange.objects.filter(engine="elasticsearch")
    IndexChange.objects.create(engine="elasticsearch", edition=edition.identifier)
    door.turns_away = 1000
    with pytest.raises(EngineError, match="429"):
        indexing.drain_engine(behind)
    assert door.asked == writing.TRIES + 1
    assert "429" in rows.waiting().get().last_error
    door.turns_away = 0
    assert indexing.drain_engine(behind) == 1
    assert not rows.waiting().exists()
    assert held(behind) == 2
