"""The checker of links that lead out, against a server on loopback."""

import threading
import time
from collections import Counter
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bpf_pages.link_checks import services
from bpf_pages.link_rows.models import OutsideLink
from core.http.outside_requests import PoliteClient, Refused, Unreachable, is_public, place_of
from tests.bpf_pages.published import publish
from tests.factories import OutcomePageFactory
from tests.people import make_people

pytestmark = pytest.mark.django_db
Outcome = OutsideLink.Outcome


class Server(ThreadingHTTPServer):
    """Keeps what was asked: (method, path), and when."""

    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Answers)
        self.asked, self.moments = [], []

    def at(self, path):
        return f"http://127.0.0.1:{self.server_port}{path}"


class Answers(BaseHTTPRequestHandler):
    def log_message(self, *args):
        pass

    def do_HEAD(self):
        self._answer("HEAD")

    def do_GET(self):
        self._answer("GET")

    def _answer(self, method):
        self.server.asked.append((method, self.path))
        self.server.moments.append(time.monotonic())
        match self.path.split("?")[0]:
            case "/alive":
                self._say(200)
            case "/get-only":
                self._say(405 if method == "HEAD" else 206)
            case "/gone":
                self._say(410)
            case "/moved":
                self._say(302, "/alive")
            case "/301" | "/303" | "/307" | "/308":
                self._say(int(self.path[1:]), "/alive")
            case "/inside":
                self._say(302, "http://10.0.0.1/")
            case "/round":
                self._say(302, "/round")
            case "/busy":
                self._say(503)
            case "/slow":
                self._drip()
            case _:
                self._say(404)

    def _say(self, status, target=""):
        self.send_response(status)
        if target:
            self.send_header("Location", target)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _drip(self):
        """A byte now and then, without end."""
        try:
            for _n in range(200):
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.1)
        except OSError:
            pass


@pytest.fixture
def server():
    made = Server()
    thread = threading.Thread(target=made.serve_forever, daemon=True)
    thread.start()
    yield made
    made.shutdown()
    made.server_close()


def client(**options):
    return PoliteClient("test", **({"budget": 30, "private": True, "pause": 0.0} | options))


@pytest.mark.parametrize(
    ("path", "outcome", "status"),
    [
        ("/alive", Outcome.ALIVE, 200),
        ("/get-only", Outcome.ALIVE, 206),
        ("/moved", Outcome.ALIVE, 200),
        ("/nowhere", Outcome.DEAD, 404),
        ("/gone", Outcome.DEAD, 410),
        ("/busy", Outcome.UNCLEAR, 503),
        ("/round", Outcome.UNCLEAR, 0),
    ],
)
def test_answer__of_a_server__is_judged(server, path, outcome, status):
    found = services.judged(client(), server.at(path))
    assert (found.outcome, found.status) == (outcome, status)


def test_server_that_knows_no_head__is_asked_for_one_byte(server):
    client().ask(server.at("/get-only"))
    assert server.asked == [("HEAD", "/get-only"), ("GET", "/get-only")]


@pytest.mark.parametrize("path", ["/moved", "/301", "/303", "/307", "/308"])
def test_redirect__of_any_kind__is_followed_and_told(server, path):
    assert services.judged(client(), server.at(path)).detail == f"now at {server.at('/alive')}"


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/", "http://localhost/", "http://[::1]/", "http://10.1.2.3/", "http://192.168.0.1/",
        "http://169.254.169.254/latest/", "http://[::ffff:127.0.0.1]/", "http://0.0.0.0/", "http://100.64.0.1/",
        "ftp://192.0.2.1/", "http://user:word@192.0.2.1/", "http://", "file:///etc/passwd", "http://[::1", "x" * 3000,
    ],
)  # fmt: skip
def test_address__that_leads_inside_or_is_not_of_the_web__is_not_asked(address):
    with pytest.raises(Refused):
        place_of(address)


def test_public_addresses__are_told_from_private_ones():
    assert is_public("93.184.216.34")
    assert is_public("2606:2800:220:1::1")
    assert is_public("64:ff9b::5db8:d822"), "through NAT64, as every host of IPv4 is for a network without it"
    inside = ["10.0.0.1", "fe80::1%eth0", "224.0.0.1", "2002:7f00:1::", "198.51.100.1", "fec0::1", "::127.0.0.1",
              "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::a00:1", "5f00::1", "100.64.0.1"]  # fmt: skip
    assert [address for address in inside if is_public(address)] == []


def test_redirect__into_a_private_network__is_refused(server, monkeypatch):
    """The first hop is let through by hand; the second is judged as ever."""
    asking = client(private=False)
    first = place_of(server.at("/inside"), private=True)
    monkeypatch.setattr(
        "core.http.outside_requests.place_of",
        lambda address, private: first if address == server.at("/inside") else place_of(address, private=private),
    )
    with pytest.raises(Refused):
        asking.ask(server.at("/inside"))


def test_name__that_does_not_resolve__is_dead(monkeypatch):
    def unknown(*args, **kwargs):
        raise OSError("no such host")

    monkeypatch.setattr("socket.getaddrinfo", unknown)
    assert services.judged(client(), "https://gone.example/").outcome == Outcome.DEAD


