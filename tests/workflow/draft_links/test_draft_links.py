"""A draft shown to people without an account, by a signed link that ends (wagtail/roadmap#237)."""

from datetime import timedelta

import pytest
from django.core import signing
from django.utils import timezone

from tests.factories import ProcessFactory
from workflow.draft_links.models import DraftLink, DraftVisit
from workflow.draft_links.services import LONGEST, SALT, make_link, path_of, revoke_link
from workflow.transitions.models import Process

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(people) -> Process:
    return ProcessFactory(forum=people.forum)


@pytest.fixture
def link(process, people) -> DraftLink:
    now = timezone.now()
    return make_link(
        process.page, made_for="Fictitious reader", by=people["facilitator"], expires_at=now + timedelta(days=7), at=now
    )


def test_draft_link__shows_the_newest_working_text_with_a_watermark_and_is_noted(link, process, client) -> None:
    page = process.page.specific
    page.title = "The newest draft title of 2099"
    page.save_revision()
    response = client.get(path_of(link))
    text = response.content.decode()
    assert response.status_code == 200
    assert "The newest draft title of 2099" in text
    assert "Fictitious reader" in text
    assert "draft-watermark" in text
    assert DraftVisit.objects.filter(link=link).count() == 1


def test_draft_link__is_never_indexed_cached_or_told_to_other_sites(link, client) -> None:
    response = client.get(path_of(link))
    assert "noindex" in response["X-Robots-Tag"]
    assert "no-store" in response["Cache-Control"]
    assert response["Referrer-Policy"] == "no-referrer"
    assert 'content="noindex"' in response.content.decode()


def test_draft_link__past_its_end__is_gone_and_says_so(link, client) -> None:
    DraftLink.objects.filter(pk=link.pk).update(expires_at=timezone.now())
    response = client.get(path_of(link))
    assert response.status_code == 410
    assert "closed" in response.content.decode()
    assert not DraftVisit.objects.exists()


def test_draft_link__taken_back__is_gone_at_once(link, client) -> None:
    revoke_link(link, timezone.now())
    assert client.get(path_of(link)).status_code == 410


@pytest.mark.parametrize(
    "forge", [lambda pk: str(pk), lambda pk: signing.dumps(pk), lambda pk: signing.dumps(pk + 1, salt=SALT)]
)
def test_draft_link__forged__is_not_found(link, client, forge) -> None:
    assert client.get(f"/draft/{forge(link.pk)}/").status_code == 404


def test_draft_link__opens_no_other_draft_and_no_admin_page(link, process, people, client) -> None:
    other = ProcessFactory(forum=people.forum)
    client.get(path_of(link))
    assert client.get(f"/admin/pages/{process.page_id}/edit/").status_code == 302
    assert other.title not in client.get(path_of(link)).content.decode()


@pytest.mark.parametrize("length", [timedelta(0), timedelta(seconds=-1), LONGEST + timedelta(seconds=1)])
def test_draft_link__too_long_or_over__cannot_be_made(process, people, length) -> None:
    now = timezone.now()
    with pytest.raises(ValueError, match="20"):
        make_link(process.page, made_for="x", by=people["facilitator"], expires_at=now + length, at=now)


def test_editor__gives_out_and_takes_back_links_in_the_admin(process, people, client) -> None:
    client.force_login(people["lead_expert"])
    address = f"/admin/workflow/{process.page_id}/links/"
    until = (timezone.now() + timedelta(days=3)).strftime("%Y-%m-%dT%H:%M")
    client.post(address, {"made_for": "<b>Reader</b>", "expires_at": until})
    link = DraftLink.objects.get()
    text = client.get(address).content.decode()
    assert "<b>Reader" not in text
    assert "&lt;b&gt;Reader" in text
    client.post(f"{address}{link.pk}/take-back/")
    assert DraftLink.objects.get().revoked_at is not None


@pytest.mark.parametrize("role", ["rapporteur", "other_facilitator", "nobody"])
def test_draft_links__for_those_who_do_not_answer_for_the_document__are_closed(process, people, client, role) -> None:
    client.force_login(people[role])
    address = f"/admin/workflow/{process.page_id}/links/"
    assert client.get(address).status_code == 302
    client.post(address, {"made_for": "x", "expires_at": "2099-01-01T00:00"})
    assert not DraftLink.objects.exists()
