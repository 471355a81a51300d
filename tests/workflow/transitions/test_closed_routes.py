"""Every road by which stock Wagtail changes what the public sees, walked by everybody, in every state.

The table is in docs/architecture.md, "Closed routes".
"""

import importlib.metadata
import json
from contextlib import suppress
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, WorkflowState

from bpf_pages.models.standard import StandardPage
from editions.models import Edition
from editions.verification import findings
from tests.admin_forms import outcome_form, text_blocks
from tests.factories import OutcomePageFactory, ProcessFactory
from tests.workflow.moves import FILLED, brought_to
from workflow.states import State
from workflow.transitions.models import Process
from workflow.transitions.services import perform, process_of

pytestmark = pytest.mark.django_db

EDITORS = ("superuser", "secretariat", "facilitator", "lead_expert", "rapporteur")


def standing(page: Page) -> tuple[object, ...]:
    """All that the public could see of a page."""
    fresh = Page.objects.filter(pk=page.pk).first()
    process = Process.objects.filter(page_id=page.pk).first()
    editions = tuple(Edition.objects.order_by("pk").values_list("identifier", "stage", "is_current", "withdrawn_at"))
    return (fresh and fresh.live, fresh and fresh.path, process and process.state, editions, Page.objects.count())


def roads(page: Page, elsewhere: Page) -> dict[str, tuple[str, dict[str, object]]]:
    """Name of the road -> (address, what is posted there)."""
    pk = page.pk
    publishing = outcome_form(page.title, page.slug, text_blocks("<p>Typed.</p>"), **{"action-publish": "1"})
    return {
        "publish from the editor": (reverse("wagtailadmin_pages:edit", args=[pk]), publishing),
        "unpublish": (reverse("wagtailadmin_pages:unpublish", args=[pk]), {}),
        "copy": (
            reverse("wagtailadmin_pages:copy", args=[pk]),
            {"new_title": "Copy", "new_slug": "copy", "new_parent_page": page.get_parent().pk, "publish_copies": "on"},
        ),
        "move": (reverse("wagtailadmin_pages:move_confirm", args=[pk, elsewhere.pk]), {}),
        "bulk publish": (f"/admin/bulk/wagtailcore/page/publish/?id={pk}", {"include_descendants": "on"}),
        "bulk unpublish": (f"/admin/bulk/wagtailcore/page/unpublish/?id={pk}", {"include_descendants": "on"}),
        "bulk move": (f"/admin/bulk/wagtailcore/page/move/?id={pk}", {"chooser": elsewhere.pk}),
        "bulk delete": (f"/admin/bulk/wagtailcore/page/delete/?id={pk}", {}),
        "delete": (reverse("wagtailadmin_pages:delete", args=[pk]), {}),
        "api publish": (f"/admin/api/main/pages/{pk}/action/publish/", {}),
        "api unpublish": (f"/admin/api/main/pages/{pk}/action/unpublish/", {}),
        "api delete": (f"/admin/api/main/pages/{pk}/action/delete/", {}),
        "api move": (f"/admin/api/main/pages/{pk}/action/move/", {"destination_page_id": elsewhere.pk}),
        "api copy": (f"/admin/api/main/pages/{pk}/action/copy/", {"keep_live": "true"}),
    }


ROAD_NAMES = (
    "publish from the editor", "unpublish", "copy", "move", "bulk publish", "bulk unpublish", "bulk move",
    "bulk delete", "delete", "api publish", "api unpublish", "api delete", "api move", "api copy",
)  # fmt: skip


@pytest.mark.parametrize("state", [State.COMMENT, State.INCORPORATING, State.WRAP_UP, State.FINAL, State.WITHDRAWN])
@pytest.mark.parametrize("road", ROAD_NAMES)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_closed_road__changes_nothing_for_anybody(road, state, people, client) -> None:
    page = ProcessFactory(forum=people.forum, at=state).page
    address, posted = roads(page, people.other_forum)[road]
    before = standing(page)
    for editor in EDITORS:
        client.force_login(people[editor])
        response = client.post(address, posted)
        assert response.status_code < 500, f"{road} by {editor}"
        assert response.status_code != 404, f"{road} leads nowhere: the test is out of date"
        assert standing(page) == before, f"{road} by {editor}"


