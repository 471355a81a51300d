"""Question, facet, paragraph, back: in a real browser, by keyboard, at 360 px, without script, and right to left."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, sync_playwright

from search import indexing
from tests.search.library import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_page(index_folder: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A function from options of a browser context to a page on the search for `wick`, limited to nothing."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's event loop runs in this thread
    for year in (2098, 2099):
        publish(f"Lamps of {year}", "Nothing.", "Trim the wick.", year=year)
    indexing.rebuild()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])

        def start(**options: Any) -> Page:
            page = browser.new_context(base_url=live_server.url, **options).new_page()
            page.goto("/search/?q=wick")
            return page

        yield start
        browser.close()


@pytest.mark.parametrize("script", [True, False])
def test_question_facet_paragraph_and_back(open_page: Any, script: bool) -> None:
    page = open_page(java_script_enabled=script)
    page.locator("input[name=year][value='2098']").check()
    page.get_by_role("button", name="Apply filters").click()
    assert page.get_by_role("heading", level=3).all_inner_texts()[0] == "Lamps of 2098"
    assert "filtered by Year: 2098" in page.locator(".search-said [role=status]").inner_text()
    place = page.locator(".places a").first
    assert place.locator("mark").inner_text() == "wick"
    target = place.get_attribute("href")
    assert target.endswith("#p2")
    page.get_by_role("link", name="Remove Year: 2098").click()
    assert page.locator(".hit").count() == 2


def test_by_keyboard_alone(open_page: Any) -> None:
    page = open_page()
    page.focus("#search-q")
    page.keyboard.press("Control+A")
    page.keyboard.type("lamps of", delay=20)
    page.wait_for_selector("[role=option]")
    page.keyboard.press("ArrowDown")
    assert page.get_attribute("#search-q", "aria-activedescendant") == "search-q-suggestions-0"
    page.keyboard.press("Escape")
    assert page.locator(".suggestions").is_hidden()
    page.keyboard.press("Enter")
    page.wait_for_url("**/search/?q=lamps+of")
    assert page.locator(".hit").count() == 2


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_phone_shows_results_first_and_never_scrolls_sideways(open_page: Any, language: str) -> None:
    page = open_page(viewport={"width": 320, "height": 700}, locale=language)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.evaluate("document.documentElement.dir") == ("rtl" if language == "ar" else "ltr")
    hit, filters = page.locator(".hit").first.bounding_box(), page.locator("#filters").bounding_box()
    assert hit["y"] < filters["y"]
