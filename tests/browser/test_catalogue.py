"""Fifty-eight outputs of six kinds, brought in by one person in a real Chromium without JavaScript, while the worker is
killed in the middle."""

import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from reportlab.pdfgen.canvas import Canvas

from bpf_pages.models.catalogue import Catalogue, CatalogueRow
from bpf_pages.models.imported_file import ImportedFile
from bpf_pages.models.outcome import OutcomePage
from editions.models import Edition
from tests.bpf_pages.catalogues.catalogues import sheet
from tests.bpf_pages.importing import office
from tests.browser.chromium import chromium
from tests.formats.office.odt_files import odt
from tests.load.server import ROOT, database_url
from tests.people import make_people

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OUTPUTS, RECORDED, KILLED_AFTER = 58, 6, 12
PATIENCE_SECONDS = 90
MOST_CLICKS = 30


def pdf(words: str) -> bytes:
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawString(72, 720, words)
    canvas.save()
    return out.getvalue()


KINDS: list[tuple[str, Callable[[str], bytes]]] = [
    ("docx", lambda words: office.word_file(office.paragraph(office.run(words)))),
    ("html", lambda words: f"<!doctype html><html lang='en'><body><p>{words}</p></body></html>".encode()),
    ("md", lambda words: f"{words}\n\n- A lamp\n- Another\n".encode()),
    ("odt", lambda words: odt(f"<text:p>{words}</text:p>")),
    ("txt", lambda words: words.encode()),
]


def outputs() -> Iterator[tuple[dict[str, str], str, bytes]]:
    """Row, name and bytes of each output."""
    for number in range(OUTPUTS):
        ending, make = ("pdf", pdf) if number % 12 == 5 else KINDS[number % len(KINDS)]
        name = f"output-{number}.{ending}"
        recorded = number >= OUTPUTS - RECORDED  # the last: what follows on it waits behind
        row = {"title": f"Output {number}", "forum": f"Forum {number % 4} of 2099", "file": name, "kind": "part",
               "state": "recorded final" if recorded else "draft"}  # fmt: skip
        yield row, name, make(f"Words of output {number} of 2099.")


class Hand:
    """Counts what a person does: a click, and two for a file dialogue."""

    def __init__(self, page: Any) -> None:
        self.page, self.clicks = page, 0

    def click(self, role: str, name: str | re.Pattern[str]) -> None:
        self.clicks += 1
        with self.page.expect_navigation():
            self.page.get_by_role(role, name=name).first.click()

    def choose(self, label: str, files: Any) -> None:
        self.clicks += 2
        self.page.get_by_label(re.compile(rf"^\s*{label}")).first.set_input_files(files)


class Worker:
    """The worker of the library, as an operator starts it, beside the test database."""

    def __init__(self, log: Path, data: Path) -> None:
        environment = {
            **os.environ, "TEST_DATA": str(data), "DATABASE_URL": database_url(), "SEARCH_LANDS_BESIDE": "true",
            "DJANGO_SETTINGS_MODULE": "bpf_site.settings.test", "FILES_BY_WORKER": "true",
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        }  # fmt: skip
        with log.open("ab") as out:
            self.process = subprocess.Popen(
                [sys.executable, str(ROOT / "manage.py"), "work"], cwd=ROOT, env=environment, stdout=out, stderr=out,
                start_new_session=True,
            )  # fmt: skip

    def kill(self) -> None:
        """Without a word to it: kill -9."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=30)


def signed_in(browser: Any, user: Any, address: str) -> Any:
    client = Client()
    client.force_login(user)
    context = browser.new_context(viewport={"width": 1280, "height": 900}, java_script_enabled=False)
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": address}])
    return context.new_page()


def wait_until(true: Callable[[], Any], log: Path) -> None:
    until = time.monotonic() + PATIENCE_SECONDS
    while not true():
        assert time.monotonic() < until, log.read_text()[-3000:]
        time.sleep(0.1)


def done() -> int:
    return CatalogueRow.objects.filter(state="done").count()


def test_58_files_and_a_sheet__come_in_by_few_clicks_although_the_worker_is_killed(
    live_server, settings, monkeypatch, tmp_path
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.FILES_BY_WORKER = True
    found = list(outputs())
    folder = tmp_path / "files"
    folder.mkdir()
    for _row, name, content in found:
        (folder / name).write_bytes(content)
    (tmp_path / "outputs.csv").write_bytes(sheet(*(row for row, _name, _content in found)))
    people, log = make_people(), tmp_path / "worker.log"
    worker = Worker(log, settings.TEST_DATA)
    try:
        with chromium() as browser:
            page = signed_in(browser, people["secretariat"], live_server.url)
            hand = Hand(page)
            page.goto(live_server.url + reverse("bpf_pages_admin:catalogues"))
            hand.clicks += 1  # of Wagtail's menu, which needs JavaScript
            hand.choose("Sheet", tmp_path / "outputs.csv")
            hand.choose("Files", sorted(folder.iterdir()))
            hand.click("button", "Check the sheet")
            wait_until(lambda: Catalogue.objects.filter(state="checked").exists(), log)
            page.reload()
            hand.clicks += 1
            hand.click("button", f"Bring in {OUTPUTS} outputs")
            wait_until(lambda: done() >= KILLED_AFTER, log)
            worker.kill()
            stood = done()
            assert KILLED_AFTER <= stood < OUTPUTS
            worker = Worker(log, settings.TEST_DATA)
            hand.click("link", "Look again")
            assert f"{stood} / {OUTPUTS}" in page.content()
            hand.click("button", "Go on")
            wait_until(lambda: Catalogue.objects.filter(state="done").exists(), log)
            hand.click("link", "Look again")
            assert f"Brought in: {OUTPUTS}" in " ".join(page.locator("p[role=status]").inner_text().split())
            originals = re.findall(r'href="(/admin/import/file/\d+/original/)"', page.content())
            kept = {name: content for _row, name, content in found}
            for address in originals:
                answer = page.request.get(live_server.url + address)
                name = re.search(r'filename="([^"]+)"', answer.headers["content-disposition"])
                assert name
                assert answer.body() == kept.pop(name[1])
            assert kept == {}
    finally:
        worker.kill()
    assert hand.clicks < MOST_CLICKS
    assert OutcomePage.objects.count() == ImportedFile.objects.count() == OUTPUTS
    assert Edition.objects.count() == RECORDED
    assert {row.imported.ledger["unaccounted_words"] for row in CatalogueRow.objects.all()} == {0}
