"""What the log says of events, slow statements and chores that fail: what happened, in one line, without persons."""

import json
import logging
import sys
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.http import HttpRequest
from django.utils import timezone

from accounts.events.services import record
from accounts.models import Event
from bpf_site.monitoring import heartbeats, slow_queries
from bpf_site.operations import scheduler
from bpf_site.operations.scheduler import Chore
from bpf_site.web.log_redaction import JsonFormatter, RedactingFormatter
from search.services import EngineError
from tests.factories import ProcessFactory, UserFactory
from workflow.transitions.services import perform

pytestmark = pytest.mark.django_db


def lines(caplog: Any) -> list[str]:
    formatter = RedactingFormatter("%(name)s: %(message)s")
    return [formatter.format(each) for each in caplog.records]


def test_sign_in_and_move__are_a_line_each_once_committed_and_name_nobody(
    people, caplog, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    monkeypatch.setattr("bpf_site.monitoring.event_log.acting_request", HttpRequest)
    caplog.set_level(logging.INFO, "bpf.events")
    with django_capture_on_commit_callbacks(execute=True):
        row = record(Event.Kind.SIGNED_IN, UserFactory(username="ficta"))
        process = ProcessFactory(forum=people.forum)
        move = perform(process, "record", people["secretariat"], data={"public_source": "Fictitious source"})
        assert not [each for each in caplog.records if each.name == "bpf.events"], "before the commit nothing happened"
    told = lines(caplog)
    assert f"bpf.events: event account_event=signed_in row={row.ordinal}" in told
    assert f"bpf.events: event move=record document={process.series} to=final row={move.pk}" in told
    for name in get_user_model().objects.values_list("username", flat=True):
        assert not any(name in line for line in told)


def test_statement__that_takes_long__is_told_by_its_tables(settings, caplog) -> None:
    settings.SLOW_QUERY_MS = -1
    with connection.execute_wrapper(slow_queries.timed):
        list(get_user_model().objects.filter(username="a secret word", groups__name="x"))
    said = next(line for line in lines(caplog) if "bpf.slow" in line)
    assert "statement=SELECT tables=auth_user,auth_user_groups,auth_group ms=" in said
    assert "secret" not in said
    settings.SLOW_QUERY_MS = 60_000
    caplog.clear()
    with connection.execute_wrapper(slow_queries.timed):
        get_user_model().objects.count()
    assert lines(caplog) == []


def fails(error: Exception) -> Chore:
    def does(now: Any) -> int:
        raise error

    return Chore("fictitious chore", does)


def test_chore__that_fails_again_in_the_same_way__is_one_line(monkeypatch, caplog) -> None:
    monkeypatch.setattr(scheduler, "CHORES", (fails(ValueError("Fictitious fault.")),))
    scheduler.tick(timezone.now())
    assert "Fictitious fault." in caplog.text
    assert "Traceback" in caplog.text
    caplog.clear()
    scheduler.tick(timezone.now())
    (line,) = lines(caplog)
    assert "fails still chore=fictitious chore error=ValueError since=" in line
    monkeypatch.setattr(scheduler, "CHORES", (fails(KeyError("another")),))
    caplog.clear()
    scheduler.tick(timezone.now())
    assert "Traceback" in caplog.text, "another fault is new"


def test_engine_that_is_away__which_the_search_has_told__is_not_told_again(monkeypatch, caplog) -> None:
    monkeypatch.setattr(scheduler, "CHORES", (fails(EngineError("no answer")),))
    (outcome,) = scheduler.tick(timezone.now())
    assert isinstance(outcome.error, EngineError)
    assert lines(caplog) == []
    assert heartbeats.latest("chore fictitious chore").error == "EngineError"


def test_json__holds_the_facts_and_the_traceback_without_addresses() -> None:
    try:
        raise ValueError("of ada@example.org")
    except ValueError:
        fault = sys.exc_info()
    given = logging.LogRecord("x", logging.ERROR, "", 1, "two\nlines of %s", ("bo@example.org",), fault)
    given.facts = {"chore": "send mail"}
    line = JsonFormatter().format(given)
    told = json.loads(line)
    assert "\n" not in line
    assert "example.org" not in line
    assert (told["level"], told["logger"], told["chore"]) == ("ERROR", "x", "send mail")
    assert told["message"] == "two\nlines of [removed]"
    assert "ValueError" in told["traceback"]
