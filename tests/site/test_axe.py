"""Every template of the public pages in a real browser: axe finds nothing, nothing is wider than a phone,
no console message, and no request leaves the site.
"""

from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from bpf_pages.tree.fixed_pages import ensure_tree
from consultation.periods.models import Period
from editions import services
from tests.bpf_pages.published import NOW, publish, revise
from tests.browser.chromium import chromium
from tests.factories import ForumPageFactory, MeetingPageFactory, OutcomePageFactory, ThemePageFactory, text_block
from workflow.transitions.models import Process

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]},
    "resultTypes": ["violations"],  # every rule runs; writing down where each was kept takes half the time
}
PHONE, DESK = {"width": 320, "height": 640}, {"width": 1280, "height": 900}
LOOKS = {"en": ((DESK, "light"), (DESK, "dark"), (PHONE, "light")), "ar": ((PHONE, "light"),)}
TABLE = {
    "columns": [{"type": "text", "heading": "Lamp"}, {"type": "text", "heading": "Colour and the reason for it"}],
    "rows": [{"values": ["<p>Harbour</p>", "<p>Green, a colour that can be seen far away</p>"]}],
    "caption": "",
}
EVERYTHING = [
    text_block(
        '<h2>Heading</h2><p>Text with a note<span data-footnote="">the note</span> and <a href="/themes/">a link</a>, '
        'and <span lang="ar" dir="rtl">كلمات عربية</span>.</p><h3>Lower</h3><ol><li>one<ul><li>two</li></ul></li></ol>'
        f"<p>{'unbreakable' * 12}</p>"
    ),
    {"type": "table", "value": {"caption": "<p>Lamps</p>", "table": TABLE, "row_heads": True}},
    {"type": "quote", "value": {"text": "<p>Quoted.</p>", "attribution": "Somebody invented"}},
    {"type": "summary", "value": {"title": "", "body": [text_block("<p>Summary.</p>")]}},
    {"type": "practice", "value": {"title": "Lamps", "what": "<p>Light</p>", "where": "<p>Here</p>", "body": []}},
    {"type": "dissent", "value": {"title": "No lamps", "held_by": "<p>Nobody real</p>", "body": []}},
    {"type": "recommendation", "value": {"title": "", "body": [text_block("<h4>Deep</h4><p>Do it.</p>")]}},
]


@pytest.fixture
def places():
    """One address for every public template."""
    tree = ensure_tree()
    theme = ThemePageFactory(title="Lamps at night")
    forum = ForumPageFactory(slug="lamps", scope="What lamps are for.", facts="One fact\nAnother", doubts="A doubt")
    forum.themes.add(theme)
    forum.save()
    earlier = ForumPageFactory(parent=MeetingPageFactory(year=2098, title="2098"), slug="candles")
    forum.continues.add(earlier)
    forum.save()
    page = OutcomePageFactory(
        parent=forum, slug="draft", body=EVERYTHING, sources="A source", former_titles="Old title"
    )
    first = publish(page, stage="comment", label="Draft I")
    second = publish(revise(page, EVERYTHING[0], text_block("<p>More.</p>")), stage="comment")
    Process.objects.filter(series=second.series).update(state="comment")
    Period.objects.create(
        process=page.process,
        edition=second,
        round=1,
        opens=timezone.now() - timedelta(days=1),
        closes=timezone.now() + timedelta(days=30),
        consent_version="1",
    )
    arabic = publish(OutcomePageFactory(parent=forum, slug="arabic", language="ar", title="منتدى المصابيح"))
    gone = publish(OutcomePageFactory(parent=forum, slug="gone"))
    services.withdraw(gone.series, "Published by mistake.", NOW)
    assert tree.home.url == "/"
    return {
        "home": "/",
        "library": "/library/",
        "year": "/library/2099/",
        "forum": forum.url,
        "theme index": "/themes/",
        "theme": theme.url,
        "document": second.address,
        "superseded edition": first.permanent_address,
        "right-to-left document": arabic.address,
        "history": f"{first.address}history/",
        "comparison": f"{first.address}compare/1/2/",
        "withdrawn": gone.address,
        "unknown identifier": "/id/nothing",
        "not found": "/nothing/",
    }


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_page__in_a_browser__is_accessible_and_fits(places, live_server, language):
    """Each page is loaded once a language and looked at as a desk, in the dark and on a phone show it."""
    found = []
    with chromium() as browser:
        page = browser.new_page(locale=language, viewport=DESK)
        page.on(
            "console", lambda message: found.append(f"console: {message.text}") if message.type == "warning" else None
        )
        page.on(
            "request", lambda request: request.url.startswith((live_server.url, "data:")) or found.append(request.url)
        )
        for name, address in places.items():
            page.goto(live_server.url + address)
            for size, scheme in LOOKS[language]:
                page.set_viewport_size(size)
                page.emulate_media(color_scheme=scheme)
                look = f"{name}, {size['width']} px, {scheme}"
                for violation in Axe().run(page, options=RULES).response["violations"]:
                    targets = [node["target"] for node in violation["nodes"]]
                    found.append(f"{look}: {violation['id']}: {violation['help']} {targets}")
                if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                    found.append(f"{look}: wider than the window")
    assert found == []


def test_masthead_menu__by_keyboard__opens_and_closes_by_escape(places, live_server):
    with chromium() as browser:
        page = browser.new_page(viewport=DESK)
        page.goto(live_server.url + "/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.className") == "skip-link"
        page.locator("details.menu summary").first.focus()
        page.keyboard.press("Enter")
        panel = page.locator("details.menu[open] .menu-panel")
        assert panel.is_visible()
        page.keyboard.press("Escape")
        assert page.locator("details.menu[open]").count() == 0
        assert page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_paragraph_number__pressed__is_in_the_address(places, live_server):
    with chromium() as browser:
        page = browser.new_page(viewport=DESK)
        page.goto(live_server.url + places["document"])
        page.locator("a.passage-number").first.click()
        assert page.url.endswith("#p1")
