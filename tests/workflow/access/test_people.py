"""The Secretariat's page of people: invited where a role is given, closed, opened, invited again."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from mail.models import Message
from tests.factories import UserFactory
from workflow.access.models import RoleGroup
from workflow.access.role_holders import roles_of
from workflow.states import Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(client, people):
    client.force_login(people["secretariat"])
    return client


def give(client, people, **said):
    group = RoleGroup.objects.get(page=people.forum, role=Role.RAPPORTEUR)
    address = reverse("workflow_admin:forum_roles", args=[people.forum.pk])
    return client.post(address, {"role_group": group.pk, **said}, follow=True)


def test_a_role_for_an_address_without_account__opens_one_and_mails_a_link(office, people) -> None:
    answer = give(office, people, user="Ada@Example.org", name="Ada Example")
    person = get_user_model().objects.get(email__iexact="ada@example.org")
    assert not person.has_usable_password()
    assert roles_of(person, people.forum) == {Role.RAPPORTEUR}
    assert "Ada Example" in answer.text
    assert Message.objects.filter(occasion="account_invited").count() == 1


def test_a_role_for_a_closed_account__is_refused_with_the_page_that_opens_it(office, people) -> None:
    UserFactory(username="shut", is_active=False)
    assert "This account is closed" in give(office, people, user="shut").text


def test_an_account_that_is_closed__signs_in_no_more_and_opens_again_with_its_roles(office, people) -> None:
    person = people["rapporteur"]
    address = reverse("workflow_admin:set_standing", args=[person.pk])
    office.post(address, {})
    person.refresh_from_db()
    assert not person.is_active
    office.post(address, {"open": "yes"})
    person.refresh_from_db()
    assert person.is_active
    assert roles_of(person, people.forum) == {Role.RAPPORTEUR}


def test_ones_own_account_and_that_of_an_administrator__are_not_closed_by_the_secretariat(office, people) -> None:
    own = people["secretariat"]
    office.post(reverse("workflow_admin:set_standing", args=[own.pk]), {})
    own.refresh_from_db()
    assert own.is_active
    refused = office.post(reverse("workflow_admin:set_standing", args=[people["superuser"].pk]), {})
    assert refused.status_code in {302, 403}
    assert get_user_model().objects.get(pk=people["superuser"].pk).is_active


def test_people__are_found_by_name_and_told_with_their_roles(office, people) -> None:
    page = office.get(reverse("workflow_admin:people"), {"q": people["rapporteur"].username})
    assert people["rapporteur"].username in page.text
    assert people["facilitator"].email not in page.text
    assert str(Role.RAPPORTEUR.label) in page.text


def test_somebody_who_signed_in__is_not_invited_again(office, people) -> None:
    person = UserFactory(email="new@example.org")
    address = reverse("workflow_admin:send_invitation", args=[person.pk])
    office.post(address)
    assert Message.objects.filter(occasion="account_invited").count() == 1
    person.last_login = person.date_joined
    person.save()
    office.post(address)
    assert Message.objects.filter(occasion="account_invited").count() == 1
