"""Outputs downloaded from a server on loopback: politely, within limits, and every answer is kept."""

import re
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from bpf_pages.catalogues import fetching, services
from bpf_pages.catalogues.problems import in_words
from bpf_pages.models.outcome import OutcomePage
from core.http.outside_requests import Disallowed, PoliteClient, TooMuch, Unreachable
from editions.models import Edition
from tests.bpf_pages.catalogues.catalogues import TEXT, brought_in, told

pytestmark = pytest.mark.django_db

PAGE = b"<!doctype html><title>What lamps need</title><p>Lamps hang in the harbour of 2099.</p>"
ROBOTS = b"User-agent: *\nDisallow: /private/*.txt$\nDisallow: /kept/\nAllow: /kept/open.txt\n"
ANSWERS = {
    "/robots.txt": (200, "text/plain", ROBOTS),
    "/cables.txt": (200, "text/plain; charset=utf-8", TEXT),
    "/kept/open.txt": (200, "text/plain", TEXT),
    "/page/": (200, "text/html", PAGE),
    "/empty": (200, "text/plain", b""),
    "/large.txt": (200, "text/plain", b"x" * 2000),
}


class Server(ThreadingHTTPServer):
    """asked: paths, in their order; moments: when."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.asked: list[str] = []
        self.moments: list[float] = []
        self.answers = dict(ANSWERS)

    def at(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_port}{path}"


class Answering(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *args: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.server.moments.append(time.monotonic())
        if self.path == "/moved":
            return self._say(302, "", b"", "/cables.txt")
        if self.path == "/moved-to-kept":
            return self._say(302, "", b"", "/kept/secret.txt")
        if self.path == "/drip":
            return self._drip()
        if self.path == "/moved-to-control":
            return self._say(302, "", b"", "/cables\x00.txt")
        if self.path == "/no-http":
            self.wfile.write(b"\x00\x01 no answer\r\n\r\n")
            return None
        if self.path == "/cut":
            return self._say(200, "text/plain", b"half", length=100)
        status, kind, body = self.server.answers.get(self.path, (404, "text/html", b"Not here."))
        return self._say(status, kind, body)

    def _drip(self) -> None:
        """A file of no known length, which ends with the connection: it begins at once and never ends."""
        self.wfile.write(b"HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\n\r\n" + TEXT)
        with suppress(OSError):
            for _n in range(100):
                self.wfile.write(b" more")
                self.wfile.flush()
                time.sleep(0.1)

    def _say(self, status: int, kind: str, body: bytes, target: str = "", length: int | None = None) -> None:
        self.send_response(status)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def server(settings, monkeypatch) -> Iterator[Server]:
    settings.CHECK_LINKS_IN_PRIVATE_NETWORKS = True
    monkeypatch.setattr("core.http.outside_requests.PAUSE_SECONDS", 0.0)
    stock = fetching.client_of
    monkeypatch.setattr(services, "client_of", lambda budget: quick(stock(budget)))
    made = Server()
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield made
    made.shutdown()
    made.server_close()


def quick(client: PoliteClient) -> PoliteClient:
    client.pause = 0.0
    return client


def client(**options: float) -> PoliteClient:
    return PoliteClient("BPF-Library-import", **({"budget": 20, "private": True, "pause": 0.0} | options))


def test_output_without_a_file__is_downloaded_read_and_cited_with_its_address(server: Server) -> None:
    catalogue = brought_in(
        {"file": "", "source": server.at("/moved")}, {"file": "", "title": "", "source": server.at("/page/")},
        fetches=True,
    )  # fmt: skip
    assert told(catalogue) == [("done", []), ("done", [])]
    first, second = catalogue.files.exclude(asked="").order_by("pk")
    assert (first.status, first.address, first.size) == (200, server.at("/cables.txt"), len(TEXT))
    assert len(first.sha256) == 64
    assert first.fetched_at
    assert second.name.endswith(".html")
    assert set(OutcomePage.objects.values_list("title", flat=True)) == {"What cables need", "What lamps need"}
    sources = {edition.metadata["public_source"] for edition in Edition.objects.all()}
    assert sources == {server.at("/moved"), server.at("/page/")}


WHYS = [
    ("/nowhere", "status", "404"), ("/empty", "status", "200"), ("/kept/secret.txt", "robots", "/kept/secret.txt"),
    ("/private/a.txt", "robots", "/private/a.txt"), ("/moved-to-kept", "robots", ""), ("/cut", "no answer", ""),
]  # fmt: skip


@pytest.mark.parametrize(("path", "code", "said"), WHYS)
def test_download_that_fails__is_told_and_kept_and_leaves_nothing(server: Server, path, code, said) -> None:
    catalogue = brought_in({"file": "", "source": server.at(path)}, fetches=True)
    assert told(catalogue) == [("problem", [code])]
    assert said in in_words(catalogue.rows.get().problems)[0]
    record = catalogue.files.exclude(asked="").get()
    assert (record.asked, record.file.name, record.sha256) == (server.at(path), "", "")
    assert record.detail
    assert record.fetched_at
    assert not OutcomePage.objects.exists()


def test_address_inside_a_private_network__is_not_asked(server: Server, settings) -> None:
    settings.CHECK_LINKS_IN_PRIVATE_NETWORKS = False
    catalogue = brought_in({"file": "", "source": server.at("/cables.txt")}, fetches=True)
    assert told(catalogue) == [("problem", ["private"])]
    assert server.asked == []


def test_row_without_an_address__is_told_before_anybody_is_asked(server: Server) -> None:
    assert told(brought_in({"file": "", "source": "a shelf"}, fetches=True)) == [("problem", ["address"])]
    assert told(brought_in({"file": "", "source": server.at("/cables.txt")})) == [("problem", ["no file"])]
    assert server.asked == []


def test_run_that_was_killed_after_a_download__does_not_ask_again(server: Server, monkeypatch) -> None:
    class Killed(BaseException):
        pass

    def dying(*args: object, **given: object) -> None:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr(services, "begin_file", dying)
        with pytest.raises(Killed):
            brought_in({"file": "", "source": server.at("/cables.txt")}, fetches=True)
    assert server.asked.count("/cables.txt") == 1
    catalogue = brought_in({"file": "", "source": server.at("/cables.txt")}, fetches=True)
    assert told(catalogue) == [("done", [])]
    assert server.asked.count("/cables.txt") == 1


def test_row_for_which_no_time_was_left__waits_for_the_next_run(server: Server, monkeypatch) -> None:
    monkeypatch.setattr(services, "client_of", lambda budget: client(budget=0.0))
    catalogue = brought_in({"file": "", "source": server.at("/cables.txt")}, fetches=True)
    assert told(catalogue) == [("waiting", [])]
    assert (catalogue.state, catalogue.rows.get().claimed_at) == ("running", None)


# --- the client ---------------------------------------------------------------------------------------------------


def test_robots__are_asked_once_and_the_longest_rule_counts(server: Server) -> None:
    asking = client()
    assert asking.download(server.at("/kept/open.txt"), 1000).content == TEXT
    with pytest.raises(Disallowed):
        asking.download(server.at("/kept/secret.txt"), 1000)
    assert server.asked == ["/robots.txt", "/kept/open.txt"]


def test_server_without_robots__allows_everything_and_one_that_is_ill_nothing_today(server: Server) -> None:
    server.answers["/robots.txt"] = (404, "text/html", b"Disallow: /")
    assert client().download(server.at("/cables.txt"), 1000).status == 200
    server.answers["/robots.txt"] = (503, "text/html", b"")
    with pytest.raises(Unreachable, match="503"):
        client().download(server.at("/cables.txt"), 1000)


def test_pause_that_a_server_asks_for__is_kept_to_within_reason(server: Server) -> None:
    server.answers["/robots.txt"] = (200, "text/plain", b"User-agent: *\nCrawl-delay: 0.4\n")
    asking = client()
    for _each in range(2):
        asking.download(server.at("/cables.txt"), 1000)
    gaps = [later - earlier for earlier, later in zip(server.moments, server.moments[1:], strict=False)]
    assert len(gaps) == 2
    assert min(gaps) >= 0.39
    server.answers["/robots.txt"] = (200, "text/plain", b"User-agent: *\nCrawl-delay: 86400\n")
    patient = client()
    with pytest.raises(TimeoutError):  # thirty seconds, and no more than twenty are left
        patient.download(server.at("/cables.txt"), 1000)
    assert patient.pauses["127.0.0.1"] == 30.0


def test_file_larger_than_is_taken__is_not_read_to_its_end(server: Server) -> None:
    with pytest.raises(TooMuch):
        client().download(server.at("/large.txt"), 1000)


def test_file_that_was_cut_off_at_its_time__is_not_taken_for_the_whole(server: Server, monkeypatch) -> None:
    monkeypatch.setattr("core.http.outside_requests.DOWNLOAD_SECONDS", 1.0)
    with pytest.raises(Unreachable):
        client().download(server.at("/drip"), 100_000)


@pytest.mark.parametrize("path", ["/no-http", "/moved-to-control"])
def test_controls_in_what_a_server_says__are_in_no_row(server: Server, path: str) -> None:
    kept = brought_in({"file": "", "source": server.at(path)}, fetches=True).files.exclude(asked="").get()
    assert kept.detail
    assert not re.search("[\x00-\x1f]", kept.detail + kept.address)
