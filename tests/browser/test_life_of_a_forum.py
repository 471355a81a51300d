"""The life of one forum in a real Chromium, from its proposal to its outcome, by five people: a writer of the public
with a phone and without JavaScript, and the four roles of the desk. Once by keyboard alone, once by mouse in Arabic.

Nobody has an account but the Secretariat. Each comes to the desk by its front door or by the address of a mail, and
finds everything else on the screens.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from mail.delivery import deliver
from tests.browser.chromium import chromium
from tests.browser.hands import Hand, Keys, in_scripts
from tests.factories import MeetingPageFactory, UserFactory
from workflow.access.role_holders import ensure_secretariat
from workflow.states import State
from workflow.transitions.models import Process

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FORUM, TITLE, PAST = "Lamps of the islands", "Lamps in storms", "Lamps of 2098"
NAMES = {"facilitator": "Amal", "lead_expert": "Bo", "rapporteur": "Chidi"}
PASSWORD = "seven dim lanterns of Fictitia"
TEXT = ("Any network may join the exchange on the same terms.", "The lamps burn at night.")
WORDING = "Any network may join the exchange on the same published terms."
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


def posted(address: str, pattern: str) -> str:
    """What a mail to somebody holds, of the latest that holds it."""
    deliver(timezone.now())
    held = [re.search(pattern, message.body) for message in mail.outbox if address in message.to]
    return [found[0] for found in held if found][-1]


@dataclass
class Desk:
    """The people of the desk, at one machine: each signs in once, and is found signed in when they come back."""

    hand: Hand
    site: str
    cookies: dict[str, Any] = field(default_factory=dict)

    def sit_down(self, who: str) -> Hand:
        """At the first page of the admin."""
        page = self.hand.page
        page.goto("about:blank")  # so that what a page sends when it is left is sent by who read it
        page.context.clear_cookies()
        page.context.add_cookies(self.cookies[who])
        page.goto(f"{self.site}/admin/")
        return self.hand

    def sign_in(self, who: str, password: str) -> Hand:
        hand = self.hand
        hand.write(_("Username"), who)
        hand.write(_("Password"), password)
        hand.follow("button", _("Sign in"))
        self.cookies[who.partition("@")[0]] = hand.page.context.cookies()
        return hand

    def accept(self, role: str) -> None:
        """From the mail: a password is chosen, and its person is at the desk."""
        hand = self.hand
        hand.page.context.clear_cookies()
        hand.page.goto(self.site + posted(f"{role}@example.org", r"/admin/password_reset/confirm/\S+"))
        hand.write(_("New password"), PASSWORD)
        hand.write(_("New password confirmation"), PASSWORD)
        hand.follow("button", _("Reset password"))
        hand.follow("link", _("Login"))
        self.sign_in(f"{role}@example.org", PASSWORD)


def propose(writer: Hand) -> None:
    writer.follow("link", _("Propose a forum"))
    writer.follow("link", _("Propose a forum"))
    writer.write(_("Title"), FORUM)
    writer.write(_("year of the meeting"), "2099", "spinbutton")
    writer.write(_("Scope and goals"), "How lamps are kept in storms.")
    writer.write(_("proposed by"), "Ada Fictiva")
    writer.follow("button", _("Send"))


def decide_and_make_the_forum(office: Hand) -> None:
    office.follow("link", FORUM)
    office.follow("button", _("Show as a proposal"))
    office.write(_("Reason (public)"), "Decided in a fictitious meeting.")
    office.follow("button", _("Record: approved"))
    office.follow("button", _("Make the page"))
    for number, (role, name) in enumerate(NAMES.items()):
        row = replace(office, part=office.page.locator("fieldset").nth(number))
        row.write(_("Name"), name)
        row.write(_("Person"), f"{role}@example.org")
    office.follow("button", _("Give the roles and invite"))
    office.write(_("First draft"), "2099-03-01")
    office.write(_("Public comment opens"), "2099-04-01")
    office.follow("button", _("Save the dates"))
    office.follow("button", _("Begin work"))


def write_the_first_draft(rapporteur: Hand) -> None:
    rapporteur.follow("link", rapporteur.begins(_("Begin a document")))
    rapporteur.write(_("Title"), TITLE)
    rapporteur.tick(_("An empty page"), "radio")
    rapporteur.follow("button", _("Begin the document"))
    rapporteur.press("button", in_scripts("Insert a block"))
    rapporteur.pick(_("Text"))
    rapporteur.type_into(re.compile("^$"), "\n".join(TEXT))
    rapporteur.until("() => [...document.querySelectorAll('[name^=body]')].some(f => f.value.includes('at night'))")
    rapporteur.follow("button", _("Save draft"))


def take_step(desk: Hand, label: Any, words: dict[Any, str], *, from_the_editor: bool = False) -> None:
    """From the first page, or by the checklist beside the text, setting aside whatever is only expected."""
    if from_the_editor:
        desk.follow("link", TITLE)
        desk.press("button", _("Toggle the checklist of the next step"))
        desk.follow("link", label)
    else:
        desk.follow("link", desk.begins(label))
    labels = desk.page.locator("main form label").all_inner_texts()
    assert labels
    assert desk.language == "en" or not [label for label in labels if re.search("[a-z]{3}", label)]
    for box in desk.page.locator("main [name=overrides]").all():
        desk.tick_this(box)
    for name, text in words.items():
        desk.write(name, text)
    desk.follow("button", label)
    assert desk.page.url.endswith("/edit/"), desk.page.locator("main").inner_text()  # or it says what is missing


def comment(writer: Hand) -> None:
    writer.follow("link", TITLE)
    assert "Please comment" in writer.page.locator("article header").inner_text()
    writer.follow("link", lambda: f"{gettext('Comment')} {gettext('on paragraph %(number)s') % {'number': 1}}")
    writer.write(_("Your comment"), "Say that they are published.")
    writer.unfold(_("Propose other wording"))
    writer.write(_("Proposed wording"), WORDING)
    writer.follow("button", _("Save and preview"))
    writer.follow("link", _("Add another comment"))
    writer.write(_("Paragraphs"), "2")
    writer.write(_("Your comment"), "They are too dim.")
    writer.follow("button", _("Save and preview"))
    writer.write(_("Your name"), "Ada Fictiva")
    writer.write(_("E-mail"), "ada@example.org")
    writer.tick(_("I have read this and agree"))
    writer.follow("button", lambda: ngettext("Send %(number)s comment", "Send %(number)s comments", 2) % {"number": 2})


def moderate(facilitator: Hand) -> None:
    waits = ("%d comment waits for moderation.", "%d comments wait for moderation.", 2)
    facilitator.follow("link", lambda: ngettext(*waits) % 2)
    facilitator.follow("link", _("Choose all on this page"))
    facilitator.follow("button", _("Publish"))


def answer(rapporteur: Hand) -> None:
    """From the list beside the text: one wording becomes a suggestion and is accepted, the other comment is refused."""
    rapporteur.follow("link", TITLE)
    assert rapporteur.page.locator("a[data-waits]").count() == 1  # at the block too
    rapporteur.press("button", _("Toggle what waits on this text"))
    rapporteur.follow("link", rapporteur.begins("¶ 1"))
    rapporteur.follow("link", _("Show all rows that are open"))
    rapporteur.follow("button", rapporteur.begins(_("Apply as a suggestion")))
    rapporteur.follow("button", rapporteur.begins(_("Accept")))
    rapporteur.page.keyboard.press("s")  # from the row that was decided to the next that waits
    rapporteur.page.keyboard.press("r")
    rapporteur.until("() => document.activeElement.closest('#row-p2') !== null")
    row = replace(rapporteur, part=rapporteur.page.locator("#row-p2"))
    row.choose(_("Outcome"), _("Not accepted"))
    row.write(_("Public response"), "The villages measured them.")
    row.follow("button", row.begins(_("Keep as a draft")))


def publish_answers(facilitator: Hand) -> None:
    """One before the next edition, and one after it: that of the wording which it carries."""
    facilitator.follow("link", facilitator.begins(_("Answers")))
    ready = ("Publish the %(number)s answer that is ready", "Publish the %(number)s answers that are ready", 1)
    facilitator.follow("button", lambda: ngettext(*ready) % {"number": 1})


def object_to_the_answer(writer: Hand) -> None:
    assert "The villages measured them." in writer.page.content()
    writer.tick(_("Not satisfied"), "radio")
    writer.write(_("If not, why not"), "They stay dim.")
    writer.follow("button", _("Send"))


def dispose_and_record_the_dissent(expert: Hand) -> None:
    open_still = ("%d objection is not yet disposed of.", "%d objections are not yet disposed of.", 1)
    expert.follow("link", lambda: ngettext(*open_still) % 1)
    expert.unfold(_("Dispose of it"))
    expert.choose(_("Disposal"), _("Outweighed"))
    expert.write(_("Reasons"), "Brighter lamps blind the ships.")
    expert.follow("button", _("Save"))
    expert.unfold(_("Record a dissent"))
    expert.write(_("Held by"), "Ada Fictiva")
    expert.write(_("Statement"), "Dim lamps cost lives.")
    expert.follow("button", _("Save"))


def read_the_outcome(writer: Hand) -> None:
    said = writer.page.locator("main").inner_text()
    assert "They ask for more light." in said
    assert "Dim lamps cost lives." in said
    assert WORDING in said
    writer.follow("link", _("History"))
    writer.follow("link", lambda: gettext("Compare with edition %(number)s") % {"number": 1})
    assert writer.page.locator("ins", has_text="published").count()


def record_a_past_output(office: Hand, file: Path) -> None:
    """The file is chosen in a window of the system, which no page draws."""
    office.follow("link", office.begins(_("Import a document")))
    office.page.locator("[type=file]").set_input_files(file)
    office.follow("button", _("Read the file"))
    office.follow("button", office.begins(_("Make it a document, and record it as adopted elsewhere…")))
    office.write(_("Public source"), "https://example.org/lamps")
    office.write(_("First published"), "2098-11")
    office.follow("button", _("Record an output adopted elsewhere"))


@pytest.mark.parametrize(("kind", "language"), [(Keys, "en"), (Hand, "ar")], ids=["keyboard", "mouse, Arabic"])
def test_a_forum__from_the_proposal_to_the_outcome(live_server, monkeypatch, tmp_path, kind, language) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # the story goes on in the same thread as the browser
    monkeypatch.setattr("consultation.submissions.views.FASTEST", timedelta(0))
    MeetingPageFactory(year=2098)
    UserFactory(username="office").groups.add(ensure_secretariat())
    with chromium() as browser:
        phone = browser.new_context(viewport=PHONE, java_script_enabled=False, locale=language)
        writer = kind(phone.new_page(), language)
        desk = Desk(kind(browser.new_context(viewport=DESK, locale=language).new_page(), language), live_server.url)
        live(writer, desk)
        if language == "en":
            past = tmp_path / "lamps.txt"
            past.write_text(f"{PAST}\n\nLamps help in storms.\n\nThey are fictitious.\n")
            record_a_past_output(desk.sit_down("office"), past)
            assert Process.objects.latest("pk").state == State.FINAL
    assert Process.objects.get(title=TITLE).state == State.FINAL
    assert [row.name for row in Process.objects.get(title=TITLE).log.all()] == [
        "open_comment", "close_comment", "present", "adopt",
    ]  # fmt: skip


def live(writer: Hand, desk: Desk) -> None:
    home = desk.site + ("" if writer.language == "en" else f"/{writer.language}") + "/"
    for hand in (writer, desk.hand):
        hand.page.set_default_timeout(10_000)
    writer.page.goto(home)
    propose(writer)
    desk.hand.page.goto(f"{desk.site}/admin/")
    decide_and_make_the_forum(desk.sign_in("office", "password of 2099"))
    for role in NAMES:
        desk.accept(role)
    write_the_first_draft(desk.sit_down("rapporteur"))
    call = {_("Announcement"): "Please comment on this fictitious draft."}
    take_step(desk.sit_down("facilitator"), _("Open public comment"), call, from_the_editor=True)

    writer.page.goto(home)
    comment(writer)
    mine = writer.page.url
    writer.page.goto(desk.site + posted("ada@example.org", r"/(?:ar/)?comments/confirm/\S+"))
    writer.follow("button", _("Yes, I wrote this"))
    moderate(desk.sit_down("facilitator"))
    answer(desk.sit_down("rapporteur"))
    publish_answers(desk.sit_down("facilitator"))
    writer.page.goto(mine)
    object_to_the_answer(writer)

    reason = {_("Reason"): "The fictitious period is cut short."}
    take_step(desk.sit_down("office"), _("Close public comment"), reason)
    session = {_("Date of the session"): "2099-12-01", _("Place of the session"): "Room 1"}
    take_step(desk.sit_down("facilitator"), _("Present at the wrap-up session"), session)
    publish_answers(desk.sit_down("facilitator"))
    dispose_and_record_the_dissent(desk.sit_down("lead_expert"))
    grounds = {
        _("Grounds of the declaration of rough consensus"): "They ask for more light.",
        _("Reason"): "The session kept no minutes.",
    }
    take_step(desk.sit_down("office"), _("Adopt as rough-consensus outcome"), grounds)
    writer.page.goto(home)
    writer.follow("link", TITLE)
    read_the_outcome(writer)
