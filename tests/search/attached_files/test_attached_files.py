"""Text of attached files: found by its page, read off the request, and never where it is not public."""

import io
import shutil
from dataclasses import replace
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from reportlab.pdfgen.canvas import Canvas

from editions import services as editions
from search import services
from search.attached_files import editor_notes, text_extraction
from search.attached_files.models import FilePage, FileText
from search.engines.registry import get
from search.services import Question, drain, read_waiting
from tests.factories import ProcessFactory
from tests.people import make_people
from workflow.attachments.models import Attachment
from workflow.attachments.services import add_version, attach, describe
from workflow.transitions.models import Process

pytestmark = pytest.mark.django_db


def pdf(*pages: str) -> bytes:
    """A page a text; an empty one holds a line and no text."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    for page in pages:
        for number, line in enumerate(page.split("\n")):
            canvas.drawString(50, 800 - 12 * number, line)
        canvas.line(50, 50, 100, 100)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def upload(content: bytes, name: str = "original.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def people(db: None) -> Any:
    return make_people()


@pytest.fixture
def process(index: Any, people: Any) -> Process:
    made: Process = ProcessFactory(forum=people.forum, at="final")
    drain()
    return made


@pytest.fixture
def attached(process: Process, people: Any) -> Attachment:
    return put(process, people, pdf("A quokka of 2099.", "", "The wombats return."))


def put(process: Process, people: Any, content: bytes, *, is_public: bool = True) -> Attachment:
    by = people["facilitator"]
    row = attach(process, upload(content), title="Fictitious original", is_public=is_public, by=by, at=timezone.now())
    return row.attachment


def total(text: str) -> int:
    return services.search(Question(text)).total


def land() -> None:
    read_waiting()
    drain()


def test_a_word_in_a_file_leads_to_its_page_after_the_tick_and_not_in_the_request(
    attached: Attachment, client: Client
) -> None:
    drain()
    assert not FileText.objects.exists()
    assert total("wombat") == 0
    land()
    (card,) = services.search(Question("wombat")).cards
    (place,) = card.places
    assert (place.file, place.number) == ("Fictitious original", 3)
    assert place.url == f"{attached.public_path(1)}?view=1#page=3"
    assert place.snippet_html == "The <mark>wombats</mark> return."
    for address, disposition in ((place.url, "inline"), (attached.public_path(1), "attachment")):
        answer = client.get(address)
        assert answer["Content-Disposition"].startswith(disposition)
        assert answer.getvalue().startswith(b"%PDF")
    page = client.get("/search/?q=wombat").content.decode()
    assert f'href="{place.url}"' in page
    assert "Fictitious original (PDF), page 3" in page


def test_a_word_in_the_original_leads_to_its_page_of_the_document_as_published(
    process: Process, people: Any, client: Client
) -> None:
    file, by = upload(pdf("A quokka of 2099.", "Les vombats reviennent.")), people["facilitator"]
    given = {"is_public": True, "is_original": True, "language": "fr"}
    row = attach(process, file, title="Fictitious report", by=by, at=timezone.now(), **given).attachment
    land()
    (place,) = services.search(Question("vombat", language="fr")).cards[0].places
    assert (place.original, place.number, place.language) == (True, 2, "fr")
    assert place.url == f"{row.public_path(1)}?view=1#page=2"
    page = client.get("/search/?q=vombat").content.decode()
    assert f'href="{place.url}"' in page
    assert "Page 2 of the document as published" in page
    assert client.get("/api/v1/search?q=vombat").json()["hits"][0]["passages"][0]["original"] is True


def test_editors_read_what_can_be_searched_and_what_cannot(process: Process, people: Any, client: Client) -> None:
    read = put(process, people, pdf("A quokka.", ""))
    pictures = put(process, people, pdf("", ""))
    broken = put(process, people, b"%PDF-1.7 and nothing that follows from it")
    hidden = put(process, people, pdf("A secret."), is_public=False)
    at, by = timezone.now(), people["facilitator"]
    table = attach(process, upload(b"a,b\n", "t.csv"), title="Table", is_public=True, by=by, at=at).attachment
    assert "being read" in editor_notes.standing(read)
    land()
    assert editor_notes.standing(read) == "Searchable: 1 page. 1 page holds no text."
    assert "pictures of text" in editor_notes.standing(pictures)
    assert editor_notes.standing(broken).startswith("Not searchable: its text cannot be read (")
    assert "not offered" in editor_notes.standing(hidden)
    assert "only the text of PDF" in editor_notes.standing(table)
    client.force_login(people["facilitator"])
    page = client.get(f"/admin/workflow/{process.page_id}/attachments/").content.decode()
    assert "Searchable: 1 page. 1 page holds no text." in page
    assert "pictures of text" in page


def test_a_file_that_cannot_be_read_is_tried_thrice_and_holds_up_no_other(process: Process, people: Any) -> None:
    put(process, people, b"%PDF-1.7 and nothing that follows from it")
    put(process, people, pdf("A quokka."))
    assert [read_waiting() for _ in range(4)] == [2, 1, 1, 0]
    drain()
    assert total("quokka") == 1


def test_what_is_not_public_is_in_no_hit_count_suggestion_or_vocabulary(process: Process, people: Any) -> None:
    secret = put(process, people, pdf("The xylophagous lamp."), is_public=False)
    land()
    assert not FilePage.objects.exists()
    assert_absent("xylophagous")
    describe(secret, title=secret.title, is_public=True, by=people["facilitator"])
    land()
    assert total("xylophagous") == 1
    describe(secret, title=secret.title, is_public=False, by=people["facilitator"])
    drain()
    assert_absent("xylophagous")
    read_waiting()
    assert not FilePage.objects.exists()


def assert_absent(word: str) -> None:
    answer = services.search(Question(word))
    assert answer.total == 0
    assert not any(counts for counts in answer.counts.values())
    assert answer.did_you_mean == ""
    assert services.search(Question(f"{word[:-2]}xx")).did_you_mean == ""
    assert services.search(Question(f"{word[:5]}*")).total == 0
    assert get("tantivy").vocabulary("exact", word) == []


def test_files_of_a_withdrawn_document_leave_with_it(attached: Attachment) -> None:
    land()
    assert total("wombat") == 1
    editions.withdraw(attached.series, "Fictitious reason.", timezone.now())
    drain()
    assert_absent("wombats")
    read_waiting()
    assert not FilePage.objects.exists()


def test_a_new_version_takes_the_place_of_the_former(attached: Attachment, people: Any) -> None:
    land()
    add_version(attached, upload(pdf("A numbat.")), by=people["facilitator"], at=timezone.now())
    drain()
    assert total("wombat") == 0
    land()
    (card,) = services.search(Question("numbat")).cards
    assert card.places[0].url == f"{attached.public_path(2)}?view=1#page=1"
    assert total("wombat") == 0


def test_a_long_file_is_not_cut(process: Process, people: Any) -> None:
    filler = "\n".join("lamp oil wick harbour " * 4 for _ in range(50))
    put(process, people, pdf(*[filler] * 60, "The last word is numbat."))
    land()
    (card,) = services.search(Question("numbat")).cards
    assert card.places[0].number == 61
    assert sum(len(page.text) for page in FilePage.objects.all()) > 250_000


def test_both_readers_find_the_same_words_on_the_same_pages(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "original.pdf"
    path.write_bytes(pdf("A quokka of 2099.\nIts burrow.", "", "The wombats return."))
    first = text_extraction.pages_of(path)
    monkeypatch.setattr(text_extraction.shutil, "which", lambda name: None)
    second = text_extraction.pages_of(path)
    assert (first[0], second[0]) == ("pdftotext", "pdfminer.six")
    assert [page.split() for page in first[1]] == [page.split() for page in second[1]]
    assert second[1][1] == ""


def test_a_reader_that_never_ends_is_ended(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "original.pdf").write_bytes(pdf("A quokka."))
    monkeypatch.setattr(text_extraction, "BUDGET", replace(text_extraction.BUDGET, wall=0.001))
    for reader in (None, shutil.which("pdftotext")):
        monkeypatch.setattr(text_extraction.shutil, "which", lambda name, reader=reader: reader)
        with pytest.raises(text_extraction.Unreadable, match="took too long"):
            text_extraction.pages_of(tmp_path / "original.pdf")
