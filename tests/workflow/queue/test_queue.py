"""The work queue: what waits for whom, since when, due when; and nothing of other forums."""

import csv
import io
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import ProcessFactory
from workflow.access.role_holders import name_of
from workflow.queue import waiting_tasks as queue
from workflow.states import SETTLED, State
from workflow.transitions.due_dates import set_due
from workflow.transitions.models import Process

pytestmark = pytest.mark.django_db


def titles(lines) -> list[str]:
    return [line.process.title for line in lines]


def test_waits__are_declared_for_every_state_in_which_somebody_should_act() -> None:
    assert set(queue.WAITS) == set(State) - SETTLED


def test_queue_line__names_person_role_age_due_date_and_forum(people) -> None:
    process = ProcessFactory(forum=people.forum, at="incorporating")
    now = timezone.now()
    set_due(process, now - timedelta(hours=1))
    (line,) = queue.items(queue.visible_processes(people["facilitator"]), now)
    assert line.forum.pk == people.forum.pk
    assert line.people == [people[r].get_full_name() for r in ("rapporteur", "lead_expert", "facilitator")]
    assert line.is_overdue
    assert line.since == process.state_since
    assert line.age(process.state_since + timedelta(days=2)) == timedelta(days=2)


def test_queue__puts_what_is_due_first_on_top_and_leaves_settled_documents_out(people) -> None:
    later, undated, sooner = ProcessFactory.create_batch(3, forum=people.forum)
    ProcessFactory(forum=people.forum, at="final")
    set_due(later, timezone.now() + timedelta(days=9))
    set_due(sooner, timezone.now() + timedelta(days=1))
    found = queue.items(queue.visible_processes(people["facilitator"]))
    assert titles(found) == [sooner.title, later.title, undated.title]


def test_queue__of_a_facilitator__holds_nothing_of_another_forum(people) -> None:
    mine = ProcessFactory(forum=people.forum)
    theirs = ProcessFactory(forum=people.other_forum)
    assert titles(queue.items(queue.visible_processes(people["facilitator"]))) == [mine.title]
    assert titles(queue.items(queue.visible_processes(people["other_facilitator"]))) == [theirs.title]
    assert set(titles(queue.items(queue.visible_processes(people["secretariat"])))) == {mine.title, theirs.title}
    assert titles(queue.items(queue.visible_processes(people["nobody"]))) == []


def test_waits_for_user__is_true_for_the_roles_whose_turn_it_is(people) -> None:
    ProcessFactory(forum=people.forum, at="comment")
    (line,) = queue.items(Process.objects.all())
    assert queue.waits_for_user(people["facilitator"], line)
    assert not queue.waits_for_user(people["rapporteur"], line)
    assert not queue.waits_for_user(people["secretariat"], line)


def test_waits_for_user__of_a_forum_without_people__is_the_secretariat(people) -> None:
    ProcessFactory(forum=people.forum, at="comment")
    people["facilitator"].groups.clear()
    (line,) = queue.items(Process.objects.all())
    assert line.people == []
    assert queue.waits_for_user(people["secretariat"], line)


def test_queue__asks_the_database_as_often_for_many_documents_as_for_few(people) -> None:
    ProcessFactory.create_batch(2, forum=people.forum)
    with CaptureQueriesContext(connection) as few:
        queue.items(Process.objects.select_related("page"))
    ProcessFactory.create_batch(8, forum=people.forum)
    with CaptureQueriesContext(connection) as many:
        queue.items(Process.objects.select_related("page"))
    assert len(few) == len(many)


def test_task_sources__add_their_work_to_the_line(people, monkeypatch) -> None:
    process = ProcessFactory(forum=people.forum)
    monkeypatch.setattr(queue, "TASK_SOURCES", {})
    queue.task_source("lamps")(lambda rows: {row.pk: [queue.Task("3 lamps wait", "/lamps/")] for row in rows})
    (line,) = queue.items([process])
    assert line.tasks == [queue.Task("3 lamps wait", "/lamps/")]
    with pytest.raises(ValueError, match="twice"):
        queue.task_source("lamps")(lambda rows: {})


