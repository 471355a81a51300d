"""Question, facet, paragraph, back: in a real browser, by keyboard, at 360 px, without script, and right to left."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from search.indexing import rebuild
from tests.search.library import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def open_page(index_folder: Any, live_server: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A function from options of a browser context to a page on the search for `wick`, limited to nothing."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's event loop runs in this thread
    for year in (2098, 2099):
        publish(f"Lamps of {year}", *["Nothing but oil."] * 39, "Trim the wick.", "More oil.", year=year)
    rebuild.rebuild()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])

        def start(**options: Any) -> Page:
            page = browser.new_context(base_url=live_server.url, **options).new_page()
            page.goto("/search/?q=wick")
            return page

        yield start
        browser.close()


@pytest.mark.parametrize(
    "options",
    [
        {},
        {"java_script_enabled": False},
        {"viewport": {"width": 360, "height": 700}},
        {"viewport": {"width": 360, "height": 700}, "locale": "ar", "java_script_enabled": False},
    ],
    ids=["plain", "no script", "phone", "Arabic phone without script"],
)
def test_question_facet_paragraph_marked_on_screen_and_back(open_page: Any, options: dict[str, Any]) -> None:
    """All of it by keys: the box is ticked by the space bar, forms are sent and links followed by Enter."""
    page = open_page(**options)
    page.locator("input[type=checkbox][name=year][value='2098']").focus()
    page.keyboard.press("Space")
    page.locator("#filters button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**year=2098**")
    assert page.locator(".hit h3").all_inner_texts() == ["Lamps of 2098"]
    assert "2098" in page.locator(".search-said [role=status]").inner_text()
    place = page.locator(".places a").first
    assert place.locator("mark").inner_text() == "wick"
    place.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**#p40")
    paragraph = page.locator("#p40")
    assert "wick" in paragraph.inner_text()
    expect(paragraph).to_be_in_viewport(ratio=1)
    assert look(page, "#p40") != look(page, "#p39"), "it is marked"
    page.go_back()
    assert page.locator("input[type=checkbox][name=year][value='2098']").is_checked()
    assert page.locator(".hit").count() == 1
    page.locator(".chosen a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "year" not in address)
    assert page.locator(".hit").count() == 2


def look(page: Page, selector: str) -> str:
    script = (
        "e => [getComputedStyle(e).backgroundColor, getComputedStyle(e).boxShadow, getComputedStyle(e).outline].join()"
    )
    return str(page.locator(selector).evaluate(script))


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
