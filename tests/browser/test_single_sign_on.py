"""Single sign-on in a real Chromium, by way of a provider on another site: there and back, and nothing for others."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from django.core.cache import cache
from playwright.sync_api import expect

from accounts.models import Event
from tests.accounts.provider import CLIENT, SECRET, Provider, serving
from tests.browser.chromium import chromium
from tests.factories import UserFactory

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def provider(settings) -> Iterator[Provider]:
    cache.clear()
    with serving() as found:
        settings.OIDC_SERVER_URL, settings.OIDC_NAME = found.address, "the house of 2099"
        found.lets_in = {"sub": "somebody-1", "email": "ficta@example.org", "email_verified": True}
        settings.OIDC_CLIENT_ID, settings.OIDC_CLIENT_SECRET = CLIENT, SECRET
        yield found
    cache.clear()


def test_there_and_back__is_signed_in_and_what_came_back_opens_nothing_a_second_time_nor_elsewhere(
    live_server, settings, monkeypatch, provider
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.TWO_FACTOR_REQUIRED = []
    site = live_server.url.replace("127.0.0.1", "localhost")  # the provider is at another site, as in life
    settings.WAGTAILADMIN_BASE_URL = site
    editor = UserFactory(is_superuser=True, email="ficta@example.org")
    with chromium() as browser:
        page = browser.new_page()
        faults: list[str] = []
        page.on("console", lambda line: faults.append(line.text) if "Content Security" in line.text else None)
        page.goto(f"{site}/admin/login/?next=/admin/account/")
        page.get_by_role("link", name="Sign in with the house of 2099").click()
        expect(page).to_have_url(f"{site}/admin/account/")
        assert Event.objects.filter(person=editor, kind="signed_in").count() == 1
        assert not faults

        page.context.clear_cookies()
        assert page.goto(provider.sent_back[0]).status == 403  # type: ignore[union-attr]
        other = browser.new_context().new_page()
        assert other.goto(provider.sent_back[0]).status == 403  # type: ignore[union-attr]
        other.goto(f"{site}/admin/")
        expect(other).to_have_url(re.compile("/admin/login/"))

        for away in ("//evil.example/", "https://evil.example/", "/\\evil.example/", "javascript:alert(1)"):
            visitor = browser.new_context().new_page()
            visitor.goto(f"{site}/admin/login/?{urlencode({'next': away})}")
            visitor.get_by_role("link", name="Sign in with the house of 2099").click()
            expect(visitor).to_have_url(f"{site}/admin/")

        victim = browser.new_context().new_page()  # another site begins a sign-in, or brings an answer of its own
        victim.route(
            "https://evil.example/",
            lambda route: route.fulfill(
                status=200,
                content_type="text/html",
                body=f"<a href='{site}/admin/login/single-sign-on/'>begin</a>"
                f"<a href='{provider.sent_back[0]}'>answer</a>",
            ),
        )
        victim.goto("https://evil.example/")
        victim.get_by_text("begin").click()
        expect(victim).to_have_url(re.compile("/admin/login/[?]"))
        assert len(provider.sent_back) == 5
        victim.goto("https://evil.example/")
        victim.get_by_text("answer").click()
        expect(victim.get_by_role("heading", name="Not signed in")).to_be_visible()
        assert Event.objects.filter(person=editor, kind="signed_in").count() == 5
