"""Somebody loses a role, or the account, while they are at work: what they hold from before opens nothing."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from mail.delivery import DIGEST_EVERY, deliver
from mail.models import Message, Preference
from tests.factories import ProcessFactory
from tests.workflow.access.test_who_sees_what import (
    ADMIN,
    ELSEWHERE,
    OTHER_ROUTES,
    WAGTAIL,
    WORKFLOW_ROUTES,
    documents,
    filled,
    reach,
)
from workflow.access import people as accounts
from workflow.access.grants import grant, revoke
from workflow.access.models import RoleGroup
from workflow.draft_links.services import make_link, path_of
from workflow.notices.services import tell
from workflow.transitions.models import Process

__all__ = ["documents"]  # fixtures

pytestmark = pytest.mark.django_db


@pytest.fixture
def process(people: Any) -> Process:
    return ProcessFactory(forum=people.forum)


def taken_out(people: Any) -> None:
    """They stay in the other forum, and so in the admin."""
    for page, change in ((people.other_forum, grant), (people.forum, revoke)):
        group = RoleGroup.objects.get(page=page, role="facilitator")
        more = {"by": None} if change is grant else {}
        change(group, people["facilitator"], at=timezone.now(), **more)


def closed(people: Any) -> None:
    accounts.set_open(people["facilitator"], False)


LOST = [taken_out, closed]


@pytest.mark.parametrize("lose", LOST)
def test_draft_link__ends_with_the_role_of_its_maker(lose: Any, process: Process, people: Any, client: Client) -> None:
    """They knew its address, and read every newer draft by it."""
    now = timezone.now()
    given = {"made_for": "Reader", "expires_at": now + timedelta(days=7), "at": now}
    theirs = make_link(process.page, by=people["facilitator"], **given)
    of_others = make_link(process.page, by=people["lead_expert"], **given)
    assert client.get(path_of(theirs)).status_code == 200
    lose(people)
    assert client.get(path_of(theirs)).status_code == 410
    assert client.get(path_of(of_others)).status_code == 200
    client.force_login(people["lead_expert"])
    listed = client.get(reverse("workflow_admin:draft_links", args=[process.page_id])).content.decode()
    assert [reverse("workflow_admin:take_back_link", args=[process.page_id, link.pk]) in listed
            for link in (theirs, of_others)] == [False, True]  # fmt: skip


@pytest.mark.parametrize("lose", LOST)
def test_mail_that_waits__does_not_go_to_who_may_not_read_it_any_more(lose: Any, process: Process, people: Any) -> None:
    """A digest is a day old, and a mail server may be away for days: the words are those of a draft."""
    Preference.objects.create(user=people["facilitator"], mode=Preference.Mode.DAILY)
    now = timezone.now()
    tell("open_comment", "a", process, now, {"reason": "Plantedword of a draft"})
    assert Message.objects.filter(user=people["facilitator"], sent_at=None).exists()
    lose(people)
    deliver(now + DIGEST_EVERY + timedelta(minutes=1))
    said = {message.to[0]: message.body for message in mail.outbox}
    assert people["facilitator"].email not in said
    assert "Plantedword" in said[people["lead_expert"].email]
    assert not Message.objects.due(now + timedelta(days=400)).exists()


@pytest.mark.parametrize("lose", LOST)
def test_who_is_signed_in__reaches_at_once_what_their_roles_of_today_reach(
    lose: Any, people: Any, documents: Any, client: Client
) -> None:
    """With the page theirs, its text locked by them, and its editor and preview open."""
    values = documents("comment")
    Page.objects.filter(pk=values["page_id"]).update(owner=people["facilitator"])
    client.force_login(people["facilitator"])
    edit = reverse("wagtailadmin_pages:edit", args=[values["page_id"]])
    assert client.get(edit).status_code == 200
    client.post(f"{edit}preview/", {"title": "Plantedword"})
    client.post(reverse("wagtailadmin_pages:lock", args=[values["page_id"]]))
    lose(people)
    for name, route in [*WORKFLOW_ROUTES.items(), *OTHER_ROUTES.items()]:
        mine = lose is taken_out and "f" in (ADMIN | ELSEWHERE).get(name, "")
        assert bool(reach(route, values, {"f": client})) == mine, name
    for route in WAGTAIL:
        assert client.get(filled(route, values)).status_code != 200, route
