"""The web server is told to serve what lies on the disk now, while people read: nobody notices."""

import http.client
import itertools
import os
import signal
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest

from tests.load.server import ROOT, Browser, Server

pytestmark = [pytest.mark.load, pytest.mark.django_db(transaction=True)]

READERS = 4
FULL = os.environ.get("LOAD") == "full"
PROCESSES = 2 if FULL else 1
"""Each that is started costs seconds of CPU."""
LONGEST_GAP_S = 0.3 if FULL else 1.0  # of one process, on a machine that does other things too
ADDRESS = "/search/help/"
RELOADED_S = 180


class Reader(threading.Thread):
    """Asks without pause, on one connection for as long as the server keeps it; every other one on a new one each time.

    A server may close a connection with an answer that says so. Whatever else goes wrong is a failure.
    """

    def __init__(self, port: int, *, keeps: bool) -> None:
        super().__init__()
        self.port, self.keeps = port, keeps
        self.stop = threading.Event()
        self.failures: list[str] = []
        self.answered: list[float] = []

    def run(self) -> None:
        connection = self._fresh()
        with closing(connection):
            while not self.stop.is_set():
                try:
                    connection.request("GET", ADDRESS, headers={"Accept-Language": "en"})
                    answer = connection.getresponse()
                    answer.read()
                    if answer.status != 200:
                        self.failures.append(f"{answer.status}")
                except (OSError, http.client.HTTPException) as error:
                    self.failures.append(repr(error))
                    connection.close()
                self.answered.append(time.monotonic())
                if not self.keeps:
                    connection.close()
                time.sleep(0.005)

    def _fresh(self) -> http.client.HTTPConnection:
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)


def until_said(log: Path, words: str) -> None:
    until = time.monotonic() + RELOADED_S
    while words not in log.read_text():
        assert time.monotonic() < until, log.read_text()[-2000:]
        time.sleep(0.05)


def contact(server: Server) -> str:
    with Browser(server) as browser:
        return browser.get("/.well-known/security.txt")[1].decode().splitlines()[0]


def test_reload__while_people_read__fails_no_request__and_what_does_not_start_changes_nothing(tmp_path, capsys) -> None:
    log, settings = tmp_path / "log", tmp_path / "reloadable.py"
    given = "from bpf_site.settings.test import *\nSTORED_PAGES = True\nSECURITY_CONTACT = 'mailto:{}@example.org'\n"
    settings.write_text(given.format("former"))
    path = os.pathsep.join(map(str, (tmp_path, ROOT, ROOT / "site")))
    more = {"PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", "WEB_PROCESSES": str(PROCESSES)}
    with Server(log, settings="reloadable", **more) as server:
        assert contact(server) == "Contact: mailto:former@example.org"
        readers = [Reader(server.port, keeps=bool(number % 2)) for number in range(READERS)]
        for reader in readers:
            reader.start()
        settings.write_text(given.format("later"))
        os.kill(server._process.pid, signal.SIGUSR1)
        until_said(log, "reload: done")
        assert contact(server) == "Contact: mailto:later@example.org"
        settings.write_text("raise ImportError('Fictitious fault.')")
        os.kill(server._process.pid, signal.SIGUSR1)
        until_said(log, "reload: the new process did not start")
        assert contact(server) == "Contact: mailto:later@example.org"
        for reader in readers:
            reader.stop.set()
        for reader in readers:
            reader.join()
    answered = sorted(moment for reader in readers for moment in reader.answered)
    longest = max(later - former for former, later in itertools.pairwise(answered))
    with capsys.disabled():
        sys.stdout.write(f"\n{len(answered)} requests during two reloads, longest gap {longest:.3f} s\n")
    assert [failure for reader in readers for failure in reader.failures] == []
    assert longest < LONGEST_GAP_S
