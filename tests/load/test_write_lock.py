"""A write lock that is held by force over all processes of an instance: none ends, health answers, no text is lost.

`LOAD=full` holds it for five minutes, as an import that did not end once held it; the suite for longer than any process
waits.
"""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from django.conf import settings
from django.db import connection

from gate.forms.form_tokens import new_form_token
from gate.forms.public_forms import FORMS
from tests.gate.test_busy import write_lock
from tests.gate.test_proof_of_work import fields
from tests.gate.test_public_forms import filled
from tests.load.server import ROOT, database_url
from workflow.forums.models import Forum

pytestmark = [pytest.mark.load, pytest.mark.django_db(transaction=True)]

HELD_S = 300 if os.environ.get("LOAD") == "full" else 8
WAITS_S = 5 if HELD_S > 60 else 1

PROGRAM = """
import sys
import django
django.setup()
from bpf_site.operations import processes
processes.serve_until_interrupted(int(sys.argv[1]), print, tick_s=1)
"""


@contextmanager
def instance(folder: Path) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Web server, worker and clock on the test's database, as `serve` starts them."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = os.environ | {
        "DATABASE_URL": database_url(), "DJANGO_SETTINGS_MODULE": "bpf_site.settings.test",
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]), "WRITE_LOCK_SECONDS": str(WAITS_S),
        "MAIL_BY_WORKER": "true", "TEST_DATA": str(settings.TEST_DATA),  # one folder of files for all its processes
    }  # fmt: skip
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, str(port)], cwd=ROOT, env=environment, stdout=log, stderr=log
        )
        try:
            for _attempt in range(240):
                try:
                    ask(port, "/proposals/")
                    break
                except OSError:
                    time.sleep(0.25)
            yield port, process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


def ask(port: int, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
    request = Request(f"http://127.0.0.1:{port}{path}", urlencode(form).encode() if form else None)
    try:
        with urlopen(request, timeout=30) as answer:
            return answer.status, answer.read().decode()
    except HTTPError as error:
        return error.code, error.read().decode()


def below(pid: int) -> set[int]:
    """The processes that one has started, and those that they have."""
    found: set[int] = set()
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            words = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(words[1]) == pid:
            child = int(stat.parent.name)
            found |= {child} | below(child)
    return found


def test_a_held_write_lock__ends_no_process_and_loses_no_text(tmp_path: Path, capsys: Any) -> None:
    typed = filled(FORMS["proposal"].form_class, "Ada", "ada@example.org") | {"form_token": new_form_token("proposal")}
    with instance(tmp_path) as (port, process):
        time.sleep(4)  # the worker has begun to look for tasks
        before = below(process.pid)
        assert len(before) >= 4  # the web server and its two processes, and the worker
        slowest, answers = 0.0, []
        with write_lock():
            until = time.monotonic() + HELD_S
            while time.monotonic() < until:
                status, page = ask(port, "/proposals/new/", typed)
                answers.append(status)
                started = time.monotonic()
                assert ask(port, "/health")[0] in {200, 503}  # 503: the library of the years is not loaded here
                assert ask(port, "/proposals/")[0] == 200
                slowest = max(slowest, time.monotonic() - started)
        time.sleep(3)
        assert below(process.pid) == before, (tmp_path / "log").read_text()[-3000:]
        assert set(answers) == {503}
        status, _page = ask(port, "/proposals/new/", fields(page))
        assert status == 200  # the page of thanks
        kept = re.findall(r'href="(/kept/[^"]+)"', page)
        assert kept
        found = ask(port, kept[0])
        assert "Words of Ada" in found[1], (kept, found[0], found[1][:0], re.findall(r"<h1.*?</h1>", found[1], re.S))
    assert Forum.objects.filter(title="Words of Ada").count() == 1
    with capsys.disabled():
        said = (
            f"the lock was held for {HELD_S} s: {len(answers)} texts given back, two pages in {slowest:.2f} s at most"
        )
        sys.stdout.write(f"\n{said}\n")
    assert slowest < 5
    assert connection.vendor in {"sqlite", "postgresql"}
