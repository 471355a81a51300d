"""What a request costs in a library of 2,000 documents of about 800 words; printed by `make bench`.

The bar beside each line is the one that was set from measurements of Plone 6.2.2 with as many documents of that length
(docs/performance.md). The unit is CPU time of the server's processes, since wall time is at the mercy of neighbours.

    python -m tests.bench.requests --documents 2000
"""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

REQUESTS = 200
FORUMS = 40
PARAGRAPHS, WORDS = 12, 65
MIB = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table. bar: what is to be met, None where none was set."""

    name: str
    value: float
    unit: str
    bar: float | None
    most: bool = True  # the bar is the most that is allowed; else the least

    def __str__(self) -> str:
        if self.bar is None:
            return f"{self.name:42}{self.value:9.1f} {self.unit}"
        met = self.value <= self.bar if self.most else self.value >= self.bar
        words = "met" if met else "NOT MET"
        return f"{self.name:42}{self.value:9.1f} {self.unit:14}{'<=' if self.most else '>='} {self.bar:g}: {words}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=2000)
    count = parser.parse_args().documents
    with tempfile.TemporaryDirectory(prefix="bpf-bench-") as folder:
        os.environ |= {"BPF_DATA": folder, "DJANGO_SETTINGS_MODULE": "bpf_site.settings.dev"}
        import django

        django.setup()
        for line in measured(Path(folder), count):
            sys.stdout.write(f"{line}\n")
            sys.stdout.flush()


def measured(folder: Path, count: int) -> Iterator[Line]:
    from django.core.management import call_command
    from django.test import Client

    call_command("migrate", verbosity=0)
    people, forums = cast()
    few = written(forums[:1], 20, people)
    page = Client(SERVER_NAME="127.0.0.1").get(few[0])
    yield Line("document page, with 20 documents", len(page.content), "bytes", None)
    started = time.process_time()
    addresses = [*few, *written(forums, count - len(few), people, after=len(few))]
    yield Line("bulk load, published", (count - len(few)) / (time.process_time() - started), "documents/s", 40, False)
    started = time.process_time()
    call_command("rebuild_index", verbosity=0)
    yield Line("index of all of it", time.process_time() - started, "s CPU", None)
    packed = packed_size()
    index = disk(folder / "index", "**/*")
    yield Line("database, packed", packed / MIB, "MiB", None)
    yield Line("index", index / MIB, "MiB", None)
    yield Line("both", (packed + index) / MIB, "MiB", 70)
    yield Line("the text alone, once", text_size() / MIB, "MiB", None)
    yield from over_http(folder, addresses, people)


def cast() -> tuple[Any, list[Any]]:
    """A superuser, and the invented forums of 2099."""
    from django.contrib.auth import get_user_model

    from bpf_pages.models.forum import ForumPage
    from bpf_pages.models.library import MeetingPage
    from bpf_pages.tree.fixed_pages import ensure_tree

    user = get_user_model().objects.create_superuser("bench", password=None)
    meeting = ensure_tree().library.add_child(
        instance=MeetingPage(title="2099 (fictitious)", slug="2099", year=2099, city="Port Fiction", country="Nowhere")
    )
    forums = [
        meeting.add_child(instance=ForumPage(title=f"Forum {n}", slug=f"forum-{n}", code=f"FORUM{n}", scope="Made."))
        for n in range(FORUMS)
    ]
    return user, forums


def written(forums: list[Any], count: int, user: Any, after: int = 0) -> list[str]:
    """Documents made of words by chance and published by a move each. Answers their addresses."""
    from bpf_pages.models.outcome import OutcomePage
    from workflow.transitions.services import perform, process_of

    chance = random.Random(2099 + after)
    words = [
        f"{a}{b}" for a in ("lamp", "oil", "wick", "tide", "rope", "bell") for b in ("", "s", "er", "ing", "ed", "ion")
    ]
    words += [f"word{n}" for n in range(2000)]
    addresses = []
    for number in range(after, after + count):
        text = "".join(f"<p>{' '.join(chance.choices(words, k=WORDS)).capitalize()}.</p>" for _ in range(PARAGRAPHS))
        forum = forums[number % len(forums)]
        page = OutcomePage(title=f"Made document {number}", slug=f"d{number}", summary="Made.", live=False)
        page.body = [("text", f"<h2>Made text</h2>{text}")]
        page = forum.add_child(instance=page)
        row = perform(process_of(page), "record", user, data={"public_source": "Made for a measurement"})
        addresses.append(row.edition.address)
    return addresses


def over_http(folder: Path, addresses: list[str], user: Any) -> Iterator[Line]:
    """CPU of each kind of request, by a server as `make run` starts it."""
    from tests.load.server import Browser, Server

    chosen = random.Random(1).sample(addresses, min(REQUESTS, len(addresses)))
    with Server(folder / "log", settings="bpf_site.settings.dev") as server:

        def anybody() -> Browser:
            return Browser(server)  # a connection of its own for each line: the server closes those that rest

        def somebody() -> Browser:
            return Browser(server, user)

        def cost(requests: list[Callable[[], tuple[int, bytes]]], *, once: bool = False) -> float:
            warming, measured = (requests[:8], requests[8:]) if once else (requests[:8], requests)
            for ask in warming:
                ask()
            before = server.cpu_seconds()
            for ask in measured:
                status, _body = ask()
                assert status in (200, 302), status
            return 1000 * (server.cpu_seconds() - before) / len(measured)

        def reads(browser: Browser, paths: list[str]) -> float:
            return cost([lambda path=path: browser.get(path) for path in paths])  # type: ignore[misc]

        questions = ["lamp", "oil wick", "tides", "bell rope lamp", "word7", '"lamp oil"', "lam*"]
        asked = [questions[n % len(questions)].replace(" ", "+").replace('"', "%22") for n in range(REQUESTS)]
        ms = "ms CPU"
        yield Line("document page, anonymous", reads(anybody(), chosen), ms, 12)
        yield Line("document page, editor", reads(somebody(), chosen), ms, None)
        yield Line("history of a document", reads(anybody(), [f"{path}history/" for path in chosen]), ms, 14)
        yield Line("search, HTML, ten hits", reads(anybody(), [f"/search/?q={words}" for words in asked]), ms, 20)
        yield Line("search, JSON", reads(anybody(), [f"/api/v1/search?q={words}" for words in asked]), ms, 5)
        yield Line("create a draft", cost(creations(somebody())), ms, 40)
        yield Line("save a draft", cost(savings(somebody())), ms, 38)
        yield Line("delete a draft", cost(deletions(somebody()), once=True), ms, 133)
        yield Line("document page, with all documents", len(anybody().get(addresses[0])[1]), "bytes", None)
        yield Line("memory of the larger worker", server.largest_memory() / MIB, "MiB", 200)


def creations(editor: Any) -> list[Callable[[], tuple[int, bytes]]]:
    from bpf_pages.models.forum import ForumPage
    from tests.admin_forms import outcome_form, text_blocks

    forum = ForumPage.objects.earliest("pk").pk
    blocks = text_blocks("<p>" + "A made paragraph of a new draft. " * 20 + "</p>")
    path = f"/admin/pages/add/bpf_pages/outcomepage/{forum}/"
    return [
        lambda n=n: editor.send(path, outcome_form(f"New {n}", f"new-{n}", blocks))  # type: ignore[misc]
        for n in range(60)
    ]


def savings(editor: Any) -> list[Callable[[], tuple[int, bytes]]]:
    from bpf_pages.models.outcome import OutcomePage
    from tests.admin_forms import outcome_form, text_blocks

    blocks = text_blocks("<p>" + "A changed paragraph of a draft. " * 20 + "</p>")
    pages = OutcomePage.objects.filter(slug__startswith="new-").order_by("pk")[:50]
    return [
        lambda page=page: editor.send(f"/admin/pages/{page.pk}/edit/", outcome_form(page.title, page.slug, blocks))  # type: ignore[misc]
        for page in pages
    ]


def deletions(editor: Any) -> list[Callable[[], tuple[int, bytes]]]:
    """Into the recycle bin. Each can be sent once."""
    from bpf_pages.models.outcome import OutcomePage

    pages = OutcomePage.objects.filter(slug__startswith="new-").order_by("pk")[:50]
    return [lambda pk=page.pk: editor.send(f"/admin/pages/{pk}/delete/", {}) for page in pages]  # type: ignore[misc]


def packed_size() -> int:
    """Bytes of the database file without the gaps in it and without the log beside it, as Plone's was weighed."""
    from django.conf import settings
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    return Path(settings.DATABASES["default"]["NAME"]).stat().st_size


def text_size() -> int:
    """Bytes of what is written in all editions."""
    from editions.models import Passage

    return sum(len(text.encode()) for text in Passage.objects.values_list("text", flat=True).iterator())


def disk(folder: Path, pattern: str) -> int:
    return sum(path.stat().st_size for path in folder.glob(pattern) if path.is_file())


if __name__ == "__main__":
    main()
