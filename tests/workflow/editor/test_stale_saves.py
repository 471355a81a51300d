"""A tab left open while somebody took a step: what is saved from it is never lost, and never changes an edition."""

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse
from wagtail.models import Page

from editions.models import Edition
from tests.admin_forms import outcome_form, text_blocks
from tests.factories import OutcomePageFactory
from tests.workflow.moves import FILLED, brought_to
from workflow.transitions.models import Process
from workflow.transitions.services import perform, process_of

pytestmark = pytest.mark.django_db

WORDS = "Words typed in an old tab."


def tab_of(page: Page, **more: str) -> dict[str, object]:
    """What a tab posts that was opened now and in which WORDS were typed."""
    loaded = Page.objects.get(pk=page.pk).latest_revision
    posted = {"loaded_revision_id": str(loaded.pk), "loaded_revision_created_at": loaded.created_at.isoformat()}
    return outcome_form(page.title, page.slug, text_blocks(f"<p>{WORDS}</p>"), **posted, **more)


def saved(client, page: Page, form: dict[str, object]) -> str:
    """What the messages of the editor say after saving by hand."""
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[page.pk]), form, follow=True)
    assert answer.status_code == 200
    return " ".join(BeautifulSoup(answer.content, "html.parser").find(class_="messages").get_text(" ").split())


def working_text(page: Page) -> str:
    return str(Page.objects.get(pk=page.pk).get_latest_revision_as_object().body)


@pytest.mark.parametrize("had_saved_by_itself", [False, True])
def test_saving_by_hand__after_the_text_was_frozen__makes_a_draft_after_it_and_says_so(
    people, client, had_saved_by_itself
) -> None:
    page = OutcomePageFactory(parent=people.forum, revision=people["rapporteur"])
    mine = {"overwrite_revision_id": str(page.latest_revision_id)} if had_saved_by_itself else {}
    form = tab_of(page, **mine)
    row = perform(process_of(page), "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    client.force_login(people["rapporteur"])
    said = saved(client, page, form)
    assert f"{people['facilitator'].get_full_name()} made {row.edition.identifier} public" in said
    assert WORDS in working_text(page)
    assert WORDS not in str(Edition.objects.get().document)


def test_saving_by_hand__into_a_text_that_was_closed__keeps_a_version_beside_it_and_says_so(people, client) -> None:
    process = brought_to("wrap_up", people)
    page, before = process.page, working_text(process.page)
    form = tab_of(page)
    perform(process, "withdraw", people["secretariat"], reason="Fictitious error of 2099.")
    client.force_login(people["rapporteur"])
    revisions = set(page.revisions.values_list("pk", flat=True))
    said = saved(client, page, form)
    assert "What you wrote is kept as a version in the page's history." in said
    (kept,) = page.revisions.exclude(pk__in=revisions)
    assert kept.user == people["rapporteur"]
    assert WORDS in str(kept.as_object().body)
    assert working_text(page) == before
    shown = client.get(reverse("wagtailadmin_pages:revisions_revert", args=[page.pk, kept.pk]))
    assert WORDS in shown.content.decode()
    perform(Process.objects.get(pk=process.pk), "reinstate", people["secretariat"], reason="Mended.")
    assert working_text(page) == before


def test_saving_by_hand__of_the_same_words_into_a_closed_text__keeps_nothing(people, client) -> None:
    page = OutcomePageFactory(parent=people.forum, body=[], revision=people["rapporteur"])
    client.force_login(people["rapporteur"])
    saved(client, page, tab_of(page))
    (block,) = Page.objects.get(pk=page.pk).get_latest_revision_as_object().body
    form = outcome_form(page.title, page.slug, text_blocks(block.value.source)) | {"body-0-id": block.id}
    perform(process_of(page), "record", people["secretariat"], data=FILLED["record"]())
    count = page.revisions.count()
    assert "locked" in saved(client, page, form)
    assert page.revisions.count() == count


@pytest.mark.parametrize("broken", [{"slug": "not a slug!"}, {"title": ""}])
def test_saving_by_hand__what_is_no_valid_page_into_a_closed_text__leaves_it_in_the_form(
    people, client, broken
) -> None:
    process = brought_to("wrap_up", people)
    form = tab_of(process.page) | broken
    perform(process, "withdraw", people["secretariat"], reason="Fictitious error of 2099.")
    client.force_login(people["rapporteur"])
    answer = client.post(reverse("wagtailadmin_pages:edit", args=[process.page_id]), form)
    assert answer.status_code == 200
    assert WORDS in answer.content.decode()
    assert "could not be saved as it is locked" in answer.content.decode()


def test_saving_as_usual__says_nothing_of_others(people, client) -> None:
    page = OutcomePageFactory(parent=people.forum, revision=people["rapporteur"])
    client.force_login(people["rapporteur"])
    said = saved(client, page, tab_of(page))
    assert "public" not in said
    assert WORDS in working_text(page)
