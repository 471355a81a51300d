"""How the client is set up, what server it accepts, and what a failure becomes."""

from importlib.metadata import version
from typing import Any

import elasticsearch_dsl
import pytest
from elastic_transport import ApiResponseMeta, ConnectionTimeout, HttpHeaders, NodeConfig
from elasticsearch import ApiError, NotFoundError

from search.engines.base import NoIndex, Unavailable
from search.engines.elasticsearch import connection as elasticsearch_client
from search.engines.elasticsearch.connection import Access, Connection, Down, Unsuitable, suitable_version, translated
from search.engines.elasticsearch.engine import ElasticsearchEngine


def test_the_packages__are_of_the_versions_that_fit_each_other() -> None:
    """Unpinned, pip falls back to elasticsearch-dsl 0.0.9 without a word."""
    assert version("elasticsearch-dsl").startswith("8.18.")
    assert version("elasticsearch").startswith("8.19.")
    assert elasticsearch_dsl.Search


def test_a_password_in_the_address__is_taken_out_of_it() -> None:
    options = Access(("https://reader:p%40ss@one.example:9200", "https://two.example:9200")).options()
    assert options["hosts"] == ["https://one.example:9200", "https://two.example:9200"]
    assert options["basic_auth"] == ("reader", "p@ss")


def test_an_api_key_and_a_certificate__are_handed_over() -> None:
    options = Access(("https://one.example:9200",), api_key="key of 2099", ca="/etc/ca.pem").options()
    assert options["api_key"] == "key of 2099"
    assert options["ca_certs"] == "/etc/ca.pem"
    assert "basic_auth" not in options


def test_a_slow_server__is_not_asked_twice_and_a_dead_node_is_passed_over() -> None:
    options = Access(("http://one.example:9200", "http://two.example:9200")).options()
    assert options["retry_on_timeout"] is False
    assert options["max_retries"] == 1
    assert Access(("http://one.example:9200",)).options()["max_retries"] == 0


class Nodes:
    """A client that knows the versions of its nodes, and nothing else."""

    def __init__(self, *versions: str) -> None:
        self.versions = versions
        self.nodes = self

    def info(self, **kwargs: Any) -> dict[str, Any]:
        return {"nodes": {str(n): {"version": version} for n, version in enumerate(self.versions)}}


def test_a_server_that_fits__is_known_by_its_oldest_node() -> None:
    client: Any = Nodes("8.19.2", "8.19.0", "8.9.1")
    assert suitable_version(client) == "8.9.1"


@pytest.mark.parametrize("versions", [("7.17.9",), ("8.19.0", "7.17.9"), ("10.0.0", "9.1.0")])
def test_a_server_that_does_not_fit__is_refused_with_what_would(versions: tuple[str, ...]) -> None:
    client: Any = Nodes(*versions)
    with pytest.raises(Unsuitable, match=r"does not fit: version 8 or 9 is needed"):
        suitable_version(client)


def test_a_server_that_does_not_fit__is_named_by_health_as_one_that_no_waiting_mends(
    monkeypatch: pytest.MonkeyPatch, unused_port: int
) -> None:
    nodes: Any = Nodes("7.17.9")
    monkeypatch.setattr(elasticsearch_client, "suitable_version", lambda client: suitable_version(nodes))
    engine = ElasticsearchEngine(Connection(Access((f"http://127.0.0.1:{unused_port}",))), "bpf")
    health = engine.health()
    assert (health.sound, health.refused) == (False, True)
    assert "7.17.9 does not fit: version 8 or 9 is needed" in health.notes[0]
    monkeypatch.undo()
    away = engine.health()
    assert (away.sound, away.refused) == (False, False)
    engine.close()


def answer(kind: type[ApiError], status: int) -> ApiError:
    meta = ApiResponseMeta(status, "1.1", HttpHeaders(), 0.1, NodeConfig("http", "127.0.0.1", 9200))
    return kind("said no", meta, {})


@pytest.mark.parametrize(
    ("error", "becomes"),
    [
        (answer(NotFoundError, 404), NoIndex),
        (answer(ApiError, 400), Unavailable),
        (answer(ApiError, 429), Down),
        (answer(ApiError, 503), Down),
        (ConnectionTimeout("too long"), Down),
    ],
)
def test_every_failure__becomes_one_of_the_port(error: Exception, becomes: type[Exception]) -> None:
    with pytest.raises(Unavailable) as raised, translated():
        raise error
    assert type(raised.value) is becomes


def test_a_server_that_refuses_connections__is_left_alone_after_three_failures(unused_port: int) -> None:
    connection = Connection(Access((f"http://127.0.0.1:{unused_port}",)))
    reasons = []
    for _ in range(4):
        with pytest.raises(Unavailable) as raised, connection.client():
            pass
        reasons.append(raised.value.reason)
    assert all("did not answer" in reason for reason in reasons[:3])
    assert "left alone" in reasons[3]
    connection.close()
