"""What the life of a forum (test_life_of_a_forum.py) does not meet, in a real Chromium by one person with a keyboard.

Nothing is clicked and no address is typed after the login: every page is reached from the one before (keyboard.py).
"""

import re

import pytest
from django.contrib.auth import get_user_model

from tests.browser.chromium import chromium
from tests.browser.keyboard import choose, follow, press, sees, tab_to, until, write
from tests.factories import ForumPageFactory, OutcomePageFactory, ProcessFactory
from workflow.transitions.models import Process
from workflow.transitions.services import process_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FORUM, TITLE = "Fictitious forum of lamps", "Sluices of 2099"
MISSING = "The document has no text yet."


def sign_in(page, address: str) -> None:
    page.goto(f"{address}/admin/login/")
    write(page, "textbox", re.compile("Username"), "editor")
    write(page, "textbox", re.compile("Password"), "password of 2099")
    follow(page, "button", "Sign in")


def go_to_step(page, label: str) -> None:
    """From the editor by the checklist at its side."""
    toggle = page.get_by_role("button", name="Toggle the checklist of the next step")
    tab_to(page, "button", "Toggle the checklist of the next step")
    if toggle.get_attribute("aria-expanded") != "true":
        page.keyboard.press("Enter")
    follow(page, "link", label)


def mend_by_the_link(page) -> None:
    assert page.get_by_role("heading", name="Not yet possible").is_visible()
    follow(page, "link", re.compile(f"Put it right ?: {MISSING}"))
    press(page, "button", "Insert a block")
    write(page, "combobox", re.compile("."), "Text")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    write_text(page, "The lamps of 2099 burn.")
    follow(page, "button", "Save draft")


def write_text(page, text: str) -> None:
    tab_to(page, "textbox", re.compile("^$"))  # Draftail gives its field no name
    page.keyboard.type(text)
    until(page, f"() => [...document.querySelectorAll('[name^=body]')].some(f => f.value.includes('{text}'))")


def take_step(page, label: str, **words: str) -> None:
    for name, text in words.items():
        write(page, "textbox", re.compile(name, re.I), text)
    follow(page, "button", label)


def test_keyboard__checklist_mend_bulk_withdraw(live_server) -> None:
    forum = ForumPageFactory(title=FORUM)
    empty = ProcessFactory(page=OutcomePageFactory(parent=forum, title=TITLE, body=[])).page
    first, second = ProcessFactory.create_batch(2, forum=forum)
    get_user_model().objects.create_superuser("editor", "editor@example.org", "password of 2099")
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1500, "height": 1200})
        sign_in(page, live_server.url)
        follow(page, "link", TITLE)
        go_to_step(page, "Open public comment")
        mend_by_the_link(page)
        go_to_step(page, "Open public comment")
        take_step(page, "Open public comment", announcement="Please comment on this fictitious draft of 2099.")
        assert sees(page, "is now at “Public comment”")

        follow(page, "link", "Dashboard")
        follow(page, "link", "The whole work queue")
        for process in (first, second):
            press(page, "checkbox", process.title, "Space")
        follow(page, "button", "Move the chosen documents…")
        choose(page, "Record an output adopted elsewhere")
        follow(page, "button", "Show what will happen")
        assert sees(page, "2 documents will move.")
        for _process in (first, second):
            write(page, "textbox", re.compile("source", re.I), "Fictitious source of 2099")
            write(page, "textbox", re.compile("First published"), "2098")
        take_step(page, "Record an output adopted elsewhere")
        assert sees(page, "2 documents moved.")

        follow(page, "link", first.title)
        go_to_step(page, "Withdraw")
        take_step(page, "Withdraw", reason="Fictitious error of 2099.")
        assert sees(page, "is now at “Withdrawn”")
    assert [row.name for row in process_of(empty).log.all()] == ["open_comment"]
    assert [row.name for row in first.log.all()] == ["record", "withdraw"]
    assert Process.objects.get(pk=second.pk).state == "final"
