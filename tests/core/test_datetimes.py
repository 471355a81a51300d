"""Every instant is shown in UTC and in the reader's own time, and typed in the time zone of the person's account."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import override
from wagtail.users.models import UserProfile

from consultation.periods.forms import DeadlineForm
from core.datetimes import MomentField, in_own_time, in_utc, in_words
from tests.browser.chromium import chromium
from tests.factories import ProcessFactory
from tests.workflow.moves import brought_to
from workflow.access.forms import GrantForm
from workflow.draft_links.models import DraftLink
from workflow.forums.forms import ForumDeskForm
from workflow.transitions.due_dates import set_due
from workflow.transitions.forms import DueForm
from workflow.transitions.models import Process
from workflow.transitions.services import perform

pytestmark = pytest.mark.django_db

NOON = datetime(2099, 5, 9, 12, 30, tzinfo=UTC)
TEMPLATES = Path(settings.TEMPLATES[0]["DIRS"][0])


@pytest.mark.parametrize(
    ("zone", "own"),
    [
        ("Asia/Tokyo", "21:30 UTC+09:00, Asia/Tokyo"),
        ("Asia/Kathmandu", "18:15 UTC+05:45, Asia/Kathmandu"),
        ("Pacific/Kiritimati", "10 May 2099, 02:30 UTC+14:00, Pacific/Kiritimati"),
        ("America/Sao_Paulo", "09:30 UTC-03:00, America/Sao_Paulo"),
        ("Africa/Abidjan", ""),
        ("UTC", ""),
    ],
)
def test_instant__in_a_zone__stands_in_utc_and_in_the_zone_where_its_clocks_differ(zone, own) -> None:
    with timezone.override(zone):
        assert in_utc(NOON) == "9 May 2099, 12:30 UTC"
        assert in_own_time(NOON) == own
        assert in_words(NOON) == (f"9 May 2099, 12:30 UTC ({own})" if own else "9 May 2099, 12:30 UTC")


def test_instant__in_summer_and_in_winter__has_the_offset_of_its_own_day() -> None:
    with timezone.override("Europe/London"):
        assert "UTC+01:00" in in_own_time(datetime(2026, 7, 1, 12, tzinfo=UTC))
        assert in_own_time(datetime(2026, 12, 1, 12, tzinfo=UTC)) == ""


def test_instant__in_another_language__has_its_form() -> None:
    with override("fr"):
        assert in_utc(NOON) == "9 mai 2099, 12:30 UTC"


# --- typed --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "field",
    [
        DueForm.base_fields["due_at"],
        GrantForm.base_fields["until"],
        ForumDeskForm.base_fields["nominations_until"],
        DeadlineForm.base_fields["closes"],
    ],
)
def test_field__names_the_zone_in_which_it_is_read(field) -> None:
    """Some said UTC and were read in the zone of the account."""
    assert isinstance(field, MomentField)
    with timezone.override("Asia/Tokyo"):
        assert "UTC+09:00, Asia/Tokyo" in str(field.help_text)
        assert field.clean("2099-05-09T21:30") == NOON
    assert str(field.help_text).endswith("your account: UTC.")
    assert field.clean("2099-05-09T12:30") == NOON


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("2027-03-28T02:30", "02:30 on 28 March 2027 does not exist in Europe/Zurich: clocks are set forward over it. "
                             "Write 03:30"),
        ("2027-10-31T02:30", "02:30 on 31 October 2027 comes twice in Europe/Zurich"),
    ],
)  # fmt: skip
def test_hour__that_no_clock_shows_or_that_comes_twice__is_said_and_never_moved(typed, said) -> None:
    with timezone.override("Europe/Zurich"), pytest.raises(ValidationError) as refused:
        DueForm.base_fields["due_at"].clean(typed)
    assert said in str(refused.value)


@pytest.mark.parametrize("typed", ["2027-03-28T01:59", "2027-03-28T03:00", "2027-10-31T01:59", "2027-10-31T03:00"])
def test_hour__beside_the_one_at_which_clocks_are_set__is_taken_as_typed(typed) -> None:
    with timezone.override("Europe/Zurich"):
        assert timezone.localtime(DueForm.base_fields["due_at"].clean(typed)).strftime("%Y-%m-%dT%H:%M") == typed


# --- shown --------------------------------------------------------------------------------------------------------


@pytest.fixture
def process(people) -> Process:
    """A document in comment, due at NOON, with a facilitator who lives in Tokyo."""
    process = brought_to("comment", people)
    set_due(process, NOON)
    UserProfile.objects.create(user=people["facilitator"], current_time_zone="Asia/Tokyo")
    return process


def plain(response) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


BOTH = "9 May 2099, 12:30 UTC (21:30 UTC+09:00, Asia/Tokyo)"


def test_admin__for_a_person_of_another_zone__shows_utc_and_their_own_time_without_a_script(
    process, people, client
) -> None:
    """It called the clock of the account UTC."""
    client.force_login(people["facilitator"])
    for address in (
        "/admin/",
        "/admin/workflow/queue/",
        f"/admin/pages/{process.page_id}/edit/",
        f"/admin/pages/{people.forum.pk}/",
    ):
        assert BOTH in plain(client.get(address)), address


def test_admin__of_the_clock_the_record_and_the_links__shows_both(process, people, client) -> None:
    set_due(process, timezone.now() + timedelta(days=2))
    DraftLink.objects.create(page=process.page, made_for="x", made_at=NOON, expires_at=NOON)
    client.force_login(people["facilitator"])
    due = Process.objects.get(pk=process.pk).due_at
    with timezone.override("Asia/Tokyo"):
        assert in_words(due) in plain(client.get("/admin/workflow/clock/"))
        row = process.log.first()
        assert in_words(row.at) in plain(client.get(f"/admin/workflow/{process.page_id}/history/"))
    assert BOTH in plain(client.get(f"/admin/workflow/{process.page_id}/links/"))


def test_page_of_a_reader__names_no_zone_but_utc(process, client) -> None:
    text = plain(client.get(process.current_edition.address + "history/"))
    assert in_utc(process.log.first().at) in text
    assert "Asia/Tokyo" not in text


def test_reader__with_a_script__gets_the_time_of_the_device_beside_utc__and_an_editor_the_account_alone(
    process, people, client, live_server
) -> None:
    client.force_login(people["facilitator"])
    history = f"{live_server.url}{process.current_edition.address}history/"
    with chromium() as browser:
        context = browser.new_context(timezone_id="Asia/Kathmandu")
        page = context.new_page()
        page.goto(history)
        own = page.locator("time[data-moment] + .own-time").first
        own.wait_for()
        assert "GMT+5:45" in own.inner_text()
        context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}])
        page.goto(f"{live_server.url}/admin/workflow/queue/")
        said = page.locator("time[data-moment] + .own-time").all_inner_texts()
        assert said
        assert all("Asia/Tokyo" in words for words in said), "one local time is enough"


def test_what_was_set_aside__stands_in_the_public_record_without_the_zone_of_who_did_it(process, people) -> None:
    with timezone.override("Asia/Tokyo"):
        row = perform(
            process, "close_comment", people["secretariat"], reason="Early.", overrides=["period_over"]
        )  # fmt: skip
    (found,) = row.overridden
    assert "UTC." in found["message"]
    assert "Tokyo" not in found["message"]


BY_HAND = re.compile(r"""\|(?:time|date):["'](?:DATETIME|SHORT_DATETIME|TIME|[^"']*[GHgfiPsu])[^"']*["']""")
"""A filter that writes hours or minutes."""
APART = {"workflow/sessions/session_when.html"}
"""Beside the moment itself: the clock on the wall of the meeting."""


def test_no_template__writes_an_hour_by_itself() -> None:
    found = {
        str(path.relative_to(TEMPLATES)): BY_HAND.findall(path.read_text("utf-8")) for path in TEMPLATES.rglob("*.html")
    }
    assert {name for name, hours in found.items() if hours} == APART
    assert BY_HAND.search('{{ x|date:"Y-m-d H:i" }}')


def test_process_of_nobody__without_a_due_date__shows_none(people, client) -> None:
    ProcessFactory(forum=people.forum)
    client.force_login(people["facilitator"])
    assert "time data-moment" not in client.get("/admin/workflow/queue/").content.decode()
