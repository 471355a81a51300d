"""A printed file that is gone: its reader is asked to come back, the clock prints it again, with the same bytes."""

from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from bpf_site.monitoring.heartbeats import VERIFIED
from bpf_site.monitoring.models import Heartbeat
from editions import services as editions
from editions.models import Edition
from pdf.printing import verification
from pdf.printing.lost_files import lost_files, print_lost
from pdf.printing.models import Printing, Volume
from pdf.printing.services import print_edition
from pdf.printing.yearbooks import print_volume
from tests.pdf.printing.test_edition_to_file import NOON, edition, own_folder

__all__ = ["own_folder"]  # a fixture

pytestmark = pytest.mark.django_db


def lose(row: Any) -> str:
    name = str(row.file.name)
    row.file.storage.delete(name)
    return name


def test_reader__is_asked_to_come_back_and_then_gets_the_same_bytes(client: Client) -> None:
    frozen = edition()
    row = print_edition(frozen)
    lose(row)
    answer = client.get(f"{frozen.permanent_address}document.pdf")
    assert (answer.status_code, answer["Retry-After"]) == (503, "30")
    assert [found.pk for found in lost_files()] == [row.pk]
    assert print_lost() == 1
    again = Printing.objects.get()
    assert (again.sha256, again.is_printed) == (row.sha256, True)
    assert client.get(f"{frozen.permanent_address}document.pdf").status_code == 200
    assert lost_files() == []


def test_yearbook__is_printed_again(client: Client) -> None:
    edition()
    row = print_volume("year", "2099")
    lose(row)
    assert client.get("/library/2099/yearbook.pdf").status_code == 503
    assert print_lost() == 1
    assert Volume.objects.get().sha256 == row.sha256
    assert client.get("/library/2099/yearbook.pdf").status_code == 200


def test_file_of_a_former_standing__cannot_be_made_again_and_goes_on_being_told() -> None:
    frozen = edition("comment")
    former = print_edition(frozen)
    editions.set_stage(frozen, "incorporating", NOON)
    lose(former)
    assert print_lost() == 0
    assert Printing.objects.get(pk=former.pk).sha256 == former.sha256
    assert [fault for fault in verification.findings() if "is missing" in fault]


def test_verify_library__mends_what_is_lost_and_what_is_damaged(settings: Any, capsys: Any) -> None:
    edition(), edition("comment")
    first, second = map(print_edition, Edition.objects.order_by("number"))
    name = lose(first)
    damaged = Path(settings.PRIVATE_ROOT) / "printings" / str(second.file.name)
    damaged.write_bytes(b"%PDF-1.7 other bytes")
    with pytest.raises(CommandError, match="faults"):
        call_command("verify_library")
    assert Heartbeat.objects.get(name=VERIFIED).failing_since
    call_command("verify_library", "--mend")
    said = capsys.readouterr().out
    assert said.count("printed again") == 2
    assert "pdf: sound" in said.splitlines()[-2:]
    assert Heartbeat.objects.get(name=VERIFIED).failing_since is None
    assert (Path(settings.PRIVATE_ROOT) / "printings" / name).exists()
    assert damaged.with_name(f"{damaged.name}.damaged").read_bytes() == b"%PDF-1.7 other bytes"
