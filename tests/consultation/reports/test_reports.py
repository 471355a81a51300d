"""Check 9: page, CSV, XLSX, ISO table and JSON agree row by row; what was frozen stays and still leaks nothing."""

import csv
import io
import json
from datetime import UTC, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from openpyxl import load_workbook

from consultation import verification
from consultation.comments.models import Comment
from consultation.comments.moderation import change_standing, hide
from consultation.intake.quote_search import find_quote
from consultation.intake.services import take_sheet
from consultation.iso_comment_template import ISO_COLUMNS
from consultation.privacy.erasure import erase_envelope
from consultation.reports import services as reports
from consultation.reports import tables
from consultation.reports.cross_table import SMALL, cross_table
from consultation.reports.models import Report
from consultation.reports.services import (
    UnreadableReport,
    content_of,
    freeze_report,
    from_json,
    public_content,
    standing_words,
    to_json,
)
from consultation.submissions.models import Submission
from consultation.submissions.services import Person
from core.spreadsheets import MOMENT, SheetError, plain_text, to_csv, to_xlsx
from tests.consultation.answers.test_dispositions import answered
from tests.consultation.stories import MODERATOR

pytestmark = pytest.mark.django_db


@pytest.fixture
def varied(consultation):
    """Published, answered, hidden, spam, withdrawn, withheld and waiting comments, and a reply."""
    answered(consultation, consultation.published("An open remark.", on=(1, 2)))
    hide(consultation.published("A rude remark."), MODERATOR, timezone.now(), hide_reason="conduct")
    change_standing(consultation.comment("Buy lamps."), "spam", MODERATOR, now=timezone.now())
    change_standing(consultation.published("Regretted words."), "withdrawn", MODERATOR, now=timezone.now())
    consultation.published("Secret words.", person=Person(name="Bo", email="bo@example.org", display="withheld"))
    consultation.comment("Waiting words.")
    consultation.published("A reply.", on=(), parent=Comment.objects.get(number=1))
    return consultation


SECRETS = ("A rude remark.", "Buy lamps.", "Regretted words.", "Secret words.", "Waiting words.", "example.org")


def zoned(cell):
    """As it was before it stood in a cell, which knows no zone and no empty text."""
    return cell.replace(tzinfo=UTC) if isinstance(cell, datetime) else "" if cell is None else cell


def at_second(cell):
    return cell.replace(microsecond=0) if isinstance(cell, datetime) else cell


def test_xlsx__holds_numbers_and_moments_and_keeps_its_head_in_sight(client, varied):
    """So that a program of spreadsheets can sort, filter and count."""
    raw = client.get(f"{varied.address}comments/report.xlsx").content
    sheet = load_workbook(io.BytesIO(raw)).worksheets[0]
    assert sheet.freeze_panes == "A2"
    kinds = dict(zip([cell.value for cell in sheet[1]], [cell.data_type for cell in sheet[2]], strict=True))
    assert (kinds["Comment"], kinds["Received (UTC)"], kinds["Comment text"]) == ("n", "d", "s")
    assert sheet[2][0].value == 1
    assert sheet.cell(2, [cell.value for cell in sheet[1]].index("Received (UTC)") + 1).number_format == MOMENT


