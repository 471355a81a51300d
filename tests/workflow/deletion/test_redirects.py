"""Redirects: made by the Secretariat, kept for ever, and never before a document (Plone: P11)."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect

from tests.factories import ProcessFactory

pytestmark = pytest.mark.django_db

OLD, NEW = "/old/spam-2099", "https://example.org/how-it-works/"


@pytest.fixture
def row(people) -> Redirect:
    return Redirect.add_redirect(OLD, NEW)


def test_secretariat__makes_a_redirect_and_readers_follow_it(people, client) -> None:
    client.force_login(people["secretariat"])
    assert "/admin/redirects/" in client.get("/admin/").content.decode()
    client.post("/admin/redirects/add/", {"old_path": OLD, "is_permanent": "on", "redirect_link": NEW, "site": ""})
    client.logout()
    answer = client.get(f"{OLD}/")
    assert (answer.status_code, answer.url) == (301, NEW)


@pytest.mark.parametrize("who", ["facilitator", "lead_expert", "rapporteur", "other_facilitator"])
def test_people_of_forums__make_none(people, client, who) -> None:
    client.force_login(people[who])
    client.post("/admin/redirects/add/", {"old_path": OLD, "redirect_link": NEW, "site": ""})
    assert not Redirect.objects.exists()


@pytest.mark.parametrize("who", ["secretariat", "superuser"])
def test_redirect__is_pointed_elsewhere_and_never_taken_away(row, people, client, who) -> None:
    client.force_login(people[who])
    address = reverse("wagtailredirects:edit", args=[row.pk])
    client.post(address, {"old_path": OLD, "redirect_link": "https://example.org/library/", "site": ""})
    assert Redirect.objects.get().link == "https://example.org/library/"
    assert client.post(reverse("wagtailredirects:delete", args=[row.pk])).status_code in {302, 403}
    client.post(address, {"old_path": "/another", "redirect_link": "https://example.org/library/", "site": ""})
    assert Redirect.objects.get().old_path == OLD


def test_redirect__is_kept_by_code_too(row) -> None:
    for act in (row.delete, Redirect.objects.all().delete):
        with pytest.raises(PermissionDenied, match="stays"), transaction.atomic():
            act()
    assert Redirect.objects.exists()


def test_redirect__from_the_address_of_a_document__hides_neither_text_nor_tombstone(people, client) -> None:
    for state, status in (("final", 200), ("withdrawn", 410)):
        process = ProcessFactory(forum=people.forum, at=state)
        page = process.page.specific
        address = f"/library/2099/{page.get_parent().slug}/{page.slug}/"
        Redirect.add_redirect(address, NEW)
        assert client.get(address).status_code == status
