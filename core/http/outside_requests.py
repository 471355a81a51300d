"""Asks another server whether an address answers, or for a file: politely, within a budget, never inside this network.

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
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import quote, urljoin, urlsplit

from protego import Protego

from core.plain_text import is_one_line, tidy_line

MOST_REDIRECTS = 5
MOST_ADDRESS = 2000
PAUSE_SECONDS = 1.0  # between two requests to one host
REQUEST_SECONDS = 15.0
DOWNLOAD_SECONDS = 120.0  # of a file
MOST_PAUSE_SECONDS = 30.0  # between two requests, however long a robots.txt asks for
MOST_ROBOTS = 512_000  # bytes; RFC 9309 wants at least so many read
REDIRECTS = frozenset({301, 302, 303, 307, 308})
OF_THE_INTERNET = ipaddress.IPv6Network("2000::/3")
"""All that is given out. Outside it lie networks of sites, of former days too, which Python calls global."""
THROUGH_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
"""How a network without IPv4 reaches an address of IPv4, which may be one of its own (RFC 6052)."""
NO_HEAD = frozenset({400, 403, 404, 405, 406, 409, 410, 500, 501, 503})
"""Answers to HEAD after which a server is asked again with GET: many know no HEAD, or tell programs another story."""


class Refused(Exception):
    """An address that this library does not ask for: not of the web, or inside its own network."""


class Unreachable(Exception):
    """No answer. no_such_host: the name does not resolve. text: may quote a server, and is kept as a line of a row."""

    def __init__(self, text: str, *, no_such_host: bool = False) -> None:
        super().__init__(tidy_line(text))
        self.no_such_host = no_such_host


@dataclass(frozen=True, slots=True)
class Answer:
    """status: of the last answer. address: where it came from, after redirects."""

    status: int
    address: str


@dataclass(frozen=True, slots=True)
class Download:
    """status: of the last answer. address: where it came from, after redirects. kind: as the server calls the file, in
    small letters, without parameters. content: empty unless the status says that a file came."""

    status: int
    address: str
    kind: str = ""
    content: bytes = b""


class Disallowed(Exception):
    """The server's robots.txt asks programs not to fetch an address."""


