"""What a person of the desk follows: one button, a visit that is remembered, and of others only what is public."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from tests.factories import OutcomePageFactory
from tests.journeys.clicking import Clicking
from tests.workflow.forums.test_forums import a_forum
from tests.workflow.moves import brought_to, open_comment
from workflow.access.models import RoleGroup
from workflow.following import admin_views, services
from workflow.following.models import Followed
from workflow.following.news import news_of
from workflow.transitions.services import perform, process_of

pytestmark = pytest.mark.django_db

AN_HOUR = timedelta(hours=1)


def at_desk(person: Any) -> Clicking:
    clicking = Clicking(Client(enforce_csrf_checks=True))
    clicking.client.force_login(person)
    return clicking.begin()


def panel(person: Any) -> str:
    return " ".join(at_desk(person).page.find(id="followed-section").get_text(" ").split()).replace(" :", ":")


def follows(person: Any, page: Any) -> Followed:
    return services.follow(person, page, timezone.now() - AN_HOUR)


def saved_by(person: Any, page: Any) -> None:
    process_of(page)  # as the editor makes it
    page.save_revision(user=person)


def test_nothing_followed__the_panel_says_what_to_do(people) -> None:
    assert "You follow nothing yet. Follow a forum or a document" in panel(people["rapporteur"])


def test_forum__followed_with_one_button__stands_on_the_first_page_until_it_is_stopped(people) -> None:
    forum = a_forum("active", page=people.forum)
    at = at_desk(people["rapporteur"])
    at.follow("Fictitious lamps", within="#own-forums-section")
    at.press("Follow")
    assert at.address == f"/admin/workflow/forums/{forum.pk}/"
    assert Followed.objects.get().page_id == people.forum.pk
    assert people.forum.title in panel(people["rapporteur"])
    at.begin()
    at.press("Stop following", within="#followed-section")
    assert not Followed.objects.exists()


def test_own_forum__news_are_what_others_did_since_the_last_visit__and_survive_signing_out(people) -> None:
    page = OutcomePageFactory(parent=people.forum, title="Lamps")
    rapporteur, expert = people["rapporteur"], people["lead_expert"]
    follows(rapporteur, people.forum)
    expert.first_name, expert.last_name = "Amal", "Ficta"
    expert.save()
    for _time in range(2):
        saved_by(expert, page)
    saved_by(rapporteur, page)
    perform(process_of(page), "open_comment", people["facilitator"], data=open_comment())
    text = panel(rapporteur)
    assert "Lamps: Amal Ficta saved the text (2 times)." in text
    assert "Lamps: Open public comment: Public comment" in text
    assert str(rapporteur) not in text.replace(str(expert), "")
    at = at_desk(rapporteur)  # another session: the visit is remembered with the account
    at.follow(people.forum.title, within="#followed-section")
    assert "Nothing new since your last visit:" in panel(rapporteur)


def test_comments_that_came_in__are_one_line_with_their_number(people) -> None:
    from tests.consultation.stories import begun

    story = begun(people)
    follows(people["rapporteur"], story.process.page)
    for number in range(3):
        story.comment(f"A fictitious remark {number}.")
    assert "3 comments came in." in panel(people["rapporteur"])


def test_forum_of_others__tells_public_steps_only(people) -> None:
    stranger = people["other_facilitator"]
    follows(stranger, people.forum)
    secret = OutcomePageFactory(parent=people.forum, title="Secret plans")
    saved_by(people["lead_expert"], secret)
    public = brought_to("comment", people)
    public.page.title = "A secret new title"
    public.page.specific.save_revision(user=people["lead_expert"])
    text = panel(stranger)
    assert f"{public.title}: Public comment" in text
    assert "secret" not in text.lower()
    assert "saved the text" not in text
    links = [a["href"] for a in at_desk(stranger).page.select("#followed-section li ul a")]
    assert links
    assert all(link.startswith("/library/") for link in links)


@pytest.mark.parametrize(
    ("state", "who", "may"),
    [("drafting", "other_facilitator", False), ("drafting", "rapporteur", True), ("comment", "other_rapporteur", True),
     ("withdrawn", "other_rapporteur", False)],
)  # fmt: skip
def test_document__is_followed_by_its_people_and_once_public_by_others(state, who, may, people, client) -> None:
    page = brought_to(state, people).page
    client.force_login(people[who])
    answer = client.post("/admin/workflow/following/change/", {"do": "follow", "page": page.pk})
    assert answer.status_code == (302 if may else 404)
    assert Followed.objects.filter(page=page).exists() is may


@pytest.mark.parametrize("page", ["", "0", "x", "9999999", "1", "²", "12345678901234567890"])
def test_follow__of_what_is_no_forum_and_no_document__is_refused(page, people, client) -> None:
    client.force_login(people["facilitator"])
    assert client.post("/admin/workflow/following/change/", {"do": "follow", "page": page}).status_code == 404


def test_role_that_ended__takes_the_news_of_the_draft_along(people) -> None:
    page, expert = OutcomePageFactory(parent=people.forum, title="Lamps"), people["lead_expert"]
    follows(expert, page)
    saved_by(people["facilitator"], page)
    assert "saved the text" in panel(expert)
    RoleGroup.objects.get(page=people.forum, role="lead_expert").group.user_set.remove(expert)
    RoleGroup.objects.get(page=people.other_forum, role="lead_expert").group.user_set.add(expert)
    text = panel(expert)
    assert "What you followed here is not open to you any more." in text
    assert "Lamps" not in text
    assert "saved the text" not in text


def test_seen__counts_up_to_when_the_list_was_drawn(people) -> None:
    page = OutcomePageFactory(parent=people.forum, title="Lamps")
    rapporteur = people["rapporteur"]
    row = follows(rapporteur, page)
    saved_by(people["facilitator"], page)
    at = at_desk(rapporteur)
    saved_by(people["lead_expert"], page)  # while the list stands on the screen
    at.press("I have seen all of it")
    row.refresh_from_db()
    (line,) = news_of(rapporteur)[0].lines
    assert people["lead_expert"].get_full_name() in line.said


@pytest.mark.parametrize("until", ["", "yesterday", "2099-01-01T00:00:00+00:00", "2026-01-01"])
def test_seen__until_a_moment_that_is_none_or_to_come__hides_nothing_to_come(until, people, client) -> None:
    row = follows(people["rapporteur"], people.forum)
    client.force_login(people["rapporteur"])
    client.post("/admin/workflow/following/change/", {"do": "seen", "until": until})
    row.refresh_from_db()
    assert row.seen_at <= timezone.now()


def test_text_opened_in_the_editor__is_a_visit(people, client) -> None:
    page = OutcomePageFactory(parent=people.forum)
    row = follows(people["rapporteur"], page)
    client.force_login(people["rapporteur"])
    client.get(f"/admin/pages/{page.pk}/edit/")
    before, row = row.seen_at, Followed.objects.get()
    assert row.seen_at > before


def test_what_somebody_else_follows__is_not_opened_nor_stopped(people, client) -> None:
    row = follows(people["rapporteur"], people.forum)
    client.force_login(people["facilitator"])
    assert client.get(f"/admin/workflow/following/{row.pk}/").status_code == 404
    client.post("/admin/workflow/following/change/", {"do": "stop", "page": people.forum.pk})
    assert Followed.objects.filter(pk=row.pk).exists()


def test_list__finds_forums_and_public_documents_by_words__and_no_draft(people, client) -> None:
    public = brought_to("comment", people)
    draft = OutcomePageFactory(parent=people.forum, title="Secret plans")
    client.force_login(people["other_rapporteur"])

    def found(words: str) -> str:
        page = BeautifulSoup(client.get("/admin/workflow/following/", {"q": words}).content, "html.parser")
        return page.find("table", class_="listing").get_text(" ")

    assert people.forum.title in found(public.title)
    assert public.title in found(public.title)
    assert draft.title not in found("")
    assert people.forum.title not in found("Secret")
    assert "No forum and no public document is called so." in found("nothing is called so")


def test_forum_that_is_on_no_first_page__is_found_by_the_links(people, client, monkeypatch) -> None:
    monkeypatch.setattr(admin_views, "FORUMS_A_PAGE", 1)
    titles, address = [], "/admin/workflow/following/"
    client.force_login(people["rapporteur"])
    for _each in range(2):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        titles += [cell.get_text(" ", strip=True) for cell in page.select("table.listing td.title a")]
        onward = page.find("a", rel="next")
        address = "/admin/workflow/following/" + onward["href"] if onward else ""
    assert set(titles) == {people.forum.title, people.other_forum.title}


def test_many_followed__are_looked_through_in_one_dozen_queries(people, django_assert_max_num_queries) -> None:
    pages = [OutcomePageFactory(parent=people.forum) for _number in range(4)]
    for page in (*pages, people.forum):
        follows(people["rapporteur"], page)
        saved_by(people["facilitator"], pages[0])
    with django_assert_max_num_queries(22):
        assert len(news_of(people["rapporteur"])) == 5


def test_more_than_can_be_looked_through__is_refused_with_a_way_out(people, client, monkeypatch) -> None:
    monkeypatch.setattr(services, "MOST_FOLLOWED", 1)
    follows(people["rapporteur"], people.forum)
    page = OutcomePageFactory(parent=people.forum)
    client.force_login(people["rapporteur"])
    sent = {"do": "follow", "page": page.pk, "next": "https://example.org/"}
    answer = client.post("/admin/workflow/following/change/", sent, follow=True)
    assert answer.redirect_chain == [("/admin/workflow/following/", 302)]
    assert "Stop following one first." in answer.content.decode()
