"""Passkeys in a real Chromium with an authenticator of its own: made, shown at sign-in, and refused elsewhere."""

import re
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from accounts.models import Event, Factor
from tests.accounts.signing_in import code_of, with_app
from tests.browser.chromium import chromium
from tests.factories import UserFactory
from tests.site.test_axe import RULES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def with_authenticator(page: Page) -> tuple[Any, str]:
    """A device that answers by itself, as one does after a touch."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True, "hasResidentKey": True,
    }  # fmt: skip
    return session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def give_password(page: Page, site: str) -> None:
    page.goto(f"{site}/admin/login/")
    page.get_by_label(re.compile("Username")).fill("editor")
    page.get_by_label(re.compile("Password")).first.fill("password of 2099")
    page.get_by_role("button", name="Sign in").click()


def test_passkey__is_made_and_opens_the_next_sign_in(live_server, settings, monkeypatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.TWO_FACTOR_REQUIRED = ["secretariat"]
    editor = UserFactory(username="editor", is_superuser=True)
    site = live_server.url.replace("127.0.0.1", "localhost")
    with chromium() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 740})
        faults: list[str] = []
        page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
        device, _authenticator = with_authenticator(page)
        give_password(page, site)
        page.get_by_role("link", name="Add a passkey").click()
        page.get_by_label(re.compile("Name, such as")).fill("Lamp")
        page.get_by_role("button", name="Add a passkey").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        page.get_by_role("link", name=re.compile("go on")).click()
        expect(page).to_have_url(f"{site}/admin/")
        factor = Factor.objects.get(user=editor)
        assert (factor.kind, factor.name) == ("passkey", "Lamp")

        page.context.clear_cookies()
        give_password(page, site)
        expect(page).to_have_url(f"{site}/admin/login/second-step/")
        page.get_by_role("button", name="Use a passkey").click()
        expect(page).to_have_url(f"{site}/admin/")
        assert Event.objects.filter(kind="signed_in").last().data == {"way": "password", "second": "passkey"}

        page.context.clear_cookies()  # an answer is good for its own challenge only
        give_password(page, site)
        with page.expect_request(re.compile("second-step")) as sent:
            page.get_by_role("button", name="Use a passkey").click()
        expect(page).to_have_url(f"{site}/admin/")
        replayed = re.search(r"passkey=([^&]+)", sent.value.post_data or "")
        assert replayed
        page.context.clear_cookies()
        give_password(page, site)
        expect(page.get_by_role("button", name="Use a passkey")).to_be_visible()
        page.evaluate(
            "answer => { const form = document.querySelector('form[data-passkey]');"
            "form.elements.passkey.value = decodeURIComponent(answer); form.submit(); }",
            replayed.group(1),
        )
        expect(page.get_by_role("alert")).to_contain_text("did not match")
        assert Event.objects.last().kind == "second_failed"

        page.context.clear_cookies()  # a change that wants proof takes the passkey, and keeps what was typed
        give_password(page, site)
        page.get_by_role("button", name="Use a passkey").click()
        expect(page).to_have_url(f"{site}/admin/")
        settings.CONFIRM_MINUTES = 0
        page.goto(f"{site}/admin/account/second-factor/")
        page.get_by_role("button", name="Make new recovery codes").click()
        expect(page.get_by_role("heading", name="Confirm that it is you")).to_be_visible()
        settings.CONFIRM_MINUTES = 10
        page.get_by_role("button", name="Use a passkey").click()
        expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()
        assert faults == []
        assert device


PAGES = ("account/second-factor/", "account/second-factor/app/", "account/second-factor/passkey/", "account/sign-ins/",
         "workflow/sign-ins/?q=editor")  # fmt: skip


def test_pages_of_sign_in__are_accessible_and_no_wider_than_a_phone(live_server, monkeypatch, settings) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    editor = UserFactory(username="editor", is_superuser=True)
    secret = with_app(editor)
    found: dict[str, list[str]] = {}

    def look(page: Page) -> None:
        page.wait_for_load_state("networkidle")
        said = Axe().run(page, context=".account-page", options=RULES).response["violations"]
        found[page.url] = [violation["id"] for violation in said]
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            found[page.url].append(f"{wide} pixels too wide")

    with chromium() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 740})
        give_password(page, live_server.url)
        look(page)
        page.get_by_label("Code of your app, or a recovery code").fill(code_of(secret))
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(f"{live_server.url}/admin/")
        for path in PAGES:
            page.goto(f"{live_server.url}/admin/{path}")
            look(page)
        settings.CONFIRM_MINUTES = 0
        page.goto(f"{live_server.url}/admin/account/second-factor/")
        page.get_by_role("button", name="Make new recovery codes").click()
        look(page)
    assert len(found) == len(PAGES) + 2
    assert not any(found.values()), found


def test_without_javascript__the_second_step_takes_a_code(live_server, settings, monkeypatch) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    secret = with_app(UserFactory(username="editor", is_superuser=True))
    with chromium() as browser:
        page = browser.new_context(java_script_enabled=False).new_page()
        give_password(page, live_server.url)
        page.get_by_label("Code of your app, or a recovery code").fill(code_of(secret))
        page.get_by_role("button", name="Sign in").click()
        expect(page).to_have_url(f"{live_server.url}/admin/")
