"""Role grants: given, shown, ended by date; and who sees which table."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.utils import timezone
from wagtail.models import Page

from tests.factories import ForumPageFactory, ProcessFactory, UserFactory
from workflow.access import grants
from workflow.access.capabilities_beside_transitions import POWERS, may
from workflow.access.models import RoleGrant, RoleGroup
from workflow.access.role_holders import roles_of
from workflow.clock import chores as clock
from workflow.states import FORUM_ROLES, TRANSITIONS, Role

pytestmark = pytest.mark.django_db


@pytest.fixture
def rapporteurs(people) -> RoleGroup:
    return RoleGroup.objects.get(page=people.forum, role=Role.RAPPORTEUR)


def test_grant__gives_the_role_and_its_end_takes_it_away_once(people, rapporteurs) -> None:
    person, now = UserFactory(), timezone.now()
    until = now + timedelta(days=30)
    grants.grant(rapporteurs, person, by=people["secretariat"], until=until, at=now)
    assert roles_of(person, people.forum) == {Role.RAPPORTEUR}
    assert grants.expire(until - timedelta(microseconds=1)) == 0
    assert roles_of(person, people.forum) == {Role.RAPPORTEUR}
    assert grants.expire(until) == 1
    assert roles_of(person, people.forum) == frozenset()
    assert grants.expire(until) == 0
    assert RoleGrant.objects.get().end == RoleGrant.End.EXPIRED


def test_grant__renewed_before_its_end__lasts_until_the_new_one(people, rapporteurs) -> None:
    person, now = UserFactory(), timezone.now()
    grants.grant(rapporteurs, person, by=None, until=now + timedelta(days=1), at=now)
    grants.grant(rapporteurs, person, by=None, until=now + timedelta(days=9), at=now)
    assert grants.expire(now + timedelta(days=2)) == 0
    assert roles_of(person, people.forum) == {Role.RAPPORTEUR}
    assert RoleGrant.objects.standing().count() == 1


def test_grant__that_ends_before_it_begins__is_refused(rapporteurs) -> None:
    now = timezone.now()
    with pytest.raises(grants.AlreadyOver) as refusal:
        grants.grant(rapporteurs, UserFactory(), by=None, until=now, at=now)
    assert refusal.value.until == now


def test_revoke__of_somebody_who_came_in_by_another_way__takes_the_role_too(people, rapporteurs) -> None:
    grants.revoke(rapporteurs, people["rapporteur"], at=timezone.now())
    assert roles_of(people["rapporteur"], people.forum) == frozenset()
    assert people["rapporteur"].is_active


def test_clock__ends_grants_that_fell_due_while_it_was_stopped(people, rapporteurs) -> None:
    person, now = UserFactory(), timezone.now()
    grants.grant(rapporteurs, person, by=None, until=now + timedelta(days=1), at=now)
    clock.act(now + timedelta(days=40))
    assert roles_of(person, people.forum) == frozenset()


def test_rights__say_what_the_declaration_says() -> None:
    for right, move in zip(grants.rights(), TRANSITIONS.values(), strict=True):
        allowed = {role for role, has in zip(grants.COLUMNS, right.allowed, strict=True) if has}
        assert allowed == move.roles - {Role.CLOCK}
        assert right.label == move.label
    rapporteur = grants.COLUMNS.index(Role.RAPPORTEUR)
    assert not any(right.allowed[rapporteur] for right in grants.rights())


def test_forum_table__shows_its_people_with_their_end_to_the_forum_alone(people, rapporteurs, client) -> None:
    person, now = UserFactory(first_name="Limited", last_name="Guest"), timezone.now()
    grants.grant(rapporteurs, person, by=None, until=now + timedelta(days=30), at=now)
    address = f"/admin/workflow/roles/{people.forum.pk}/"
    client.force_login(people["lead_expert"])
    text = client.get(address).content.decode()
    assert "Limited Guest" in text
    assert "until" in text
    assert "Give the role" not in text
    client.force_login(people["other_facilitator"])
    assert client.get(address).status_code == 302


def test_secretariat__grants_and_takes_back_in_the_admin(people, rapporteurs, client) -> None:
    person = UserFactory()
    client.force_login(people["secretariat"])
    address = f"/admin/workflow/roles/{people.forum.pk}/"
    client.post(address, {"user": person.email, "role_group": rapporteurs.pk, "until": "2099-12-31T12:00"})
    assert roles_of(person, people.forum) == {Role.RAPPORTEUR}
    assert RoleGrant.objects.get().granted_by == people["secretariat"]
    client.post(f"/admin/workflow/roles/{rapporteurs.pk}/{person.pk}/revoke/")
    assert roles_of(person, people.forum) == frozenset()


@pytest.mark.parametrize(
    "form", [{"user": "nobody at all"}, {"until": "2001-01-01T00:00"}, {"role_group": "999999"}, {"user": ""}]
)
def test_grant_form__with_a_mistake__gives_no_role_and_keeps_the_words(people, rapporteurs, client, form) -> None:
    person = UserFactory()
    client.force_login(people["secretariat"])
    filled = {"user": person.username, "role_group": rapporteurs.pk, "until": "2099-01-01T00:00"} | form
    response = client.post(f"/admin/workflow/roles/{people.forum.pk}/", filled)
    assert response.status_code == 200
    assert not RoleGrant.objects.exists()
    assert filled["user"] in response.content.decode()


@pytest.mark.parametrize("role", ["facilitator", "lead_expert", "rapporteur", "other_facilitator"])
def test_granting__by_anybody_but_the_secretariat__is_refused(people, rapporteurs, client, role) -> None:
    client.force_login(people[role])
    person = UserFactory()
    form = {"user": person.username, "role_group": rapporteurs.pk, "until": ""}
    client.post(f"/admin/workflow/roles/{people.forum.pk}/", form)
    client.post("/admin/workflow/roles/site/", form)
    client.post(f"/admin/workflow/roles/{rapporteurs.pk}/{people['rapporteur'].pk}/revoke/")
    assert not RoleGrant.objects.exists()
    assert roles_of(people["rapporteur"], people.forum) == {Role.RAPPORTEUR}
    for address in ("roles/", "roles/site/", "notices/", "notices/adopt/"):
        assert client.get(f"/admin/workflow/{address}").status_code == 302


def test_site_table__lists_every_forum_for_the_secretariat(people, client) -> None:
    ProcessFactory(forum=people.forum)
    client.force_login(people["secretariat"])
    text = client.get("/admin/workflow/roles/").content.decode()
    assert people.forum.title in text
    assert people.other_forum.title in text
    assert people["other_lead_expert"].get_full_name() in text


def test_secretary__cannot_lock_the_secretariat_out_by_leaving_it(people, client) -> None:
    group = RoleGroup.objects.get(role=Role.SECRETARIAT)
    client.force_login(people["secretariat"])
    client.post(f"/admin/workflow/roles/{group.pk}/{people['secretariat'].pk}/revoke/")
    assert Role.SECRETARIAT in roles_of(people["secretariat"], None)


def test_role_groups__come_with_their_forum_and_go_with_it(people) -> None:
    forum = ForumPageFactory(title="Lanterns")
    groups = list(RoleGroup.objects.filter(page=forum).values_list("group", flat=True))
    assert len(groups) == len(FORUM_ROLES)
    person = UserFactory(groups=Group.objects.filter(pk__in=groups))
    Page.objects.get(pk=forum.pk).delete()
    assert not Group.objects.filter(pk__in=groups).exists()
    assert not RoleGroup.objects.filter(page=forum.pk).exists()
    assert type(person).objects.get(pk=person.pk).is_active
    assert RoleGroup.objects.filter(page=people.forum).count() == len(FORUM_ROLES)


POWERS_OF = {
    # power: roles of the forum; the Secretariat has all of them
    "draft": "facilitator lead_expert rapporteur",
    "restore_drafts": "facilitator lead_expert rapporteur",
    "give_draft_links": "facilitator lead_expert",
    "set_due": "facilitator",
    "relate": "facilitator",
    "show_files": "facilitator",
    "record_sessions": "facilitator rapporteur",
    "run_forum": "facilitator",
    "take_locks": "facilitator lead_expert",
    "set_aside": "",
    "remove_drafts": "",
    "run_desk": "",
}


@pytest.mark.parametrize("name", POWERS_OF)
def test_power__is_held_by_the_right_roles_of_this_forum_only(people, name) -> None:
    holders = {role for role in people.members if role != "clock" and may(people[role], POWERS[name], people.forum)}
    assert holders == {*POWERS_OF[name].split(), "secretariat", "superuser"}


def test_every_power_of_this_room__has_a_line_and_the_groups_give_what_draft_promises(people) -> None:
    assert {name for name in POWERS if not name.startswith("consultation.")} == set(POWERS_OF)
    for role in FORUM_ROLES:
        can_edit = people.forum.permissions_for_user(people[role]).can_edit()
        assert can_edit is (role in POWERS["draft"].roles)


def test_table__shows_steps_and_powers_of_every_room(people, client) -> None:
    client.force_login(people["rapporteur"])
    page = BeautifulSoup(client.get(f"/admin/workflow/roles/{people.forum.pk}/").content, "html.parser")
    rows = {
        " ".join(row.find("th").text.split()): [" ".join(cell.text.split()) for cell in row.find_all("td")]
        for row in page.select("section ~ div tr, h2 ~ div tr")
        if row.find("td")
    }
    assert rows["Adopt as rough-consensus outcome"] == ["in their place", "yes", "yes", "–"]
    assert rows["Write the record of a session"] == ["yes", "yes", "–", "yes"]
    assert rows["Moderate comments"] == ["yes", "yes", "–", "–"]
    assert len(rows) == len(TRANSITIONS) + len(POWERS)
