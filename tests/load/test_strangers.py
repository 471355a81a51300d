"""A bot on every public form beside a meeting behind one address, through a real nginx with TLS; and slow clients.

`LOAD=full` is a whole minute and 200 people (`make bench`); the suite runs a part of it. Figures are printed.
"""

import hashlib
import html
import http.client
import itertools
import os
import re
import socket
import ssl
import sys
import threading
import time
from collections import Counter
from contextlib import AbstractContextManager, suppress
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from consultation.adoptions.models import Adoption
from consultation.comments.models import Comment
from consultation.consensus.models import Challenge
from consultation.periods.models import Period
from consultation.submissions.models import Attachment, Submission
from consultation.vocabulary import Moderation
from gate.forms.form_tokens import new_form_token
from gate.forms.public_forms import FORMS
from mail.models import Message
from mail.occasions import OCCASIONS, occasion_of, owner_of
from tests.consultation.stories import begun
from tests.gate.test_proof_of_work import fields
from tests.gate.test_public_forms import filled
from tests.load.nginx import PROGRAM, Nginx
from tests.load.server import Server
from tests.people import make_people
from workflow.forums.models import Forum
from workflow.forums.states import SHOWN

pytestmark = [pytest.mark.load, pytest.mark.django_db(transaction=True)]

FULL = os.environ.get("LOAD") == "full"
PEOPLE = 200 if FULL else 24
SECONDS = 60 if FULL else 6
MOST_SECONDS_MORE = 60
"""On a busy machine the bot needs longer to post more than a network may: it goes on until it was refused once."""
A_MINUTE = 1000  # posts of the bot on each form
BOT_CONNECTIONS = 16 if FULL else 8
PEOPLE_AT_ONCE = 10
MOST_STORED = 50 * 1000 * 1000
VICTIMS = 7
FILES: list[str] = []
"""Drafts that the bot sent a file beside; each is a post more."""
BUSY: list[str] = []
"""Where a person met a busy database, and pressed once more."""
OF_PEOPLE = ("comment", "comment", "comment", "comment", "follow", "alert", "adoption", "challenge", "nomination",
             "proposal")  # fmt: skip
"""What the people of the meeting use, one after another."""


