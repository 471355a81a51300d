"""What editors see of a text that is not public, and that nobody else does."""

import pytest

from editions.models import Edition
from tests.bpf_pages.published import publish, revise
from tests.factories import OutcomePageFactory, text_block

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor(admin_client):
    return admin_client


def test_preview__of_a_draft__shows_the_working_text_and_says_so(editor):
    page = OutcomePageFactory()
    publish(page)
    revise(page, text_block("<p>Words of tomorrow.</p>"))
    text = editor.get(f"/admin/pages/{page.pk}/view_draft/").content.decode()
    assert "Words of tomorrow." in text
    assert "Preview of the working text." in text


def test_preview__in_print__is_a_pdf(editor):
    page = OutcomePageFactory()
    response = editor.get(f"/admin/pages/{page.pk}/view_draft/", {"mode": "print"})
    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF")


@pytest.mark.parametrize("mode", ["page", "print"])
def test_preview__publishes_nothing(editor, mode):
    page = OutcomePageFactory()
    editor.get(f"/admin/pages/{page.pk}/view_draft/", {"mode": mode})
    assert not Edition.objects.exists()


def test_preview__of_a_text_that_cannot_be_published__is_shown_all_the_same(editor):
    page = OutcomePageFactory(body=[{"type": "figure", "value": {"image": None, "alt": "", "caption": ""}}])
    for mode in ("page", "print"):
        assert editor.get(f"/admin/pages/{page.pk}/view_draft/", {"mode": mode}).status_code == 200


def test_preview__for_somebody_without_an_account__is_refused(client):
    page = OutcomePageFactory()
    response = client.get(f"/admin/pages/{page.pk}/view_draft/")
    assert response.status_code == 302
    assert "/admin/login/" in response["Location"]
