"""What a move asks of the database, and that it asks no more where there is more of everything around it.

Milliseconds are measured by tests/load/test_moves.py.
"""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Comment

from tests.factories import OutcomePageFactory, ProcessFactory
from workflow.transitions.models import Process
from workflow.transitions.services import perform, process_of

pytestmark = pytest.mark.django_db

NOT_FREEZING = 24
"""Person and their rights 6; page and process 3; edition, state, log, Wagtail's log 5; people told 4; transaction 2;
that the session stands 1, the message for the next page in it 3."""
FREEZING = 39
"""Those, and: text, forum and year 6; revision 2; edition, passages 2; printing, index, page 3; wordings that are open,
and those that the edition carries 2."""
RECORD = {"public_source": "Fictitious source of 2099"}


@pytest.fixture
def desk(client, people) -> Any:
    """The admin as one of the Secretariat sees it. What is read once a process has been read."""
    client.force_login(people["secretariat"])
    queries(client, ProcessFactory(forum=people.forum), "record", RECORD)
    return client


def queries(desk: Any, process: Process, name: str, data: dict[str, str] | None = None) -> int:
    """How many queries one move takes, from the request to the answer."""
    sent = {"seen": Process.objects.get(pk=process.pk).moves, "reason": "", **(data or {})}
    with CaptureQueriesContext(connection) as asked:
        answer = desk.post(f"/admin/workflow/{process.page_id}/{name}/", sent)
    assert answer.status_code == 302
    return len(asked)


def recorded_and_revised(process: Process, user: Any, times: int) -> None:
    for _ in range(times):
        perform(process, "record", user, data=RECORD)
        perform(process, "revise", user)


def test_a_move__asks_no_more_than_was_agreed(desk, people) -> None:
    process = ProcessFactory(forum=people.forum)
    assert queries(desk, process, "record", RECORD) <= FREEZING
    assert queries(desk, process, "revise") <= NOT_FREEZING


def test_a_longer_text__with_remarks_of_its_editors__costs_no_query_more(desk, people) -> None:
    """On SQLite a hundred passages are one insertion: so many are written here."""
    long = [("text", "".join(f"<p>Paragraph {number} on fictitious lamps.</p>" for number in range(90)))]
    page = OutcomePageFactory(parent=people.forum, body=long)
    for number in range(5):
        page.wagtail_admin_comments.add(
            Comment(user=people["facilitator"], text=f"Remark {number}", contentpath="body", position="")
        )
    page.save_revision()
    few, many = ProcessFactory(forum=people.forum), process_of(page)
    assert queries(desk, many, "record", RECORD) == queries(desk, few, "record", RECORD)
    assert queries(desk, many, "revise") == queries(desk, few, "revise")
    assert many.log.last().edition.passages.count() == 90


def test_a_longer_log__costs_no_query_more(desk, people) -> None:
    few, many = ProcessFactory.create_batch(2, forum=people.forum)
    recorded_and_revised(few, people["secretariat"], 1)
    recorded_and_revised(many, people["secretariat"], 5)
    assert queries(desk, many, "record", RECORD) == queries(desk, few, "record", RECORD)
    assert queries(desk, many, "revise") == queries(desk, few, "revise")
    assert many.log.count() == 12


def test_more_documents_of_the_forum__cost_no_query_more(desk, people) -> None:
    alone = ProcessFactory(forum=people.other_forum)
    few = queries(desk, alone, "record", RECORD), queries(desk, alone, "revise")
    one, *others = ProcessFactory.create_batch(8, forum=people.other_forum)
    for other in others:
        recorded_and_revised(other, people["secretariat"], 1)
    assert (queries(desk, one, "record", RECORD), queries(desk, one, "revise")) == few
