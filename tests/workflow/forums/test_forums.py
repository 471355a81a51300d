"""A forum from proposal to closing: a small machine of its own, with public reasons."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection, transaction
from django.utils import timezone

from tests.factories import OutcomePageFactory, ProcessFactory
from workflow.forums import services as forums
from workflow.forums.calendar import is_too_short
from workflow.forums.models import Forum, ForumLog, Milestone
from workflow.forums.states import FORUM_MOVES, ForumState
from workflow.proposals_and_nominations.services import propose
from workflow.states import Role
from workflow.transitions.services import process_of
from workflow.verification import findings

pytestmark = pytest.mark.django_db

WHERE = {
    "admit": "received discarded",
    "discard": "received",
    "approve": "proposed deferred",
    "decline": "proposed deferred",
    "defer": "proposed",
    "move_elsewhere": "proposed deferred",
    "reconsider": "declined elsewhere deferred",
    "begin": "approved",
    "close": "active",
    "resume": "closed",
}


def a_forum(state: str = "received", **more) -> Forum:
    now = timezone.now()
    facts = {"title": "Fictitious lamps", "year": 2099, "scope": "Lamps in storms.", "proposer": "Ficta Tester"}
    return Forum.objects.create(state=state, received_at=now, state_since=now, **(facts | more))


def move(forum: Forum, name: str, user, reason: str = "Decided in a fictitious meeting of 2099.") -> ForumLog:
    forum = Forum.objects.get(pk=forum.pk)
    return forums.perform_forum(forum, name, user, reason=reason, seen=forum.moves, at=timezone.now())


def test_every_move__has_a_line_in_the_table() -> None:
    assert set(WHERE) == set(FORUM_MOVES)


@pytest.mark.parametrize("state", ForumState)
@pytest.mark.parametrize("name", FORUM_MOVES)
def test_a_move__is_possible_in_the_right_states_only(people, name, state) -> None:
    unmet = forums.forum_blockers(a_forum(state), FORUM_MOVES[name], people["secretariat"])
    assert ("wrong_state" in {item.code for item in unmet}) is (state not in WHERE[name].split())


@pytest.mark.parametrize("role", ["facilitator", "lead_expert", "rapporteur", "nobody", "other_facilitator"])
def test_a_decision__is_recorded_by_the_secretariat_alone(people, role) -> None:
    forum = a_forum("proposed")
    with pytest.raises(forums.ForumRefused) as refusal:
        move(forum, "approve", people[role])
    assert refusal.value.codes == {"wrong_role"}


def test_a_decision__without_a_reason__is_refused_and_changes_nothing(people) -> None:
    forum = a_forum("proposed")
    with pytest.raises(forums.ForumRefused) as refusal:
        move(forum, "decline", people["secretariat"], reason=" ")
    assert refusal.value.codes == {"reason"}
    assert Forum.objects.get(pk=forum.pk).state == "proposed"
    assert not ForumLog.objects.exists()


def test_two_decisions_at_once__the_second_is_refused(people) -> None:
    forum = a_forum("proposed")
    move(forum, "approve", people["secretariat"])
    with pytest.raises(forums.ForumRefused) as refusal:
        forums.perform_forum(forum, "decline", people["secretariat"], reason="x", seen=0, at=timezone.now())
    assert refusal.value.codes == {"stale"}


def test_a_forum__begins_with_a_page_and_a_facilitator(people) -> None:
    forum = a_forum("approved")
    with pytest.raises(forums.ForumRefused) as refusal:
        move(forum, "begin", people["secretariat"])
    assert refusal.value.codes == {"has_page"}
    Forum.objects.filter(pk=forum.pk).update(page=people.forum)
    people["facilitator"].groups.clear()
    with pytest.raises(forums.ForumRefused) as refusal:
        move(forum, "begin", people["secretariat"])
    assert refusal.value.codes == {"has_facilitator"}


def test_a_forum__closes_when_its_documents_are_settled_and_the_questions_answered(people) -> None:
    forum = a_forum("active", page=people.forum)
    ProcessFactory(forum=people.forum)
    with pytest.raises(forums.ForumRefused) as refusal:
        move(forum, "close", people["facilitator"])
    assert refusal.value.codes == {"documents_settled", "closing_questions_answered"}
    assert len(refusal.value.unmet) == 4
    done = a_forum("active", page=people.other_forum, worked_well="a", worked_less="b", differently="c")
    row = move(done, "close", people["other_facilitator"], reason="")
    assert (row.role, row.in_stead) == (Role.FACILITATOR, False)


def test_the_log_of_a_forum__refuses_change_in_the_database(people) -> None:
    move(a_forum("proposed"), "approve", people["secretariat"])
    for statement in ("UPDATE workflow_forumlog SET reason = 'x'", "DELETE FROM workflow_forumlog"):
        with pytest.raises(Exception, match="frozen"), transaction.atomic():
            connection.cursor().execute(statement)


@pytest.mark.parametrize(("weeks", "short"), [(7, True), (8, False)])
def test_working_time__of_seven_weeks__is_warned_of(people, client, weeks, short) -> None:
    forum = a_forum("proposed")
    move(forum, "approve", people["secretariat"])
    planned = timezone.localdate() + timedelta(weeks=weeks)
    Milestone.objects.create(forum=forum, name="Session", planned=planned, actual=planned + timedelta(days=3))
    assert is_too_short(forum) is short
    text = " ".join(client.get(f"/proposals/{forum.pk}/").content.decode().split())
    assert ("far too short" in text) is short
    assert "3 days late" in text


def test_desk__of_a_forum__is_seen_by_its_own_people(people, client) -> None:
    forum = a_forum("active", page=people.forum)
    for role, status in (("facilitator", 200), ("rapporteur", 200), ("secretariat", 200), ("other_facilitator", 302)):
        client.force_login(people[role])
        assert client.get(f"/admin/workflow/forums/{forum.pk}/").status_code == status, role
        listed = client.get("/admin/workflow/forums/").content.decode()
        assert (forum.title in listed) is (status == 200)


def test_desk__lets_a_facilitator_answer_the_questions_but_not_choose_the_page(people, client) -> None:
    forum = a_forum("active", page=people.forum)
    client.force_login(people["facilitator"])
    form = {
        "title": forum.title,
        "year": 2099,
        "scope": "S",
        "worked_well": "Much of 2099",
        "page": people.other_forum.pk,
    }
    form |= {
        "dates-TOTAL_FORMS": 1,
        "dates-INITIAL_FORMS": 0,
        "dates-0-name": "Session",
        "dates-0-planned": "2099-06-01",
    }
    assert client.post(f"/admin/workflow/forums/{forum.pk}/edit/", form).status_code == 302
    fresh = Forum.objects.get(pk=forum.pk)
    assert (fresh.worked_well, fresh.page_id, fresh.state) == ("Much of 2099", people.forum.pk, "active")
    assert fresh.milestones.get().name == "Session"


def test_desk__moves_by_a_form_with_its_counter(people, client) -> None:
    forum = a_forum("proposed")
    client.force_login(people["secretariat"])
    address = f"/admin/workflow/forums/{forum.pk}/move/approve/"
    refused = client.post(address, {"seen": "nonsense", "reason": "Approved <in> 2099."})
    assert refused.status_code == 422
    kept = BeautifulSoup(refused.content, "html.parser").find(id="written")
    assert kept.get_text().strip() == "Approved <in> 2099."
    assert client.post(address, {"seen": "nonsense"}).status_code == 302, "nothing was written"
    assert Forum.objects.get(pk=forum.pk).state == "proposed"
    client.post(address, {"seen": "0", "reason": "Approved in 2099."})
    assert Forum.objects.get(pk=forum.pk).state == "approved"


def test_board_of_a_forum__shows_each_document_with_what_its_next_step_lacks_and_moves_several(people, client) -> None:
    forum = a_forum("active", page=people.forum)
    ready = ProcessFactory(forum=people.forum)
    empty = process_of(OutcomePageFactory(parent=people.forum, body=[]))
    elsewhere = ProcessFactory(forum=people.other_forum)
    client.force_login(people["facilitator"])
    board = BeautifulSoup(client.get(f"/admin/workflow/forums/{forum.pk}/").content, "html.parser")
    said = {process: board.find(attrs={"aria-labelledby": f"document-{process.page_id}"}) for process in (ready, empty)}
    assert "Open public comment: ready" in " ".join(said[ready].get_text(" ").split()).replace(" :", ":")
    mend = said[empty].find("a", string="The document has no text yet.")
    assert f"/admin/pages/{empty.page_id}/edit/" in mend["href"]
    chosen = [box["value"] for box in board.find_all("input", {"name": "id"})]
    assert sorted(chosen) == sorted([str(ready.page_id), str(empty.page_id)])
    assert str(elsewhere.page_id) not in chosen
    preview = client.get("/admin/workflow/bulk/", {"id": chosen, "move": "open_comment"}).content.decode()
    assert ready.title in preview
    assert empty.title in preview


def test_evaluation__counts_what_the_forum_did_and_what_other_rooms_add(people, monkeypatch) -> None:
    monkeypatch.setattr(forums, "EVALUATION_SOURCES", [])
    forums.evaluation_source(lambda forum: [("Lamps lit", 7)])
    forum = a_forum("closed", page=people.forum)
    ProcessFactory(forum=people.forum, at="final")
    ProcessFactory(forum=people.other_forum, at="final")
    rows = dict(forums.evaluation(forum))
    assert (rows["Documents"], rows["of them final"], rows["Editions published"], rows["Lamps lit"]) == (1, 1, 1, 7)


def test_verification__finds_a_forum_at_odds_with_its_log(people) -> None:
    forum = propose(Forum(title="Lamps", year=2099, scope="x", proposer="Ficta"), timezone.now())
    move(forum, "admit", people["secretariat"])
    assert list(findings()) == []
    Forum.objects.filter(pk=forum.pk).update(state="approved", moves=2)
    faults = list(findings())
    assert len(faults) == 2
    assert all("Lamps (2099)" in fault for fault in faults)


@pytest.mark.parametrize(("documents", "more"), [(8, ""), (10, "2 more documents")])
def test_own_forum__of_many_documents__says_how_many_it_leaves_out(people, client, documents, more) -> None:
    forum = a_forum("active", page=people.forum)
    ProcessFactory.create_batch(documents, forum=people.forum)
    client.force_login(people["facilitator"])
    panel = BeautifulSoup(client.get("/admin/").content, "html.parser").find(id="own-forums-section")
    assert len(panel.select("td.title")) == 8
    links = [a.get_text() for a in panel.find_all("a", href=f"/admin/workflow/forums/{forum.pk}/")]
    assert links == [forum.title, *([f"{more}: {forum.title}"] if more else [])]


def test_reason_of_a_decision__is_announced_as_public_except_where_the_proposal_is_hidden(people, client) -> None:
    client.force_login(people["secretariat"])
    said = {}
    for state in ("received", "proposed"):
        forum = a_forum(state)
        page = BeautifulSoup(client.get(f"/admin/workflow/forums/{forum.pk}/").content, "html.parser")
        labels = page.find_all("label", attrs={"for": lambda name: bool(name) and name.startswith("reason-")})
        said |= {label["for"].removeprefix("reason-"): label.get_text() for label in labels}
    assert said["decline"] == said["defer"] == said["move_elsewhere"] == "Reason (public)"
    assert said["discard"] == "Reason"