def test_all_forms__tell_the_same_row_by_row(client, varied):
    base = f"{varied.address}comments/report"
    content = content_of(varied.process, varied.edition)
    rows = tables.full_rows(content)
    table = list(csv.reader(io.StringIO(client.get(f"{base}.csv").content.decode("utf-8-sig"))))[1:]
    sheet = load_workbook(io.BytesIO(client.get(f"{base}.xlsx").content)).worksheets[0]
    cells = [[zoned(cell) for cell in row] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert [[plain_text(cell) for cell in row] for row in rows] == table
    assert [[at_second(cell) for cell in row] for row in rows] == cells
    assert json.loads(client.get(f"{base}.json").content)["data"]["comments"] == content.data["comments"]
    page = client.get(f"{base}/").content.decode()
    assert all(f'id="r-{row[0]}"' in page for row in rows)
    iso = list(csv.reader(io.StringIO(client.get(f"{base}.iso.csv").content.decode("utf-8-sig"))))
    assert tuple(iso[0]) == ISO_COLUMNS
    assert iso[1][5] == "An open remark."
    assert iso[1][1] == "¶ 1, ¶ 2"
    assert iso[1][7].startswith("Noted")


def test_no_form__leaks_what_is_not_public(client, varied):
    freeze_report(varied.process, varied.edition, timezone.now())
    base = f"{varied.address}comments/"
    for address in ("", "report/", "report.csv", "report.iso.csv", "report.json", "reports/1/", "reports/1.json"):
        text = client.get(f"{base}{address}").content.decode()
        assert not [secret for secret in SECRETS if secret in text], address
    page = client.get(f"{base}report/").content.decode()
    assert "hidden" in page
    assert "withdrawn" in page


def test_json__imported_again__is_the_same_report(varied):
    content = content_of(varied.process, varied.edition)
    again = from_json(json.loads(json.dumps(to_json(content))))
    assert again == content
    assert again.sha256 == content.sha256
    assert tables.full_rows(again) == tables.full_rows(content)


@pytest.mark.parametrize("change", ["data", "text", "name", "version", "shape"])
def test_json__changed__is_refused(varied, change):
    raw = json.loads(json.dumps(to_json(content_of(varied.process, varied.edition))))
    match change:
        case "data":
            raw["data"]["comments"][0]["outcome"] = "accepted"
        case "text":
            raw["texts"]["1"]["body"] = "Other words."
        case "name":
            raw["texts"]["1"]["name"] = "Somebody else"
        case "version":
            raw["data"]["version"] = 99
        case "shape":
            del raw["data"]["comments"]
    with pytest.raises(UnreadableReport):
        from_json(raw)


def test_report__made_again_from_the_same_tables__has_the_same_hash_in_any_language(varied):
    from django.utils import translation

    first = freeze_report(varied.process, varied.edition, timezone.now())
    with translation.override("ar"):
        assert content_of(varied.process, varied.edition).sha256 == first.sha256
        assert freeze_report(varied.process, varied.edition, timezone.now()) == first
    consultation_count = Report.objects.count()
    varied.published("One more.")
    second = freeze_report(varied.process, varied.edition, timezone.now())
    assert (consultation_count, second.number) == (1, 2)
    assert Report.objects.get(number=1).sha256 == first.sha256 == reports.digest(first.data)


def test_frozen_report__of_a_comment_hidden_since__keeps_its_hash_and_shows_its_words_no_more(client, varied):
    report = freeze_report(varied.process, varied.edition, timezone.now())
    hide(Comment.objects.get(number=1), MODERATOR, timezone.now(), hide_reason="conduct")
    assert "1" not in public_content(report).texts
    assert "An open remark." not in client.get(f"{varied.address}comments/reports/1.json").content.decode()
    assert json.loads(client.get(f"{varied.address}comments/reports/1.json").content)["sha256"] == report.sha256


@pytest.mark.parametrize("statement", [
    "UPDATE consultation_report SET sha256 = 'x'",
    "UPDATE consultation_report SET number = 7",
    "DELETE FROM consultation_report",
    "UPDATE consultation_moderationevent SET target = 'published'",
    "DELETE FROM consultation_moderationevent",
])  # fmt: skip
def test_database__refuses_to_change_what_is_frozen(varied, statement):
    freeze_report(varied.process, varied.edition, timezone.now())
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_verification__of_a_sound_and_of_a_changed_report(varied):
    report = freeze_report(varied.process, varied.edition, timezone.now())
    assert list(verification.findings()) == []
    report.texts["1"]["body"] = "Other words."
    report.save(update_fields=["texts"])
    assert "other words than were sealed" in next(iter(verification.findings()))


ISO_ROW = ["Lamp League", "¶ 2", "", "", "ed", "A comma is missing.", "Any network, or school", ""]


@pytest.mark.parametrize("make", [to_csv, lambda columns, rows: to_xlsx("S", columns, rows)], ids=["csv", "xlsx"])
def test_sheet__in_iso_columns__is_taken_row_by_row(client, consultation, make):
    rows = [
        ISO_ROW,
        ["Lamp League", "", "Findings", "", "te", "The section is thin.", "", ""],
        ["Harbour Guild", "", "", "Volunteers ran the route servers for six years", "ge", "Thank them.", "", ""],
        ["Harbour Guild", "4 - 5", "", "", "ge", "Both items at once.", "", ""],
    ]
    client.force_login(consultation.people["rapporteur"])
    sheet = SimpleUploadedFile("comments.xlsx", make(ISO_COLUMNS, rows))
    sent = {"sheet": sheet, "received_at": "2099-01-01T12:00", "language": "en"}
    answer = client.post(f"/admin/consultation/{consultation.process.pk}/enter/sheet/", sent)
    page = answer.content.decode()
    assert answer.status_code == 200, page
    places = [", ".join(target.label for target in comment.targets.order_by("pk")) for comment in Comment.objects.all()]
    assert places == ["¶ 2", "§ Findings", "¶ 3", "¶ 4, ¶ 5"]
    assert "found by its words" in page
    assert {comment.moderation for comment in Comment.objects.all()} == {"pending"}
    assert Comment.objects.get(number=1).proposed == "Any network, or school"


EUROPEAN = (
    "MB/NC;Line number;Clause/ Subclause;Paragraph/ Figure/ Table;Type of comment;Comments;Proposed change;"
    "Observations of the secretariat\r\n"
    'Cité d’Azur;;;1;te;"Le texte “dit” trop; peu";écrire mieux;\r\n'
    'ACME;;;2;ed;"Line one\nline two";;\r\n'
)


@pytest.mark.parametrize(
    "content",
    [
        EUROPEAN.encode("cp1252"),
        EUROPEAN.encode("utf-8-sig"),
        ("sep=;\r\n" + EUROPEAN).encode("cp1252"),
        EUROPEAN.replace(";\r\n", ";\t\r\n").replace(";", "\t").replace("trop\t", "trop;").encode("utf-16"),
    ],
    ids=["Excel in Europe", "UTF-8", "with its delimiter named", "Unicode text"],
)
def test_sheet__however_excel_saves_it__is_taken_with_every_letter(consultation, content):
    results = take_sheet(consultation.period, "s.csv", content, at=timezone.now(), user=None)
    assert [result.places for result in results] == ["¶ 1", "¶ 2"]
    first, second = Comment.objects.order_by("number")
    assert (first.body, first.proposed) == ("Le texte “dit” trop; peu", "écrire mieux")
    assert first.submission.organisation == "Cité d’Azur"
    assert second.body == "Line one\nline two"


def test_sheet__of_many_organizations__is_kept_once_and_goes_with_the_last_of_them(consultation):
    rows = [[f"Office {number}", "¶ 1", "", "", "ge", "What it says.", "", ""] for number in range(3)]
    take_sheet(consultation.period, "s.csv", to_csv(ISO_COLUMNS, rows), at=timezone.now(), user=None)
    senders = list(Submission.objects.order_by("pk"))
    storage, name = senders[0].original.storage, senders[0].original.name
    assert [sender.original.name for sender in senders] == [name] * 3
    for sender in senders[:2]:
        erase_envelope(sender, timezone.now())
    assert storage.exists(name)
    erase_envelope(senders[2], timezone.now())
    assert not storage.exists(name)
    assert not Submission.objects.exclude(original__in=["", None]).filter(original=name).exists()


def test_sheet__with_wrong_rows__is_refused_whole_with_each_row_named(consultation):
    rows = [ISO_ROW, ["X", "¶ 99", "", "", "", "Where?", "", ""], ["X", "¶ 1", "", "", "", "", "", ""]]
    with pytest.raises(SheetError) as refusal:
        take_sheet(consultation.period, "s.csv", to_csv(ISO_COLUMNS, rows), at=timezone.now(), user=None)
    assert [problem.row for problem in refusal.value.problems] == [2, 3]
    assert not Comment.objects.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\xff\xfe\x00", b"\x00" * 50], ids=repr)
def test_sheet__that_is_none__is_refused_in_words(consultation, content):
    with pytest.raises(SheetError):
        take_sheet(consultation.period, "x", content, at=timezone.now(), user=None)


def test_quote__of_a_look_alike_or_too_short__is_not_found(consultation):
    passages = list(consultation.edition.passages.all())
    assert find_quote("the lamp rooms", passages) is None
    assert find_quote("Volunteers painted twelve lanterns in six different colours", passages) is None
    assert find_quote("volunteers ran the route servers for SIX years", passages)[0].number == 3


def test_statistics__add_up_and_hide_what_could_name_a_person(varied):
    content = content_of(varied.process, varied.edition)
    received = content.data["counts"]["received"]
    for statistic in tables.statistics(content):
        assert sum(bar.count for bar in statistic.bars) == statistic.total == received, statistic.name
    cross = cross_table(content)
    assert cross.total == sum(cross.totals) == received
    shown = [cell for _label, cells, _total in cross.rows for cell in cells if cell]
    assert all(cell >= SMALL for cell in shown)


def test_report__of_a_document_with_two_rounds_of_comment__is_one(client, consultation):
    consultation.published("In the first round.")
    consultation.move("close_comment")
    consultation.open()
    base = f"{consultation.address}comments/report"
    assert "In the first round." in client.get(f"{base}/").content.decode()
    assert "In the first round." in client.get(f"{base}.csv").content.decode("utf-8-sig")


@pytest.mark.parametrize(
    ("row", "words", "said"),
    [
        ({"withheld": False, "standing": "published"}, {"body": "Lamps."}, ""),
        ({"withheld": False, "standing": "published"}, {"proposed": "Lamps."}, ""),
        ({"withheld": True, "standing": "published"}, {}, "Considered, not published at the request of its author."),
        ({"withheld": False, "standing": "hidden"}, {"name": "Ada"}, "Hidden by a moderator."),
        ({"withheld": False, "standing": "spam"}, {}, "Spam."),
        ({"withheld": False, "standing": "withdrawn"}, {}, "Withdrawn by its author."),
        ({"withheld": False, "standing": "published"}, {}, "Erased at the request of its author."),
    ],
)
def test_a_row_without_words__says_why_it_has_none(row, words, said) -> None:
    assert standing_words(row, words) == said
