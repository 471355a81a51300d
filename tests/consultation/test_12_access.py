"""Check 12: by keyboard, without JavaScript, on a phone, from right to left, and clean under axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

from consultation.comments.models import Comment
from tests.browser.chromium import chromium
from tests.consultation.stories import ADA, begun
from tests.people import make_people
from tests.site.test_axe import RULES

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}


@pytest.fixture
def consultation(unhurried):
    return begun(make_people())


@pytest.fixture
def addresses(consultation):
    """One address for every public template of the room, with text in several directions."""
    from consultation.answers.services import Answer, publish_set, write_answers

    arabic = "تعليق بالعربية عن exchange points و ¶ 3."
    proposed = consultation.paragraph(2).text.replace("exchange", "meeting point")
    comment = consultation.published(arabic, on=(2, 3), language="ar", proposed=proposed, rationale="Reasons.")
    write_answers(consultation.process, [Answer(1, "noted", "شكرا Thank you.")], None, timezone.now())
    publish_set(consultation.process, timezone.now())
    draft = consultation.draft("A draft.", proposed=proposed, on=("p2",))
    base = consultation.address
    return {
        "document": base,
        "comments": f"{base}comments/",
        "comment": f"{base}comments/1/",
        "form": f"{base}comments/new/?on=p2",
        "reply": f"{base}comments/new/?reply_to=1",
        "preview": f"/comments/draft/{draft.token}/",
        "receipt": f"/comments/mine/{comment.submission.secret}/",
        "report": f"{base}comments/report/",
        "follow": f"{base}follow/",
        "calls": "/open-calls/",
        "adoptions": f"{base}adoptions/",
        "bad link": "/comments/confirm/broken/",
    }


@pytest.mark.parametrize(
    "look",
    [
        {"viewport": {"width": 320, "height": 640}},
        {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
        {"viewport": PHONE, "locale": "ar"},
    ],
    ids=["narrow", "dark", "arabic phone"],
)
def test_every_page__is_accessible_and_fits(addresses, live_server, look):
    found = []
    with chromium() as browser:
        page = browser.new_context(**look).new_page()
        page.on("request", lambda sent: sent.url.startswith((live_server.url, "data:")) or found.append(sent.url))
        for name, address in addresses.items():
            page.goto(live_server.url + address)
            for violation in Axe().run(page, options=RULES).response["violations"]:
                targets = [node["target"] for node in violation["nodes"]]
                found.append(f"{name}: {violation['id']}: {violation['help']} {targets}")
            if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
                found.append(f"{name}: wider than {look['viewport']['width']} px")
    assert found == []


def test_two_paragraphs__commented_by_keyboard_without_javascript_on_a_phone(consultation, live_server):
    address = live_server.url + consultation.address
    with chromium() as browser:
        page = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
        page.goto(address)
        link = page.locator('a[href$="comments/new/?on=p2"]')
        link.focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/comments/new/**")
        other_places = page.locator("summary", has_text="Comment on other places too")
        other_places.focus()
        page.keyboard.press("Enter")
        page.get_by_label("Paragraphs", exact=True).fill("2, 3")
        page.get_by_label("Your comment", exact=True).focus()
        page.keyboard.type("Written by keyboard alone.")
        page.get_by_role("button", name="Save and preview").focus()
        page.keyboard.press("Enter")
        page.wait_for_url("**/comments/draft/**")
        assert "Written by keyboard alone." in page.content()
        page.get_by_label("Your name").fill("Ada Fictiva")
        page.get_by_role("button", name="Send 1 comment").press("Enter")
        assert page.get_by_role("alert").count() == 1  # e-mail and consent are missing; nothing is lost
        assert page.get_by_label("Your name").input_value() == "Ada Fictiva"
        page.get_by_label("E-mail").fill("ada@example.org")
        page.get_by_label("I have read this and agree").press("Space")
        page.get_by_role("button", name="Send 1 comment").press("Enter")
        page.wait_for_url("**/comments/mine/**")
        assert "R-" in page.locator(".receipt").inner_text()
    comment = Comment.objects.get()
    assert sorted(target.passage.number for target in comment.targets.all()) == [2, 3]


def test_form_refused__with_javascript__puts_the_focus_on_the_list_of_errors(consultation, live_server):
    address = f"{live_server.url}{consultation.address}comments/new/"
    with chromium() as browser:
        page = browser.new_page(viewport=PHONE)
        page.goto(address)
        page.get_by_role("button", name="Save and preview").click()
        page.locator(".error-summary:focus").wait_for()
        assert page.evaluate("document.activeElement.className") == "error-summary"
        page.locator(".error-summary a").first.click()
        assert page.evaluate("document.activeElement.name") in {"paragraphs", "body"}


def test_deadline__in_a_browser_of_another_zone__stands_in_utc_and_in_its_own_time(consultation, live_server):
    with chromium() as browser:
        page = browser.new_context(timezone_id="Asia/Kathmandu").new_page()
        page.goto(f"{live_server.url}/open-calls/")
        page.locator(".own-time").first.wait_for()
        assert "UTC" in page.locator("time[data-moment]").first.inner_text()
        assert "GMT+5:45" in page.locator(".own-time").first.inner_text()


def test_whole_story__commented_published_answered_seen__dissent_beside_the_declaration(client, consultation):
    """The same as a journey of people through their own pages, over HTTP."""
    comment = consultation.comment("The lamps are too dim.", on=(1,), person=ADA)
    from consultation.submissions.services import confirm

    confirm(comment.submission, timezone.now())
    base = f"/admin/consultation/{consultation.process.pk}/"
    client.force_login(consultation.people["facilitator"])
    client.post(f"{base}moderate/", {"comment": "1", "to": "published"})
    client.force_login(consultation.people["rapporteur"])
    client.post(f"{base}dispositions/1/", {"outcome": "rejected", "response": "The villages measured them."})
    client.force_login(consultation.people["lead_expert"])
    client.post(f"{base}dispositions/publish/")
    secret = comment.submission.secret
    client.logout()
    assert "The villages measured them." in client.get(f"/comments/mine/{secret}/").content.decode()
    client.post(f"/comments/mine/{secret}/1/verdict/", {"verdict": "not_satisfied", "text": "They stay dim."})
    client.force_login(consultation.people["facilitator"])
    objection = consultation.process.objections.get()
    client.post(
        f"{base}consensus/objection/{objection.pk}/",
        {"disposal": "outweighed", "reasons": "Brighter lamps blind the ships.", "decided_by": "Ficta",
         "minority_statement": ""},
    )  # fmt: skip
    client.post(
        f"{base}consensus/dissent/", {"holder": "Ada Fictiva", "statement": "Dim lamps cost lives.", "language": "en"}
    )
    consultation.move("close_comment")
    consultation.move("present", session_date="2099-12-01", session_place="Room 1")
    consultation.move("adopt", grounds="One objection was outweighed.")
    client.logout()
    page = client.get(consultation.address).content.decode()
    assert "One objection was outweighed." in page
    assert "Dim lamps cost lives." in page
