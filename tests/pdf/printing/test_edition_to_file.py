"""From an edition to a file at its address."""

import hashlib
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from django.utils import translation

from consultation.signals import words_erased
from editions import services as editions
from editions.models import Edition
from pdf.print_job import Gathering
from pdf.printing import services, verification
from pdf.printing.job_from_edition import job_for
from pdf.printing.models import Printing
from pdf.printing.retries import MOST_ATTEMPTS
from pdf.printing.services import print_edition, print_missing, print_while_waiting, printing_of
from tests.factories import ProcessFactory
from tests.pdf import samples
from workflow.sessions.models import Session
from workflow.states import State

pytestmark = pytest.mark.django_db
NOON = datetime(2099, 3, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def own_folder(settings: Any, tmp_path: Any) -> None:
    settings.PRIVATE_ROOT = tmp_path


def edition(stage: str = "final", **changes: Any) -> Edition:
    draft = editions.Draft(
        "BPF-2099-LAMPS", 2099, "lamps", "lamps", samples.document(**changes), dict(samples.metadata())
    )
    return editions.freeze(draft, page=None, stage=stage, at=NOON)


def test_print_edition__twice__makes_one_file_of_the_same_bytes():
    frozen = edition()
    first = print_edition(frozen)
    with first.file.open() as file:
        content = file.read()
    assert first.is_printed
    assert hashlib.sha256(content).hexdigest() == first.sha256
    assert first.size == len(content)
    assert content.startswith(b"%PDF-1.7")
    assert first.pages >= 3
    assert print_edition(frozen).pk == first.pk
    assert Printing.objects.count() == 1


def test_print_edition__after_its_stage_changed__prints_another_and_keeps_the_first():
    frozen = edition("comment")
    first = print_edition(frozen)
    editions.set_stage(frozen, "incorporating", NOON)
    second = print_edition(frozen)
    assert second.sha256 != first.sha256
    assert printing_of(frozen) == second
    assert first.file.storage.exists(first.file.name)


def test_print_missing__with_a_former_and_a_current_edition__prints_both_once():
    edition("comment")
    edition("final")
    assert print_missing() == 2
    assert print_missing() == 0


def test_print_edition__when_drawing_fails__keeps_the_reason_waits_longer_and_gives_up(monkeypatch):
    def fails(job: Any) -> None:
        raise ValueError("no paper")

    monkeypatch.setattr(services, "render", fails)
    frozen = edition()
    for attempts in range(1, MOST_ATTEMPTS + 1):
        for _ in range(3):
            assert print_missing() == 0
            print_while_waiting(frozen)  # a reader must not cause a try either
        assert Printing.objects.get(edition=frozen).attempts == attempts
        Printing.objects.filter(edition=frozen).update(not_before=NOON.replace(year=2020))
    print_missing()
    printing = Printing.objects.get(edition=frozen)
    assert printing.attempts == MOST_ATTEMPTS
    assert printing.is_given_up
    assert "no paper" in printing.failure
    assert printing_of(frozen) is None


def test_print_edition__by_a_new_template__prints_another_file_and_keeps_the_old_at_its_hash(monkeypatch):
    frozen = edition()
    first = print_edition(frozen)
    real = services.render
    monkeypatch.setattr("pdf.printing.models.TEMPLATE_VERSION", "next")
    monkeypatch.setattr(services, "render", lambda job: real(replace(job, paper="Letter")))
    assert print_missing() == 1
    second = printing_of(frozen)
    assert second.sha256 != first.sha256
    with first.file.open() as file:
        assert hashlib.sha256(file.read()).hexdigest() == first.sha256


def test_job_for__whoever_asks__speaks_the_documents_language():
    frozen = edition(language="fr")
    jobs = []
    for reader in ("en", "ar", "fr"):
        with translation.override(reader):
            jobs.append(job_for(frozen))
    assert jobs[0] == jobs[1] == jobs[2]


def test_job_for__with_a_session_of_its_document__lists_it_by_the_day_at_its_place():
    process = ProcessFactory(state=State.COMMENT)
    session = Session.objects.create(
        title="Wrap-up", place="Room 2", starts=NOON.replace(hour=20), time_zone="Asia/Tokyo", attendance=61
    )
    session.documents.add(process)
    assert job_for(process.current_edition).sessions == (Gathering("2099-03-05", "Wrap-up", "Room 2", 61),)


def test_address__of_a_public_edition__answers_the_bytes_whose_hash_is_kept(client):
    frozen = edition()
    answer = client.get(f"{frozen.permanent_address}document.pdf")
    printing = printing_of(frozen)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert hashlib.sha256(answer.content).hexdigest() == printing.sha256
    assert answer["ETag"] == f'"{printing.sha256}"'
    again = client.get(f"{frozen.permanent_address}document.pdf", headers={"If-None-Match": answer["ETag"]})
    assert again.status_code == 304
    assert not again.content


@pytest.mark.parametrize(
    ("asked", "first", "last"), [("bytes=0-9", 0, 9), ("bytes=100-", 100, None), ("bytes=-20", -20, None)]
)
def test_address__asked_for_a_range__answers_just_these_bytes(client, asked, first, last):
    frozen = edition()
    whole = client.get(f"{frozen.permanent_address}document.pdf").content
    answer = client.get(f"{frozen.permanent_address}document.pdf", headers={"Range": asked})
    assert answer.status_code == 206
    assert answer.content == (whole[first:] if last is None else whole[first : last + 1])
    assert answer["Content-Range"].endswith(f"/{len(whole)}")


def test_address__asked_for_bytes_beyond_the_end__is_416(client):
    frozen = edition()
    answer = client.get(f"{frozen.permanent_address}document.pdf", headers={"Range": "bytes=99999999-"})
    assert answer.status_code == 416
    assert answer["Content-Range"].startswith("bytes */")


def test_address__of_no_edition__is_404(client):
    assert client.get("/library/2099/lamps/lamps/editions/7/document.pdf").status_code == 404


def test_address__of_a_withdrawn_edition__is_410_and_says_why(client):
    frozen = edition()
    print_edition(frozen)
    editions.withdraw(frozen.series, "A fictitious reason.", NOON)
    answer = client.get(f"{frozen.permanent_address}document.pdf")
    assert answer.status_code == 410
    assert b"A fictitious reason." in answer.content


def test_address__of_a_long_edition_not_yet_printed__asks_to_come_back(client, monkeypatch):
    monkeypatch.setattr(services.yearbooks, "SMALL_PASSAGES", 3)
    frozen = edition()
    answer = client.get(f"{frozen.permanent_address}document.pdf")
    assert answer.status_code == 503
    assert int(answer["Retry-After"]) > 0
    print_edition(frozen)
    assert client.get(f"{frozen.permanent_address}document.pdf").status_code == 200


def test_verification__finds_a_changed_and_a_missing_file():
    printing = print_edition(edition())
    assert list(verification.findings()) == []
    store = printing.file.storage
    with store.open(printing.file.name, "ab") as file:
        file.write(b"x")
    assert [fault for fault in verification.findings() if "hash" in fault]
    store.delete(printing.file.name)
    assert [fault for fault in verification.findings() if "missing" in fault]


def test_erasure__takes_the_files_that_may_print_the_words_and_the_edition_is_printed_again(
    django_capture_on_commit_callbacks,
):
    frozen = edition()
    first = print_edition(frozen)
    with django_capture_on_commit_callbacks(execute=True):
        words_erased.send(None, series=[frozen.series])
    assert printing_of(frozen) is None
    assert not first.file.storage.exists(first.file.name)
    assert print_missing() == 1
    assert printing_of(frozen).sha256 == first.sha256
