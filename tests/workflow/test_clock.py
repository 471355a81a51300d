"""The clock acts on dates: late, twice, and beside another run, as a named system user (Plone: P2, P14)."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from mail.models import Message
from tests.factories import ProcessFactory
from tests.workflow.moves import FILLED
from workflow.access.role_holders import CLOCK_NAME
from workflow.clock import chores as clock
from workflow.states import State
from workflow.transitions import guards
from workflow.transitions.due_dates import set_due
from workflow.transitions.models import Process, TransitionLog
from workflow.transitions.services import perform
from workflow.verification import findings


@pytest.fixture
def process(people) -> Process:
    process = ProcessFactory(forum=people.forum)
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    return Process.objects.get(pk=process.pk)


def state_of(process: Process) -> str:
    return Process.objects.get(pk=process.pk).state


@pytest.mark.django_db
def test_period__is_closed_at_its_end_and_not_before_by_the_clock(process) -> None:
    clock.act(process.due_at - timedelta(microseconds=1))
    assert state_of(process) == State.COMMENT
    clock.act(process.due_at)
    row = process.log.last()
    assert state_of(process) == State.INCORPORATING
    assert (row.name, row.role, row.by, row.by_name) == ("close_comment", "clock", None, CLOCK_NAME)
    assert list(findings()) == []


@pytest.mark.django_db
def test_period__that_ended_during_an_outage__is_closed_late_with_the_moment_of_the_act(process) -> None:
    late = process.due_at + timedelta(days=12)
    clock.act(late)
    row = process.log.last()
    assert row.at == late
    assert row.data["due"] == process.due_at.isoformat(timespec="milliseconds").replace("+00:00", "Z")


@pytest.mark.django_db
def test_second_run_at_the_same_moment__does_nothing(process) -> None:
    clock.act(process.due_at)
    count = TransitionLog.objects.count()
    notices = Message.objects.count()
    assert clock.act(process.due_at) == 0
    assert (TransitionLog.objects.count(), Message.objects.count()) == (count, notices)


@pytest.mark.django_db
def test_one_document_that_cannot_be_closed__keeps_no_other_open(process, people, monkeypatch) -> None:
    other = ProcessFactory(forum=people.forum)
    perform(other, "open_comment", people["facilitator"], data=FILLED["open_comment"]())

    # Comment was extended in the consultation's own table, which the guard period_over reads.
    def still_open(attempt):
        if attempt.process.pk == process.pk:
            yield guards.Unmet("period_over", "Extended.")

    extended = guards.Guard("period_over", "The comment period is over.", still_open, of_form=False)
    monkeypatch.setitem(guards.GUARDS, "period_over", extended)
    clock.act(timezone.now() + timedelta(days=31))
    assert state_of(process) == State.COMMENT
    assert state_of(other) == State.INCORPORATING


@pytest.mark.django_db(transaction=True)
def test_two_clocks_at_once__close_a_period_once(process) -> None:
    moment = process.due_at
    barrier = threading.Barrier(2)
    failures = []

    def run() -> None:
        try:
            barrier.wait()
            clock.act(moment)
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert process.log.filter(name="close_comment").count() == 1
    assert list(findings()) == []


@pytest.mark.django_db
def test_due_date__is_reminded_of_once_before_and_once_after(process) -> None:
    Message.objects.all().delete()
    soon = process.due_at - timedelta(days=2)
    clock.act(soon)
    clock.act(soon + timedelta(hours=1))
    assert set(Message.objects.values_list("occasion", flat=True)) == {"due_soon"}
    assert Message.objects.count() == 3  # facilitator, lead expert and rapporteur


@pytest.mark.django_db
def test_due_date__that_was_moved__is_reminded_of_again(people) -> None:
    process = ProcessFactory(forum=people.forum)
    now = timezone.now()
    set_due(process, now + timedelta(days=1))
    clock.act(now)
    set_due(process, now + timedelta(days=2))
    clock.act(now)
    assert Message.objects.filter(occasion="due_soon", user=people["rapporteur"]).count() == 2


@pytest.mark.django_db
def test_preview__says_what_the_next_tick_does_and_writes_nothing(process, people, client) -> None:
    moment = process.due_at
    found = clock.upcoming(moment, moment)
    assert any("Close public comment" in item.what for item in found)
    assert state_of(process) == State.COMMENT
    before = TransitionLog.objects.count()
    clock.act(moment)
    assert TransitionLog.objects.count() == before + 1
    assert not any("Close public comment" in item.what for item in clock.upcoming(moment, moment))
    client.force_login(people["secretariat"])
    assert client.get("/admin/workflow/clock/").status_code == 200


@pytest.mark.django_db
def test_preview__shows_people_of_a_forum_what_concerns_it_and_the_secretariat_everything(process, people, client):
    set_due(process, timezone.now())
    for who, sees in {"rapporteur": True, "secretariat": True, "other_facilitator": False}.items():
        client.force_login(people[who])
        page = client.get("/admin/workflow/clock/").content.decode()
        assert (process.title in page) is sees, who
