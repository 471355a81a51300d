"""A text that somebody keeps to themselves: its people are told who, may ask, and those who lead may take it over."""

import pytest
from django.urls import reverse
from wagtail.models import Page

from mail.models import Message
from tests.factories import OutcomePageFactory
from workflow.transitions.services import process_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(people):
    made = OutcomePageFactory(parent=people.forum, title="Lamps")
    process_of(made)
    return made


def lock(client, page, person) -> int:
    client.force_login(person)
    return client.post(reverse("wagtailadmin_pages:lock", args=[page.pk])).status_code


def holder(page):
    return Page.objects.get(pk=page.pk).locked_by


def test_people_of_a_forum__lock_their_draft_and_take_the_lock_off(people, client, page) -> None:
    lock(client, page, people["rapporteur"])
    assert holder(page) == people["rapporteur"]
    client.post(reverse("wagtailadmin_pages:unlock", args=[page.pk]))
    assert holder(page) is None
    assert lock(client, page, people["other_rapporteur"]) in {302, 403}
    assert holder(page) is None


def test_somebody_kept_out__is_told_by_whom__and_led_to_where_they_ask(people, client, page) -> None:
    lock(client, page, people["rapporteur"])
    client.force_login(people["lead_expert"])
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert people["rapporteur"].get_full_name() in shown
    assert f'href="/admin/workflow/{page.pk}/lock/"' in shown


WHO_MAY = {"facilitator": True, "lead_expert": True, "secretariat": True, "superuser": True, "rapporteur": False}


@pytest.mark.parametrize("role", WHO_MAY)
def test_taking_over__by_those_who_lead__tells_the_former_holder(people, client, page, role) -> None:
    former = people["facilitator" if role == "rapporteur" else "rapporteur"]
    lock(client, page, former)
    client.force_login(people[role])
    address = f"/admin/workflow/{page.pk}/lock/"
    assert ('value="take"' in client.get(address).content.decode()) is WHO_MAY[role]
    client.post(address, {"do": "take"})
    assert (holder(page) == people[role]) is WHO_MAY[role]
    told = Message.objects.get()
    assert told.occasion == ("lock_taken" if WHO_MAY[role] else "lock_asked")
    assert told.user == former


def test_asking_twice_a_day__is_one_mail_with_the_words(people, client, page) -> None:
    lock(client, page, people["facilitator"])
    client.force_login(people["rapporteur"])
    for _time in range(2):
        client.post(f"/admin/workflow/{page.pk}/lock/", {"do": "ask", "words": "Only the second part, please."})
    assert Message.objects.count() == 1
    assert holder(page) == people["facilitator"]


def test_a_lock_that_is_gone__is_neither_asked_for_nor_taken(people, client, page) -> None:
    client.force_login(people["facilitator"])
    for what in ("take", "ask"):
        said = client.post(f"/admin/workflow/{page.pk}/lock/", {"do": what}, follow=True).content.decode()
        assert "Nobody else holds this text any more." in said
    assert holder(page) is None
    assert not Message.objects.exists()


def test_a_lock_of_another_forum__is_nobodys_business(people, client, page) -> None:
    lock(client, page, people["facilitator"])
    client.force_login(people["other_facilitator"])
    client.post(f"/admin/workflow/{page.pk}/lock/", {"do": "take"})
    assert holder(page) == people["facilitator"]
