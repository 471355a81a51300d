"""A person with a keyboard and nothing else: keys go to whatever has the focus, and Tab moves the focus."""

import re
from contextlib import suppress
from typing import Any

from playwright.sync_api import Error

MOST_STOPS = 120
PATIENCE_MS = 10_000

KEEP = "found => { window.wanted = found; return found.length; }"
IS_THERE = "() => window.wanted.includes(document.activeElement)"
SHOWN = """() => {
  const style = getComputedStyle(document.activeElement);
  return document.activeElement.matches(":focus-visible")
    && (style.boxShadow !== "none" || (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0));
}"""
NAMED = """() => {
  const at = document.activeElement;
  return `${at.tagName} ${at.getAttribute("aria-label") || at.innerText || at.name || ""}`.trim().slice(0, 80);
}"""


def tab_to(page: Any, role: str, name: str | re.Pattern[str], among: Any = None) -> None:
    """Press Tab until what has this role and accessible name has the focus, and shows it.

    among: the part of the page where it is wanted; anywhere otherwise. Raises AssertionError as tab_to_any does.
    """
    wanted = (among or page).get_by_role(role, name=name, exact=isinstance(name, str))
    tab_to_any(page, wanted, f"{role} “{name if isinstance(name, str) else name.pattern}”")


def tab_to_any(page: Any, wanted: Any, what: str) -> None:
    """Press Tab until one of these has the focus, and shows it. wanted: a locator.

    Raises AssertionError where no such thing appears, where it is not among the next MOST_STOPS stops, or where a
    person could not see that the focus is there.
    """
    _wait_for(page, wanted, what)
    for _stop in range(MOST_STOPS):
        if page.evaluate(IS_THERE):
            assert page.evaluate(SHOWN), f"{what} has the focus and does not show it"
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{what} is not reached in {MOST_STOPS} stops; the focus is at {page.evaluate(NAMED)!r}")


def _wait_for(page: Any, wanted: Any, what: str) -> None:
    """Until scripts have drawn it. The content security policy refuses Playwright's own waiting for a function."""
    for _try in range(PATIENCE_MS // 50):
        with suppress(Error):  # the page before is left at this moment
            if wanted.evaluate_all(KEEP):
                return
        page.wait_for_timeout(50)
    raise AssertionError(f"there is no {what} on {page.url}")


def press(page: Any, role: str, name: str | re.Pattern[str], key: str = "Enter", among: Any = None) -> None:
    tab_to(page, role, name, among)
    page.keyboard.press(key)


def follow(page: Any, role: str, name: str | re.Pattern[str], among: Any = None) -> None:
    """A link or button that leads to another page."""
    tab_to(page, role, name, among)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Any, role: str, name: str | re.Pattern[str], text: str) -> None:
    tab_to(page, role, name)
    page.keyboard.type(text)


def choose(page: Any, name: str | re.Pattern[str]) -> None:
    """A radio button: Tab leads to its group, arrows within."""
    group = page.get_by_role("radio")
    for _try in range(MOST_STOPS):
        if group.evaluate_all("found => found.includes(document.activeElement)"):
            break
        page.keyboard.press("Tab")
    wanted = page.get_by_role("radio", name=name)
    page.keyboard.press("Space")
    for _step in range(group.count()):
        if wanted.evaluate("radio => radio.checked && radio === document.activeElement"):
            return
        page.keyboard.press("ArrowDown")
    raise AssertionError(f"radio “{name}” is not reached by arrows")


def sees(page: Any, text: str) -> bool:
    found = page.get_by_text(text)
    return bool(found.count()) and found.first.is_visible()


def until(page: Any, true: str) -> None:
    """Wait until a script answers true."""
    for _try in range(PATIENCE_MS // 50):
        if page.evaluate(true):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"never became true: {true}")
