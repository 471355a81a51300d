"""Large print, other paper, the newest edition, every printing by its hash, and redlines: at addresses that stay."""

import io

import pikepdf
import pytest

from bpf_pages.blocks import DocumentBody
from editions import services as editions
from formats.reading import read
from pdf.printing.models import Printing
from pdf.printing.services import print_missing
from tests.bpf_pages.published import NOW, publish, revise
from tests.factories import text_block
from tests.pdf.reading import structure_text

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path
    return DocumentBody


def sheet(answer) -> tuple[int, int]:
    with pikepdf.open(io.BytesIO(answer.content)) as file:
        return tuple(round(float(side)) for side in file.pages[0].mediabox[2:])


def test_forms_of_a_print__are_larger_or_on_other_paper_and_kept_beside_the_usual(client):
    edition = publish()
    address = f"{edition.permanent_address}document.pdf"
    answers = {
        query: client.get(f"{address}{query}")
        for query in ("", "?form=large", "?paper=letter", "?form=large&paper=Letter")
    }
    assert {query: sheet(answer) for query, answer in answers.items()} == {
        "": (595, 842), "?form=large": (595, 842), "?paper=letter": (612, 792), "?form=large&paper=Letter": (612, 792),
    }  # fmt: skip
    assert len({answer["ETag"] for answer in answers.values()}) == 4
    assert client.get(f"{address}?form=odd&paper=A4")["ETag"] == answers[""]["ETag"]
    assert sorted(Printing.objects.values_list("form", flat=True)) == ["", "large", "large-letter", "letter"]
    assert f'{edition.identifier}-large.pdf"' in answers["?form=large"]["Content-Disposition"]


def test_form_of_pdf_2__says_the_same_words_carries_its_source_and_is_kept_beside_the_usual(client, tmp_path):
    edition = publish()
    address = f"{edition.permanent_address}document.pdf"
    usual, newer = client.get(address), client.get(f"{address}?form=pdf2")
    assert (usual.content[:8], newer.content[:8]) == (b"%PDF-1.7", b"%PDF-2.0")
    assert structure_text(usual.content, tmp_path) == structure_text(newer.content, tmp_path)
    assert sheet(client.get(f"{address}?form=pdf2&paper=letter")) == (595, 842)
    with pikepdf.open(io.BytesIO(newer.content)) as file:
        assert list(file.attachments) == ["document.json"]
    assert f'{edition.identifier}-pdf2.pdf"' in newer["Content-Disposition"]
    assert sorted(Printing.objects.values_list("form", flat=True)) == ["", "pdf2"]


def test_large_print_of_a_long_edition__is_put_down_and_printed_by_the_worker(client, monkeypatch):
    monkeypatch.setattr("pdf.printing.yearbooks.SMALL_PASSAGES", 0)
    edition = publish()
    address = f"{edition.permanent_address}document.pdf?form=large"
    answer = client.get(address)
    assert (answer.status_code, bool(answer["Retry-After"])) == (503, True)
    assert print_missing() == 3  # and the yearbook, which is too long for a reader to wait for as well
    assert client.get(address).status_code == 200


def test_newest_edition__is_found_at_an_address_without_a_number(client):
    first = publish()
    second = publish(revise(first.page.specific, text_block("<p>Newer words.</p>")))
    address = f"{first.address}document.pdf"
    assert client.get(address)["Location"] == f"{second.permanent_address}document.pdf"
    assert client.get(f"{address}?form=large")["Location"] == f"{second.permanent_address}document.pdf?form=large"
    editions.withdraw(first.series, "A mistake.", NOW)
    assert client.get(address).status_code == 410
    assert client.get("/library/2099/nothing/nothing/document.pdf").status_code == 404


def test_a_printing__stays_at_its_hash_when_another_took_its_place_and_goes_with_its_edition(client):
    first = publish()
    old = client.get(f"{first.permanent_address}document.pdf")
    second = publish(revise(first.page.specific, text_block("<p>Newer words.</p>")))
    new = client.get(f"{first.permanent_address}document.pdf")
    assert new["ETag"] != old["ETag"]
    for answer in (old, new):
        kept = client.get(f"{first.address}printings/{answer['ETag'].strip(chr(34))}.pdf")
        assert kept.content == answer.content
    assert client.get(f"{first.address}printings/{'0' * 64}.pdf").status_code == 404
    elsewhere = f"{publish().address}printings/{old['ETag'].strip(chr(34))}.pdf"
    assert client.get(elsewhere).status_code == 404
    editions.withdraw(second.series, "A mistake.", NOW)
    assert client.get(f"{first.address}printings/{old['ETag'].strip(chr(34))}.pdf").status_code == 410


def test_redline__of_two_editions__is_a_pdf_and_a_word_file_beside_their_comparison(client, monkeypatch, tmp_path):
    first = publish(body=[text_block("<p>Old lamps stay lit.</p>"), text_block("<p>It stays.</p>")])
    second = publish(
        revise(first.page.specific, text_block("<p>New lamps stay lit.</p>"), text_block("<p>It stays.</p>"))
    )
    address = f"{first.address}compare/1/2/"
    page = client.get(address).content.decode()
    history = client.get(f"{first.address}history/").content.decode()
    for form in ("docx", "pdf"):
        assert f'href="{address}redline.{form}"' in page
        assert f'href="{address}redline.{form}"' in history
        back = client.get(f"{first.address}compare/2/1/redline.{form}")
        assert (back.status_code, back["Location"]) == (301, f"{address}redline.{form}")
        assert client.get(f"{first.address}compare/1/3/redline.{form}").status_code == 404
        assert client.get(f"{first.address}compare/1/1/redline.{form}").status_code == 404

    word = client.get(f"{address}redline.docx")
    draft, _ledger = read("a.docx", word.content)
    assert "New lamps stay lit." in str(draft.document.blocks)
    assert word["Content-Disposition"] == f'attachment; filename="{first.identifier}-E2.docx"'
    assert client.get(f"{address}redline.docx", headers={"if-none-match": word["ETag"]}).status_code == 304

    monkeypatch.setattr("pdf.printing.yearbooks.SMALL_PASSAGES", 0)
    waiting = client.get(f"{address}redline.pdf")
    assert (waiting.status_code, bool(waiting["Retry-After"])) == (503, True)
    print_missing()
    printed = client.get(f"{address}redline.pdf")
    assert printed.status_code == 200
    said = structure_text(printed.content, tmp_path)
    assert f"{second.identifier}comparedwith{first.identifier}" in said
    assert "lampsstaylit." in said

    editions.withdraw_edition(first, "A mistake.", NOW)
    for form in ("docx", "pdf"):
        assert client.get(f"{address}redline.{form}").status_code == 404
