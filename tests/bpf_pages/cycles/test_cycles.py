"""The cycle of a document: announced and real dates of its stages, comments a week, as one small picture and tables."""

import gzip
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from bpf_pages.cycles.facts import cycle_of_document, cycle_of_forum
from bpf_pages.cycles.picture import WIDTH, Life, Milestone, Stage, cycle
from consultation.submissions.models import Submission
from tests.consultation.stories import begun
from tests.factories import ProcessFactory
from workflow.forums.models import Forum
from workflow.forums.models import Milestone as MilestoneRow
from workflow.forums.states import ForumState
from workflow.transitions.services import perform

DAY = date(2099, 3, 1)


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def life(*stages: Stage) -> Life:
    return Life("Lamps", "en", "/library/2099/lamps/outcome/", stages)


def test_a_stage__is_as_long_as_it_lasted_and_what_goes_on_reaches_today() -> None:
    told = cycle([life(Stage("comment", "Public comment", day(0), day(50), (day(0), day(40))),
                       Stage("incorporating", "Incorporating comments", day(50), None))], [], {}, day(100))  # fmt: skip
    assert [(part.x, part.width) for part in told.stretches] == [(0, 500), (500, 500)]
    assert told.plans == f"M0 7v3h{WIDTH * 40 // 100}v-3"
    assert (told.last, told.today) == (day(100), "M1000 0V12")
    assert told.colours == {"comment": "Public comment", "incorporating": "Incorporating comments"}


def test_what_is_settled__ends_shortly_after_its_last_step_however_long_ago() -> None:
    stages = (Stage("comment", "c", day(0), day(30)), Stage("final", "f", day(30), None, is_settled=True))
    told = cycle([life(*stages)], [], {}, day(4000))
    assert (told.last, told.today) == (day(44), "")


def test_comments__stand_as_bars_in_their_weeks_the_most_of_them_tallest() -> None:
    told = cycle([life(Stage("comment", "c", day(0), None))], [], {day(0): 2, day(7): 8, day(14): 0}, day(70))
    assert told.weeks == ((day(0), 2), (day(7), 8))
    assert [int(tall) for tall in re.findall(r"v-(\d+)", told.bars)] == [6, 24]
    assert all(part.y == 24 for part in told.stretches)


def test_one_date_alone__is_no_cycle__and_a_planned_and_a_real_one_are() -> None:
    assert cycle([life(Stage("final", "f", day(0), None, is_settled=True))], [], {}, day(9)) is None
    told = cycle([], [Milestone("Wrap-up", day(0), day(3))], {}, day(9))
    assert told.marks.startswith("M")
    assert told.plans


@pytest.mark.django_db
def test_a_document_and_its_forum__show_announced_and_real_dates_and_the_comments_of_each_week(people, client) -> None:
    story = begun(people)
    for _time in range(3):
        story.published("Please say how long the lamps burn.", on=(1,))
    Submission.objects.update(received_at=datetime(2099, 5, 6, 12, tzinfo=UTC))
    opens = timezone.now()
    forum = Forum.objects.create(
        page=people.forum, title="Fictitious forum", year=2099, scope="x", proposer="x", received_at=opens,
        state=ForumState.ACTIVE, state_since=opens,
    )  # fmt: skip
    MilestoneRow.objects.create(forum=forum, name="Wrap-up session", planned=day(0), actual=day(2))
    edition = story.process.current_edition
    page = client.get(edition.address)
    for text, said in ((page.text, "Public comment"), (client.get(people.forum.url).text, "Wrap-up session")):
        drawn = BeautifulSoup(text, "html.parser").select_one("details.cycle")
        assert said in drawn.text
        assert "4 May 2099" in drawn.text
        assert len(gzip.compress(str(drawn).encode())) < 6000
        assert drawn.svg["aria-hidden"] == "true"
    assert "How it came about" not in client.get(f"/ar{edition.address}").text


@pytest.mark.django_db
def test_a_document_that_was_recorded_on_a_day__shows_no_picture(people) -> None:
    process = ProcessFactory(forum=people.forum)
    perform(process, "record", people["secretariat"], data={"public_source": "Fictitious source of 2099"})
    assert cycle_of_document(process.current_edition, (), timezone.now()) is None


@pytest.mark.django_db
def test_a_date_that_every_year_has__is_called_by_its_kind__and_came_with_the_step(people) -> None:
    story = begun(people)
    forum = Forum.objects.create(
        page=people.forum, title="Lamps", year=2099, received_at=timezone.now(),
        state=ForumState.ACTIVE, state_since=timezone.now(),
    )  # fmt: skip
    MilestoneRow.objects.create(forum=forum, kind=MilestoneRow.Kind.COMMENT_OPENS, planned=date(2099, 5, 1))
    found = cycle_of_forum(people.forum, [story.edition], timezone.now())
    (milestone,) = found.milestones
    assert milestone.name == "Public comment opens"
    assert milestone.actual is not None