class TooMuch(Exception):
    """What stands at an address is larger than was to be taken."""


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
    if not is_one_line(address):  # a redirect may hold what no database keeps
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
    """Whether an address is one of the Internet; one that carries another inside only if that is one too."""
    parsed = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed in THROUGH_NAT64:
            return is_public(str(ipaddress.IPv4Address(parsed.packed[-4:])))
        if parsed not in OF_THE_INTERNET:
            return False
        if parsed.sixtofour:
            return is_public(str(parsed.sixtofour))
    return parsed.is_global and not parsed.is_multicast


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
    rules: dict[tuple[bool, str, int], Protego] = field(default_factory=dict)
    pauses: dict[str, float] = field(default_factory=dict)
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

    def download(self, address: str, most: int) -> Download:
        """A file, whose server's robots.txt is kept to. most: bytes.

        Raises Refused, Unreachable, Disallowed, TooMuch, or TimeoutError when the budget is used up.
        """

        def judge(place: Place, address: str) -> None:
            if not self._rules(place, address).can_fetch(address, self.agent):
                raise Disallowed(address)

        return self._followed(address, most, judge)

    def _rules(self, place: Place, address: str) -> Protego:
        """What a server allows (RFC 9309): everything where it has no robots.txt; where it cannot say, it is away."""
        server = (place.is_secure, place.host, place.port)
        if server not in self.rules:
            found = self._followed(urljoin(address, "/robots.txt"), MOST_ROBOTS)
            if found.status >= 500:
                raise Unreachable(f"robots.txt: {found.status}")
            self.rules[server] = Protego.parse(found.content.decode("utf-8", "replace"))
            asked_for = self.rules[server].crawl_delay(self.agent) or 0.0
            self.pauses[place.host] = min(asked_for, MOST_PAUSE_SECONDS)
        return self.rules[server]

    def _followed(
        self, address: str, most: int, judge: Callable[[Place, str], None] = lambda place, address: None
    ) -> Download:
        """What stands at an address after redirects, each of which is judged."""
        for _hop in range(MOST_REDIRECTS + 1):
            place = place_of(address, private=self.private)
            judge(place, address)
            found, target = self._get(place, address, most)
            if found.status not in REDIRECTS or not target:
                return found
            try:
                address = urljoin(address, target).partition("#")[0]
            except ValueError as error:
                raise Refused("redirected to what is no web address") from error
        raise Unreachable("redirected too often")

    def _get(self, place: Place, address: str, most: int) -> tuple[Download, str]:
        """(what came, where a redirect leads). The body is read only of an answer that brings one."""
        with self._asking(place, "GET", DOWNLOAD_SECONDS) as answer:
            kind = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
            content = b""
            if answer.status == 200:
                content = answer.read(most + 1)
                if len(content) > most:
                    raise TooMuch(address)
                if answer.length:  # fewer bytes came than the server said
                    raise Unreachable("the answer was cut off")
            return Download(answer.status, address, kind, content), answer.getheader("Location") or ""

    def _status(self, place: Place, method: str) -> tuple[int, str]:
        """(status, where a redirect leads)."""
        part = {"Range": "bytes=0-0"} if method == "GET" else {}
        with self._asking(place, method, REQUEST_SECONDS, **part) as answer:
            return answer.status, answer.getheader("Location") or ""

    @contextmanager
    def _asking(self, place: Place, method: str, most: float, **headers: str) -> Iterator[http.client.HTTPResponse]:
        """The answer to one request, open to be read. most: seconds for all of it."""
        self._wait(place.host)
        left = min(most, self.ends - self.clock())
        if left <= 0:
            raise TimeoutError
        connection = _connection(place, left)
        headers = {"User-Agent": self.agent, "Accept": "*/*"} | headers
        try:
            with _cut_off(connection, left):
                connection.request(method, place.path, headers=headers)
                with closing(connection.getresponse()) as answer:  # whose body may be left unread
                    yield answer
        except (OSError, http.client.HTTPException, ValueError) as error:
            raise Unreachable(str(error) or type(error).__name__) from error
        finally:
            connection.close()
            self.asked[place.host] = self.clock()

    def _wait(self, host: str) -> None:
        if (last := self.asked.get(host)) is not None and (rest := self._next(host, last)) > 0:
            if self.clock() + rest >= self.ends:
                raise TimeoutError
            self.sleep(rest)

    def _next(self, host: str, last: float) -> float:
        return last + max(self.pause, self.pauses.get(host, 0.0)) - self.clock()


def posted(address: str, content: bytes, *, kind: str, accept: str, seconds: float, most: int) -> Download:
    """The answer to a question sent to an address that the operator named, which may lie in this network. most: bytes.

    seconds: for all of it. Redirects are not followed. Raises Refused, Unreachable or TooMuch.
    """
    place = place_of(address, private=True)
    connection = _connection(place, seconds)
    headers = {"Content-Type": kind, "Accept": accept}
    try:
        with _cut_off(connection, seconds):
            connection.request("POST", place.path, content, headers)
            with closing(connection.getresponse()) as answer:
                found = answer.read(most + 1)
                named = (answer.getheader("Content-Type") or "").partition(";")[0].strip().lower()
                if len(found) > most:
                    raise TooMuch(address)
                return Download(answer.status, address, named, found)
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise Unreachable(str(error) or type(error).__name__) from error
    finally:
        connection.close()


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
    """A server that sends a byte now and then never runs into the time-out of a single read. Raises Unreachable where
    it was cut off: an answer that names no length ends with the connection, and half of it would look like all.

    The socket is kept here: of an answer that ends with the connection, the connection itself lets it go.
    """
    connection.connect()
    opened = connection.sock
    is_cut = threading.Event()

    def cut() -> None:
        is_cut.set()
        with suppress(OSError):
            opened.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
    if is_cut.is_set():
        raise Unreachable("the answer took too long")
