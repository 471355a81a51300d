""" "Is everything working?": the Secretariat sees each fault with what to do, and sends again what was given up."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bpf_site.monitoring import heartbeats
from mail.models import Message
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_page__names_what_does_not_work_and_what_to_do(admin_client: Client) -> None:
    heartbeats.failed(f"{heartbeats.CHORE}send mail", timezone.now(), OSError("a password"))
    page = admin_client.get(reverse("bpf_site_admin:everything")).content.decode()
    assert "no worker gives a sign" in page
    assert "Start manage.py work" in page
    assert "send mail" in page
    assert "a password" not in page


def test_mails_given_up__are_tried_again_by_one_click(admin_client: Client) -> None:
    now = timezone.now()
    facts = {"occasion": "x", "user": UserFactory(), "attempts": 8, "ready_at": None}
    Message.objects.create(key="given up", created_at=now, **facts)
    Message.objects.create(key="of last month", created_at=now - timezone.timedelta(days=30), **facts)
    page = admin_client.get(reverse("bpf_site_admin:everything")).content.decode()
    assert "Send 1 mail again" in page
    admin_client.post(reverse("bpf_site_admin:send_mail_again"))
    assert list(Message.objects.due(timezone.now()).values_list("key", flat=True)) == ["given up"]


def test_menu__leads_to_it_for_the_secretariat_alone(admin_client: Client, client: Client) -> None:
    address = reverse("bpf_site_admin:everything")
    assert address in admin_client.get(reverse("wagtailadmin_home")).content.decode()
