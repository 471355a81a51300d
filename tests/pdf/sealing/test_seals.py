"""The sealed file of an outcome: what a validator says of it, and where it is found."""

import io
import subprocess
import tempfile
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from editions import services as editions
from pdf.printing import verification
from pdf.printing.models import Printing, Seal
from pdf.printing.services import forget, print_edition
from pdf.sealing.certificates import NotUsable, sealing_key
from pdf.sealing.services import seal_missing
from tests.bpf_pages.published import NOW, publish
from tests.factories import OutcomePageFactory
from workflow.transitions.services import process_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA = tmp_path
    settings.SEAL_SELF_MADE = True


def sealed_edition():
    edition = publish()
    print_edition(edition)
    assert seal_missing(NOW) == 1
    return edition


def status_of(content: bytes, settings):
    trusted = load_cert_from_pemder(str(settings.DATA / "seal" / "certificate.pem"))
    signature = PdfFileReader(io.BytesIO(content)).embedded_signatures[0]
    return validate_pdf_signature(signature, ValidationContext(trust_roots=[trusted], allow_fetching=False))


def of_poppler(content: bytes) -> str:
    """What another validator says. The certificates of nobody are trusted here, which it says too."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        return subprocess.run(["pdfsig", file.name], capture_output=True, text=True, check=False).stdout


def test_seal__of_an_outcome_is_valid_and_leaves_the_printed_bytes_as_they_are(client, settings):
    edition = sealed_edition()
    answer = client.get(f"{edition.permanent_address}sealed.pdf")
    printed = client.get(f"{edition.permanent_address}document.pdf").content
    assert answer.content.startswith(printed)
    assert len(answer.content) > len(printed)
    status = status_of(answer.content, settings)
    assert status.bottom_line, status.pretty_print_details()
    assert status.modification_level == ModificationLevel.NONE
    assert status.docmdp_ok
    assert "Signature is Valid" in of_poppler(answer.content)
    assert "Total document signed" in of_poppler(answer.content)
    page = client.get(edition.permanent_address).content.decode()
    assert f'href="{edition.permanent_address}sealed.pdf"' in page
    assert "made by this installation itself" in page
    assert b"proves nothing about who made this file" in answer.content
    assert (settings.DATA / "seal" / "key.pem").stat().st_mode & 0o077 == 0
    assert seal_missing(NOW) == 0
    assert list(verification.findings()) == []


def test_seal__of_a_file_in_which_a_byte_was_changed_does_not_hold(client, settings):
    edition = sealed_edition()
    content = client.get(f"{edition.permanent_address}sealed.pdf").content
    at = content.index(b"/Producer") if b"/Producer" in content else 2000
    changed = content[: at + 12] + bytes([content[at + 12] ^ 1]) + content[at + 13 :]
    assert not status_of(changed, settings).bottom_line
    assert "Signature is Valid" not in of_poppler(changed)
    for file, words in ((content, "The sealed PDF"), (changed, "not known here")):
        page = client.post("/verify/", {"hashed_file": SimpleUploadedFile("x.pdf", file)}).content.decode()
        assert words in page
    assert (
        "self-made certificate of a trial"
        in client.get("/verify/", {"sha256": Seal.objects.get().sha256}).content.decode()
    )


def test_without_a_certificate__nothing_is_sealed_and_no_page_speaks_of_it(client, settings):
    settings.SEAL_SELF_MADE = False
    edition = publish()
    print_edition(edition)
    assert seal_missing(NOW) == 0
    assert client.get(f"{edition.permanent_address}sealed.pdf").status_code == 404
    assert "sealed" not in client.get(edition.permanent_address).content.decode().lower()


def test_what_is_no_outcome_declared_here__is_not_sealed():
    page = OutcomePageFactory()
    process_of(page)
    draft = page.get_latest_revision_as_object().to_draft()
    recorded = replace(draft, metadata={**draft.metadata, "recorded": True})
    for edition in (publish(stage="comment"), editions.freeze(recorded, page=page, stage="final", at=NOW)):
        assert print_edition(edition).is_printed
        assert seal_missing(NOW) == 0


def test_withdrawn_or_erased__takes_the_sealed_file_with_it(client, django_capture_on_commit_callbacks):
    edition = sealed_edition()
    seal = Seal.objects.get()
    with django_capture_on_commit_callbacks(execute=True):
        forget(edition)
    assert not Seal.objects.exists()
    assert not Printing.objects.printed().exists()
    assert not seal.file.storage.exists(seal.file.name)
    print_edition(edition)
    seal_missing(NOW)
    editions.withdraw_edition(edition, "A wrong figure.", NOW)
    assert client.get(f"{edition.permanent_address}sealed.pdf").status_code == 410


def test_time_stamp_authority_that_is_away__leaves_the_seal_for_later(settings, monkeypatch):
    settings.SEAL_TIMESTAMP_URL = "https://time.example.org/"

    def away(*args, **kwargs):
        raise OSError("no way there")

    monkeypatch.setattr("requests.post", away)
    edition = publish()
    print_edition(edition)
    assert seal_missing(NOW) == 0
    row = Seal.objects.get()
    assert (row.status, bool(row.not_before), row.sha256) == ("failed", True, "")
    settings.SEAL_TIMESTAMP_URL = ""
    assert seal_missing(timezone.now()) == 0
    monkeypatch.undo()
    assert seal_missing(row.not_before) == 1
    assert not Seal.objects.get().has_time


def test_key_that_does_not_fit__is_said_without_a_word_of_it(settings, tmp_path):
    own = sealing_key()
    folder = tmp_path / "seal"
    other = tmp_path / "other.pem"
    other.write_text("-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n")
    settings.SEAL_CERTIFICATE = str(folder / "certificate.pem")
    for key in (other, tmp_path / "none.pem", folder / "certificate.pem"):
        settings.SEAL_KEY = str(key)
        with pytest.raises(NotUsable) as said:
            sealing_key()
        assert "c2VjcmV0" not in str(said.value)
    settings.SEAL_KEY = str(folder / "key.pem")
    assert (sealing_key().fingerprint, sealing_key().is_self_made) == (own.fingerprint, False)
