"""The report as a page: numbers first, entries in the order of the text, filtered and paged, in the reader's words."""

import re

import pytest
from django.utils import timezone

from consultation.comments.moderation import hide
from consultation.reports.views import A_PAGE
from consultation.submissions.services import Person
from tests.consultation.answers.test_dispositions import answered
from tests.consultation.stories import MODERATOR
from tests.consultation.test_queries import many_comments

pytestmark = pytest.mark.django_db

PEOPLE = [
    Person(name="Ada Fictiva", email="ada@example.org", group="government", region="asia_pacific"),
    Person(name="Bo Fictiva", email="bo@example.org", group="civil_society", region="africa"),
]


@pytest.fixture
def discussed(consultation):
    """Comment 1 on paragraph 3, answered; comment 2 on paragraph 1, hidden; comment 3 on the whole."""
    answered(consultation, consultation.published("An open remark.", on=(3,), person=PEOPLE[0]), "rejected", "No.")
    hidden = consultation.published("A rude remark.", on=(1,), person=PEOPLE[1])
    hide(hidden, MODERATOR, timezone.now(), hide_reason="conduct")
    consultation.published("A fine paper.", on=None, person=PEOPLE[1])
    return consultation


def numbers(client, consultation, query: str = "") -> list[int]:
    page = client.get(f"{consultation.address}comments/report/{query}").content.decode()
    return [int(number) for number in re.findall(r'id="r-(\d+)"', page)]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", [3, 2, 1]),  # in the order of the text, the whole document first
        ("?outcome=rejected", [1]),
        ("?group=civil_society", [3, 2]),
        ("?region=asia_pacific", [1]),
        ("?language=en", [3, 2, 1]),
        ("?place=1-p1", [2]),
        ("?place=document&group=civil_society", [3]),
        ("?place=1-p1&region=asia_pacific", []),
        ("?outcome=nonsense&page=99", [3, 2, 1]),
    ],
)
def test_report__filtered__shows_these_entries_in_the_order_of_the_text(client, discussed, query, expected):
    assert numbers(client, discussed, query) == expected


def test_report__shows_words_and_days_and_no_values_of_columns(client, discussed):
    page = client.get(f"{discussed.address}comments/report/").content.decode()
    shown = re.sub(r"<option[^>]*>|<[^>]+>", " ", page)
    for word in ("asia_pacific", "no_reply", "civil_society", "By: web", "None"):
        assert word not in shown
    assert "Asia-Pacific" in shown
    assert not re.search(r"\d{4}-\d\d-\d\d", shown)
    assert re.search(r"\d{1,2} \w+ \d{4}, \d\d:\d\d UTC", shown)
    assert shown.index("Numbers") < shown.index("An open remark.")


def test_report__in_french__has_no_english_words_of_ours(client, discussed):
    page = client.get(f"{discussed.address}comments/report/", headers={"accept-language": "fr"}).content.decode()
    for word in ("Whole document", "Government", "Not accepted", "Show"):
        assert f">{word}<" not in page, word
    assert ">Anglais</option>" in page


def test_report__longer_than_a_page__leads_on_and_keeps_the_filter(client, discussed):
    many_comments(discussed, A_PAGE + 3)
    page = client.get(f"{discussed.address}comments/report/?language=en").content.decode()
    assert len(re.findall(r'id="r-\d+"', page)) == A_PAGE
    assert 'rel="next" href="?language=en&amp;page=2#list"' in page
    page = client.get(f"{discussed.address}comments/report/").content.decode()
    assert 'rel="next" href="?page=2#list"' in page
