"""Many moves over HTTP at once, and a server killed in the middle of them.

Plone 6.2 answered 1,600 parallel moves of different documents with one HTTP 500 and 52 retries (P9). `make bench` runs
the same number; the suite runs fewer.
"""

import http.client
import os
import sys
import threading
import time
from collections import Counter
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection

import editions.verification
import search.indexing.verification
import workflow.verification
from editions.models import Edition
from search.indexing import rebuild
from search.indexing import services as indexing
from search.indexing.models import IndexChange
from tests.factories import ForumPageFactory, ProcessFactory, UserFactory
from tests.load.server import Browser, Server
from workflow.transitions.models import Process, TransitionLog

pytestmark = [pytest.mark.load, pytest.mark.django_db(transaction=True)]

MOVES = int(os.environ.get("BENCH_MOVES", "64"))
CLIENTS = 8
WARMING = 4 * CLIENTS  # documents
KILLED = 200
LANDED_S = 5  # a second where nobody else uses the machine
PRESSES = (
    5  # of one button, where the database is busy: the page says that nothing was changed and has the button again
)
BUSY = 503
WHOLE = MOVES > 400  # `make bench`: nothing else runs
RECORD = {"public_source": "Fictitious source of 2099", "reason": ""}


def secretary():
    return UserFactory(is_superuser=True, is_staff=True)


def move(browser: Browser, address: str, form: dict, report: list[int]) -> None:
    """The button is pressed again where the database could not be written to in time, as a person does who is told so.

    report: takes every answer. Who pressed again before the move was undone would find it done: that is 409, a fault.
    """
    for _press in range(PRESSES):
        report.append(browser.post(address, form))
        if report[-1] != BUSY:
            return


def record(browser: Browser, page_id: int, report: list[int]) -> None:
    """A move that freezes an edition."""
    move(browser, f"/admin/workflow/{page_id}/record/", RECORD | {"seen": 0}, report)


def revise(browser: Browser, page_id: int, report: list[int]) -> None:
    """A move that freezes nothing."""
    move(browser, f"/admin/workflow/{page_id}/revise/", {"seen": 1, "reason": ""}, report)


def assert_all_taken(statuses: list[int], moves: int) -> None:
    """Each was taken once. Beside other tests a full machine may ask for another press; alone none is asked for."""
    answers = Counter(statuses)
    assert answers == {302: moves} | ({BUSY: answers[BUSY]} if not WHOLE and BUSY in answers else {})


def record_and_revise(browser: Browser, page_id: int, report: list[int]) -> None:
    record(browser, page_id, report)
    revise(browser, page_id, report)


def in_parallel(server: Server, user, pages: list[int], act, report: list) -> list[BaseException]:
    """CLIENTS threads, each with its own connection and its own share of the documents."""
    failures: list[BaseException] = []

    def run(browser: Browser, share: list[int]) -> None:
        try:
            with browser:
                for page_id in share:
                    act(browser, page_id, report)
        except (OSError, http.client.HTTPException) as error:
            failures.append(error)

    shares = [pages[index::CLIENTS] for index in range(CLIENTS)]
    threads = [threading.Thread(target=run, args=(Browser(server, user), share)) for share in shares]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return failures


def faults() -> list[str]:
    return [*workflow.verification.findings(), *editions.verification.findings()]


def assert_no_half_move() -> None:
    """State, counter, log and hashes agree in every document, and no edition is there without its move."""
    assert faults() == []
    assert Edition.objects.count() == TransitionLog.objects.filter(name="record").count()


def make_documents(count: int) -> list[int]:
    return [process.page_id for process in ProcessFactory.create_batch(count, forum=ForumPageFactory())]


