"""Check 7: one hostile corpus in every field, through page, admin, mail, feed, calendar, CSV, XLSX and JSON."""

import csv
import io
import json
from datetime import timedelta
from urllib.parse import quote

import pytest
from django.core import mail
from django.utils import timezone
from openpyxl import load_workbook

from consultation.answers.services import Answer, publish_set, write_answers
from consultation.periods.models import Period
from consultation.submissions.services import Person
from core.plain_text import is_one_line, tidy_line, tidy_text
from core.spreadsheets import cell, plain_cell
from mail.delivery import deliver
from tests.consultation.hostile import EXECUTABLE, HOSTILE, MARKER
from tests.consultation.submissions.test_journey import form_token

pytestmark = pytest.mark.django_db


@pytest.fixture
def infested(consultation):
    """A consultation with every hostile piece in every field that a person can fill."""
    for number, piece in enumerate(HOSTILE):
        line, text = tidy_line(piece)[:200], tidy_text(piece)
        person = Person(name=line, email=f"h{number}@example.org", organisation=line, consent="2026-11")
        comment = consultation.published(text, on=(1,), person=person, proposed=text, rationale=text, quote=text)
        answer = Answer(comment.number, "noted", text, decided_by=line, decided_where=line)
        write_answers(consultation.process, [answer], None, timezone.now())
    publish_set(consultation.process, timezone.now())
    Period.objects.update(announcement="\n".join(map(tidy_text, HOSTILE)), questions="\n".join(map(tidy_line, HOSTILE)))
    return consultation


PAGES = (
    "{document}", "{document}comments/", "{document}comments/1/", "{document}comments/report/", "/open-calls/",
    "{admin}", "{admin}comments/1/", "{admin}dispositions/", "{admin}dispositions/1/", "{admin}periods/",
)  # fmt: skip


def test_pages__with_the_corpus_in_every_field__hold_it_as_text_only(client, infested):
    client.force_login(infested.people["facilitator"])
    for page in PAGES:
        address = page.format(document=infested.address, admin=f"/admin/consultation/{infested.process.pk}/")
        answer = client.get(address)
        assert answer.status_code == 200, address
        html = answer.content.decode()
        for piece in EXECUTABLE:
            assert piece not in html, (address, piece)
    assert MARKER in client.get(f"{infested.address}comments/").content.decode()


def test_feed_and_calendar__with_the_corpus__stay_well_formed(client, infested):
    from lxml import etree

    feed = client.get("/open-calls.atom")
    assert MARKER in "".join(etree.fromstring(feed.content).itertext())
    lines = client.get("/open-calls.ics").content.decode().split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    assert lines.count("BEGIN:VEVENT") == 1
    assert all(line[:1] == " " or ":" in line for line in lines if line)


@pytest.mark.parametrize("form", ["csv", "iso.csv"])
def test_csv__cells_are_text_for_every_program(client, infested, form):
    raw = client.get(f"{infested.address}comments/report.{form}").content.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(raw)))
    assert len(rows) == len(HOSTILE) + 1
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]
    assert any(plain_cell(cell) == tidy_text(HOSTILE[5]) for cell in cells)


@pytest.mark.parametrize("form", ["xlsx", "iso.xlsx"])
def test_xlsx__texts_are_strings_and_come_back_verbatim(client, infested, form):
    raw = client.get(f"{infested.address}comments/report.{form}").content
    sheet = load_workbook(io.BytesIO(raw)).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n", "d"}  # none is a formula, "f"
    assert {cell.data_type for cell in cells if isinstance(cell.value, str)} == {"s"}
    assert tidy_text(HOSTILE[5]) in {cell.value for cell in cells}


def test_json__gives_every_piece_back_verbatim(client, infested):
    raw = json.loads(client.get(f"{infested.address}comments/report.json").content)
    bodies = {words["body"] for words in raw["texts"].values()}
    assert bodies == {tidy_text(piece) for piece in HOSTILE}


def test_mail__with_the_corpus__keeps_its_headers(infested):
    deliver(timezone.now() + timedelta(hours=1), most=1000)  # confirmed already: what is sent is news, which gathers
    assert mail.outbox
    for message in mail.outbox:
        assert is_one_line(message.subject)
        assert len(message.to) == 1
        assert not message.bcc
        message.message()  # raises BadHeaderError where a header was split


def test_form__takes_any_piece_without_an_error_of_the_server_and_shows_it_again(client, consultation):
    new = f"{consultation.address}comments/new/"
    token = form_token(client.get(new))
    for piece in HOSTILE:
        sent = {"form_token": token, "paragraphs": piece, "kind": piece, "body": piece, "proposed": piece,
                "rationale": piece, "language": piece}  # fmt: skip
        answer = client.post(new, sent)
        assert answer.status_code == 422, piece
        html = answer.content.decode()
        assert MARKER in html
        assert not [mark for mark in EXECUTABLE if mark in html]


ADDRESSES = ("comments/new/?on=", "comments/new/?draft=", "comments/?kind=", "comments/?on=", "comments/?page=",
             "comments/?edition=")  # fmt: skip


def test_address__with_a_hostile_parameter__never_ends_in_a_server_error(client, consultation):
    for address in ADDRESSES:
        for piece in (*HOSTILE, "9" * 400):
            answer = client.get(f"{consultation.address}{address}{quote(piece)}")
            assert answer.status_code in {200, 404}, (address, piece)


@pytest.mark.parametrize("piece", HOSTILE)
def test_text_cell__round_trip(piece):
    assert plain_cell(cell(piece)) == piece.replace("\x00", "")  # which no text of the library can hold
    assert not cell(piece).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_diff__of_the_corpus__marks_up_nothing_of_it(infested, client):
    html = client.get(f"{infested.address}comments/1/").content.decode()
    assert "<ins>" in html
    assert "&lt;script&gt;" in html
