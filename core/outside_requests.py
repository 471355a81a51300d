"""Asks another server whether an address answers: politely, within a budget, and never one inside this network.

A host is looked up once and the connection goes to the very address that was judged, so that a second look-up cannot
lead elsewhere; every redirect is judged anew. Nothing here runs in a request of a reader.
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

MOST_REDIRECTS = 5
MOST_ADDRESS = 2000
PAUSE_SECONDS = 1.0  # between two requests to one host
REQUEST_SECONDS = 15.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
NO_HEAD = frozenset({400, 403, 404, 405, 406, 409, 410, 500, 501, 503})
"""Answers to HEAD after which a server is asked again with GET: many know no HEAD, or tell programs another story."""


class Refused(Exception):
    """An address that this library does not ask for: not of the web, or inside its own network."""


class Unreachable(Exception):
    """No answer. no_such_host: the name does not resolve."""

    def __init__(self, text: str, *, no_such_host: bool = False) -> None:
        super().__init__(text)
        self.no_such_host = no_such_host


@dataclass(frozen=True, slots=True)
class Answer:
    """status: of the last answer. address: where it came from, after redirects."""

    status: int
    address: str


@dataclass(frozen=True, slots=True)
class Place:
    """Where a request goes. path: with the query, as it is sent. ip: the judged address of the host."""

    is_secure: bool
    host: str
    port: int
    path: str
    ip: str


def place_of(address: str, *, private: bool = False) -> Place:
    """Raises Refused or Unreachable. private: also ask hosts inside this network; for tests."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError as error:
        raise Refused("not a web address") from error
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None or len(address) > MOST_ADDRESS:
        raise Refused("not a web address")
    port = port or (443 if parts.scheme == "https" else 80)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    ip = _judged(host, port, private=private)
    return Place(parts.scheme == "https", host, port, f"{path}?{query}" if query else path, ip)


def _judged(host: str, port: int, *, private: bool) -> str:
    """The first address of a host, if every one of its addresses is open to the whole Internet."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable("the name of the host does not resolve", no_such_host=True) from error
    addresses = [str(row[4][0]) for row in found]
    if not private and not all(is_public(address) for address in addresses):
        raise Refused("inside a private network")
    return addresses[0]


def is_public(address: str) -> bool:
    parsed = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(parsed, "ipv4_mapped", None) or getattr(parsed, "sixtofour", None)
    return parsed.is_global and not parsed.is_multicast and (inner is None or inner.is_global)


@dataclass
class PoliteClient:
    """One request at a time, each host at most once a second. agent: who asks, with an address to complain to.

    budget: seconds for everything this client does; when they are over, `ask` raises TimeoutError before it begins.
    """

    agent: str
    budget: float
    private: bool = False
    pause: float = PAUSE_SECONDS
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    asked: dict[str, float] = field(default_factory=dict)
    ends: float = 0.0

    def __post_init__(self) -> None:
        self.ends = self.clock() + self.budget

    def ask(self, address: str) -> Answer:
        """Raises Refused, Unreachable, or TimeoutError when the budget is used up."""
        for _hop in range(MOST_REDIRECTS + 1):
            place = place_of(address, private=self.private)
            status, target = self._status(place, "HEAD")
            if status in NO_HEAD:
                status, target = self._status(place, "GET")
            if status not in REDIRECTS or not target:
                return Answer(status, address)
            try:
                address = urljoin(address, target).partition("#")[0]
            except ValueError as error:
                raise Refused("redirected to what is no web address") from error
        raise Unreachable("redirected too often")

    def _status(self, place: Place, method: str) -> tuple[int, str]:
        """(status, where a redirect leads)."""
        self._wait(place.host)
        left = min(REQUEST_SECONDS, self.ends - self.clock())
        if left <= 0:
            raise TimeoutError
        connection = _connection(place, left)
        headers = {"User-Agent": self.agent, "Accept": "*/*"} | ({"Range": "bytes=0-0"} if method == "GET" else {})
        try:
            with _cut_off(connection, left):
                connection.request(method, place.path, headers=headers)
                answer = connection.getresponse()
                return answer.status, answer.getheader("Location") or ""
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreachable(str(error) or type(error).__name__) from error
        finally:
            connection.close()
            self.asked[place.host] = self.clock()

    def _wait(self, host: str) -> None:
        if (last := self.asked.get(host)) is not None and (rest := last + self.pause - self.clock()) > 0:
            if self.clock() + rest >= self.ends:
                raise TimeoutError
            self.sleep(rest)


def _connection(place: Place, seconds: float) -> http.client.HTTPConnection:
    """Not yet open. It connects to the judged address and is greeted by the host's name."""

    def connect(address: object, *args: object, **kwargs: object) -> socket.socket:
        return socket.create_connection((place.ip, place.port), seconds)

    if place.is_secure:
        secure = ssl.create_default_context()
        made: http.client.HTTPConnection = http.client.HTTPSConnection(place.host, place.port, context=secure)
    else:
        made = http.client.HTTPConnection(place.host, place.port)
    made._create_connection = connect  # type: ignore[attr-defined]  # of http.client since 3.3, and tested here
    return made


@contextmanager
def _cut_off(connection: http.client.HTTPConnection, seconds: float) -> Iterator[None]:
    """A server that sends a byte now and then never runs into the time-out of a single read."""

    def cut() -> None:
        if connection.sock is not None:
            with suppress(OSError):
                connection.sock.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
