"""Title and identifier of a document follow its page until its first step, and never afterwards."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from editions.models import Relation
from tests.admin_forms import outcome_form, text_blocks
from tests.factories import OutcomePageFactory
from tests.workflow.moves import FILLED
from workflow.queue import waiting_tasks as queue
from workflow.transitions.models import Process
from workflow.transitions.services import perform, process_of
from workflow.verification import findings

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(people) -> Process:
    return process_of(OutcomePageFactory(parent=people.forum, title="Lamps", slug="lamps"))


def identifier(forum: Page, code: str) -> str:
    return f"BPF-2099-{forum.specific.code}-{code}"


def test_slug_changed_in_the_editor__is_the_identifier_under_which_the_document_is_published(process, people, client):
    client.force_login(people["facilitator"])
    Relation.objects.create(kind="continues", source=process.series, target="BPF-2098-LAMPS")
    form = outcome_form("Sluices", "sluices", text_blocks("<p>The sluices of 2099.</p>"))
    assert client.post(reverse("wagtailadmin_pages:edit", args=[process.page_id]), form).status_code == 302
    process = Process.objects.get(pk=process.pk)
    assert (process.title, process.series) == ("Sluices", identifier(people.forum, "SLUICES"))
    assert [item.process.title for item in queue.items(queue.visible_processes(people["facilitator"]))] == ["Sluices"]
    assert Relation.objects.get().source == process.series
    row = perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    assert row.edition == Process.objects.get(pk=process.pk).current_edition
    assert row.edition.series == row.series
    assert list(findings()) == []


def test_code_of_the_forum_changed__is_in_the_identifiers_of_its_drafts(process, people):
    forum = people.forum.specific
    forum.code = "LANTERNS"
    forum.save()
    assert Process.objects.get(pk=process.pk).series == "BPF-2099-LANTERNS-LAMPS"


def test_document_that_was_published__keeps_its_identifier_whatever_its_page_says(process, people):
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]())
    page = process.page.specific
    page.slug = "typed-by-a-tool"
    page.save(clean=False)
    assert Process.objects.get(pk=process.pk).series == process.series


def test_draft_moved_to_another_forum__is_named_after_it(process, people):
    process.page.move(people.other_forum, pos="last-child")
    assert Process.objects.get(pk=process.pk).series == identifier(people.other_forum, "LAMPS")
