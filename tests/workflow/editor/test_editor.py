"""What the page editor and the explorer show: checklist, due date, state."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories import OutcomePageFactory, ProcessFactory
from tests.workflow.moves import FILLED
from workflow.states import TRANSITIONS
from workflow.transitions.due_dates import set_due
from workflow.transitions.models import Process
from workflow.transitions.readiness import readiness
from workflow.transitions.services import blockers, perform, process_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(people) -> Process:
    return ProcessFactory(forum=people.forum)


def panel(client, process: Process) -> BeautifulSoup:
    response = client.get(f"/admin/pages/{process.page_id}/edit/")
    assert response.status_code == 200
    found = BeautifulSoup(response.content, "html.parser").find(id="ready-open_comment")
    assert found is not None, "the side panel of the checklist did not arrive in the editor"
    return found.find_parent("section")


def test_side_panel__of_a_draft__names_each_condition_of_the_next_step(process, people, client) -> None:
    client.force_login(people["facilitator"])
    text = " ".join(panel(client, process).get_text(" ").split())
    assert "Possible now." in text
    assert "Met: Every paragraph can be cited" in text
    assert "Asked in the step: The call for comment has an announcement." in text


def test_side_panel__of_an_empty_draft__links_what_is_missing_to_its_mend(people, client) -> None:
    process = process_of(OutcomePageFactory(parent=people.forum, body=[]))
    client.force_login(people["facilitator"])
    section = panel(client, process)
    link = section.find("a", string="The document has no text yet.")
    assert link["href"].startswith(f"/admin/pages/{process.page_id}/edit/")
    assert "Not yet possible." in section.get_text()


def test_side_panel__for_a_rapporteur__offers_no_link_to_the_step_but_says_whose_it_is(process, people, client) -> None:
    client.force_login(people["rapporteur"])
    section = panel(client, process)
    assert section.find("h3").find("a") is None
    assert "Taken by: Facilitator" in " ".join(section.get_text(" ").split())


def test_side_panel__is_left_out_of_an_autosave(process, people, client) -> None:
    """An autosave comes every half second and must not run every guard."""
    client.force_login(people["facilitator"])
    address = f"/admin/pages/{process.page_id}/edit/"
    page = BeautifulSoup(client.get(address).content, "html.parser")
    form = page.find("form", id="page-edit-form")
    fields = {field["name"]: field.get("value", "") for field in form.find_all("input") if field.get("name")}
    texts = {field["name"]: field.get_text() for field in form.find_all("textarea") if field.get("name")}
    chosen = {s["name"]: s.find("option", selected=True)["value"] for s in form.find_all("select") if s.get("name")}
    response = client.post(address, fields | texts | chosen | {"body-count": "0"}, HTTP_ACCEPT="application/json")
    assert response.status_code == 200, response.content
    assert response.json()["success"]
    assert "ready-open_comment" not in response.content.decode()


@pytest.mark.parametrize("state", ["drafting", "comment", "incorporating", "wrap_up", "final", "withdrawn"])
def test_readiness__agrees_with_what_perform_would_refuse(people, state) -> None:
    process = ProcessFactory(forum=people.forum, at=state)
    for step in readiness(process, people["secretariat"]):
        unmet = blockers(process, step.move, people["secretariat"], with_form=False)
        assert {item.code for item in step.missing} == {item.code for item in unmet if not item.soft}
        assert step.mine
    assert {step.move.name for step in readiness(process, people["secretariat"])} == {
        move.name for move in TRANSITIONS.values() if state in move.sources
    }


def test_readiness__for_a_facilitator__leaves_out_what_only_the_secretariat_does(process, people) -> None:
    assert [step.move.name for step in readiness(process, people["facilitator"])] == ["open_comment"]


def test_open_comment__makes_the_closing_instant_the_due_date(process, people) -> None:
    data = FILLED["open_comment"]()
    perform(process, "open_comment", people["facilitator"], data=data)
    assert Process.objects.get(pk=process.pk).due_at == data["closes"]
    perform(process, "return_to_draft", people["secretariat"], reason="Too early.")
    assert Process.objects.get(pk=process.pk).due_at is None


def test_due_date__set_twice_to_the_same__writes_once(process, people) -> None:
    moment = timezone.now() + timedelta(days=3)
    assert set_due(process, moment, people["facilitator"])
    assert not set_due(process, moment, people["facilitator"])


@pytest.mark.parametrize(("role", "status"), [("facilitator", 302), ("secretariat", 302), ("rapporteur", 403)])
def test_due_date__is_set_by_facilitators_and_the_secretariat(process, people, client, role, status) -> None:
    client.force_login(people[role])
    response = client.post(f"/admin/workflow/{process.page_id}/due/", {"due_at": "2099-05-01T12:00"})
    was_set = Process.objects.get(pk=process.pk).due_at is not None
    assert was_set is (role != "rapporteur")
    assert response.status_code == 302  # Wagtail answers a refusal by leading back to its first page
    assert (response["Location"] == "/admin/") is (status == 403)


def test_explorer_of_a_forum__shows_state_and_due_date_and_filters_by_them(process, people, client) -> None:
    other = ProcessFactory(forum=people.forum)
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    client.force_login(people["facilitator"])
    response = client.get(f"/admin/pages/{people.forum.pk}/")
    text = response.content.decode()
    assert "Public comment" in text
    assert "Initial draft" in text
    filtered = client.get(f"/admin/pages/{people.forum.pk}/", {"state": "comment"}).content.decode()
    assert process.title in filtered
    assert f"/admin/pages/{other.page_id}/edit/" not in filtered
    late = client.get(f"/admin/pages/{people.forum.pk}/", {"overdue": "true"}).content.decode()
    assert f"/admin/pages/{process.page_id}/edit/" not in late


def test_explorer__shows_when_a_document_is_due_and_that_it_is_late(process, people, client) -> None:
    late = ProcessFactory(forum=people.forum)
    set_due(process, datetime(2099, 5, 1, 12, 30, tzinfo=UTC))
    set_due(late, datetime(2001, 5, 1, 12, 30, tzinfo=UTC))
    client.force_login(people["facilitator"])
    page = BeautifulSoup(client.get(f"/admin/pages/{people.forum.pk}/").content, "html.parser")
    due = {
        time["datetime"]: " ".join(time.find_parent("td").get_text(" ").split()) for time in page.select("td > time")
    }
    assert due["2099-05-01T12:30:00+00:00"] == "1 May 2099, 12:30 UTC"
    assert due["2001-05-01T12:30:00+00:00"] == "Overdue: 1 May 2001, 12:30 UTC"


def test_explorer__filtered_by_forum_over_the_whole_tree__names_the_forum_of_each_document(people, client) -> None:
    mine, theirs = ProcessFactory(forum=people.forum), ProcessFactory(forum=people.other_forum)
    client.force_login(people["secretariat"])
    address = f"/admin/pages/{people.forum.pk}/"
    headings = BeautifulSoup(client.get(address).content, "html.parser").find_all("th")
    assert "Forum" not in [" ".join(heading.get_text(" ").split()) for heading in headings]
    page = client.get(address, {"search_all": "true", "forum": people.other_forum.pk}).content.decode()
    assert f"/admin/pages/{theirs.page_id}/edit/" in page
    assert f"/admin/pages/{mine.page_id}/edit/" not in page
    row = BeautifulSoup(page, "html.parser").find("a", href=re.compile(f"/{theirs.page_id}/edit/")).find_parent("tr")
    assert people.other_forum.title in [cell.get_text(strip=True) for cell in row.find_all("td")]


def test_explorer__asks_for_states_and_due_dates_once_for_all_documents(people, client) -> None:
    client.force_login(people["facilitator"])
    ProcessFactory.create_batch(3, forum=people.forum)
    address = f"/admin/pages/{people.forum.pk}/"
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    whole_rows = [query for query in asked if query["sql"].startswith('SELECT "workflow_process"."id"')]
    assert len(whole_rows) == 1
