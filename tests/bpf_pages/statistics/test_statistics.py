"""The library in numbers: what is public is counted once, and nothing else; as many queries whatever there is."""

import gzip

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from bpf_pages.statistics.figures import figures
from consultation.comments.moderation import change_standing, hide
from consultation.reports import tables
from consultation.reports.library_tallies import Tally, summed, tallies
from consultation.reports.services import content_of
from editions import services
from editions.models import Edition
from tests.bpf_pages.published import NOW, publish, revise
from tests.consultation.answers.test_dispositions import answered
from tests.consultation.conftest import consultation
from tests.consultation.stories import ADA, MODERATOR
from tests.factories import ForumPageFactory, MeetingPageFactory, ThemePageFactory, text_block

__all__ = ["consultation"]  # a fixture

pytestmark = pytest.mark.django_db


def rows_of(response, labelled):
    """Label of a row -> its cells as text, of the table under a heading."""
    table = BeautifulSoup(response.content, "html.parser").find("table", attrs={"aria-labelledby": labelled})
    return {
        row.th.text.strip(): [cell.text.strip() for cell in row.find_all("td") if not cell.get("aria-hidden")]
        for row in table.tbody.find_all("tr")
    }


@pytest.fixture
def forum():
    """A forum with two themes, of a year that is not marked as invented."""
    forum = ForumPageFactory(parent=MeetingPageFactory(year=2098))
    for slug in ("lamps", "storms"):
        forum.themes.add(ThemePageFactory(slug=slug, title=slug.title()))
    forum.save()
    return forum


def test_documents__count_once_by_their_newest_public_edition(client, forum):
    first = publish(parent=forum, stage="comment")
    publish(revise(first.page.specific, text_block("<p>New.</p>")))
    publish(parent=forum, stage="comment")
    services.withdraw(publish(parent=forum).series, "Fictitious reason.", NOW)
    publish()
    response = client.get("/statistics/")
    assert rows_of(response, "documents") == {"2098": ["1", "1", "2"]}
    assert rows_of(response, "themes") == {"Lamps": ["2", "2"], "Storms": ["2", "2"]}
    assert set(rows_of(client.get("/statistics/?fictitious=yes"), "documents")) == {"2098", "2099"}
    assert client.get("/statistics/").content == response.content, "kept, and the same"
    told = client.get("/api/v1/statistics").json()
    assert told["documents"] == [
        {"year": 2098, "standing": "comment", "count": 1}, {"year": 2098, "standing": "final", "count": 1}
    ]  # fmt: skip
    assert {(row["theme"], row["count"]) for row in told["themes"]} == {("lamps", 2), ("storms", 2)}
    again = client.get("/statistics/", headers={"if-none-match": response["ETag"]})
    assert again.status_code == 304
    services.withdraw(first.series, "Fictitious reason.", NOW)
    now = rows_of(client.get("/statistics/"), "documents")
    assert now == {"2098": ["1"]}, "what is kept is what is public"


def test_page__when_the_library_grows__takes_no_more_queries(client, forum):
    publish(parent=forum)
    seen = []
    for _ in range(2):
        client.get("/statistics/")  # what changes with a publication only is kept
        with CaptureQueriesContext(connection) as queries:
            answer = client.get("/statistics/")
        seen.append(len(queries))
        for _more in range(3):
            publish(parent=forum)
    assert seen[0] == seen[1]
    assert len(gzip.compress(answer.content)) < 6_000


def test_comments__are_counted_as_the_report_of_their_document_counts_them(client, consultation):
    answered(consultation, consultation.published("An open remark.", on=(1, 2)))
    consultation.published("Another.", person=ADA)
    hide(consultation.published("A rude remark."), MODERATOR, timezone.now(), hide_reason="conduct")
    change_standing(consultation.published("Regretted words."), "withdrawn", MODERATOR, now=timezone.now())
    consultation.comment("Waiting words.")
    found = tallies(Edition.objects.public())
    for statistic in tables.statistics(content_of(consultation.process, consultation.edition)):
        if statistic.name in {"group", "region", "language", "outcome"}:
            counts = summed(found, lambda tally, name=statistic.name: getattr(tally, name))
            assert sorted(counts.values()) == sorted(bar.count for bar in statistic.bars if bar.count), statistic.name
    assert figures().comments == [], "all of it is of 2099"
    page = client.get("/statistics/?fictitious=yes")
    assert rows_of(page, "comments-years") == {"2099": ["3"]}
    assert "Stakeholder group, year by year" not in page.text, "of one year there is nothing to draw through years"
    services.withdraw(consultation.edition.series, "Fictitious reason.", NOW)
    assert figures(fictitious=True).comments == []


def test_participation__through_the_years__has_a_column_a_year_and_the_same_sums(monkeypatch, client) -> None:
    given = [
        Tally(2098, "civil_society", "africa", "en", "accepted", 3),
        Tally(2099, "civil_society", "africa", "fr", "noted", 12),
        Tally(2099, "government", "", "en", "noted", 1),
    ]
    monkeypatch.setattr("bpf_pages.statistics.figures.tallies", lambda editions: given)
    page = client.get("/statistics/")
    assert rows_of(page, "comments-years") == {"2098": ["3"], "2099": ["13"]}
    assert rows_of(page, "comments-groups") == {"Government": ["", "1", "1"], "Civil society": ["3", "12", "15"]}
    assert rows_of(page, "comments-languages") == {"English": ["3", "1", "4"], "French": ["", "12", "12"]}
    assert "Stakeholder group, year by year" in page.text
