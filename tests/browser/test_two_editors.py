"""Two people in one text, each with a browser that saves by itself: each sees where the other is, no word is lost."""

import re

import pytest
from bs4 import BeautifulSoup
from playwright.sync_api import Page as Tab
from playwright.sync_api import expect
from wagtail.models import Page

from tests.browser.chromium import chromium
from tests.factories import OutcomePageFactory
from tests.people import make_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORED = "".join(f'<p data-block-key="{key * 5}">Paragraph {key} of 2099.</p>' for key in "abc")


def opened(browser, address: str, user) -> Tab:
    tab = browser.new_context(viewport={"width": 1280, "height": 900}).new_page()
    tab.goto(address)
    tab.get_by_label(re.compile("Username")).fill(user.get_username())
    tab.get_by_label(re.compile("Password")).fill("password of 2099")
    tab.get_by_role("button", name="Sign in").click()
    expect(words(tab, "Paragraph a")).to_be_visible()
    return tab


def words(tab: Tab, said: str):
    return tab.locator("[data-text=true]", has_text=said).first


def typed(tab: Tab, paragraph: str, more: str) -> None:
    """Ends when the server has answered a save that holds the words: "saved" may stand there from the one before."""
    words(tab, paragraph).click()
    tab.keyboard.press("End")
    with tab.expect_response(lambda answer: more in (answer.request.post_data or ""), timeout=30_000) as saved:
        tab.keyboard.type(more)
    assert saved.value.ok


def text_of(document: Page) -> list[str]:
    body = Page.objects.get(pk=document.pk).get_latest_revision_as_object().body
    html = "".join(block.value.source for block in body)
    return [paragraph.get_text() for paragraph in BeautifulSoup(html, "html.parser")("p")]


def test_two_editors__see_each_other_and_lose_no_word(live_server, settings) -> None:
    settings.WAGTAIL_EDITING_SESSION_PING_INTERVAL = 500
    people = make_people()
    body = [{"type": "text", "value": STORED, "id": "6f2a2b4e-0000-4000-8000-000000000001"}]
    document = OutcomePageFactory(parent=people.forum, body=body, revision=people["rapporteur"])
    address = f"{live_server.url}/admin/pages/{document.pk}/edit/"
    for who in ("facilitator", "rapporteur"):
        people[who].set_password("password of 2099")
        people[who].save()
    name = people["rapporteur"].get_full_name()
    with chromium() as browser:
        amal = opened(browser, address, people["facilitator"])
        bo = opened(browser, address, people["rapporteur"])
        typed(amal, "Paragraph a", " By Amal.")
        typed(bo, "Paragraph b", " By Bo.")
        typed(amal, "Paragraph b", " Amal too.")
        expect(amal.locator(".bpf-presence")).to_contain_text(f"{name} is at ¶ 2", timeout=15_000)
        expect(amal.locator(".bpf-presence")).to_contain_text(f"{name} saved since you opened it", timeout=15_000)
        bo.get_by_role("button", name="Save draft").click()
        expect(bo.get_by_text("both texts were brought together")).to_be_visible(timeout=30_000)
        expect(bo.get_by_role("link", name="Join the two")).to_be_visible()
        assert words(bo, "Paragraph a of 2099. By Amal.").is_visible()
    said = " ".join(text_of(document))
    assert "By Amal." in said
    assert "Paragraph b of 2099. By Bo." in said
    assert "Paragraph b of 2099. Amal too." in said
