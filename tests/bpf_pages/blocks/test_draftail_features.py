"""The Wagtail editor in a real browser: what an editor types and marks is what the preview shows."""

import pytest
from django.contrib.auth import get_user_model

from bpf_pages.models.outcome import OutcomePage
from tests.browser.chromium import chromium
from tests.factories import ForumPageFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEFORE, NOTE, AFTER = "The lamps burn.", "see Lamp Book", " Then more."


def sign_in(page, address):
    page.goto(f"{address}/admin/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", "password of 2099")
    page.click("button[type=submit]")


def write_with_a_footnote(page):
    page.locator("[data-streamfield-stream-container] button").first.click()
    page.get_by_role("option", name="Text", exact=True).click()
    page.locator(".public-DraftEditor-content").first.click()
    page.keyboard.type(BEFORE + NOTE + AFTER)
    for _ in AFTER:
        page.keyboard.press("ArrowLeft")
    for _ in NOTE:
        page.keyboard.press("Shift+ArrowLeft")
    page.get_by_role("button", name="Footnote").first.click()
    wait_for_form(page, "FOOTNOTE")


def wait_for_form(page, text):
    """Draftail copies its state to the form a quarter of a second after the last change."""
    fields = "fields => fields.map(field => field.value)"
    for _ in range(50):
        if any(text in value for value in page.eval_on_selector_all("[name^=body]", fields)):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"{text} never reached the form")


def test_footnote_button__on_selected_words__lifts_them_out_of_the_text(live_server):
    forum = ForumPageFactory()
    get_user_model().objects.create_superuser("editor", "editor@example.org", "password of 2099")
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1500, "height": 1200})
        sign_in(page, live_server.url)
        page.goto(f"{live_server.url}/admin/pages/add/bpf_pages/outcomepage/{forum.pk}/")
        page.fill("#id_title", "Lamps of 2099")
        write_with_a_footnote(page)
        with page.expect_event("load"):  # autosave may change the address meanwhile, which is a navigation too
            page.get_by_role("button", name="Save draft").first.click()
        page.goto(page.url.split("/edit/")[0] + "/view_draft/")
        assert page.locator("#p1 > p").text_content() == f"{BEFORE}Note 1{AFTER}"
        assert page.locator("#p2 > span").text_content() == NOTE
    document = OutcomePage.objects.get().get_latest_revision_as_object().as_document()
    assert len(document.notes) == 1
    assert document.blocks[0].key.split(".")[0] == str(OutcomePage.objects.get().body[0].id)
