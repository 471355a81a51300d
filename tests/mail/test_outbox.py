"""Rows of the outbox, places in their words, and what a person with an account may choose."""

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from mail import outbox
from mail.models import Message
from mail.wordings import services as wording
from tests.factories import ForumPageFactory
from workflow.notices.occasions import EVENTS

pytestmark = pytest.mark.django_db

LIST = "lamps@lists.example.org"


@pytest.mark.parametrize("token", ["x", "MQ:1:abc", "a" * 500])
def test_unsubscribing__with_a_forged_token__is_not_found(client, token) -> None:
    assert client.post(f"/notices/stop/{token}/").status_code == 404


def test_account_page__lets_a_person_choose(people, client) -> None:
    client.force_login(people["facilitator"])
    assert "One mail a day" in client.get("/admin/account/").content.decode()


def test_template_in_a_title__is_not_filled_in_again() -> None:
    values = {"title": "$address $reason", "step": "x", "reason": "secret", "address": "secret"}
    subject, _body = wording.filled(EVENTS["revise"].words, values)
    assert "$address" in subject
    assert "secret" not in subject


def test_worker_that_cannot_be_told_of_a_mail__fails_nothing_and_the_mail_waits(
    settings, monkeypatch, django_capture_on_commit_callbacks
) -> None:
    settings.MAIL_BY_WORKER = True

    class Away:
        def enqueue(self, key: str) -> None:
            raise OSError("no queue")

    monkeypatch.setattr(outbox, "send", Away())
    with django_capture_on_commit_callbacks(execute=True) as told:
        assert outbox.write(EVENTS["revise"], "once", timezone.now(), ForumPageFactory())
    assert told
    assert Message.objects.get(key="once").sent_at is None


@pytest.mark.parametrize("to", [{"user": None, "list_address": ""}, {"list_address": LIST}])
def test_notice__to_nobody_or_to_both__is_refused_by_the_database(to, people) -> None:
    now = timezone.now()
    whom = {"user": people["facilitator"]} | to
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(key="x", occasion="adopt", created_at=now, ready_at=now, **whom)


def test_list__told_twice_of_one_occasion__is_refused_by_the_database() -> None:
    now = timezone.now()
    facts = {"key": "x", "occasion": "adopt", "list_address": LIST, "created_at": now, "ready_at": now}
    Message.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(**facts)
