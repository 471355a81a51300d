"""Check 3: what happens round the closing second. No text is ever lost."""

import re
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from consultation import chores as clock
from consultation.capabilities import Actor
from consultation.periods.models import Period, PeriodChange
from consultation.periods.services import CannotMove, move_deadline
from consultation.submissions.models import Draft, Submission
from consultation.submissions.services import PeriodOver
from consultation.vocabulary import PeriodState
from tests.consultation.submissions.test_journey import PERSON, form_token
from workflow.states import State

pytestmark = pytest.mark.django_db

SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("offset", "state"),
    [
        (-SECOND, PeriodState.OPEN),
        (timedelta(0), PeriodState.GRACE),
        (SECOND, PeriodState.GRACE),
        (timedelta(minutes=30) - SECOND, PeriodState.GRACE),
        (timedelta(minutes=30), PeriodState.CLOSED),
    ],
)
def test_period__is_half_open(consultation, offset, state):
    period = consultation.period
    assert period.state_at(period.closes + offset) == state


def test_period__before_it_opens_and_taken_back(consultation):
    period = consultation.period
    assert period.state_at(period.opens - SECOND) == PeriodState.SCHEDULED
    assert period.state_at(period.opens) == PeriodState.OPEN
    period.cancelled_at = period.opens
    assert period.state_at(period.opens) == PeriodState.CANCELLED


@pytest.mark.parametrize("zone", ["Europe/Oslo", "America/Sao_Paulo", "Asia/Kathmandu"])
def test_period__over_a_night_of_summer_time__closes_at_one_instant_in_every_zone(consultation, zone):
    closes = datetime(2099, 10, 25, 1, 0, tzinfo=UTC)  # in Oslo the clock shows 02:00-03:00 twice that night
    period = Period(opens=closes - timedelta(days=30), closes=closes, grace_minutes=0)
    local = ZoneInfo(zone)
    assert period.state_at((closes - SECOND).astimezone(local)) == PeriodState.OPEN
    assert period.state_at(closes.astimezone(local)) == PeriodState.CLOSED


@pytest.mark.parametrize(
    ("offset", "late"), [(-SECOND, False), (timedelta(0), True), (SECOND, True), (timedelta(minutes=29), True)]
)
def test_send__begun_in_time__is_taken_and_marked_late_within_grace(consultation, offset, late):
    closes = consultation.period.closes
    submission = consultation.send(consultation.draft(at=closes - timedelta(minutes=5)), at=closes + offset)
    assert submission.late is late


@pytest.mark.parametrize(
    ("begun", "sent"),
    [(-5 * SECOND, timedelta(minutes=30)), (SECOND, 2 * SECOND)],
    ids=["after grace", "begun after the close"],
)
def test_send__too_late__is_refused_and_the_text_stays(consultation, begun, sent):
    closes = consultation.period.closes
    draft = consultation.draft("Words of an hour.", at=closes + begun)
    with pytest.raises(PeriodOver):
        consultation.send(draft, at=closes + sent)
    assert Draft.objects.get().comments[0]["body"] == "Words of an hour."
    assert not Submission.objects.exists()


def close(consultation, ago: timedelta) -> None:
    Period.objects.update(closes=timezone.now() - ago)


def test_form__drawn_before_and_posted_after_the_close__keeps_the_text_as_a_download(client, consultation, unhurried):
    new = f"{consultation.address}comments/new/"
    token = form_token(client.get(f"{new}?on=p1"))
    Period.objects.update(opens=timezone.now() - timedelta(days=40))
    close(consultation, timedelta(hours=2))
    posted = client.post(new, {"form_token": token, "paragraphs": "1", "kind": "general", "body": "Late words.",
                               "language": "en"})  # fmt: skip
    page = client.get(posted["Location"]).content.decode()
    assert "can no longer be sent" in page
    text = client.get(re.search(r'href="([^"]+/text/)"', page)[1])
    assert "Late words." in text.content.decode()
    assert text["Content-Type"].startswith("text/plain")
    refused = client.post(posted["Location"], PERSON)
    assert refused.status_code == 409
    assert "Late words." in refused.content.decode()


