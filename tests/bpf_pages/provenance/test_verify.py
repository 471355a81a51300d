"""`/verify/`: somebody was given a file and asks what it is."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from bpf_pages.provenance import views
from bpf_pages.provenance.forms import MOST_BYTES
from editions import services as editions
from editions.document.json_form import canonical_bytes
from pdf.printing.models import Form
from pdf.printing.services import print_edition
from tests.bpf_pages.published import NOW, publish, revise
from tests.factories import text_block

pytestmark = pytest.mark.django_db

WORDS_OF_FORMS = {
    "": "The PDF<",
    Form.LETTER: "The PDF on US Letter paper",
    Form.LARGE: "The PDF in large print<",
    Form.PDF_2: "The PDF of version 2.0<",
}


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path


def asked(client, content: bytes, name: str = "given.pdf") -> str:
    answer = client.post("/verify/", {"hashed_file": SimpleUploadedFile(name, content)})
    assert (answer.status_code, answer["Cache-Control"], bool(answer.cookies)) == (200, "no-store", False)
    return answer.content.decode()


def bytes_of(row) -> bytes:
    with row.file.open("rb") as file:
        return file.read()


def test_files_of_an_edition__are_known_in_every_kept_form_and_a_changed_one_is_not(client):
    edition = publish(title="Lamps & <harbours>")
    for form, words in WORDS_OF_FORMS.items():
        row = print_edition(edition, form)
        page = asked(client, bytes_of(row))
        assert "This file is known here" in page
        assert words in page
        assert edition.identifier in page
        assert "Lamps &amp; &lt;harbours&gt;" in page
        assert f'href="{edition.address}printings/{row.sha256}.pdf"' in page
        assert "It is the newest edition of this document." in page
        given = client.get("/verify/", {"sha256": f"SHA256 (a.pdf) = {row.sha256.upper()}"}).content.decode()
        assert words in given
    content = bytes_of(row)
    for other in (content + b"\n", content[:-1], content.replace(b"%PDF", b"%PDf")):
        page = asked(client, other)
        assert "This file is not known here" in page
        assert edition.identifier not in page


def test_text_of_an_edition__is_known_as_it_is_served_and_as_it_is_hashed(client):
    edition = publish()
    served = client.get(f"{edition.permanent_address}document.json").content
    assert "(document.json)" in asked(client, served, "document.json")
    assert "not known here" in asked(client, served.replace(b'"title"', b'"Title"'), "document.json")
    page = asked(client, canonical_bytes(edition.content))
    assert "in the form over which its check sum is taken" in page
    assert hashlib.sha256(canonical_bytes(edition.content)).hexdigest() in page


def test_superseded_edition__is_told_with_the_one_that_took_its_place(client):
    first = publish()
    row = print_edition(first)
    second = publish(revise(first.page.specific, text_block("<p>Newer words.</p>")))
    page = asked(client, bytes_of(row))
    assert "A newer edition took its place." in page
    assert f'<a href="{second.address}">{second.identifier}</a>' in page
    assert "was printed again since" in page
    assert f'href="{first.permanent_address}document.pdf"' in page


def test_redline__names_both_editions_and_yearbook_its_year(client):
    first = publish()
    second = publish(revise(first.page.specific, text_block("<p>Newer words.</p>")))
    redline = client.get(f"{first.address}compare/1/2/redline.pdf").content
    page = asked(client, redline)
    assert "Changes between two editions" in page
    assert all(f'<dd class="identifier">{each.identifier}</dd>' in page for each in (first, second))
    yearbook = client.get(f"/library/{first.year}/yearbook.pdf").content
    assert "The editions in it stand today as this file says." in asked(client, yearbook)
    editions.withdraw_edition(second, "A wrong figure.", NOW)
    for file in (redline, yearbook):
        page = asked(client, file)
        assert "stand otherwise today" in page
        assert "redline.pdf" not in page


def test_withdrawn_edition__is_told_as_its_address_tells_it_and_no_more(client):
    edition = publish()
    row = print_edition(edition)
    content, served = bytes_of(row), client.get(f"{edition.permanent_address}document.json").content
    editions.withdraw_edition(edition, "A wrong figure.", NOW)
    page = asked(client, content)
    assert "This text was withdrawn." in page
    assert "A wrong figure." in page
    for more in ("The PDF", row.sha256 + ".pdf", "document.json<", "Printed</dt>"):
        assert more not in page.replace("only the PDF", "")
    assert "not known here" in asked(client, served)


@pytest.mark.parametrize("given", ["", "abc", "0" * 63, "0" * 65, "g" * 64, "0" * 64 + "1"])
def test_what_is_no_check_sum__is_said_beside_the_field(given, client):
    answer = client.get("/verify/", {"sha256": given})
    assert answer.status_code == 400
    assert 'id="id_sha256_error"' in answer.content.decode()


def test_file_that_cannot_be_taken__is_said_beside_the_field_and_nothing_is_written(client, monkeypatch, tmp_path):
    monkeypatch.setattr("bpf_pages.provenance.views.MOST_BYTES", 1024)
    monkeypatch.setattr("tempfile.NamedTemporaryFile", lambda *a, **k: pytest.fail("a file was written"))
    for content, words in ((b"", "This file is empty."), (b"x" * 3_000_000, "The file is larger than")):
        answer = client.post("/verify/", {"hashed_file": SimpleUploadedFile("<b>.pdf", content)})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert client.post("/verify/", {}).status_code == 422
    assert client.put("/verify/").status_code == 405
    assert views.VERIFY.most_bytes > MOST_BYTES


def test_network_that_asks_very_often__is_told_when_to_come_back(client, settings):
    settings.VERIFY_REQUESTS_IN_TEN_MINUTES = 1
    answers = [client.get("/verify/", {"sha256": "0" * 64}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert int(answers[1]["Retry-After"]) > 0
    assert "ask again in some minutes" in answers[1].content.decode()
    assert client.get("/verify/").status_code == 200
