"""What a program can write into the rich-text field of the editor, and no person can type."""

import json

import pytest
from django.urls import reverse

from bpf_pages.models.outcome import OutcomePage
from tests.admin_forms import outcome_form, text_blocks
from tests.factories import ForumPageFactory, UserFactory

pytestmark = pytest.mark.django_db


def planted(form: dict[str, object], hostile: str) -> dict[str, object]:
    """The form with signs in the JSON of its rich texts, as escapes."""
    return {
        name: value.replace("HOSTILE", hostile) if isinstance(value, str) and "HOSTILE" in value else value
        for name, value in form.items()
    }


@pytest.mark.parametrize("hostile", ["\\ud83d", "\\ude00", "\\u0000", "\\u0008", "\\ud83d\\u0000\\ude00"])
def test_control_or_half_a_sign_in_a_rich_text__is_saved_as_a_sign_that_says_so(client, hostile) -> None:
    """PostgreSQL answered 500, and the text that was typed beside it was lost."""
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    forum = ForumPageFactory()
    form = planted(outcome_form("Lamps", "lamps", text_blocks("<p>Words beside HOSTILE it.</p>")), hostile)
    assert any(hostile in str(value) for value in form.values())
    answer = client.post(reverse("wagtailadmin_pages:add", args=["bpf_pages", "outcomepage", forum.pk]), form)
    assert answer.status_code == 302
    page = OutcomePage.objects.child_of(forum).get()
    text = page.get_latest_revision_as_object().body[0].value.source
    assert "Words beside" in text
    assert "\N{REPLACEMENT CHARACTER}" in text
    assert client.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert client.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200


def test_a_sign_of_two_code_units__stays_whole(client) -> None:
    client.force_login(UserFactory(is_superuser=True, is_staff=True))
    forum = ForumPageFactory()
    escaped = json.dumps("\N{GRINNING FACE}").strip('"')
    form = planted(outcome_form("Lamps", "lamps", text_blocks("<p>A face: HOSTILE.</p>")), escaped)
    client.post(reverse("wagtailadmin_pages:add", args=["bpf_pages", "outcomepage", forum.pk]), form)
    page = OutcomePage.objects.child_of(forum).get()
    assert "A face: \N{GRINNING FACE}." in page.get_latest_revision_as_object().body[0].value.source
