"""The calendar, read by a program that was not written here: lasting UIDs, numbers that rise, and cancellations."""

from datetime import timedelta

import pytest
from django.utils import timezone
from icalendar import Calendar

from api.calendar import events as calendar
from api.calendar.icalendar import written
from api.calendar.models import CalendarEvent
from consultation.periods.models import Period
from consultation.periods.services import move_deadline
from editions import services
from tests.consultation.stories import MODERATOR, begun
from workflow.sessions.models import Session

pytestmark = pytest.mark.django_db
ADDRESS = "/open-calls.ics"


@pytest.fixture
def consultation(people):
    return begun(people)


def read(client):
    """The events by UID, and the text they came in."""
    response = client.get(ADDRESS)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    raw = response.content
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    read = Calendar.from_ical(raw)
    assert read["VERSION"] == "2.0"
    assert not read.errors
    found = {str(event["UID"]): event for event in read.walk("VEVENT")}
    assert not [event.errors for event in found.values() if event.errors]
    return found, raw.decode()


def only(client):
    found, _text = read(client)
    ((uid, event),) = found.items()
    return uid, event


def ticked(at=None):
    return calendar.note_changes(at or timezone.now())


def test_call__is_an_event_with_its_times_and_words(client, consultation):
    uid, event = only(client)
    period = consultation.period
    assert uid.startswith(f"{consultation.edition.identifier}-1@")
    assert (event.start, event.end) == (period.opens.replace(microsecond=0), period.closes.replace(microsecond=0))
    assert consultation.edition.title in event["SUMMARY"]
    assert "(Fictitious)" in event["SUMMARY"]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CONFIRMED", 0)
    assert event["URL"].endswith(consultation.edition.permanent_address)


@pytest.mark.parametrize("noted", [True, False], ids=["after a tick", "before it"])
def test_change__of_date_or_words__keeps_the_uid_and_raises_the_number(client, consultation, noted):
    ticked()
    uid, _event = only(client)
    moves = [
        lambda: move_deadline(
            consultation.period, consultation.period.closes + timedelta(days=9), MODERATOR, timezone.now(), "More time."
        ),
        lambda: Period.objects.update(announcement="Please comment, and soon."),
    ]
    for place, move in enumerate(moves, start=1):
        move()
        if noted:
            assert ticked() == 1
        again, event = only(client)
        assert (again, event["SEQUENCE"]) == (uid, place)
        ticked()
    assert event.end == consultation.period.closes.replace(microsecond=0)
    assert "soon" in event["DESCRIPTION"]


def test_nothing_changed__the_number_stays_and_nobody_is_sent_it_again(client, consultation):
    assert ticked() == 1
    first = client.get(ADDRESS)
    assert ticked(timezone.now() + timedelta(hours=1)) == 0
    assert client.get(ADDRESS, headers={"If-None-Match": first["ETag"]}).status_code == 304
    assert CalendarEvent.objects.get().sequence == 0


def test_two_ticks_at_once__raise_the_number_once(consultation):
    ticked()
    Period.objects.update(announcement="Changed.")
    (event,) = calendar.events(timezone.now())
    assert [calendar._note(event, timezone.now()) for _ in range(2)] == [True, False]
    assert CalendarEvent.objects.get().sequence == 1


@pytest.mark.parametrize("how", ["taken back", "withdrawn"])
def test_call__that_no_longer_stands__is_cancelled_without_a_word_of_it(client, consultation, how):
    ticked()
    uid, _event = only(client)
    if how == "taken back":
        Period.objects.update(cancelled_at=timezone.now())
    else:
        services.withdraw(consultation.edition.series, "Fictitious reason.", timezone.now())
    again, event = only(client)
    assert (again, event["STATUS"], event["SEQUENCE"]) == (uid, "CANCELLED", 1)
    _found, text = read(client)
    assert consultation.edition.title not in text
    assert "Please comment" not in text
    ticked()
    assert only(client)[1]["SEQUENCE"] == 1


def test_call__taken_back_before_anybody_was_told__is_left_out(client, consultation):
    Period.objects.update(cancelled_at=timezone.now())
    assert read(client)[0] == {}


def test_event__long_over__leaves_the_calendar(consultation):
    ticked()
    later = consultation.period.closes + calendar.KEPT
    assert len(calendar.events(later - timedelta(days=1))) == 1
    assert calendar.events(later + timedelta(days=1)) == []
    assert ticked(later + timedelta(days=1)) == 0


def test_session__is_told_changed_and_cancelled_when_it_is_deleted(client, consultation):
    starts = timezone.now().replace(microsecond=0) + timedelta(days=20)
    session = Session.objects.create(title="Wrap-up; all, of us", starts=starts, place="Room 1\nPort Fiction")
    session.documents.add(consultation.process)
    ticked()
    uid = f"session-{session.pk}@{calendar.repository_name()}"
    event = read(client)[0][uid]
    assert (event.start, event["LOCATION"]) == (starts, "Room 1\nPort Fiction")
    assert event["SUMMARY"] == "Session: Wrap-up; all, of us (Fictitious)"
    session.place = "Room 2"
    session.save()
    assert read(client)[0][uid]["SEQUENCE"] == 1
    ticked()
    session.delete()
    gone = read(client)[0][uid]
    assert (gone["STATUS"], gone["SEQUENCE"], gone.start) == ("CANCELLED", 2, starts)


def test_session__of_nothing_public__is_not_told(client, people):
    from tests.factories import ProcessFactory

    session = Session.objects.create(title="Zqsession", starts=timezone.now() + timedelta(days=3), place="Room 1")
    session.documents.add(ProcessFactory(forum=people.forum))
    assert "Zqsession" not in read(client)[1]


def test_words__with_every_sign_of_the_format__are_read_back_as_they_were(client, consultation):
    words = 'Semicolon; comma, backslash \\ quote " colon: \nBEGIN:VEVENT\nأبراج المصابيح 在风暴中 ' + "long " * 40
    Period.objects.update(announcement=words + "\x07\x1b")
    _uid, event = only(client)
    assert str(event["DESCRIPTION"]).startswith(words)


ESCAPED = {"\n": "\\n", ",": "\\,", ";": "\\;", "\\": "\\\\"}


@pytest.mark.parametrize("sign", ["\n", ",", ";", "\\", "é", "论", "🕯", " ab"])
def test_line__wherever_it_is_folded__parts_no_escape_and_no_character(sign):
    """Programs that read a line at a time would lose both halves."""
    for before in range(50, 90):
        text = "x" * before + sign * 40
        lines = list(written([], text, {}, "", timezone.now()).split("\r\n"))
        assert all(len(line.encode()) <= 75 for line in lines)
        for line in lines:
            backslashes = len(line) - len(line.rstrip("\\"))
            assert backslashes % 2 == 0, line
            assert not line.endswith(" "), "a program that strips its lines would lose it"
            assert not line.startswith("  ")
        whole = "\r\n".join(lines).replace("\r\n ", "").split("\r\n")
        assert f"NAME:{'x' * before}{ESCAPED.get(sign, sign) * 40}" in whole


def test_tick__keeps_the_numbers(consultation):
    from bpf_site.operations.scheduler import CHORES

    assert calendar.note_changes in [chore.does for chore in CHORES]
