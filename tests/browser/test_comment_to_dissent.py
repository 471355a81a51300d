"""One comment in a real Chromium, from the paragraph to the dissent beside the declaration; its writer has no
JavaScript, a keyboard and a phone, the others the Wagtail admin."""

import re

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from consultation.comments.models import Comment
from consultation.vocabulary import Moderation
from mail.delivery import deliver
from tests.browser.chromium import chromium
from tests.consultation.stories import begun
from tests.people import make_people

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


def test_comment__from_the_paragraph_to_the_dissent_beside_the_declaration(live_server, monkeypatch) -> None:
    from datetime import timedelta

    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the story goes on in the same thread as the browser
    monkeypatch.setattr("consultation.submissions.views.FASTEST", timedelta(0))
    consultation = begun(make_people())
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
        objection.dissents.create(
            process=consultation.process, holder="Ada Fictiva", statement="Dim lamps cost lives.", at=timezone.now()
        )
        type(objection).objects.update(disposal="outweighed", reasons="Brighter lamps blind the ships.")
        consultation.move("close_comment")
        consultation.move("present", session_date="2099-12-01", session_place="Room 1")
        consultation.move("adopt", grounds="One objection was outweighed.")
        writer.goto(site + consultation.address)
        record = writer.locator(".consensus").inner_text()
    assert "One objection was outweighed." in record
    assert "Dim lamps cost lives." in record