@pytest.mark.parametrize("road", [name for name in ROAD_NAMES if "delete" not in name and "move" not in name])
def test_a_draft_without_edition__cannot_be_published_by_any_road(road, people, client) -> None:
    page = ProcessFactory(forum=people.forum).page
    address, posted = roads(page, people.other_forum)[road]
    before = standing(page)
    for editor in EDITORS:
        client.force_login(people[editor])
        assert client.post(address, posted).status_code < 500
        assert standing(page) == before, f"{road} by {editor}"


def test_a_draft_without_edition__may_be_deleted(people, client) -> None:
    page = ProcessFactory(forum=people.forum).page
    client.force_login(people["superuser"])
    client.post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not Page.objects.filter(pk=page.pk).exists()
    assert Process.objects.get().page is None


@pytest.mark.parametrize("above", ["forum", "meeting", "library", "home"])
@pytest.mark.parametrize("verb", ["delete", "bulk delete", "move", "api delete"])
def test_a_page_above_editions__stays_where_it_is(above, verb, people, client) -> None:
    page = ProcessFactory(forum=people.forum, at=State.FINAL).page
    forum = people.forum
    target = {
        "forum": forum,
        "meeting": forum.get_parent(),
        "library": forum.get_parent().get_parent(),
        "home": forum.get_parent().get_parent().get_parent(),
    }[above]
    client.force_login(people["superuser"])
    before = standing(page)
    address, posted = roads(target, people.other_forum)[verb]
    assert client.post(address, posted, follow=True).status_code < 500
    assert standing(page) == before


def test_creating_with_publish__saves_a_draft(people, client) -> None:
    client.force_login(people["superuser"])
    address = reverse("wagtailadmin_pages:add", args=["bpf_pages", "outcomepage", people.forum.pk])
    posted = outcome_form("New", "new", **{"action-publish": "1"})
    client.post(address, posted)
    page = Page.objects.get(slug="new")
    assert not page.live
    assert not Edition.objects.exists()


def test_publish_scheduled__publishes_the_innocent_page_and_not_the_governed_one(people) -> None:
    governed = ProcessFactory(forum=people.forum).page.specific
    home = people.forum.get_parent().get_parent().get_parent()
    innocent = home.add_child(instance=StandardPage(title="Innocent", slug="innocent", live=False))
    past = timezone.now() - timedelta(hours=1)
    for page in (governed, innocent):
        page.go_live_at = past
        revision = page.save_revision(approved_go_live_at=past, clean=False)
        assert revision.approved_go_live_at
    call_command("publish_scheduled")
    assert Page.objects.get(pk=innocent.pk).live
    assert not Page.objects.get(pk=governed.pk).live
    assert not Edition.objects.exists()


@pytest.mark.parametrize("date", ["go_live_at", "expire_at"])
def test_a_date_to_go_live_or_to_expire__is_refused_by_the_form(date, people, client) -> None:
    """Stock Wagtail: publish_scheduled unpublishes what expired without asking anybody's permission."""
    process = brought_to("comment", people)
    page = process.page.specific
    client.force_login(people["superuser"])
    posted = outcome_form("Typed", page.slug, text_blocks("<p>Typed.</p>"), **{date: "2001-01-01 12:00"})
    client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), posted)
    newest = Page.objects.get(pk=page.pk).get_latest_revision()
    assert newest.content[date] is None
    setattr(page, date, timezone.now())
    with pytest.raises(ValidationError):
        page.full_clean()
    before = standing(page)
    Page.objects.filter(pk=page.pk).update(live=True, **{date: timezone.now() - timedelta(hours=1)})
    call_command("publish_scheduled")
    assert standing(page)[1:] == before[1:]  # whatever Wagtail makes of the row, no edition moved