def test_draft__in_another_browser_without_its_cookie__is_still_there(client, consultation, django_user_model):
    draft = consultation.draft("Half a thought.")
    client.cookies.clear()
    assert "Half a thought." in client.get(f"/comments/draft/{draft.token}/").content.decode()


def test_form__with_a_token_that_is_lost_or_forged__keeps_every_word(client, consultation):
    new = f"{consultation.address}comments/new/"
    for token in ("", "forged:abc:def"):
        posted = {"form_token": token, "paragraphs": "1", "kind": "general", "body": "Kept words.", "language": "en"}
        answer = client.post(new, posted)
        assert answer.status_code == 422
        assert "Kept words." in answer.content.decode()
        assert "press the button once more" in answer.content.decode()


def test_page__shows_the_deadline_in_utc_and_machine_readable(client, consultation):
    page = client.get("/open-calls/").content.decode()
    closes = consultation.period.closes.astimezone(UTC)
    assert f"{closes:%H:%M} UTC" in page
    assert f'datetime="{closes:%Y-%m-%dT%H:%M}' in page


def test_deadline__moved__needs_a_reason_and_leaves_a_public_trace(client, consultation):
    period, actor, now = consultation.period, Actor("Ficta", "facilitator"), timezone.now()
    later = period.closes + timedelta(days=7)
    with pytest.raises(CannotMove):
        move_deadline(period, later, actor, now, " ")
    move_deadline(period, later, actor, now, "Two villages asked for more time.")
    assert PeriodChange.objects.get().closes_now == later
    assert "Two villages asked for more time." in client.get(f"{consultation.address}comments/").content.decode()
    with pytest.raises(CannotMove):
        move_deadline(consultation.period, now - SECOND, actor, now, "Back in time.")


def test_clock__closes_once_and_catches_up_late(consultation):
    period = consultation.period
    assert clock.close_periods(period.closes - SECOND) == 0
    assert clock.close_periods(period.closes + timedelta(days=3)) == 1
    assert clock.close_periods(period.closes + timedelta(days=3)) == 0
    consultation.process = type(consultation.process).objects.get(pk=consultation.process.pk)
    assert consultation.process.state == State.INCORPORATING


def test_reply_form__after_the_close__keeps_its_text(client, consultation, unhurried):
    comment = consultation.published()
    new = f"{consultation.address}comments/new/"
    token = form_token(client.get(f"{new}?reply_to={comment.number}"))
    Period.objects.update(opens=timezone.now() - timedelta(days=40))
    close(consultation, timedelta(days=1))
    posted = client.post(new, {"form_token": token, "reply_to": comment.number, "kind": "general",
                               "body": "A late reply.", "language": "en"})  # fmt: skip
    assert "A late reply." in client.get(posted["Location"]).content.decode()


@pytest.mark.parametrize(
    ("role", "days", "moved"),
    [("facilitator", 20, False), ("facilitator", 21, True), ("secretariat", 20, True), ("facilitator", 40, True)],
)
def test_deadline__moved_below_the_days_that_the_step_asks_for__needs_the_secretariat(consultation, role, days, moved):
    """The guard of the step was passed by with a long period that was shortened the minute after."""
    period, now = consultation.period, timezone.now()
    closes = period.opens + timedelta(days=days)
    with nullcontext() if moved else pytest.raises(CannotMove, match="too_short"):
        move_deadline(period, closes, Actor("Ficta", role), now, "A fictitious reason.")
    assert (Period.objects.get(pk=period.pk).closes == closes) is moved


def test_deadline__of_a_period_that_was_short_with_leave__may_be_moved_on_by_anybody(consultation):
    period, now = consultation.period, timezone.now()
    move_deadline(period, period.opens + timedelta(days=5), Actor("Ficta", "secretariat"), now, "A fictitious reason.")
    later = period.opens + timedelta(days=6)
    move_deadline(period, later, Actor("Ficta", "facilitator"), now, "A fictitious reason.")
    assert Period.objects.get(pk=period.pk).closes == later