def test_connection__goes_to_the_address_that_was_judged(server, monkeypatch):
    """A name that resolves to another address the second time leads nowhere else."""
    names = []
    real = __import__("socket").getaddrinfo

    def once(host, *args, **kwargs):
        names.append(host)
        return real("127.0.0.1", *args, **kwargs)

    monkeypatch.setattr("socket.getaddrinfo", once)
    assert client().ask(f"http://library.example:{server.server_port}/alive").status == 200
    assert names.count("library.example") == 1


def test_server__that_never_ends_its_answer__is_cut_off(server, monkeypatch):
    monkeypatch.setattr("core.http.outside_requests.REQUEST_SECONDS", 0.5)
    begin = time.monotonic()
    with pytest.raises(Unreachable):
        client().ask(server.at("/slow"))
    assert time.monotonic() - begin < 5


def test_one_host__is_asked_once_in_a_while(server):
    asking = client(pause=0.2)
    for _n in range(3):
        asking.ask(server.at("/alive"))
    gaps = [later - earlier for earlier, later in zip(server.moments, server.moments[1:], strict=False)]
    assert len(gaps) == 2
    assert min(gaps) >= 0.19


def test_budget__ends_the_run_and_the_next_goes_on(server):
    for n in range(4):
        OutsideLink.objects.create(address=server.at(f"/alive?{n}"))
    assert services.check(client(budget=0.5, pause=0.4)) == 2
    assert services.check(client()) == 2
    assert Counter(path for _method, path in server.asked) == {f"/alive?{n}": 1 for n in range(4)}
    assert services.check(client()) == 0  # checked of late
    assert services.check(client(), older_than=timedelta()) == 4


def published(address, **more):
    page = OutcomePageFactory(**{"original_address": address, "original_kind": "landing"} | more)
    return publish(page)


def test_links__of_public_pages_are_gathered_and_the_report_names_the_page(server, settings):
    settings.CHECK_LINKS_IN_PRIVATE_NETWORKS = True
    edition = published(server.at("/gone"))
    out = StringIO()
    call_command("check_links", stdout=out)
    row = OutsideLink.objects.get(address=server.at("/gone"))
    assert row.places == [{"title": edition.title, "address": edition.address}]
    assert (row.outcome, row.status, row.failing_since) == (Outcome.DEAD, 410, row.checked_at)
    assert f"dead: {server.at('/gone')} (410) on {edition.address}" in out.getvalue()


def test_link__that_works_again__is_failing_no_more(server):
    past = timezone.now() - timedelta(days=60)
    OutsideLink.objects.create(
        address=server.at("/alive"), outcome=Outcome.DEAD, status=404, failing_since=past, checked_at=past
    )
    services.check(client())
    row = OutsideLink.objects.get()
    assert (row.outcome, row.failing_since) == (Outcome.ALIVE, None)


def test_link__that_no_page_has_any_more__keeps_its_archived_copy_and_is_not_asked_for(server):
    row = OutsideLink.objects.create(address=server.at("/alive"), archive_address="https://archive.example/1")
    services.gather()
    assert services.check(client()) == 0
    row.refresh_from_db()
    assert not row.is_used
    assert row.archive_address


def test_tick__asks_for_nothing_unless_the_operator_wants_it(server, settings):
    settings.CHECK_LINKS_IN_PRIVATE_NETWORKS = True
    published(server.at("/alive"))
    assert services.check_some(timezone.now()) == 0
    assert server.asked == []
    settings.CHECK_LINKS = True
    assert services.check_some(timezone.now()) == 1


def test_archived_copy__stands_beside_the_original():
    edition = published("https://example.org/report")
    OutsideLink.objects.create(
        address="https://example.org/report", archive_address="https://archive.example/report", outcome=Outcome.DEAD
    )
    text = Client().get(edition.address).content.decode()
    assert 'href="https://archive.example/report"' in text
    assert "Archived copy" in text


def test_secretariat__sees_dead_links_with_their_pages_and_says_where_a_copy_is():
    people = make_people()
    row = OutsideLink.objects.create(
        address="https://example.org/report", outcome=Outcome.DEAD, status=404,
        places=[{"title": "<b>Lamps</b>", "address": "/library/2099/lamps/outcome/"}],
    )  # fmt: skip
    browser = Client()
    browser.force_login(people["secretariat"])
    listed = browser.get(reverse("wagtailsnippets_bpf_pages_outsidelink:list"), {"outcome": "dead"}).content.decode()
    assert "https://example.org/report" in listed
    assert "&lt;b&gt;Lamps&lt;/b&gt;" in listed
    edit = reverse("wagtailsnippets_bpf_pages_outsidelink:edit", args=[row.pk])
    sent = browser.post(edit, {"archive_address": "https://archive.example/report", "address": "https://evil.example/"})
    assert sent.status_code == 302
    row.refresh_from_db()
    assert (row.archive_address, row.address) == ("https://archive.example/report", "https://example.org/report")
    browser.force_login(people["facilitator"])
    assert browser.get(edit).status_code == 302
