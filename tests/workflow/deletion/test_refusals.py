"""Whoever tries to delete what was published is told why not, what links to it, and what to do instead (Plone: P12)."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page, ReferenceIndex

from bpf_pages.models.standard import StandardPage
from editions.models import Edition, Relation
from tests.factories import OutcomePageFactory, ProcessFactory, text_block
from tests.workflow.moves import FILLED
from workflow.relations.incoming_links import links_to
from workflow.sessions.models import Session
from workflow.transitions.models import Process
from workflow.transitions.services import perform, process_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(people) -> Process:
    """A final to which a page, an edition, a relation and a session lead."""
    process = ProcessFactory(forum=people.forum, at="final")
    page = process.page.specific
    home = people.forum.get_parent().get_parent().get_parent()
    link = f'<a linktype="page" id="{page.pk}">the lamps</a>'
    about = home.add_child(instance=StandardPage(title="About lamps", slug="about", body=[("text", f"<p>{link}</p>")]))
    ReferenceIndex.create_or_update_for_object(about)  # elsewhere the worker does this
    citing = process_of(OutcomePageFactory(parent=people.other_forum, body=[], title="A citing outcome"))
    draft = citing.page.specific
    draft.body.raw_data.append(text_block(f'<p>See <a href="{process.current_edition.address}">the lamps</a>.</p>'))
    draft.save_revision()
    perform(citing, "record", people["secretariat"], data=FILLED["record"]())
    related = ProcessFactory(forum=people.forum, at="final")
    Relation.objects.create(kind="continues", source=related.series, target=process.series)
    session = Session.objects.create(title="Lamp hour", starts=timezone.now(), place="Room 1")
    session.documents.add(process)
    return process


def said(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).replace("&quot;", '"').split())


def roads(page: Page) -> dict[str, str]:
    return {
        "explorer": reverse("wagtailadmin_pages:delete", args=[page.pk]),
        "bulk": f"/admin/bulk/wagtailcore/page/delete/?id={page.pk}",
        "interface for programs": f"/admin/api/main/pages/{page.pk}/action/delete/",
    }


ROADS = ("explorer", "bulk", "interface for programs")


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("person", ["superuser", "secretariat", "facilitator"])
def test_published_document__by_any_road__stays_and_what_links_to_it_is_named(
    road, person, process, people, client
) -> None:
    client.force_login(people[person])
    response = client.post(roads(process.page)[road], follow=True)
    text = said(response)
    assert f"it was published ({process.series}-E1)" in text
    assert "Withdraw it instead" in text
    citing = Edition.objects.exclude(series=process.series).get(title="A citing outcome")
    for name in ("About lamps", citing.identifier, "continues", "Lamp hour"):
        assert name in text, name
    assert Page.objects.filter(pk=process.page_id).exists()


def test_interface_for_programs__refuses_with_a_list_that_programs_can_read(process, people, client) -> None:
    client.force_login(people["secretariat"])
    response = client.post(roads(process.page)["interface for programs"])
    answer = json.loads(response.content)
    assert response.status_code == 403
    assert len(answer["links"]) == len(links_to(process)) == 4
    assert all(link["what"] and link["address"].startswith("/") for link in answer["links"])
    assert answer["instead"]["address"] == f"/admin/workflow/{process.page_id}/withdraw/"


def test_confirm_page_of_a_bulk_deletion__names_the_reason_before_the_click_and_offers_no_button(
    process, people, client
) -> None:
    draft = ProcessFactory(forum=people.forum)
    client.force_login(people["superuser"])
    text = said(client.get(f"{roads(process.page)['bulk']}&id={draft.page_id}"))
    assert "Nothing will be deleted, because" in text
    assert "Lamp hour" in text
    assert "Yes, delete" not in text
    client.post(f"{roads(process.page)['bulk']}&id={draft.page_id}")
    assert Page.objects.filter(pk=draft.page_id).exists(), "a deletion of several goes as a whole or not at all"


@pytest.mark.parametrize("road", ROADS)
@pytest.mark.parametrize("above", ["forum", "meeting"])
def test_page_above_published_documents__stays_and_they_are_named(road, above, process, people, client) -> None:
    page = people.forum if above == "forum" else people.forum.get_parent()
    client.force_login(people["superuser"])
    text = said(client.post(roads(page)[road], follow=True))
    assert process.series in text
    assert "Withdraw them instead" in text
    assert Page.objects.filter(pk=page.pk).exists()


@pytest.mark.parametrize("road", ROADS)
def test_somebody_without_a_role_there__is_refused_and_told_nothing(road, process, people, client) -> None:
    client.force_login(people["other_facilitator"])
    response = client.post(roads(process.page)[road], follow=True)
    assert "Lamp hour" not in said(response)
    assert Page.objects.filter(pk=process.page_id).exists()


def test_withdraw_form__names_the_same_links_and_withdrawing_keeps_them(process, people, client) -> None:
    client.force_login(people["secretariat"])
    text = said(client.get(f"/admin/workflow/{process.page_id}/withdraw/"))
    for link in links_to(process):
        assert link.what in text.replace("&quot;", '"')
    bulk = said(client.get(f"/admin/workflow/bulk/?id={process.page_id}&move=withdraw"))
    assert "Lamp hour" in bulk
    perform(process, "withdraw", people["secretariat"], reason="It misquotes a source.")
    assert len(links_to(process)) == 4
    assert client.get(Edition.objects.get(series=process.series).address).status_code == 410


def test_draft_of_another_forum_that_links_here__is_not_named_to_those_who_may_not_read_it(
    process, people, client
) -> None:
    secret = OutcomePageFactory(parent=people.other_forum, title="A secret plan")
    secret.body.raw_data.append(text_block(f'<p><a linktype="page" id="{process.page_id}">see</a></p>'))
    secret.save_revision()
    assert any("A secret plan" in link.what for link in links_to(process))
    client.force_login(people["facilitator"])
    for address in (f"/admin/workflow/{process.page_id}/relations/",):
        text = said(client.get(address))
        assert f"A draft of “{people.other_forum.title}”" in text
        assert "A secret plan" not in text
    client.force_login(people["secretariat"])
    assert "A secret plan" in said(client.get(f"/admin/workflow/{process.page_id}/relations/"))


def test_withdrawn_document__stays_too(people, client) -> None:
    process = ProcessFactory(forum=people.forum, at="withdrawn")
    client.force_login(people["superuser"])
    text = said(client.post(roads(process.page)["explorer"], follow=True))
    assert "it was published" in text
    assert Page.objects.filter(pk=process.page_id).exists()
