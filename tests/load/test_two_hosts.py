"""Two web hosts with nothing in common but one PostgreSQL, one Elasticsearch and one bucket (a double: see bucket.py).

Each has a folder of its own; there is no common disk.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from bpf_site.operations.processes import web_command
from search.engines.elasticsearch.engine import ElasticsearchEngine
from tests.files import bucket
from tests.load.server import ROOT, database_url
from tests.search_parity.conftest import free_ports, node, node_url

__all__ = ["node", "node_url"]  # fixtures

pytestmark = [
    pytest.mark.postgresql,
    pytest.mark.elasticsearch,
    pytest.mark.django_db(transaction=True),
]

PUBLISH = 'from tests.search.library import publish; publish("Sluices", "The sluices of 2099.")'
WITHDRAW = """
from django.utils import timezone
from editions.services import withdraw
withdraw("BPF-2099-LAMPS-SLUICES", "Fictitious reason.", timezone.now())
"""
ASK = """
from search.services import Question, search
found = search(Question("sluices"))
print(found.total, found.engine, found.degraded)
"""
ATTACH = """
from tests.people import make_people
from tests.search.attached_files.test_attached_files import pdf, upload
from tests.workflow.moves import brought_to
from django.utils import timezone
from workflow.attachments.services import attach
people = make_people()
process = brought_to("final", people)
row = attach(process, upload(pdf("A quokka of 2099.")), title="Original", is_public=True, by=people["facilitator"],
             at=timezone.now())
print(row.attachment.public_path())
"""
PRINT = """
from editions.models import Edition
from pdf.printing.services import print_edition
edition = Edition.objects.public().order_by("pk").last()
print_edition(edition)
print(f"{edition.address}editions/{edition.number}/document.pdf")
"""
COUNT_TRY = """
from django.core.cache import cache
cache.add("tries", 0)
print(cache.incr("tries"))
"""
SIGN_IN = """
from django.contrib.auth import get_user_model
from django.test import Client
user, _ = get_user_model().objects.get_or_create(username="keeper", is_superuser=True)
client = Client()
client.force_login(user)
print(client.cookies["sessionid"].value)
"""


class Host:
    """A web process with what only this host has: its folder, its name, its port."""

    def __init__(self, name: str, folder: Path, shared: dict[str, str]) -> None:
        self.name = name
        self.port = 0
        self.log = folder / f"{name}.log"
        self.environment = os.environ | shared | {"BPF_DATA": str(folder / name), "SEARCH_HOST": name}

    def serve(self) -> subprocess.Popen[bytes]:
        self.port = free_ports(1)  # only now: another host may have taken one since
        command = web_command(self.port)
        with self.log.open("wb") as log:
            return subprocess.Popen(command, cwd=ROOT, env=self.environment, stderr=log)

    def manage(self, *words: str, **changed: str) -> str:
        command = [sys.executable, "manage.py", *words]
        done = subprocess.run(command, cwd=ROOT, env=self.environment | changed, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def shell(self, script: str, **changed: str) -> str:
        return self.manage("shell", "--verbosity", "0", "--command", script, **changed).strip()

    def get(self, path: str, session: str = "") -> Any:
        request = urllib.request.Request(f"http://127.0.0.1:{self.port}{path}")
        request.add_header("Cookie", f"sessionid={session}")
        return urllib.request.urlopen(request, timeout=20)

    def finds(self, text: str) -> tuple[int, str]:
        answer = json.load(self.get(f"/api/v1/search?q={text}"))
        return answer["total"], answer["engine"]

    def wait(self) -> None:
        for _ in range(120):
            try:
                self.finds("anything")
                return
            except OSError:
                time.sleep(0.25)
        raise AssertionError(self.log.read_text()[-2000:])


@pytest.fixture
def store() -> Iterator[str]:
    with bucket.served() as address:
        yield address


@pytest.fixture
def hosts(node: ElasticsearchEngine, node_url: str, store: str, tmp_path: Path) -> Iterator[tuple[Host, Host]]:
    if connection.vendor != "postgresql":
        pytest.skip("two hosts need PostgreSQL: set DATABASE_URL")
    shared = {
        "DATABASE_URL": database_url(), "ELASTICSEARCH_URL": node_url, "ELASTICSEARCH_INDEX": node.prefix,
        "SEARCH_HOSTS": "a,b", "SECRET_KEY": "the same on both", "DJANGO_SETTINGS_MODULE": "bpf_site.settings.dev",
        "CACHE_URL": "dbcache://shared_cache", "S3_ENDPOINT": store, **bucket.KEYS,
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
    }  # fmt: skip
    pair = Host("a", tmp_path, shared), Host("b", tmp_path, shared)
    pair[0].manage("createcachetable")
    with ExitStack() as servers:
        for host in pair:
            process = host.serve()
            servers.callback(process.wait, timeout=30)
            servers.callback(process.terminate)
            host.wait()
            assert process.poll() is None, host.log.read_text()[-2000:]
        assert pair[0].port != pair[1].port
        yield pair
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE shared_cache")


def tick_at_once(*hosts: Host) -> None:
    """What cron does on every host at the same minute."""
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda host: host.manage("tick", "--verbosity", "0"), hosts))


def test_what_one_host_publishes__the_other_answers_with_and_each_has_a_stand_in_of_its_own(
    hosts: tuple[Host, Host],
) -> None:
    a, b = hosts
    a.manage("tick", "--verbosity", "0")
    a.shell(PUBLISH)
    tick_at_once(a, b)
    assert a.finds("sluices") == b.finds("sluices") == (1, "elasticsearch")

    tick_at_once(a, b)  # a host that met the other's writer left its rows to this tick
    for host in hosts:
        host.manage("verify_library")
        assert host.shell(ASK, ELASTICSEARCH_URL="http://127.0.0.1:9").splitlines()[-1] == "1 tantivy True"

    session = a.shell(SIGN_IN)
    assert b.get("/admin/", session).url.endswith("/admin/")  # signed in there as well: no way to the login

    assert [a.shell(COUNT_TRY), b.shell(COUNT_TRY), a.shell(COUNT_TRY)] == ["1", "2", "3"]

    b.shell(WITHDRAW)
    b.manage("tick", "--verbosity", "0")
    assert a.finds("sluices") == b.finds("sluices") == (0, "elasticsearch")


def test_files_that_one_host_takes_or_prints__the_other_hands_out_and_reads(
    hosts: tuple[Host, Host], store: str, tmp_path: Path
) -> None:
    a, b = hosts
    a.manage("tick", "--verbosity", "0")
    attached = a.shell(ATTACH).splitlines()[-1]  # mails go to the console too
    assert b.get(attached).read().startswith(b"%PDF-")
    b.manage("tick", "--verbosity", "0")  # reads what a took
    b.manage("tick", "--verbosity", "0")
    assert a.finds("quokka") == (1, "elasticsearch")

    printed = b.shell(PRINT).splitlines()[-1]
    page = a.get(printed)
    assert (page.status, page.read(5)) == (200, b"%PDF-")
    assert any(name.startswith("private/printings/") for name in bucket.names(store))
    for host in hosts:
        assert not {"media", "private"} & {path.name for path in (tmp_path / host.name).iterdir()}
        host.manage("verify_library")
