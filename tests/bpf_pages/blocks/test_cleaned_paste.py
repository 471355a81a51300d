"""A paste into the Wagtail editor in a real browser: cleaned by the server, and never lost where it does not answer."""

import json

import pytest
from playwright.sync_api import Page, Route

from tests.bpf_pages.blocks.test_draftail_features import sign_in, wait_for_form
from tests.bpf_pages.importing.test_paste import WORD
from tests.browser.chromium import chromium
from tests.factories import ForumPageFactory, UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASTE = """([html, text]) => {
  const clipboard = new DataTransfer();
  if (html) clipboard.setData("text/html", html);
  clipboard.setData("text/plain", text);
  const asked = { clipboardData: clipboard, bubbles: true, cancelable: true };
  document.activeElement.dispatchEvent(new ClipboardEvent("paste", asked));
}"""
PICTURE = "<img src='data:image/png;base64,iVBORw0KGgo='>"


def fields(page: Page) -> list[str]:
    return page.eval_on_selector_all("[name^=body]", "fields => fields.map(field => field.value)")


def first_text(page: Page) -> list[str]:
    return [block["text"] for block in json.loads(page.locator("[name='body-0-value']").input_value())["blocks"]]


def test_paste__is_cleaned_on_the_server_and_never_lost(live_server) -> None:
    UserFactory(username="editor", password="password of 2099", is_superuser=True)
    forum = ForumPageFactory()
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1280, "height": 900})
        faults: list[str] = []
        page.on("pageerror", lambda error: faults.append(str(error)))
        sign_in(page, live_server.url)
        page.goto(f"{live_server.url}/admin/pages/add/bpf_pages/outcomepage/{forum.pk}/")
        page.locator("[data-streamfield-stream-container] button").first.click()
        page.get_by_role("option", name="Text", exact=True).click()
        page.locator(".public-DraftEditor-content").first.click()

        page.evaluate(PASTE, [WORD, "Tides of 2099"])
        wait_for_form(page, "Seen last")
        wait_for_form(page, "FOOTNOTE")
        assert first_text(page)[0] == "Tides of 2099"
        kinds = [page.locator(f"[name='body-{number}-type']").input_value() for number in range(3)]
        assert sorted(kinds) == ["table", "text", "text"]
        order = [page.locator(f"[name='body-{number}-order']").input_value() for number in range(3)]
        assert [kind for _place, kind in sorted(zip(order, kinds, strict=True))] == ["text", "table", "text"]
        assert "40 m" in "".join(fields(page))
        assert "/admin/pages/3" not in "".join(fields(page))

        # What made the editor throw: a bare address in the text, a picture in the HTML.
        page.locator(".public-DraftEditor-content").first.click()
        page.keyboard.press("Control+End")
        page.keyboard.press("Enter")
        page.evaluate(PASTE, [f"{PICTURE}<p>https://example.org/ebb</p>", "https://example.org/ebb"])
        wait_for_form(page, "https://example.org/ebb")

        page.route("**/admin/import/paste/", lambda route: route.abort())
        page.keyboard.press("Enter")
        page.evaluate(PASTE, ["<p>Kept <b>all</b> the same</p>", "Kept all the same"])
        wait_for_form(page, "Kept all the same")
        assert first_text(page)[-2:] == ["https://example.org/ebb", "Kept all the same"]

        # Two pastes, the second before the first was answered: they stand in the order in which they were made.
        page.unroute("**/admin/import/paste/")
        held: list[Route] = []
        page.route("**/admin/import/paste/", lambda route: held.append(route))
        for word in ("Flood", "Slack"):
            page.evaluate(PASTE, [f"<p>{word} of 2099.</p>", f"{word} of 2099."])
        answered = 0
        for _try in range(50):
            page.wait_for_timeout(200)
            for route in reversed(held[answered:]):  # the later one first, if both were asked
                route.continue_()
            answered = len(held)
            if answered == 2:
                break
        wait_for_form(page, "Slack of 2099.")
        assert first_text(page)[-1] == "Kept all the sameFlood of 2099.Slack of 2099."
        assert faults == []