def test_plone_p9__parallel_moves_of_different_documents__none_fails_and_none_is_lost(tmp_path: Path, capsys) -> None:
    """Without a search index, then with the embedded one, which the web processes write beside their answers."""
    user, more = secretary(), MOVES // 2 + WARMING
    alone, indexed, (last,) = make_documents(more), make_documents(more), make_documents(1)
    with Server(tmp_path / "log") as server:
        spent_alone = cpu_of_moves(server, user, alone)
        publishing = cpu_of_plain_publishing(server, user, MOVES // 2)
    rebuild.rebuild(resume=False)
    with Server(tmp_path / "log", data=settings.TEST_DATA) as server:
        spent_indexed = cpu_of_moves(server, user, indexed)
        alone_s = seconds_until_found(server, user, last)
    assert TransitionLog.objects.count() == 2 * len([*alone, *indexed, last])
    assert set(Process.objects.values_list("moves", "state")) == {(2, "drafting")}
    assert faults() == []
    assert list(search.indexing.verification.findings()) == []
    table = [
        f"{MOVES} moves of {MOVES // 2} documents by {CLIENTS} clients on {connection.vendor}, "
        "CPU ms of the web processes each:",
        f"{'':34}no index   with index",
        *(f"  {name:32}{spent_alone[name]:8.1f}{spent_indexed[name]:13.1f}" for name in spent_alone),
        f"  {'plain publishing by Wagtail':32}{publishing:8.1f}",
        f"  one edition alone is in the index {alone_s:.2f} s after the answer",
    ]
    with capsys.disabled():
        sys.stdout.write("\n" + "\n".join(table) + "\n")


def cpu_of_moves(server: Server, user, pages: list[int]) -> dict[str, float]:
    """Kind of move to the milliseconds of CPU it took the web processes, until all of it can be found."""
    in_parallel(server, user, pages[:WARMING], record_and_revise, [])  # both workers load their code
    if server.indexes:
        wait_until_landed()
    measured = pages[WARMING:]
    spent, statuses = {}, []
    for name, act in (("moves that freeze an edition", record), ("moves that freeze none", revise)):
        before = server.cpu_seconds()
        assert in_parallel(server, user, measured, act, statuses) == []
        if server.indexes:
            wait_until_landed()
        spent[name] = 1000 * (server.cpu_seconds() - before) / len(measured)
    assert_all_taken(statuses, 2 * len(measured))
    return {"all moves": sum(spent.values()) / len(spent)} | spent


def seconds_until_found(server: Server, user, page_id: int) -> float:
    """From the answer to the landing of the edition, while nothing else is under way."""
    in_parallel(server, user, [page_id], record, [])
    seconds = wait_until_landed()
    in_parallel(server, user, [page_id], revise, [])
    return seconds


def wait_until_landed() -> float:
    """Seconds it took. No tick runs here: what the web processes leave lying is found out."""
    answered = time.monotonic()
    while IndexChange.objects.waiting().exists():
        assert time.monotonic() - answered < LANDED_S, "rows were left to the tick"
        time.sleep(0.02)
    return time.monotonic() - answered


def cpu_of_plain_publishing(server: Server, user, count: int) -> float:
    """Milliseconds of CPU for one publishing of an ungoverned page with the same words, by Wagtail's own bulk view."""
    from bpf_pages.models.library import HomePage
    from bpf_pages.models.standard import StandardPage

    home = HomePage.objects.first()
    pages = []
    for number in range(count):
        body = [("text", "<h2>Introduction</h2><p>The lamp rooms of 2099 are fictitious.</p>")]
        page = home.add_child(
            instance=StandardPage(title=f"Plain {number}", slug=f"plain-{number}", live=False, body=body)
        )
        page.save_revision()
        pages.append(page.pk)

    def publish(browser: Browser, page_id: int, report: list[int]) -> None:
        move(browser, f"/admin/bulk/wagtailcore/page/publish/?next=/admin/&id={page_id}", {}, report)

    statuses: list[int] = []
    before = server.cpu_seconds()
    in_parallel(server, user, pages, publish, statuses)
    spent = server.cpu_seconds() - before
    assert_all_taken(statuses, count)
    assert StandardPage.objects.filter(pk__in=pages, live=True).count() == count
    return 1000 * spent / count


def test_kill_9_in_the_middle_of_200_moves__leaves_no_half_move(tmp_path: Path, capsys) -> None:
    user, pages = secretary(), make_documents(KILLED // 2)
    rebuild.rebuild(resume=False)
    statuses: list[int] = []
    enough = threading.Event()
    with Server(tmp_path / "log", data=settings.TEST_DATA) as server:

        def act(browser: Browser, page_id: int, report: list[int]) -> None:
            record_and_revise(browser, page_id, report)
            if report.count(302) >= KILLED // 2:
                enough.set()

        killer = threading.Thread(target=lambda: (enough.wait(60), server.kill()))
        killer.start()
        failures = in_parallel(server, user, pages, act, statuses)
        killer.join()
    cut = [error for error in failures if not isinstance(error, ConnectionRefusedError)]
    assert cut, "moves were to be under way when the server died"
    assert_no_half_move()
    done, kept = statuses.count(302), TransitionLog.objects.count()
    assert_all_taken(statuses, done)
    assert done <= kept <= done + len(cut), "an answered move is kept; one under way is kept or undone whole"
    assert KILLED // 2 <= kept < KILLED
    waiting = IndexChange.objects.waiting().count()
    with Server(tmp_path / "log", data=settings.TEST_DATA) as restarted:
        indexing.drain()  # the tick
        call_command("verify_library", stdout=StringIO())
        again: list[int] = []
        assert in_parallel(restarted, user, pages, record_and_revise, again) == []
        wait_until_landed()
    assert set(again) <= {302, 409, BUSY}
    assert set(Process.objects.values_list("moves", "state")) == {(2, "drafting")}
    assert TransitionLog.objects.count() == KILLED
    assert_no_half_move()
    call_command("verify_library", stdout=StringIO())
    with capsys.disabled():
        sys.stdout.write(
            f"\nkilled after {done} of {KILLED} moves on {connection.vendor}: {len(cut)} under way, {kept - done} of "
            f"them kept whole, the others undone whole; {waiting} changes of the index waited and were landed\n"
        )