def test_unpublishing_a_page_above_with_all_below__leaves_documents_as_they_are(people, client) -> None:
    process = brought_to("final", people)
    Page.objects.filter(pk=people.forum.pk).update(live=True)
    before = standing(process.page)
    client.force_login(people["superuser"])
    for address in (
        reverse("wagtailadmin_pages:unpublish", args=[people.forum.pk]),
        f"/admin/bulk/wagtailcore/page/unpublish/?id={people.forum.pk}",
    ):
        assert client.post(address, {"include_descendants": "on"}).status_code < 500
        assert standing(process.page) == before
    edition = Edition.objects.filter(series=process.series).last()
    assert client.get(edition.address).status_code == 200


@pytest.mark.parametrize("above", ["forum", "meeting"])
def test_slug_of_a_page_above_editions__stays(above, people) -> None:
    process = brought_to("comment", people)
    page = (people.forum if above == "forum" else people.forum.get_parent()).specific
    before = page.slug
    page.slug = "elsewhere"
    with suppress(ValidationError):  # a year takes its slug by itself
        page.full_clean()
        page.save()
    page.refresh_from_db()
    assert page.slug == before
    assert process.current_edition.address.startswith("/library/2099/")


def test_the_approval_workflow_of_wagtail__is_off_and_submits_nothing(people, client) -> None:
    assert settings.WAGTAIL_WORKFLOW_ENABLED is False
    page = ProcessFactory(forum=people.forum).page
    before = standing(page)
    for editor in EDITORS:
        client.force_login(people[editor])
        posted = outcome_form(page.title, page.slug, text_blocks("<p>Typed.</p>"), **{"action-submit": "1"})
        client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), posted)
        assert standing(page) == before
    assert not WorkflowState.objects.exists()


def test_code_that_publishes_or_unpublishes__changes_nothing(people) -> None:
    process = brought_to("comment", people)
    before = standing(process.page)
    page = process.page.specific
    page.save_revision().publish()
    page.unpublish()
    assert standing(process.page) == before


def test_an_old_revision__does_not_bring_an_old_state_back(people) -> None:
    page = OutcomePageFactory(parent=people.forum)
    old = page.latest_revision
    perform(process_of(page), "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    old.publish()
    assert process_of(page).state == State.COMMENT


def test_a_copy_in_code__shares_no_process(people) -> None:
    page = brought_to("comment", people).page.specific
    copy = page.copy(update_attrs={"slug": "another", "title": "Another"}, keep_live=False)
    assert process_of(copy).state == State.DRAFTING
    assert process_of(copy).pk != process_of(page).pk


def test_autosave_over_the_frozen_revision__makes_a_draft_after_it_and_the_edition_stays(people, client) -> None:
    page = OutcomePageFactory(parent=people.forum)
    old = page.latest_revision
    perform(process_of(page), "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    edition = Edition.objects.get()
    before = (edition.sha256, json.dumps(edition.document))
    client.force_login(people["facilitator"])
    posted = outcome_form("Typed on", page.slug, overwrite_revision_id=str(old.pk))
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    response = client.post(address, posted, headers={"Accept": "application/json"})
    assert response.status_code == 200
    assert response.json()["revision_id"] > page.revisions.order_by("pk")[1].pk
    assert page.revisions.get(pk=old.pk).created_at == old.created_at
    edition = Edition.objects.get()
    assert (edition.sha256, json.dumps(edition.document)) == before


def test_purged_revisions__leave_every_edition_readable(people, client) -> None:
    process = brought_to("final", people)
    call_command("purge_revisions")
    assert process.page.revisions.count() == 1
    assert list(findings()) == []
    editions = Edition.objects.filter(series=process.series)
    assert editions.count() == 3
    for edition in editions:
        page = client.get(edition.permanent_address)
        assert page.status_code == 200
        assert "The lamp rooms of 2099 are fictitious." in page.content.decode()


def test_the_module_django_fsm__belongs_to_the_maintained_package() -> None:
    owners = importlib.metadata.packages_distributions()["django_fsm"]
    assert owners == ["django-fsm-2"]