def test_report__filters_by_forum_state_role_and_lateness(people, client) -> None:
    drafting = ProcessFactory(forum=people.forum)
    wrapping = ProcessFactory(forum=people.forum, at="wrap_up")
    other = ProcessFactory(forum=people.other_forum)
    set_due(wrapping, timezone.now() - timedelta(days=1))
    client.force_login(people["secretariat"])

    def shown(**filters: str) -> set[str]:
        text = client.get("/admin/workflow/queue/results/", filters).content.decode()
        return {p.title for p in (drafting, wrapping, other) if f"/admin/pages/{p.page_id}/edit/" in text}

    assert shown() == {drafting.title, wrapping.title, other.title}
    assert shown(forum=str(people.forum.pk)) == {drafting.title, wrapping.title}
    assert shown(state="wrap_up") == {wrapping.title}
    assert shown(role="rapporteur") == {drafting.title, other.title}
    assert shown(overdue="true") == {wrapping.title}
    assert shown(overdue="false") == {drafting.title, other.title}


def test_report_as_csv__has_a_line_a_document_and_no_formula(people, client) -> None:
    process = ProcessFactory(forum=people.forum, page__title="=1+1")
    Process.objects.filter(pk=process.pk).update(title="=1+1")
    client.force_login(people["facilitator"])
    response = client.get("/admin/workflow/queue/", {"export": "csv"})
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert row["Document"] == "'=1+1"
    assert row["State"] == "Initial draft"
    assert people["facilitator"].get_full_name() in row["Waits for"]


def test_first_page_of_the_admin__shows_what_waits_for_this_person(people, client) -> None:
    process = ProcessFactory(forum=people.forum, at="comment")
    client.force_login(people["facilitator"])
    assert process.title in client.get("/admin/").content.decode()
    client.force_login(people["other_facilitator"])
    assert process.title not in client.get("/admin/").content.decode()


def test_report__for_somebody_without_a_role__is_closed(people, client) -> None:
    client.force_login(people["nobody"])
    assert client.get("/admin/workflow/queue/").status_code == 302


def test_first_page_of_the_admin__says_what_waits_for_me_and_what_waits_for_others(client, people) -> None:
    mine = ProcessFactory(forum=people.forum, at="comment")
    theirs = ProcessFactory(forum=people.forum, at="drafting")
    rows = first_page(client, people["facilitator"])
    assert f"<bdi>{name_of(people['facilitator'])}</bdi>" in client.get("/admin/").content.decode()
    assert rows["Waiting for you"] == [mine.title, theirs.title]  # a facilitator may write too
    assert first_page(client, people["rapporteur"]) == {
        "Waiting for you": [theirs.title],
        "Waiting for others": [mine.title],
    }
    assert first_page(client, people["secretariat"]) == {
        "Waiting for you": [],
        "Waiting for others": [mine.title, theirs.title],
    }


def test_first_page_of_the_admin__says_that_nothing_waits(client, people) -> None:
    ProcessFactory(forum=people.forum, at="final")
    client.force_login(people["facilitator"])
    assert "No document waits for anybody" in client.get("/admin/").content.decode()


def first_page(client, user) -> dict[str, list[str]]:
    """Heading of the panel to the documents below it."""
    client.force_login(user)
    page = BeautifulSoup(client.get("/admin/").content, "html.parser").find(id="workflow-queue-section")
    found: dict[str, list[str]] = {}
    for element in page.find_all(["h2", "h3", "td"]):
        if element.name != "td":
            heading = element.get_text(strip=True)
            found[heading] = []
        elif "title" in element.get("class", []):
            found[heading].append(element.a.get_text(strip=True))
    return found