class Visitor(AbstractContextManager["Visitor"]):
    """A browser of nobody in particular, from an address of its own on this machine: nginx tells it to the library."""

    def __init__(self, nginx: Nginx, address: str) -> None:
        context = ssl.create_default_context(cafile=str(nginx.folder / "cert.pem"))
        context.check_hostname = False
        self.connection = http.client.HTTPSConnection(
            "127.0.0.1", nginx.port, timeout=90, source_address=(address, 0), context=context
        )

    def __exit__(self, *error: object) -> None:
        self.connection.close()

    def ask(self, method: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """(status, Location, body)."""
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Host": "localhost"}
        for again in (True, False):  # on a new connection where an idle one was closed meanwhile, as browsers do
            try:
                self.connection.request(method, path, urlencode(form) if form else None, headers)
                answer = self.connection.getresponse()
                break
            except (OSError, http.client.RemoteDisconnected):
                self.connection.close()
                if not again:
                    raise
        return answer.status, answer.headers.get("Location", ""), answer.read().decode()

    def send(self, path: str, form: dict[str, str], *, works: bool) -> tuple[int, str, str]:
        """As a person does: asked for work or patience, the device works, or the person waits; then presses again. The
        page of a busy database is pressed again too, and holds all that was typed."""
        for _again in range(4):
            status, location, page = self.ask("POST", path, form)
            if status != 503 and (status != 429 or "proof_challenge" not in page):
                break
            form = {name: html.unescape(value) for name, value in fields(page).items()}
            if status == 503:
                BUSY.append(path)
                time.sleep(5)
            elif works:
                form["proof_answer"] = worked(page)
            else:
                time.sleep(int(re.search(r"after (\d+) seconds", page)[1]) + 1)  # type: ignore[index]
        return status, location, page


def worked(page: str) -> str:
    signed = html.unescape(re.search(r'data-challenge="([^"]+)"', page)[1])  # type: ignore[index]
    bits = int(re.search(r'data-bits="(\d+)"', page)[1])  # type: ignore[index]
    start = hashlib.sha256(f"{signed}.".encode())
    for number in itertools.count():
        digest = start.copy()
        digest.update(str(number).encode())
        if int.from_bytes(digest.digest()[:4], "big") >> (32 - bits) == 0:
            return str(number)
    raise AssertionError


def places() -> dict[str, str]:
    """Where each form that writes is."""
    people = make_people()
    open_call, adopted = begun(people), begun(people)
    Period.objects.filter(process=open_call.process).update(takes_files=True)
    adopted.move("close_comment")
    adopted.move("present", session_date="2099-12-01", session_place="Room 1")
    adopted.move("adopt", grounds="Nobody objected.")
    now = timezone.now()
    forum = Forum.objects.create(
        state="active", title="Lamps", year=2099, scope="Lamps.", proposer="Ficta", received_at=now, state_since=now,
        nominations_until=now + timedelta(days=9),
    )  # fmt: skip
    return {
        "comment": f"{open_call.address}comments/new/", "challenge": f"{adopted.address}challenge/",
        "adoption": f"{adopted.address}adoptions/new/", "follow": f"{adopted.address}follow/",
        "proposal": "/proposals/new/", "nomination": f"/proposals/{forum.pk}/nominate/", "alert": "/search/alert/",
    }  # fmt: skip


def typed(form: str, word: str, email: str) -> dict[str, str]:
    fixed = {"comment": {"paragraphs": "1"}, "alert": {"address": "/search/?q=lamp"}}
    return filled(FORMS[form].form_class, word, email) | fixed.get(form, {}) | {"email": email}


def bot(nginx: Nginx, where: dict[str, str], share: int, until: float, statuses: Counter[int]) -> None:
    """One of the bot's connections, until an instant or until it was refused. It has a fresh token for each post, works
    where it is asked for work, and types addresses of strangers."""
    pause = 60 * BOT_CONNECTIONS / (A_MINUTE * len(where))
    begun_at = time.monotonic()
    with Visitor(nginx, "127.0.3.9") as visitor:
        for number in itertools.count():
            time.sleep(max(0.0, begun_at + number * pause - time.monotonic()))
            if time.monotonic() > until + (0 if statuses[429] else MOST_SECONDS_MORE):
                return
            form = list(where)[(share + number) % len(where)]
            post = typed(form, f"Bot {share}-{number}", f"victim{number % VICTIMS}@example.org")
            post["form_token"] = new_form_token(form)
            status, location, page = visitor.ask("POST", where[form], post)
            statuses[status] += 1
            if status == 429 and number % 5 == 0 and "proof_challenge" in page:
                post = {name: html.unescape(value) for name, value in fields(page).items()}
                statuses[visitor.ask("POST", where[form], post | {"proof_answer": worked(page)})[0]] += 1
            elif status == 302 and location.startswith("/comments/draft/"):
                if FULL:
                    FILES.append(location)
                    flood_with_a_file(visitor, location)
                person = filled(FORMS["submission"].form_class, "Bot", f"victim{number % VICTIMS}@example.org")
                statuses[visitor.ask("POST", location, person)[0]] += 1


def flood_with_a_file(visitor: Visitor, draft: str) -> None:
    part = (
        b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n'
        + b"Lamps. " * 600_000
        + draft.encode()
    )
    headers = {"Content-Type": "multipart/form-data; boundary=x", "Host": "localhost"}
    with suppress(OSError, http.client.HTTPException):
        visitor.connection.request("POST", f"{draft}attach/", part + b"\r\n--x--\r\n", headers)
        visitor.connection.getresponse().read()
        return
    visitor.connection.close()


def person(nginx: Nginx, where: dict[str, str], number: int) -> str:
    """One of the meeting: reads the form, sends it, and a comment's second form. Answers "" or what went wrong."""
    form = OF_PEOPLE[number % len(OF_PEOPLE)]
    email, works = f"person{number}@example.org", number % 25 != 24 or not FULL
    with Visitor(nginx, f"127.0.2.{number % 250 + 1}") as visitor:
        token = new_form_token("alert")
        if form != "alert":
            status, _location, page = visitor.ask("GET", where[form])
            token = re.search(r'name="form_token" value="([^"]+)"', page)[1] if status == 200 else ""  # type: ignore[index]
        post = typed(form, f"Person {number}", email) | {"form_token": token}
        status, location, page = visitor.send(where[form], post, works=works)
        if form == "comment" and status == 302:
            sender = filled(FORMS["submission"].form_class, f"Person {number}", email)
            status, location, page = visitor.send(location, sender, works=works)
        return "" if status in {200, 302} else f"{form}: {status}"


def in_threads(count: int, at_once: int, act: Any) -> list[Any]:
    answers: list[Any] = []

    def run(share: range) -> None:
        answers.extend(act(number) for number in share)

    threads = [threading.Thread(target=run, args=(range(at, count, at_once),)) for at in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def stored(folder: Path) -> int:
    """Bytes of database and files."""
    if connection.vendor == "sqlite":
        name = Path(connection.settings_dict["NAME"])
        rows = sum(path.stat().st_size for path in name.parent.glob(f"{name.name}*"))
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_database_size(current_database())")
            rows = cursor.fetchone()[0]
    return rows + sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def say(capsys: Any, text: str) -> None:
    with capsys.disabled():
        sys.stdout.write(f"\n{text}\n")


def mails_asked() -> Counter[str]:
    """Address -> mails that asked it to confirm something."""
    asking = [name for name, occasion in OCCASIONS.items() if occasion.asks]
    found = Message.objects.filter(occasion__in=asking, asked_at__isnull=False)
    return Counter(owner_of(message, occasion_of(message))[1] for message in found)


OF_BOT = {"all at once": ("comment", "challenge", "adoption", "follow", "proposal", "nomination", "alert")}
if FULL:
    OF_BOT |= {form: (form,) for form in OF_BOT["all at once"]}
"""What the bot posts to, A_MINUTE to each. Two cores, which are the bot's and the meeting's too, give that for one form
at a time, and 590 to 840 for each of seven at once (2026-12-01)."""


@pytest.mark.skipif(PROGRAM is None, reason="no nginx on this machine")
@pytest.mark.parametrize("of_bot", OF_BOT)
def test_a_bot_on_every_form__keeps_nobody_of_a_meeting_out_and_mails_and_fills_nothing(
    of_bot: str, tmp_path: Path, capsys: Any
) -> None:
    where = places()
    FILES.clear()
    BUSY.clear()
    floods = {form: where[form] for form in OF_BOT[of_bot]}
    assert of_bot != "all at once" or set(floods) == set(where)
    before = stored(settings.PRIVATE_ROOT)
    statuses: Counter[int] = Counter()
    with (
        Server(tmp_path / "log", TRUSTED_PROXIES="1", TEST_DATA=str(settings.TEST_DATA)) as server,
        Nginx(server, tmp_path) as nginx,
    ):
        started = time.monotonic()
        until, ended = started + SECONDS, list[float]()
        bots = [
            threading.Thread(
                target=lambda share=share: (bot(nginx, floods, share, until, statuses), ended.append(time.monotonic()))
            )
            for share in range(BOT_CONNECTIONS)
        ]
        for thread in bots:
            thread.start()
        served = in_threads(PEOPLE, PEOPLE_AT_ONCE, lambda each: person(nginx, where, each))
        took = time.monotonic() - started
        for thread in bots:
            thread.join()
        posted_for = max(ended) - started
        log = (tmp_path / "access.log").read_text()
    grown = stored(settings.PRIVATE_ROOT) - before
    asked = mails_asked()
    posts = sum(statuses.values()) + len(FILES)
    say(
        capsys,
        f"bot: {posts} posts in {posted_for:.0f} s on {of_bot} ({dict(statuses)}, {len(FILES)} files); "
        f"{served.count('')} of {PEOPLE} people served in {took:.0f} s, {len(BUSY)} times after a busy database; "
        f"{grown / 1e6:.1f} MB stored; at most {max(asked.values())} mail to an address",
    )
    assert served == [""] * PEOPLE
    assert set(statuses) <= {200, 302, 429, 503}
    assert not FULL or "comment" not in floods or Attachment.objects.exists()
    assert len(floods) > 1 or posts > 0.95 * A_MINUTE * posted_for / 60
    assert statuses[429]
    mailed = any(FORMS[form].mails for form in floods) or "comment" in floods
    assert max((count for address, count in asked.items() if "victim" in address), default=0) == int(mailed)
    assert grown < MOST_STORED
    assert not Comment.objects.filter(moderation=Moderation.PUBLISHED).exists()
    assert not Adoption.objects.public().exists()
    assert not Challenge.objects.filter(moderation=Moderation.PUBLISHED).exists()
    assert Forum.objects.filter(state__in=SHOWN).count() == 1
    people = Submission.objects.filter(submitter__name__startswith="Words of Person")
    assert people.count() == sum(OF_PEOPLE[number % len(OF_PEOPLE)] == "comment" for number in range(PEOPLE))
    assert not re.search(r"/comments/draft/\w", log)


def test_the_configuration_of_nginx__takes_as_much_as_the_forms_do() -> None:
    from django.urls import get_resolver

    from tests.load.nginx import CONFIGURATION

    assert get_resolver().url_patterns  # each room declares its forms where its addresses are
    sizes = {"1m": 1024**2, "6m": 6 * 1024**2, "21m": 21 * 1024**2, "26m": 26 * 1024**2, "100m": 100 * 1024**2}
    text = CONFIGURATION.read_text()
    usual, file, word, proof, editors = (sizes[size] for size in re.findall(r"client_max_body_size (\w+);", text))
    largest = sorted({form.most_bytes for form in FORMS.values()})
    assert (usual, file, word, proof) == tuple(largest[-4:])
    assert editors == settings.MOST_BYTES_OF_EDITORS


def test_slow_clients__by_the_hundred__hold_nobody_up(tmp_path: Path, capsys: Any) -> None:
    """100 connections that say nothing and 100 that trickle, headers and bodies: one was enough to stop the former
    server (docs/adr/0089)."""
    places()
    head = (
        b"POST /proposals/new/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: text/plain\r\nContent-Length: 5000\r\n\r\n"
    )
    with Server(tmp_path / "log") as server:
        slow = [socket.create_connection(("127.0.0.1", server.port)) for _each in range(200)]
        for number, client in enumerate(slow[100:]):
            client.sendall(head if number % 2 else b"GET / HTTP/1.1\r\nHost: ")
        took = []
        for _second in range(30 if FULL else 3):
            for client in slow[100:]:
                with suppress(OSError):
                    client.sendall(b"a")
            started = time.monotonic()
            visitor = http.client.HTTPConnection("127.0.0.1", server.port, timeout=20)
            visitor.request("GET", "/proposals/")
            answer = visitor.getresponse()
            assert answer.status == 200
            answer.read()
            visitor.close()
            took.append(time.monotonic() - started)
            time.sleep(1)
        for client in slow:
            client.close()
    say(capsys, f"beside 100 half-open and 100 trickling connections: a page in {max(took):.2f} s at the slowest")
    assert max(took) < 5


def test_a_request_that_trickles__is_ended_after_its_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the connection alone, without a server: the time runs from the first byte, and no byte renews it."""
    from bpf_site.operations.web_server import Channel

    channel = Channel.__new__(Channel)
    channel.request = None
    moments = iter(range(100, 200))
    monkeypatch.setattr("bpf_site.operations.web_server.time.time", lambda: next(moments))
    monkeypatch.setattr("waitress.channel.HTTPChannel.handle_read", lambda self: setattr(self, "request", object()))
    for _byte in range(5):
        channel.handle_read()
    assert channel.last_activity == channel.begun == 100
