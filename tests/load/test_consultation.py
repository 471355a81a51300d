"""A flood of automated comments over HTTP, and a meeting room that comments at once; with the CPU they cost.

`make bench` runs the whole minute; the suite a part of it. Figures are printed.
"""

import html
import http.client
import os
import re
import sys
import threading
import time
from contextlib import AbstractContextManager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from consultation.comments.models import Comment
from consultation.periods.models import Period
from consultation.submissions.models import Submission
from consultation.submissions.occasions import CONFIRM
from consultation.vocabulary import Moderation
from mail.models import Message
from mail.occasions import OWNERS, owner_of
from tests.consultation.stories import begun
from tests.gate.test_proof_of_work import fields
from tests.load.server import Server
from tests.load.test_strangers import worked
from tests.people import make_people

pytestmark = [pytest.mark.load, pytest.mark.django_db(transaction=True)]

WHOLE = int(os.environ.get("BENCH_MOVES", "64")) > 400
POSTS = 1000 if WHOLE else 120
ROOM = 200 if WHOLE else 40
READS = 40
CLIENTS = 8
PERSON = {"organisation": "", "group": "not_stated", "region": "not_stated", "display": "name", "consent": "on"}


class Visitor(AbstractContextManager["Visitor"]):
    """A client without cookies or login that keeps its connection."""

    def __init__(self, server: Server) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)

    def __exit__(self, *error: object) -> None:
        self.connection.close()

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """(status, Location, body)."""
        headers = {"Content-Type": "application/x-www-form-urlencoded"} if form else {}
        self.connection.request(method, path, urlencode(form) if form else None, headers)
        answer = self.connection.getresponse()
        return answer.status, answer.headers.get("Location", ""), answer.read().decode()


def comment(visitor: Visitor, address: str, number: int, email: str, token: str, *, trapped: bool) -> int:
    """One comment by the two forms, as a program would send it. Answers the status of the sending."""
    remark = {"form_token": token, "paragraphs": "1", "kind": "general", "body": f"Fictitious comment {number}.",
              "language": "en"}  # fmt: skip
    status, draft, page = visitor.ask("POST", f"{address}comments/new/", remark)
    if "proof_challenge" in page and not trapped:  # a crowd: the device works, the person presses again
        given = {name: html.unescape(value) for name, value in fields(page).items()}
        given["proof_answer"] = worked(page)
        status, draft, page = visitor.ask("POST", f"{address}comments/new/", given)
    if status != 302:
        return status
    person = PERSON | {"name": f"Person {number}", "email": email}
    if trapped:
        person["leave_this_empty_7"] = "http://spam.example"
    return visitor.ask("POST", draft, person)[0]


def token_of(visitor: Visitor, address: str) -> str:
    return re.search(r'name="form_token" value="([^"]+)"', visitor.ask("GET", f"{address}comments/new/")[2])[1]


def in_parallel(server: Server, count: int, act) -> list[int]:
    """`act(visitor, number)` for every number, by CLIENTS threads. Answers the statuses."""
    statuses: list[int] = []

    def run(share: range) -> None:
        with Visitor(server) as visitor:
            statuses.extend(act(visitor, number) for number in share)

    threads = [threading.Thread(target=run, args=(range(at, count, CLIENTS),)) for at in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return statuses


def cpu_of_a_page(server: Server, address: str) -> float:
    """Milliseconds of CPU of the server for one reading of the comment page."""
    with Visitor(server) as visitor:
        for _warm in range(8):  # both workers
            visitor.ask("GET", f"{address}comments/")
        before = server.cpu_seconds()
        for _read in range(READS):
            assert visitor.ask("GET", f"{address}comments/")[0] == 200
    return 1000 * (server.cpu_seconds() - before) / READS


def say(capsys, text: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{text}\n")


def test_flood__of_automated_posts__publishes_nothing_and_leaves_pages_their_time(tmp_path: Path, capsys) -> None:
    consultation = begun(make_people())
    address = consultation.address
    with Server(tmp_path / "log") as server:
        quiet = cpu_of_a_page(server, address)
        with Visitor(server) as visitor:
            token = token_of(visitor, address)
        started = time.monotonic()

        def act(visitor: Visitor, number: int) -> int:
            email = f"one{number % 5}@example.org" if number % 2 else f"many{number}@example.org"
            own = token_of(visitor, address) if number % 10 == 0 else token
            return comment(visitor, address, number, email, own, trapped=number % 3 == 0)

        statuses = in_parallel(server, POSTS, act)
        seconds = time.monotonic() - started
        flooded = cpu_of_a_page(server, address)
    assert set(statuses) <= {302, 429}
    assert Comment.objects.exists()
    assert not Comment.objects.filter(moderation=Moderation.PUBLISHED).exists()
    assert not Comment.objects.public().exists()
    told = Message.objects.filter(sent_at__isnull=False, owner_type="submission").values_list("owner_id", flat=True)
    addresses = [Submission.objects.get(pk=pk).submitter.email for pk in told]
    assert len(addresses) == len(set(addresses))  # one mail an hour to one address, whatever it was used for
    assert flooded <= 2 * quiet + 2
    refused = statuses.count(429)
    facts = f"{POSTS} automated comments in {seconds:.0f} s ({60 * POSTS / seconds:.0f} a minute)"
    facts += f": {refused} turned away, {len(addresses)} mails, none published"
    say(capsys, f"{facts}; comment page {quiet:.1f} ms CPU before, {flooded:.1f} ms after")


def test_meeting_room__behind_one_address__reaches_the_queue_as_one(tmp_path: Path, capsys) -> None:
    """The people confirm by mail; the test follows the links that were written for them."""
    consultation = begun(make_people())
    address = consultation.address
    Period.objects.update(moderation="all")
    with Server(tmp_path / "log") as server:
        with Visitor(server) as visitor:
            tokens = [token_of(visitor, address) for _person in range(ROOM)]
        time.sleep(3.1)  # people read before they send: faster than three seconds counts as a machine

        def act(visitor: Visitor, number: int) -> int:
            return comment(visitor, address, number, f"room{number}@example.org", tokens[number], trapped=False)

        before = server.cpu_seconds()
        statuses = in_parallel(server, ROOM, act)
        spent = server.cpu_seconds() - before
        assert set(statuses) == {302}
        assert Submission.objects.count() == ROOM
        assert len(set(Submission.objects.values_list("submitter__network", flat=True))) == 1

        links = [
            OWNERS["submission"].context(owner_of(message, CONFIRM)[0])["confirm"]
            for message in Message.objects.filter(occasion="confirm")
        ]
        confirmed = in_parallel(server, ROOM, lambda visitor, number: visitor.ask("POST", links[number], {"x": "1"})[0])
    assert set(confirmed) == {302}
    assert Comment.objects.filter(moderation=Moderation.PENDING).count() == ROOM
    assert sorted(Comment.objects.values_list("number", flat=True)) == list(range(1, ROOM + 1))
    assert (timezone.now() - Submission.objects.earliest("pk").received_at).total_seconds() < 600
    say(capsys, f"{ROOM} people behind one address: all in the queue, {1000 * spent / ROOM:.1f} ms CPU a comment")
