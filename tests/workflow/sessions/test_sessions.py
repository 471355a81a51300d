"""The record of a session: for one forum or all of a meeting, with panel, minutes and rating sheets."""

from datetime import UTC, datetime

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils import timezone

from tests.factories import ProcessFactory
from workflow.forums.models import Forum
from workflow.sessions.models import RatingSheet, Session
from workflow.sessions.services import has_minutes, sessions_of

pytestmark = pytest.mark.django_db

RICH = (
    '{"blocks":[{"key":"00000","text":"Lamps were discussed.","type":"unstyled","depth":0,"inlineStyleRanges":[],'
    '"entityRanges":[]}],"entityMap":{}}'
)


def a_session(*forums, **more) -> Session:
    facts = {"title": "Wrap-up of 2099", "starts": datetime(2099, 9, 4, 11, 30, tzinfo=UTC), "place": "Room 1"}
    session = Session.objects.create(**(facts | more))
    session.forums.set(forums)
    return session


def filled(forum, **changes) -> dict[str, object]:
    form = {
        "title": "Session of 2099", "forums": forum.pk, "time_zone": "Europe/Istanbul", "starts": "2099-07-04T14:30",
        "ends": "2099-07-04T16:00", "place": "Room 1, Port Fiction", "minutes": RICH, "attendance": "100",
        "panel-TOTAL_FORMS": 1, "panel-INITIAL_FORMS": 0, "panel-0-name": "Ficta Moderator",
        "panel-0-role": "moderator",
        "ratings-TOTAL_FORMS": 1, "ratings-INITIAL_FORMS": 0, "ratings-0-recommendation": "Light more lamps",
        "ratings-0-lines": "agree: 41\nagree in part: 7\n\ndisagree: 2",
    }  # fmt: skip
    return form | changes


def test_session__is_recorded_with_panel_minutes_and_sheets_and_shown_in_public(people, client) -> None:
    client.force_login(people["rapporteur"])
    assert client.post("/admin/workflow/sessions/new/", filled(people.forum)).status_code == 302
    session = Session.objects.get()
    client.logout()
    text = " ".join(client.get(f"/sessions/{session.pk}/").content.decode().split())
    for words in (
        "Ficta Moderator",
        "Lamps were discussed.",
        "Light more lamps",
        ">41<",
        ">50<",
        "Room 1, Port Fiction",
    ):
        assert words in text
    assert "They are no vote" in text


def test_session_of_a_forum_that_is_not_public__is_there_for_those_who_write_it_alone(people, client) -> None:
    session = a_session(people.forum)
    assert client.get(f"/sessions/{session.pk}/").status_code == 200
    people.forum.unpublish()
    assert client.get(f"/sessions/{session.pk}/").status_code == 404
    client.force_login(people["rapporteur"])
    assert client.get(f"/sessions/{session.pk}/").status_code == 200
    client.force_login(people["other_facilitator"])
    assert client.get(f"/sessions/{session.pk}/").status_code == 404


def test_session__typed_by_the_clock_on_the_wall__is_stored_as_an_instant_and_shown_in_both(people, client) -> None:
    client.force_login(people["facilitator"])
    client.post("/admin/workflow/sessions/new/", filled(people.forum))
    session = Session.objects.get()
    assert session.starts == datetime(2099, 7, 4, 11, 30, tzinfo=UTC)
    text = client.get(f"/sessions/{session.pk}/").content.decode()
    assert "11:30 UTC" in text
    assert "14:30" in text
    edit = client.get(f"/admin/workflow/sessions/{session.pk}/").content.decode()
    assert 'value="2099-07-04T14:30"' in edit
    assert "agree: 41" in edit


@pytest.mark.parametrize(
    "mistake",
    [
        {"time_zone": "Mars/Olympus"},
        {"starts": "tomorrow"},
        {"ends": "2099-07-04T14:30"},
        {"ratings-0-lines": "agree"},
        {"ratings-0-lines": "agree: many"},
        {"forums": "999999"},
        {"attendance": "-1"},
        {"recording": "javascript:alert(1)"},
    ],
)
def test_session_with_a_mistake__is_not_stored_and_loses_no_word(people, client, mistake) -> None:
    client.force_login(people["facilitator"])
    response = client.post("/admin/workflow/sessions/new/", filled(people.forum) | mistake)
    assert response.status_code == 200
    assert "Room 1, Port Fiction" in response.content.decode()
    assert not Session.objects.exists()


def test_session_of_all_forums__belongs_to_the_documents_of_each(people) -> None:
    mine, theirs = ProcessFactory(forum=people.forum), ProcessFactory(forum=people.other_forum)
    session = a_session(people.forum, people.other_forum)
    assert list(sessions_of(mine)) == list(sessions_of(theirs)) == [session]
    session.documents.set([mine])
    assert list(sessions_of(mine)) == [session]
    assert list(sessions_of(theirs)) == []


