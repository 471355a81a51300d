"""A document taken through its life in a real Chromium with the keyboard alone."""

import pytest
from django.contrib.auth import get_user_model

from bpf_pages.models import OutcomePage
from tests.bpf_pages.chromium import chromium
from tests.factories import ForumPageFactory, OutcomePageFactory, ProcessFactory
from tests.people import make_people
from tests.workflow.moves import brought_to
from workflow.models import Process
from workflow.service import process_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]

FOCUSED = "selector => document.activeElement && document.activeElement.matches(selector)"
MOST_STOPS = 250


def tab_to(page, selector: str) -> None:
    """Press Tab until what the selector names has the focus: so it can be reached, and in a bounded number of stops."""
    for _stop in range(MOST_STOPS):
        if page.evaluate(FOCUSED, selector):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached by keyboard")


def until(page, true: str) -> None:
    """Wait until a script answers true; Playwright's own waiting is refused by the site's content security policy."""
    for _try in range(100):
        if page.evaluate(true):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never became true: {true}")


def press(page, selector: str, key: str = "Enter") -> None:
    tab_to(page, selector)
    page.keyboard.press(key)


def follow(page, selector: str) -> None:
    tab_to(page, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def open_checklist(page) -> None:
    toggle = "[data-side-panel-toggle=readiness]"
    page.wait_for_selector(toggle)
    if page.get_attribute(toggle, "aria-expanded") != "true":
        press(page, toggle)
    page.wait_for_selector("#ready-open_comment", state="visible")


def write_a_paragraph(page) -> None:
    press(page, "[data-streamfield-stream-container] button")
    page.get_by_role("option", name="Text", exact=True).wait_for()
    tab_to(page, "[role=combobox]")
    page.keyboard.type("Text")
    chosen = page.locator("[role=option][aria-selected=true]")
    for _option in range(30):
        if chosen.count() and chosen.first.inner_text().strip() == "Text":
            break
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_selector(".public-DraftEditor-content")
    tab_to(page, ".public-DraftEditor-content")
    page.keyboard.type("The lamps of 2099 burn.")
    until(page, "() => [...document.querySelectorAll('[name^=body]')].some(f => f.value.includes('lamps of 2099'))")


def sign_in(page, address: str) -> None:
    page.goto(f"{address}/admin/login/")
    tab_to(page, "#id_username")
    page.keyboard.type("editor")
    page.keyboard.press("Tab")
    page.keyboard.type("password of 2099")
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_keyboard__blocked_step_is_mended_by_its_link_then_taken_then_withdrawn(live_server) -> None:
    process = process_of(OutcomePageFactory(body=[]))
    get_user_model().objects.create_superuser("editor", "editor@example.org", "password of 2099")
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1500, "height": 1200})
        sign_in(page, live_server.url)
        page.goto(f"{live_server.url}/admin/pages/{process.page_id}/edit/")
        open_checklist(page)
        assert page.get_by_text("The document has no text yet.").first.is_visible()
        follow(page, "#ready-open_comment a")
        assert page.get_by_role("heading", name="Not yet possible").is_visible()
        follow(page, "[aria-labelledby=unmet] a")
        assert f"/admin/pages/{process.page_id}/edit/" in page.url
        write_a_paragraph(page)
        follow(page, "button.action-save")
        open_checklist(page)
        follow(page, "#ready-open_comment a")
        tab_to(page, "[name=announcement]")
        page.keyboard.type("Please comment on this fictitious draft of 2099.")
        follow(page, "form[novalidate] button[type=submit]")
        assert "is now at “Public comment”" in page.content()
        page.goto(f"{live_server.url}/admin/workflow/{process.page_id}/withdraw/")
        tab_to(page, "[name=reason]")
        page.keyboard.type("Fictitious error of 2099.")
        follow(page, "form[novalidate] button[type=submit]")
    assert [row.name for row in process.log.all()] == ["open_comment", "withdraw"]
    assert Process.objects.get(pk=process.pk).state == "withdrawn"


def test_keyboard__several_documents_are_moved_from_the_queue(live_server) -> None:
    first, second = ProcessFactory.create_batch(2, forum=ForumPageFactory())
    get_user_model().objects.create_superuser("editor", "editor@example.org", "password of 2099")
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1500, "height": 1200})
        sign_in(page, live_server.url)
        page.goto(f"{live_server.url}/admin/workflow/queue/")
        for process in (first, second):
            press(page, f"input[name=id][value='{process.page_id}']", "Space")
        follow(page, "form[action*=bulk] button[type=submit]")
        press(page, "input[name=move]", "Space")
        while page.input_value("input[name=move]:checked") != "record":
            page.keyboard.press("ArrowDown")
        follow(page, "main form button[type=submit]")
        assert "2 documents will move." in page.inner_text("main")
        tab_to(page, "[name=public_source]")
        page.keyboard.type("Fictitious source of 2099")
        follow(page, "form[novalidate] button[type=submit]")
        assert "2 documents moved." in page.inner_text("main")
    assert set(Process.objects.values_list("state", flat=True)) == {"final"}


def test_keyboard__a_document_is_created_and_its_editions_are_compared(live_server) -> None:
    people = make_people()
    edition = brought_to("wrap_up", people).current_edition
    get_user_model().objects.create_superuser("editor", "editor@example.org", "password of 2099")
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 1500, "height": 1200})
        sign_in(page, live_server.url)
        page.goto(f"{live_server.url}/admin/pages/add/bpf_pages/outcomepage/{people.forum.pk}/")
        tab_to(page, "#id_title")
        page.keyboard.type("Sluices of 2099")
        write_a_paragraph(page)
        follow(page, "button.action-save")
        page.goto(f"{live_server.url}{edition.address}history/")
        follow(page, "a[href$='compare/1/2/']")
        assert page.url.endswith(f"{edition.address}compare/1/2/")
        assert page.locator("h1").count() == 1
    created = OutcomePage.objects.get(slug="sluices-of-2099")
    assert "lamps of 2099" in str(created.get_latest_revision_as_object().body)
    assert process_of(created).state == "drafting"
