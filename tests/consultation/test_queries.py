"""Fixed numbers of queries, however much there is to show; and the CPU time of the largest comment page."""

import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.html import escape

from consultation.comments.models import Comment, Mapping, Target
from consultation.submissions.models import Submission, Submitter
from core.tokens import new_receipt, new_secret
from editions.models import Passage
from tests.consultation.stories import begun
from workflow.transitions.models import Process

pytestmark = pytest.mark.django_db


def many_comments(consultation, count: int) -> None:
    """`count` more published comments, each on two paragraphs."""
    now = timezone.now()
    first = Comment.objects.filter(series=consultation.process.series).count() + 1
    places = list(consultation.edition.passages.exclude(number=0))
    submitters = Submitter.objects.bulk_create(
        Submitter(name=f"Person {number}", email=f"p{number}@example.org", created_at=now) for number in range(count)
    )
    submissions = Submission.objects.bulk_create(
        Submission(
            receipt=new_receipt(), secret=new_secret(), period=consultation.period, submitter=submitter, language="en",
            received_at=now - timedelta(days=1),
        )
        for submitter in submitters
    )  # fmt: skip
    comments = Comment.objects.bulk_create(
        Comment(
            series=consultation.process.series, number=first + at, submission=submission, body=f"Remark {at}. " * 20,
            language="en", moderation="published", created_at=now, published_at=now,
            proposed="Any network may join the exchange on other published terms." if at % 5 == 0 else "",
        )
        for at, submission in enumerate(submissions)
    )  # fmt: skip
    Target.objects.bulk_create(
        Target(comment=comment, scope="passage", passage=places[(at + more) % len(places)])
        for at, comment in enumerate(comments)
        for more in (0, 1)
    )


def queries(client, address: str) -> int:
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("page", ["", "comments/", "comments/1/", "comments/report/", "comments/report.csv"])
def test_public_page__with_ten_times_the_comments__asks_as_many_questions(client, consultation, page):
    many_comments(consultation, 4)
    address = f"{consultation.address}{page}"
    client.get(address)
    few = queries(client, address)
    many_comments(consultation, 36)
    assert queries(client, address) == few


@pytest.mark.parametrize("page", ["", "dispositions/"])
def test_admin_page__with_ten_times_the_comments__asks_as_many_questions(client, consultation, page):
    client.force_login(consultation.people["facilitator"])
    address = f"/admin/consultation/{consultation.process.pk}/{page}"
    many_comments(consultation, 4)
    client.get(address)
    few = queries(client, address)
    many_comments(consultation, 36)
    assert queries(client, address) == few


def queries_of_presenting(client, consultation) -> int:
    """A move that freezes the next edition and finds the place of every comment in it."""
    process = Process.objects.get(pk=consultation.process.pk)
    sent = {"seen": process.moves, "reason": "", "session_date": "2099-12-01", "session_place": "Room 1"}
    with CaptureQueriesContext(connection) as captured:
        assert client.post(f"/admin/workflow/{process.page_id}/present/", sent).status_code == 302
    return len(captured)


def test_a_move__with_ten_times_the_comments__asks_as_many_questions(client, people):
    client.force_login(people["facilitator"])
    few, many = begun(people), begun(people)
    many_comments(few, 4)
    many_comments(many, 40)
    first = queries_of_presenting(client, few)
    assert queries_of_presenting(client, many) == first
    assert Mapping.objects.filter(edition=Process.objects.get(pk=many.process.pk).current_edition).count() == 80


def long_paper() -> list:
    paragraphs = "".join(
        f"<p>Paragraph {number} of a long and fictitious paper on lamps.</p>" for number in range(2000)
    )
    return [("text", f"<h2>Long</h2>{paragraphs}")]


MOST = 3.0  # 1.8 and 2.4 were measured on a busy machine


@pytest.mark.load
def test_comment_page__of_2000_paragraphs_and_500_comments__costs_little_cpu(client, people, capsys):
    """As a ratio in one run: a bound in milliseconds says more of the machine than of the page."""
    consultation = begun(people, body=long_paper())
    assert Passage.objects.filter(edition=consultation.edition).count() == 2001
    many_comments(consultation, 500)
    address = f"{consultation.address}comments/"
    client.get(address)
    spent, measure = [], []
    for _ in range(15):
        started = time.process_time()
        client.get(address)
        between = time.process_time()
        assert sum(len(escape(f"Paragraph {number} <of> a paper")) for number in range(20_000)) > 0
        spent.append(between - started)
        measure.append(time.process_time() - between)
    ratio = min(spent) / min(measure)
    with capsys.disabled():
        said = f"{1000 * min(spent):.1f} ms CPU, {ratio:.1f} times 20,000 texts escaped"
        sys.stdout.write(f"\ncomment page, 2,000 paragraphs and 500 comments: {said}\n")
    assert ratio < MOST
