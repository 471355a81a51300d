"""Mails that do not go out are seen at /health, and take no page down."""

from datetime import timedelta

import pytest
from django.utils import timezone

from mail import health
from mail.models import Message
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def a_mail(**facts) -> Message:
    usual = {"key": f"k{Message.objects.count()}", "occasion": "x", "user": UserFactory(), "created_at": NOW}
    return Message.objects.create(**(usual | facts))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"ready_at": NOW}, []),
        ({"ready_at": NOW - timedelta(minutes=1), "created_at": NOW - timedelta(minutes=31)}, ["have waited"]),
        ({"ready_at": NOW + timedelta(hours=1), "attempts": 2, "error": "refused"}, ["did not take 1"]),
        ({"ready_at": None, "attempts": 8, "error": "refused"}, ["1 were given up"]),
        (
            {"ready_at": None, "attempts": 8, "error": "refused", "created_at": NOW - timedelta(days=6, hours=23)},
            ["1 were given up"],
        ),
        ({"ready_at": None, "attempts": 8, "error": "refused", "created_at": NOW - timedelta(days=7, hours=1)}, []),
        ({"ready_at": None, "attempts": 0}, []),
        ({"ready_at": NOW, "sent_at": NOW, "attempts": 3, "created_at": NOW - timedelta(days=2)}, []),
        ({"ready_at": NOW, "for_digest": True, "created_at": NOW - timedelta(hours=20)}, []),
    ],
)
def test_warnings__tell_what_waits_and_what_was_given_up(facts, said):
    a_mail(**facts)
    told = list(health.warnings(NOW))
    assert len(told) == len(said)
    assert all(part in line for part, line in zip(said, told, strict=True))


def test_health__with_mails_nobody_takes__warns_and_stays_up(client):
    before = client.get("/health")
    assert before.json()["warnings"] == []
    mail = a_mail(ready_at=NOW, attempts=3, error="550 no such user")
    after = client.get("/health")
    assert after.status_code == before.status_code
    assert after.json()["warnings"] == ["mail: the server did not take 1; they are tried again"]
    assert mail.user.email not in after.content.decode()
