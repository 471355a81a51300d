"""A seal with the time of an authority (RFC 3161); one that hangs, refuses or lies costs no seal and no printing."""

import io
import time

import pytest
from django.utils import timezone
from pyhanko.keys import load_cert_from_pemder
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext

from pdf.printing.models import Seal
from pdf.printing.services import print_edition
from pdf.sealing import services, time_stamps
from pdf.sealing.services import seal_missing
from tests.bpf_pages.published import NOW, publish
from tests.factories import OutcomePageFactory
from tests.pdf.sealing.time_stamps import Authority, Manner, authority

pytestmark = pytest.mark.django_db
WRONG = [manner for manner in Manner if manner != Manner.RIGHT]


@pytest.fixture
def clock(settings, tmp_path, monkeypatch):
    settings.DATA, settings.SEAL_SELF_MADE = tmp_path, True
    monkeypatch.setattr(time_stamps, "SECONDS", 2.0)
    with authority() as found:
        settings.SEAL_TIMESTAMP_URL = found.address
        yield found


def status_of(content: bytes, clock: Authority, settings):
    (settings.DATA / "clock.pem").write_bytes(clock.certificate)
    trusted = [
        load_cert_from_pemder(str(path))
        for path in (settings.DATA / "seal" / "certificate.pem", settings.DATA / "clock.pem")
    ]
    signature = PdfFileReader(io.BytesIO(content)).embedded_signatures[0]
    context = ValidationContext(trust_roots=trusted, allow_fetching=False)
    return validate_pdf_signature(signature, context, ts_validation_context=context)


def test_seal_with_a_time_stamp__holds_and_its_time_is_the_authoritys(client, settings, clock) -> None:
    edition = publish()
    print_edition(edition)
    assert seal_missing(NOW) == 1
    content = client.get(f"{edition.permanent_address}sealed.pdf").content
    status = status_of(content, clock, settings)
    assert status.bottom_line, status.pretty_print_details()
    assert status.timestamp_validity is not None
    assert status.timestamp_validity.valid
    assert status.timestamp_validity.trusted
    assert Seal.objects.get().has_time
    page = client.get("/verify/", {"sha256": Seal.objects.get().sha256}).content.decode()
    assert "The sealed PDF" in page


@pytest.mark.parametrize("manner", WRONG)
def test_authority_that_is_away_or_lies__is_told_costs_seconds_and_no_printing(client, settings, clock, manner) -> None:
    clock.manner = manner
    edition = publish()
    begun = time.monotonic()
    assert print_edition(edition).is_printed
    assert seal_missing(NOW) == 0
    assert time.monotonic() - begun < 10
    row = Seal.objects.get()
    assert row.failure.startswith(f"{services.NO_TIME}: ")
    assert row.not_before is not None
    assert client.get(f"{edition.permanent_address}document.pdf").status_code == 200
    assert client.get(f"{edition.permanent_address}sealed.pdf").status_code == 404
    clock.manner = Manner.RIGHT
    assert seal_missing(row.not_before) == 1
    assert status_of(client.get(f"{edition.permanent_address}sealed.pdf").content, clock, settings).bottom_line


def test_authority_that_hangs__is_asked_once_for_all_outcomes_that_wait(settings, clock) -> None:
    clock.manner = Manner.SILENT
    for _ in range(3):
        print_edition(publish(page=OutcomePageFactory()))
    now = timezone.now()
    for _ in range(2):
        assert seal_missing(now) == 0
    assert clock.asked == 1
    clock.manner = Manner.RIGHT
    assert seal_missing(Seal.objects.get().not_before) == 3


def test_no_authority_at_the_address__is_told(settings, clock) -> None:
    settings.SEAL_TIMESTAMP_URL = "http://127.0.0.1:9/"
    print_edition(publish())
    assert seal_missing(NOW) == 0
    assert "does not answer" in Seal.objects.get().failure
