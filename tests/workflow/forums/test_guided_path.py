"""The guided path: from a proposal to a first draft with three people, on one page that can be left and taken up."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.test import Client
from django.utils import timezone

from bpf_pages.models.forum import ForumPage
from bpf_pages.models.outcome import OutcomePage
from tests.factories import ForumPageFactory, OutcomePageFactory, ThemePageFactory
from tests.journeys.clicking import Clicking
from tests.workflow.forums.test_forums import a_forum, move
from tests.workflow.moves import brought_to
from workflow.access.models import RoleGroup
from workflow.forums import calendar, path_steps
from workflow.forums.guided_path import STEPS, path_of
from workflow.forums.models import Forum, Milestone, Nomination
from workflow.states import Role

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/workflow/forums/%d/path/"


def standing(forum: Forum, user) -> dict[str, str]:
    rows = path_of(Forum.objects.get(pk=forum.pk), user)
    return {row.step.name: "done" if row.is_done else "next" if row.is_next else "later" for row in rows}


def people_lines(*people: tuple[str, str, Role], page) -> dict[str, object]:
    groups = {row.role: row.pk for row in RoleGroup.objects.filter(page=page)}
    sent: dict[str, object] = {"people-TOTAL_FORMS": len(people), "people-INITIAL_FORMS": 0}
    for at, (name, address, role) in enumerate(people):
        sent |= {f"people-{at}-name": name, f"people-{at}-user": address, f"people-{at}-role_group": groups[role]}
    return sent


def test_a_proposal__becomes_a_first_draft_with_three_people__in_at_most_twelve_clicks(
    people, django_capture_on_commit_callbacks
) -> None:
    before = ForumPageFactory(title="Lamps", slug="lamps", code="LAMPS")
    before.themes.add(ThemePageFactory(title="Light"))
    before.save()
    proposal = a_forum(
        title="Fictitious lamps",
        scope="Lamps in storms.",
        continues=a_forum("closed", title="Lamps before", page=before),
    )
    desk = Clicking(Client(enforce_csrf_checks=True))
    desk.client.force_login(people["secretariat"])
    with django_capture_on_commit_callbacks(execute=True):
        desk.begin()
        desk.choose_from_menu("Forums")
        desk.follow("Fictitious lamps")
        desk.press("Show as a proposal")
        desk.press("Record: approved", reason="Decided in a fictitious meeting of 2099.")
        desk.press("Make the page", page__slug="lamps-again", page__code="LAMPSTOO")
        three = {f"people__{at}__user": f"new{at}@example.org" for at in range(3)}
        desk.press("Give the roles and invite", **three)
        desk.press("Save the dates", dates__first_draft="2099-03-01", dates__comment_opens="2099-04-01")
        desk.press("Begin work")
        desk.press("Begin the document", document__begins_with="outline")
    assert desk.clicks <= 12
    draft = OutcomePage.objects.get()
    assert desk.address == f"/admin/pages/{draft.pk}/edit/"
    assert (draft.title, draft.slug, draft.series) == ("Fictitious lamps", "outcome", "BPF-2099-LAMPSTOO")
    page = draft.forum
    assert (page.title, page.scope, page.meeting.year) == ("Fictitious lamps", "Lamps in storms.", 2099)
    assert [theme.title for theme in page.themes.all()] == ["Light"]
    assert list(page.continues.all()) == [before]
    held = RoleGroup.objects.filter(page=page, group__user__isnull=False).values_list("role", "group__user__email")
    assert dict(held) == {
        "facilitator": "new0@example.org", "lead_expert": "new1@example.org", "rapporteur": "new2@example.org"
    }  # fmt: skip
    invited = {address for sent in mail.outbox for address in sent.to}
    assert {f"new{at}@example.org" for at in range(3)} <= invited
    assert set(standing(proposal, people["secretariat"]).values()) == {"done"}


def test_the_path__left_and_taken_up_by_somebody_else__goes_on_at_the_next_step(people, client) -> None:
    forum = a_forum("proposed")
    assert standing(forum, people["secretariat"]) == {
        "decision": "next", "page": "later", "people": "later", "dates": "later", "beginning": "later",
        "document": "later",
    }  # fmt: skip
    move(forum, "approve", people["secretariat"])
    assert standing(forum, people["secretariat"])["page"] == "next"
    Forum.objects.filter(pk=forum.pk).update(page=people.forum)
    assert standing(forum, people["superuser"])["dates"] == "next"
    assert standing(forum, people["facilitator"])["dates"] == "next"
    assert standing(forum, people["rapporteur"])["document"] == "next"
    client.force_login(people["rapporteur"])
    assert f'{ADDRESS % forum.pk}#id_document-title"' in client.get("/admin/").content.decode()
    shown = client.get(ADDRESS % forum.pk).content.decode()
    assert 'id="id_document-title"' in shown  # also where the step is folded: a browser unfolds it
    assert "The Secretariat or a facilitator takes this step." in shown
    assert 'name="document-title"' in shown
    assert 'name="dates-session"' not in shown


@pytest.mark.parametrize("name", STEPS)
def test_a_step__of_somebody_who_may_not_take_it__is_refused(people, client, name) -> None:
    forum = a_forum("approved", page=people.forum)
    client.force_login(people["other_facilitator"])
    assert client.post(f"{ADDRESS % forum.pk}{name}/").status_code == 302
    assert client.post(f"{ADDRESS % forum.pk}{name}/").url == "/admin/"
    client.force_login(people["rapporteur"])
    answer = client.post(f"{ADDRESS % forum.pk}{name}/", {})
    assert answer.status_code == (422 if name == "document" else 302)


def test_the_page__of_a_code_that_is_taken__is_refused_and_keeps_what_was_typed(people, client) -> None:
    forum = a_forum("approved")
    client.force_login(people["secretariat"])
    sent = {"page-title": "Lamps of mine", "page-code": people.forum.code, "page-slug": people.forum.slug}
    answer = client.post(f"{ADDRESS % forum.pk}page/", sent)
    said = answer.content.decode()
    assert answer.status_code == 422
    assert "Another forum of this year has this code." in said
    assert "Another forum of this year has this address." in said
    assert "Lamps of mine" in said
    assert Forum.objects.get(pk=forum.pk).page is None


def test_the_page__made_by_two_at_once__is_made_once(people, client) -> None:
    forum = a_forum("approved")
    client.force_login(people["secretariat"])
    sent = {"page-title": "Lamps", "page-code": "LAMPS", "page-slug": "lamps"}
    before = ForumPage.objects.count()
    client.post(f"{ADDRESS % forum.pk}page/", sent)
    client.post(f"{ADDRESS % forum.pk}page/", sent)
    assert ForumPage.objects.count() == before + 1


def test_the_people__one_address_in_two_lines__is_one_account_with_two_roles(people, client) -> None:
    forum = a_forum("approved", page=people.forum)
    client.force_login(people["secretariat"])
    twice = [
        ("Amal", "amal@example.org", Role.FACILITATOR),
        ("", "Amal@example.org", Role.RAPPORTEUR),
        ("", "", "lead_expert"),
    ]
    answer = client.post(f"{ADDRESS % forum.pk}people/", people_lines(*twice, page=people.forum), follow=True)
    assert "2 roles were given. 1 person was invited by mail." in answer.content.decode()
    held = RoleGroup.objects.filter(page=people.forum, group__user__email__iexact="amal@example.org")
    assert {row.role for row in held} == {"facilitator", "rapporteur"}
    nobody = client.post(f"{ADDRESS % forum.pk}people/", people_lines(("", "", Role.FACILITATOR), page=people.forum))
    assert nobody.status_code == 422
    known = people_lines(("", "amal@example.org", Role.LEAD_EXPERT), page=people.forum)
    again = client.post(f"{ADDRESS % forum.pk}people/", known, follow=True).content.decode()
    assert "1 role was given." in again
    assert "was invited by mail" not in again


def test_the_people__nominated_and_accepted__stand_in_the_lines_already(people, client) -> None:
    forum = a_forum("approved", page=people.forum)
    Nomination.objects.create(
        forum=forum, name="Ficta Expert", email="expert@example.org", statement="x", consents=True,
        received_at=timezone.now(), status="accepted",
    )  # fmt: skip
    client.force_login(people["secretariat"])
    assert 'value="expert@example.org"' in client.get(ADDRESS % forum.pk).content.decode()


PLANS = {
    "in order": ({"first_draft": 200, "comment_opens": 210, "comment_closes": 240}, None),
    "turned round": ({"comment_opens": 240, "outcome": 210}, "is planned before"),
    "comment too short": ({"comment_opens": 210, "comment_closes": 220}, "in days: 10; at least 21"),
    "session of another year": ({"session": 210}, "another year"),
    "a day that has passed": ({"first_draft": -3}, "has not come"),
    "little time": ({"outcome": 20}, "far too short"),
}


@pytest.mark.parametrize("name", PLANS)
def test_a_plan__is_kept_and_doubted(people, client, name) -> None:
    days, doubt = PLANS[name]
    forum = a_forum("proposed", year=2030)
    move(forum, "approve", people["secretariat"])
    client.force_login(people["secretariat"])
    today = timezone.localdate()
    sent = {f"dates-{kind}": (today + timedelta(days=after)).isoformat() for kind, after in days.items()}
    answer = client.post(f"{ADDRESS % forum.pk}dates/", sent, follow=True)
    assert set(forum.milestones.values_list("kind", flat=True)) == set(days)
    found = calendar.doubts(forum, today)
    assert any(doubt in said for said in found) if doubt else not found
    assert all(
        f'<p class="help-block help-warning">{said.replace("“", "“")}' in answer.content.decode() for said in found
    )


def test_a_date__that_no_plan_has_any_more__goes_unless_it_came(people) -> None:
    forum = a_forum("active", page=people.forum)
    day = timezone.localdate()
    Milestone.objects.create(forum=forum, kind="session", planned=day)
    Milestone.objects.create(forum=forum, kind="outcome", planned=day, actual=day)
    calendar.plan(forum, {"session": None, "outcome": None})
    assert list(forum.milestones.values_list("kind", "planned", "actual")) == [("outcome", None, day)]


def test_a_date__comes_with_the_step_of_a_document(people) -> None:
    brought_to("comment", people)
    forum = a_forum("active", page=people.forum)
    Milestone.objects.create(forum=forum, kind="comment_opens", planned=timezone.localdate() - timedelta(days=2))
    row = calendar.planned_dates(forum)[0]
    assert (row.actual, row.late) == (timezone.localdate(), 2)


def test_a_document__begins_with_the_headings_of_last_year_and_none_of_its_words(people, client) -> None:
    brought_to("comment", people)
    later = ForumPageFactory()
    later.continues.add(people.forum)
    later.save()
    forum = a_forum("active", page=later)
    client.force_login(people["secretariat"])
    shown = client.get(ADDRESS % forum.pk).content.decode()
    identifier = f"BPF-2099-{people.forum.code}"
    assert identifier in shown
    chosen = next(part.split('"')[0] for part in shown.split('value="') if part.startswith(identifier))
    sent = {"document-title": "Again", "document-language": "fr", "document-begins_with": chosen}
    assert client.post(f"{ADDRESS % forum.pk}document/", sent).status_code == 302
    draft = OutcomePage.objects.child_of(later).get()
    html = "".join(str(block.value) for block in draft.body)
    assert "Introduction" in html
    assert "lamp rooms" not in html
    assert (draft.language, draft.slug) == ("fr", "outcome")


def test_a_second_document__has_a_slug_of_its_own_and_french_chapters(people, client) -> None:
    OutcomePageFactory(parent=people.forum, slug="outcome")
    forum = a_forum("active", page=people.forum)
    client.force_login(people["rapporteur"])
    sent = {"document-title": "Annexe des lampes", "document-language": "fr", "document-begins_with": "outline"}
    assert client.post(f"{ADDRESS % forum.pk}document/", sent).status_code == 302
    draft = OutcomePage.objects.get(slug="annexe-des-lampes")
    assert "Définition" in "".join(str(block.value) for block in draft.body)


def test_the_path__has_its_six_steps_in_their_order(people) -> None:
    steps = [row.step.name for row in path_of(a_forum("approved"), people["secretariat"])]
    assert steps == ["decision", "page", "people", "dates", "beginning", "document"]


def test_the_people__of_whom_one_cannot_be_given_a_role__are_given_none(people, client, monkeypatch) -> None:
    forum = a_forum("approved", page=people.forum)
    client.force_login(people["secretariat"])
    give_role, given = path_steps.people.give_role, []

    def failing(said, **more):
        if given:
            raise RuntimeError("the second")
        given.append(give_role(said, **more))

    monkeypatch.setattr(path_steps.people, "give_role", failing)
    two = [("Amal", "amal@example.org", Role.FACILITATOR), ("Ben", "ben@example.org", Role.RAPPORTEUR)]
    with pytest.raises(RuntimeError, match="the second"):
        client.post(f"{ADDRESS % forum.pk}people/", people_lines(*two, page=people.forum))
    assert given
    assert not get_user_model().objects.filter(email="amal@example.org").exists()
