"""The forum's mailing list is told of what changed for the public: shown before the click, told once."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from wagtail.users.models import UserProfile

from core.datetimes import in_utc
from mail.delivery import SENDING, deliver
from mail.models import Message, Preference, Wording
from tests.factories import ProcessFactory
from tests.workflow.moves import FILLED, brought_to
from tests.workflow.notices.test_notices import sent_and_killed
from workflow.forums.models import Forum
from workflow.notices import services as notices
from workflow.notices.occasions import EVENTS, example
from workflow.states import TRANSITIONS
from workflow.transitions.models import Process
from workflow.transitions.services import Refused, perform

pytestmark = pytest.mark.django_db

LIST = "lamps@lists.example.org"

TOLD = {"open_comment", "close_comment", "present", "adopt", "return_to_draft", "correct", "withdraw"}
"""By hand: the steps that change what the public may do or read."""


@pytest.fixture
def forum(people, monkeypatch) -> Forum:
    """The desk of the forum, with a list. The fictitious year counts as any other here: see the test of it."""
    monkeypatch.setattr(notices, "FICTITIOUS_YEAR", 0)
    now = timezone.now()
    return Forum.objects.create(
        title="Lamps", year=2099, scope="Storms.", proposer="Ficta Tester", page=people.forum, mailing_list=LIST,
        list_archive="https://lists.example.org/lamps/", received_at=now, state_since=now,
    )  # fmt: skip


@pytest.fixture
def process(people, forum) -> Process:
    return ProcessFactory(forum=people.forum)


def open_comment(process: Process, people, **more) -> None:
    perform(process, "open_comment", people["facilitator"], data=FILLED["open_comment"]() | more)


def to_list() -> list[Message]:
    return list(Message.objects.filter(user=None))


def confirm_page(client, process: Process, move: str) -> str:
    text = client.get(f"/admin/workflow/{process.page_id}/{move}/").content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_list__is_told_of_the_steps_that_change_what_the_public_reads_and_of_no_other() -> None:
    assert {name for name in TRANSITIONS if EVENTS[name].list_words} == TOLD
    assert {name for name, event in EVENTS.items() if event.list_words} == TOLD, "no reminder goes to a list"


# --- before the click ---------------------------------------------------------------------------------------------


def test_confirm_page__names_the_list_and_the_people_with_their_roles(process, people, client) -> None:
    client.force_login(people["facilitator"])
    text = confirm_page(client, process, "open_comment")
    assert f"This will write to 2 people and the list {LIST}." in text
    assert "People (Facilitator, Lead expert, Rapporteur):" in text
    assert people["lead_expert"].get_full_name() in text
    assert not to_list()


def test_confirm_page__of_a_step_for_people_only__says_that_the_list_stays_silent(people, forum, client) -> None:
    process = brought_to("final", people)
    client.force_login(people["secretariat"])
    text = confirm_page(client, process, "revise")
    assert f"The list {LIST} is not written to: this step is told to people in roles only." in text
    before = len(to_list())
    perform(process, "revise", people["facilitator"])
    assert len(to_list()) == before


def test_confirm_page__of_a_forum_without_a_list__names_none(process, people, forum, client) -> None:
    Forum.objects.update(mailing_list="")
    client.force_login(people["facilitator"])
    text = confirm_page(client, process, "open_comment")
    assert "This will write to 2 people." in text
    assert "The list" not in text
    open_comment(process, people)
    assert to_list() == []


def test_confirm_page__where_only_the_list_is_told__does_not_say_nobody(process, people, client) -> None:
    Preference.objects.bulk_create(Preference(user=people[role], mode="none") for role in ("lead_expert", "rapporteur"))
    client.force_login(people["facilitator"])
    text = confirm_page(client, process, "open_comment")
    assert f"This will write to the list {LIST}." in text
    assert "nobody" not in text


def test_preview_of_a_bulk_step__names_each_list_once(process, people, client) -> None:
    second = ProcessFactory(forum=people.forum)
    client.force_login(people["facilitator"])
    address = f"/admin/workflow/bulk/?id={process.page_id}&id={second.page_id}&move=open_comment"
    text = " ".join(re.sub(r"<[^>]+>", " ", client.get(address).content.decode()).split())
    assert f"This will write to 2 people and the list {LIST}." in text


def test_fictitious_forum__writes_to_no_list_and_says_so(process, people, client, monkeypatch) -> None:
    monkeypatch.undo()
    client.force_login(people["facilitator"])
    assert f"The list {LIST} is not written to: the forum is fictitious." in confirm_page(
        client, process, "open_comment"
    )
    open_comment(process, people)
    assert to_list() == []
    assert Message.objects.count() == 2


# --- the mail -----------------------------------------------------------------------------------------------------


def test_mail_to_the_list__goes_out_after_commit_once_with_what_its_readers_need(
    process, people, django_capture_on_commit_callbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        open_comment(process, people)
        assert mail.outbox == []
    (message,) = [message for message in mail.outbox if message.to == [LIST]]
    edition = process.current_edition
    assert len(mail.outbox) == 3
    assert f"http://localhost:8000{edition.address}"[-len(edition.address) :] in message.body
    assert "/admin/" not in message.body, "readers of a list have no account"
    assert "Please comment on this fictitious draft of 2099." in message.body
    assert in_utc(process.log.get().data and Process.objects.get(pk=process.pk).due_at) in message.body
    assert people["facilitator"].get_full_name() not in message.body
    assert deliver(timezone.now()) == 0
    assert len(mail.outbox) == 3


def test_mail_to_the_list__carries_no_link_by_which_one_reader_stops_it_for_all(process, people) -> None:
    open_comment(process, people)
    deliver(timezone.now())
    (message,) = [message for message in mail.outbox if message.to == [LIST]]
    assert "/notices/stop/" not in message.message().as_string()
    assert not [name for name in message.extra_headers if name.startswith("List-")], "the list writes its own"
    assert message.extra_headers["Auto-Submitted"] == "auto-generated"
    assert "https://lists.example.org/lamps/" in message.body
    (person, _other) = [message for message in mail.outbox if message.to != [LIST]]
    assert person.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/notices/stop/" in person.extra_headers["List-Unsubscribe"]


def test_clock_that_closes_comment__tells_the_list_too(process, people) -> None:
    open_comment(process, people)
    perform(Process.objects.get(pk=process.pk), "close_comment", None, at=timezone.now() + timedelta(days=31))
    assert [notice.occasion for notice in to_list()] == ["open_comment", "close_comment"]


def test_withdrawal__leads_the_list_to_the_tombstone(process, people, client) -> None:
    open_comment(process, people)
    perform(Process.objects.get(pk=process.pk), "withdraw", people["secretariat"], reason="It misquotes a source.")
    notice = to_list()[-1]
    assert "It misquotes a source." in notice.body
    path = re.search(r"https?://[^/]+(/library/\S+)", notice.body).group(1)
    assert client.get(path).status_code == 410


def test_refused_move__writes_to_no_list(process, people) -> None:
    with pytest.raises(Refused):
        perform(process, "open_comment", people["facilitator"], data={})
    assert not Message.objects.exists()


def test_mail_to_the_list__of_a_process_that_died__comes_again_under_the_same_id(process, people, monkeypatch) -> None:
    Preference.objects.bulk_create(Preference(user=people[role], mode="none") for role in ("lead_expert", "rapporteur"))
    open_comment(process, people)
    now = timezone.now()
    sent_and_killed(monkeypatch, now)
    assert deliver(now + SENDING) == 1
    first, again = mail.outbox
    assert first.to == again.to == [LIST]
    assert first.extra_headers["Message-ID"] == again.extra_headers["Message-ID"]
    assert deliver(now + timedelta(days=9)) == 0


def test_digest__is_for_people__and_the_list_is_told_at_once(process, people) -> None:
    Preference.objects.bulk_create(
        Preference(user=people[role], mode="daily") for role in ("lead_expert", "rapporteur")
    )
    open_comment(process, people)
    assert deliver(timezone.now()) == 1
    assert [message.to for message in mail.outbox] == [[LIST]]


def test_address_of_the_list__that_changes_before_the_mail_is_sent__is_the_one_that_was_shown(process, people) -> None:
    open_comment(process, people)
    Forum.objects.update(mailing_list="elsewhere@example.org")
    deliver(timezone.now())
    assert LIST in {message.to[0] for message in mail.outbox}


@pytest.mark.parametrize(
    "address",
    [
        "lamps@example.org\nBcc: everyone@example.org",
        "lamps@example.org, everyone@example.org",
        "Lamps <lamps@example.org>",
        "lamps@example.org\r\n\r\nBody",
        "not an address",
    ],
)
def test_address_that_is_none__written_past_the_form__reaches_nobody_and_is_shown(
    address, process, people, client
) -> None:
    Forum.objects.update(mailing_list=address)
    client.force_login(people["facilitator"])
    assert "is not one to which mail can be sent." in confirm_page(client, process, "open_comment")
    open_comment(process, people)
    assert to_list() == []


def test_title_with_line_breaks__cannot_begin_another_header_of_the_mail_to_the_list(process, people) -> None:
    type(process.page).objects.filter(pk=process.page_id).update(title="A\r\nBcc: everyone@example.org")
    process.page.specific.save_revision()
    open_comment(process, people, announcement="$address\n\nBcc: everyone@example.org")
    deliver(timezone.now())
    (message,) = [message for message in mail.outbox if message.to == [LIST]]
    head = message.message().as_bytes().split(b"\n\n")[0]
    assert not re.search(rb"(?mi)^bcc:", head)
    assert message.recipients() == [LIST]
    assert "$address\n" in message.body, "what people write is no wording"


# --- words --------------------------------------------------------------------------------------------------------


def test_wording__of_the_secretariat_for_the_list__is_used_and_the_peoples_is_not(process, people, client) -> None:
    client.force_login(people["secretariat"])
    form = {
        "subject": "To you: $title", "body": "B", "list_subject": "To all: $title",
        "list_body": "$announcement by $closes",
    }  # fmt: skip
    assert client.post("/admin/workflow/notices/open_comment/", form).status_code == 302
    open_comment(process, people)
    (notice,) = to_list()
    assert notice.subject == f"To all: {process.title}"
    assert notice.body.startswith("Please comment on this fictitious draft of 2099. by ")
    assert Message.objects.exclude(user=None).first().subject == f"To you: {process.title}"


def test_wording__in_a_row_of_before_lists__leaves_the_list_the_words_as_shipped(process, people) -> None:
    Wording.objects.create(occasion="open_comment", subject="Mine", body="Mine")
    open_comment(process, people)
    (notice,) = to_list()
    assert notice.subject == f"Open for comment: {process.title}"


def test_wording__where_no_list_is_told__has_no_field_for_one(people, client) -> None:
    client.force_login(people["secretariat"])
    assert "list_body" not in client.get("/admin/workflow/notices/revise/").content.decode()
    client.post("/admin/workflow/notices/revise/", {"subject": "x", "body": "y", "list_body": "z"})
    assert Wording.objects.get().list_body == ""


def test_preview__shows_hostile_words_filled_in_and_harmless_and_saves_nothing(people, client) -> None:
    client.force_login(people["secretariat"])
    form = {
        "subject": "<script>alert(1)</script> $title", "body": "<img src=x onerror=alert(1)>\n\n$closes $$5",
        "list_subject": "s", "list_body": "{{ request }} {% debug %} $announcement", "preview": "1",
    }  # fmt: skip
    response = client.post("/admin/workflow/notices/open_comment/", form)
    text = response.content.decode()
    assert response.status_code == 200
    assert "&lt;script&gt;alert(1)&lt;/script&gt; Lamps in storms" in text
    assert "<img src=x" not in text
    assert in_utc(example("closes")) + " $5" in text
    assert "{{ request }} {% debug %} Please comment on this fictitious draft" in text
    assert not Wording.objects.exists()


@pytest.mark.parametrize("event", EVENTS)
def test_preview__of_every_event__leaves_no_place_unfilled(event, people, client) -> None:
    client.force_login(people["secretariat"])
    text = client.get(f"/admin/workflow/notices/{event}/").content.decode()
    for shown in re.findall(r'<div class="mail-preview"[^>]*>(.*?)</div>', text, re.DOTALL):
        assert "$" not in shown
        assert not re.search(r": *\n|: *<br", shown), "a place without a value"
    for place in EVENTS[event].places:
        assert str(example(place)) != place, f"{place} has no example"


def test_notice__to_readers_of_two_languages_and_zones__speaks_to_each_in_their_own(process, people) -> None:
    UserProfile.objects.create(user=people["lead_expert"], preferred_language="fr", current_time_zone="Asia/Tokyo")
    Wording.objects.create(occasion="open_comment", subject="$state", body="$closes")
    open_comment(process, people)
    french = Message.objects.get(user=people["lead_expert"])
    english = Message.objects.get(user=people["rapporteur"])
    assert (french.subject, english.subject) == ("Commentaires publics", "Public comment")
    assert "Asia/Tokyo" in french.body
    assert "Asia" not in english.body
