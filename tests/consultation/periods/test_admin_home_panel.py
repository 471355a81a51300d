"""What the first page of the admin shows of consultations."""

import pytest
from bs4 import BeautifulSoup

from consultation.vocabulary import Moderation

pytestmark = pytest.mark.django_db


def listed(client, person) -> list[str]:
    client.force_login(person)
    panel = BeautifulSoup(client.get("/admin/").content, "html.parser").find(id="consultations-section")
    return [cell.get_text(" ", strip=True) for cell in panel.select("td")] if panel else []


def test_a_consultation__is_shown_while_it_goes_on_or_a_comment_waits(client, consultation):
    process, secretariat = consultation.process, consultation.people["secretariat"]
    assert listed(client, secretariat)[:3] == [process.title, "Public comment", "0"]
    comment = consultation.comment()
    consultation.move("withdraw")
    assert listed(client, secretariat)[:3] == [process.title, "Withdrawn", "1"]
    comment.moderation = Moderation.PUBLISHED
    comment.save()
    assert listed(client, secretariat) == []
    assert process.title in client.get("/admin/consultation/").content.decode()


def test_a_consultation__of_another_forum_is_not_shown(client, consultation):
    assert listed(client, consultation.people["other_facilitator"]) == []
