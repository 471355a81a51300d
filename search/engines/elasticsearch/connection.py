"""The connection to Elasticsearch: who we are, what server we accept, how long we wait, when we leave it alone."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import unquote, urlsplit, urlunsplit

from elasticsearch import ApiError, Elasticsearch, TransportError, UnsupportedProductError
from elasticsearch.helpers import BulkIndexError

from search.engines.base import EngineError, NoIndex, Unavailable
from search.engines.elasticsearch.circuit_breaker import Breaker, Open

ASKING_S = 1.0  # a reader does not wait longer for an answer than the embedded engine would take
WRITING_S = 30.0
MERGING_S = 900.0

SERVERS = (8, 9)
"""Major versions a client of version 8 may talk to (Elastic's own rule: the same major, or the next)."""

REFUSED = 400  # from here to 499, but for TOO_MUCH, the fault is ours: the server is well
GONE, TOO_MUCH = 404, 429


class Unsuitable(Unavailable):
    """The server is not one we can use. Not a matter of waiting: somebody has to change the installation."""


@dataclass(frozen=True, slots=True)
class Access:
    """urls: of one node or more, with `user:password@` where that is how we sign in. ca: path of a certificate file."""

    urls: tuple[str, ...]
    api_key: str = ""
    ca: str = ""

    def options(self) -> dict[str, Any]:
        """Arguments of the client. A node that refuses the connection is passed over; one that is slow is not asked
        twice: repeating a slow question makes a slow server slower."""
        parts = [urlsplit(url) for url in self.urls]
        hosts = [urlunsplit(part._replace(netloc=part.netloc.rpartition("@")[2])) for part in parts]
        options: dict[str, Any] = {"hosts": hosts, "max_retries": len(hosts) - 1, "retry_on_timeout": False}
        if self.api_key:
            options["api_key"] = self.api_key
        elif parts[0].username:
            options["basic_auth"] = (unquote(parts[0].username), unquote(parts[0].password or ""))
        if self.ca:
            options["ca_certs"] = self.ca
        return options


class Connection:
    """One object a process: it holds the pool of connections and the breaker."""

    def __init__(self, access: Access, breaker: Breaker | None = None) -> None:
        self.access = access
        self.breaker = breaker or Breaker()
        self.version = ""

    @cached_property
    def _client(self) -> Elasticsearch:
        return Elasticsearch(**self.access.options(), retry_on_status=())

    @contextmanager
    def client(self, wait_s: float = ASKING_S) -> Iterator[Elasticsearch]:
        """A client whose every failure is one of the port's. Raises Unavailable at once while the breaker is open."""
        try:
            with self.breaker.guarding((Down,), (EngineError,)), translated():
                client = self._client.options(request_timeout=wait_s)
                if not self.version:
                    self.version = suitable_version(client)
                yield client
        except Open as error:
            raise Unavailable(f"Elasticsearch is {error}") from error

    def close(self) -> None:
        if "_client" in self.__dict__:
            self._client.close()
            del self._client


class Down(Unavailable):
    """It did not answer, or said that it cannot."""


@contextmanager
def translated() -> Iterator[None]:
    try:
        yield
    except UnsupportedProductError as error:
        raise Unsuitable(f"this server is not Elasticsearch: {error.message}") from error
    except ApiError as error:
        raise refusal(error.status_code, error.message) from error
    except TransportError as error:
        raise Down(f"Elasticsearch did not answer: {error.message}") from error
    except BulkIndexError as error:
        raise EngineError(f"Elasticsearch refused records: {error.errors[:1]}") from error


def refusal(status: int, message: str) -> Unavailable:
    """What an answer that is an error means to us."""
    if status == GONE:
        return NoIndex(f"Elasticsearch: {message}")
    ours = REFUSED <= status < 500 and status != TOO_MUCH
    return (Unavailable if ours else Down)(f"Elasticsearch answered {status}: {message}")


def suitable_version(client: Elasticsearch) -> str:
    """The oldest version in the cluster. Raises Unsuitable, with what would fit.

    Read from the nodes: `/` is a module of its own, which a small installation may lack.
    """
    nodes = client.nodes.info(filter_path="nodes.*.version").get("nodes", {})
    found = sorted((tuple(int(part) for part in node["version"].split(".")[:3]), node["version"])
                   for node in nodes.values())  # fmt: skip
    if not found:
        raise Down("Elasticsearch names no node")
    for (major, *_), version in found:
        if major not in SERVERS:
            raise Unsuitable(
                f"Elasticsearch {version} does not fit: version {' or '.join(map(str, SERVERS))} is needed"
            )
    return str(found[0][1])
