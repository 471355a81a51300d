"""Editors see what waits to be printed and what failed, and can try again."""

from typing import Any

import pytest

from pdf.printing import services
from pdf.printing.models import Printing
from tests.factories import ProcessFactory
from workflow.states import State

pytestmark = pytest.mark.django_db


@pytest.fixture
def failed(settings: Any, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Printing:
    settings.PRIVATE_ROOT = tmp_path

    def fails(job: Any) -> None:
        raise ValueError("no paper")

    process = ProcessFactory(state=State.COMMENT)
    with monkeypatch.context() as broken:
        broken.setattr(services, "render", fails)
        return services.print_edition(process.current_edition)


def test_report__of_a_failed_printing__says_why_and_offers_to_try_again(admin_client, failed):
    page = admin_client.get("/admin/printing/").content.decode()
    assert "no paper" in page
    assert f"/admin/printing/{failed.pk}/again/" in page


def test_print_again__of_a_failed_printing__prints_it(admin_client, failed):
    answer = admin_client.post(f"/admin/printing/{failed.pk}/again/", follow=True)
    failed.refresh_from_db()
    assert failed.is_printed
    assert "is printed" in answer.content.decode()


def test_print_again__of_a_printed_edition__is_404(admin_client, failed):
    admin_client.post(f"/admin/printing/{failed.pk}/again/")
    assert admin_client.post(f"/admin/printing/{failed.pk}/again/").status_code == 404


def test_report__to_somebody_without_the_admin__is_closed(client, failed):
    assert client.get("/admin/printing/").status_code == 302
    assert client.post(f"/admin/printing/{failed.pk}/again/").status_code == 302
    failed.refresh_from_db()
    assert not failed.is_printed


def test_report__as_a_sheet__holds_every_row(admin_client, failed):
    sheet = admin_client.get("/admin/printing/?export=csv")
    assert failed.edition.identifier in b"".join(sheet.streaming_content).decode()
