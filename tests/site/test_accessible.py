"""Every public page of a library that has something to say on each, in a real browser: axe finds nothing, and nothing
is wider than the smallest phone. The looks take turns, so that a run stays short and neighbours are seen differently.
"""

from itertools import cycle
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

from search.indexing import services as indexing
from tests.browser.chromium import chromium
from tests.search.conftest import index, index_folder
from tests.site.public_pages import FINAL, build
from tests.site.test_axe import DESK, PHONE, RULES

__all__ = ["index", "index_folder"]  # fixtures

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = (
    {"viewport": DESK},
    {"viewport": PHONE, "color_scheme": "dark"},
    {"viewport": PHONE, "locale": "ar"},
)
MASTHEAD_PX, FIRST_PARAGRAPH_PX = 120, 740
TOP = "(what) => document.querySelector(what).getBoundingClientRect().top"
HIDDEN = "(what) => document.querySelector(what).scrollWidth - document.querySelector(what).clientWidth"
BOTTOM = "(what) => document.querySelector(what)?.getBoundingClientRect().bottom ?? 0"
NO_PAGES = ("_feed", "_atom", "_file", "_text", "search:feed", "search:suggest", "search:alert")
"""Ends of the names of views that answer a program, save a file, or only take a form."""


def test_every_public_page__in_a_browser__is_accessible_and_fits(people: Any, index: Any, live_server: Any) -> None:
    found = []
    addresses = [
        address for view, addresses in build(people).items() for address in addresses[:3] if not view.endswith(NO_PAGES)
    ]
    indexing.drain()
    with chromium() as browser:
        pages = [browser.new_context(**look).new_page() for look in LOOKS]
        for address, page in zip(addresses, cycle(pages), strict=False):
            answer = page.goto(live_server.url + address)
            assert "html" in answer.headers["content-type"], address
            for violation in Axe().run(page, options=RULES).response["violations"]:
                targets = [node["target"] for node in violation["nodes"]]
                found.append(f"{address}: {violation['id']}: {violation['help']} {targets}")
            if (height := page.evaluate(BOTTOM, ".masthead")) > MASTHEAD_PX and page.viewport_size == PHONE:
                found.append(f"{address}: the masthead is {height} px high")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append(f"{address}: wider than the window")
        page.set_viewport_size({"width": 360, "height": FIRST_PARAGRAPH_PX})
        for language in ("", "/ar", "/es", "/fr", "/ru", "/zh"):
            address = f"{language}{FINAL}"
            page.goto(live_server.url + address)
            assert page.evaluate(BOTTOM, ".masthead") <= MASTHEAD_PX
            assert page.evaluate(TOP, ".neutral .passage p") < FIRST_PARAGRAPH_PX, address
            assert page.evaluate(HIDDEN, ".edition-bar ul") == 0, f"{address}: what the bar leads to is cut off"
            page.goto(f"{live_server.url}{language}/")
            assert page.evaluate(TOP, "#open-calls") < FIRST_PARAGRAPH_PX, f"{language}: what is open is too low"
        page.set_viewport_size(PHONE)
        for language in ("/es", "/fr", "/ru", "/zh"):  # English and Arabic are among the looks
            for address in (FINAL, "/", "/search/?q=lamp"):
                page.goto(f"{live_server.url}{language}{address}")
                assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], f"{language}{address}"
                assert page.evaluate(f"document.querySelector('.edition-bar') ? ({HIDDEN})('.edition-bar ul') : 0") == 0
    assert len(addresses) > 60
    assert not found, "\n".join(found)
