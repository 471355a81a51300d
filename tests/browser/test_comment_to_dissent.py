"""One comment in a real Chromium, from the paragraph to the dissent beside the declaration, by five people: its writer,
with a keyboard and a phone and without JavaScript, and the four roles of the desk; the Secretariat reads Arabic."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone
from wagtail.users.models import UserProfile

from consultation.comments.models import Comment
from consultation.vocabulary import Moderation
from mail.delivery import deliver
from tests.browser.chromium import chromium
from tests.consultation.stories import begun
from tests.people import make_people
from tests.workflow.forums.test_forums import a_forum
from workflow.states import State

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 360, "height": 740}


def press(page, role: str, name: str) -> None:
    """By keyboard alone: focus, then Enter, then the page that follows."""
    found = page.get_by_role(role, name=name).first
    found.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def staff(browser, user, address: str):
    client = Client()  # its own: a second login in one client would end the first
    client.force_login(user)
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    return context.new_page()


def dispose(page, disposal: str, reasons: str) -> None:
    """Of the one objection there is."""
    page.locator("section.desk-card summary").first.press("Enter")
    form = page.locator("section.desk-card form").first
    form.locator("select[name$=disposal]").select_option(label=disposal)
    form.locator("textarea[name$=reasons]").fill(reasons)
    with page.expect_navigation():
        form.locator("button[type=submit]").press("Enter")


def take_in_arabic(page, step: str, words: dict[str, str]) -> None:
    """From the first page, setting aside whatever is only expected. Every label of the form is Arabic."""
    with page.expect_navigation():
        page.locator(f"#own-forums-section a[href$='/{step}/']").first.press("Enter")
    form = page.locator("main form[method=post]").last
    for box in form.locator("[name=overrides]").all():
        box.check()
    for name, text in words.items():
        form.locator(f"[name={name}]").fill(text)
    labels = form.locator("label").all_inner_texts()
    assert labels
    assert not [label for label in labels if re.search("[a-z]{3}", label)]
    with page.expect_navigation():
        form.locator("button[type=submit]").press("Enter")


def test_comment__from_the_paragraph_to_the_dissent_beside_the_declaration(live_server, monkeypatch) -> None:
    from datetime import timedelta

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the story goes on in the same thread as the browser
    monkeypatch.setattr("consultation.submissions.views.FASTEST", timedelta(0))
    consultation = begun(make_people())
    a_forum("active", page=consultation.people.forum)
    UserProfile.objects.create(user=consultation.people["secretariat"], preferred_language="ar")
    site, desk = live_server.url, f"{live_server.url}/admin/consultation/{consultation.process.pk}"
    with chromium() as browser:
        writer = browser.new_context(viewport=PHONE, java_script_enabled=False).new_page()
        writer.goto(site + consultation.address)
        press(writer, "link", "Comment on paragraph 2")
        assert "Any network may join" in writer.locator(".about").inner_text()
        writer.locator("summary", has_text="Comment on other places too").press("Enter")
        writer.get_by_label("Paragraphs", exact=True).fill("2, 3")
        writer.get_by_label("Your comment", exact=True).fill("The lamps are too dim.")
        press(writer, "button", "Save and preview")
        writer.get_by_label("Your name").fill("Ada Fictiva")
        writer.get_by_label("E-mail").fill("ada@example.org")
        writer.get_by_label("I have read this and agree").press("Space")
        press(writer, "button", "Send 1 comment")
        mine = writer.url
        deliver(timezone.now())
        mails = "\n".join(message.body for message in mail.outbox)
        writer.goto(site + re.search(r"/comments/confirm/\S+/", mails)[0])
        press(writer, "button", "Yes, I wrote this")
        assert Comment.objects.get().moderation == Moderation.PENDING

        moderator = staff(browser, consultation.people["facilitator"], site)
        moderator.goto(f"{desk}/")
        moderator.get_by_role("checkbox", name="Comment 1").check()
        press(moderator, "button", "Publish")
        rapporteur = staff(browser, consultation.people["rapporteur"], site)
        rapporteur.goto(f"{site}/admin/pages/{consultation.process.page_id}/edit/")
        with rapporteur.expect_navigation():
            rapporteur.locator("a[data-waits]", has_text="1 comment").press("Enter")
        rapporteur.locator("#row-p1").focus()
        rapporteur.keyboard.press("s")  # skips to the row that waits
        rapporteur.keyboard.press("r")
        rapporteur.keyboard.type("Not acc")
        rapporteur.keyboard.press("Tab")
        rapporteur.keyboard.type("The villages measured them.")
        press(rapporteur, "button", "Keep as a draft")
        moderator.goto(f"{desk}/dispositions/")
        press(moderator, "button", "Publish")

        writer.goto(mine)
        assert "The villages measured them." in writer.content()
        writer.get_by_label("Not satisfied", exact=True).check()
        writer.get_by_label("If not, why not").fill("They stay dim.")
        press(writer, "button", "Send")
        objection = consultation.process.objections.get()
        assert objection.statement == "They stay dim."

        expert = staff(browser, consultation.people["lead_expert"], site)
        expert.goto(f"{site}/admin/")
        press(expert, "link", consultation.process.title)
        expert.goto(f"{desk}/consensus/")
        dispose(expert, "Outweighed", "Brighter lamps blind the ships.")
        expert.locator("summary", has_text="Record a dissent").press("Enter")
        expert.get_by_label("Held by").fill("Ada Fictiva")
        expert.locator("form[action$='/dissent/'] [name=statement]").fill("Dim lamps cost lives.")
        with expert.expect_navigation():
            expert.locator("form[action$='/dissent/'] button[type=submit]").press("Enter")

        office = staff(browser, consultation.people["secretariat"], site)
        office.goto(f"{site}/admin/")
        assert office.locator("html").get_attribute("dir") == "rtl"
        take_in_arabic(office, "close_comment", {"reason": "The fictitious period is cut short."})
        moderator.goto(f"{site}/admin/")
        press(moderator, "link", "Present at the wrap-up session")
        moderator.locator("[name=session_date]").fill("2099-12-01")
        moderator.keyboard.press("Escape")  # the calendar that opened
        moderator.locator("[name=session_place]").fill("Room 1")
        press(moderator, "button", "Present at the wrap-up session")
        office.goto(f"{site}/admin/")
        grounds = {"grounds": "One objection was outweighed.", "reason": "The fictitious session kept no minutes."}
        take_in_arabic(office, "adopt", grounds)
        consultation.process.refresh_from_db()
        assert consultation.process.state == State.FINAL
        writer.goto(site + consultation.address)
        record = writer.locator(".consensus").inner_text()
    assert "One objection was outweighed." in record
    assert "Dim lamps cost lives." in record