def test_minutes__are_linked_once_a_session_of_the_document_has_some(people) -> None:
    process = ProcessFactory(forum=people.forum)
    session = a_session(people.forum)
    assert not has_minutes(process)
    Session.objects.filter(pk=session.pk).update(minutes="<p>Held.</p>")
    assert has_minutes(process)


@pytest.mark.parametrize(
    ("role", "may"),
    [
        ("facilitator", True),
        ("rapporteur", True),
        ("secretariat", True),
        ("lead_expert", False),
        ("other_facilitator", False),
    ],
)
def test_session_record__is_written_by_the_roles_of_its_forum(people, client, role, may) -> None:
    session = a_session(people.forum)
    client.force_login(people[role])
    client.post(f"/admin/workflow/sessions/{session.pk}/", filled(people.forum, title="Changed"))
    assert (Session.objects.get().title == "Changed") is may


def test_session_record_of_all_forums__is_not_changed_by_the_people_of_one(people, client) -> None:
    session = a_session(people.forum, people.other_forum)
    client.force_login(people["facilitator"])
    client.post(f"/admin/workflow/sessions/{session.pk}/", filled(people.forum, title="Changed"))
    assert Session.objects.get().title == "Wrap-up of 2099"


def test_minutes__with_a_script_in_them__run_nothing(people, client) -> None:
    session = a_session(people.forum, minutes='<p onclick="x()">Held</p><script>alert(1)</script>')
    RatingSheet.objects.create(session=session, recommendation="<b>x</b>", counts=[["<i>yes</i>", 1]])
    client.force_login(people["facilitator"])
    form = filled(people.forum, minutes=RICH.replace("Lamps were", "<script>alert(1)</script> Lamps were"))
    client.post("/admin/workflow/sessions/new/", form)
    text = client.get(f"/sessions/{Session.objects.latest('pk').pk}/").content.decode()
    assert "<script>alert" not in text
    assert "<i>yes" not in client.get(f"/sessions/{session.pk}/").content.decode()


def test_tag__lists_the_sessions_of_a_document_for_its_public_page(people) -> None:
    process = ProcessFactory(forum=people.forum)
    a_session(people.forum, time_zone="Europe/Istanbul")
    html = Template("{% load sessions %}{% sessions_of series %}").render(Context({"series": process.series}))
    assert "Wrap-up of 2099" in html
    assert "11:30 UTC" in html
    assert Template("{% load sessions %}{% sessions_of 'x' %}").render(Context()).strip() == ""


def test_theme_suggested_in_a_session__becomes_a_proposal_for_the_next_year_that_waits_for_a_look(
    people, client
) -> None:
    forum = Forum.objects.create(
        page=people.forum, title="Lamps", year=2026, scope="x", proposer="x", state="active",
        received_at=timezone.now(), state_since=timezone.now(),
    )  # fmt: skip
    session = Session.objects.create(title="Wrap-up", starts=timezone.now(), place="Room 1")
    session.forums.add(people.forum)
    client.force_login(people["rapporteur"])
    address = f"/admin/workflow/sessions/{session.pk}/suggest/"
    assert address in client.get(f"/admin/workflow/sessions/{session.pk}/").content.decode()
    form = client.get(address).context["form"]
    assert (form.initial["year"], form.initial["continues"]) == (timezone.now().year + 1, forum)
    posted = {name: form.initial.get(name, "") for name in ("year", "proposer")}
    posted |= {"title": "Foghorns", "scope": "How they carry.", "continues": forum.pk}
    client.post(address, posted)
    theme = Forum.objects.get(title="Foghorns")
    assert (theme.state, theme.continues, theme.year) == ("received", forum, timezone.now().year + 1)
    assert "Wrap-up" in theme.proposer
    assert "Foghorns" not in Client().get("/proposals/").content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [("2027-03-28T02:30", "does not exist in Europe/Zurich"), ("2027-10-31T02:30", "comes twice in Europe/Zurich")],
)
def test_session__at_an_hour_that_clocks_skip_or_repeat__is_refused_with_the_hour_named(
    people, client, typed, said
) -> None:
    client.force_login(people["rapporteur"])
    form = filled(people.forum, time_zone="Europe/Zurich", starts=typed, ends="")
    answer = client.post("/admin/workflow/sessions/new/", form)
    text = answer.content.decode()
    assert f"02:30 on {'28 March' if '-03-' in typed else '31 October'} 2027 {said}" in text
    assert not Session.objects.exists()
    assert client.post("/admin/workflow/sessions/new/", form | {"time_zone": "UTC"}).status_code == 302
