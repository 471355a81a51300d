"""Two web hosts with nothing in common but one PostgreSQL, one Elasticsearch and one bucket (a double: see bucket.py).

Each has a folder of its own; there is no common disk.
"""

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
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
FIND = """
from search.services import Question, search
found = search(Question("sluices"))
print(found.total, found.engine, found.degraded)
"""
ATTACH = """
from django.utils import timezone
from tests.people import make_people
from tests.search.attached_files.test_attached_files import pdf, upload
from tests.workflow.moves import brought_to
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

    def shell(self, *scripts: str, **changed: str) -> list[str]:
        """The last line that each script writes, after its mails; in one process, as each costs seconds to start."""
        parted = "\nprint('--')\n".join(scripts)
        said = self.manage("shell", "--verbosity", "0", "--command", parted, **changed)
        return [part.strip().rpartition("\n")[2] for part in said.split("\n--\n")]

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


def at_once(command: Callable[[Host], Any], hosts: tuple[Host, Host]) -> list[Any]:
    """The same on both, as cron does it at the same minute."""
    with ThreadPoolExecutor() as pool:
        return list(pool.map(command, hosts))


def tick(host: Host) -> str:
    return host.manage("tick", "--verbosity", "0")


def test_what_one_host_does__the_other_answers_with_and_each_has_a_stand_in_of_its_own(
    hosts: tuple[Host, Host], store: str, tmp_path: Path
) -> None:
    a, b = hosts
    tick(a)
    a.shell(PUBLISH)
    at_once(tick, hosts)
    assert a.finds("sluices") == b.finds("sluices") == (1, "elasticsearch")

    attached, session, tries = a.shell(ATTACH, SIGN_IN, COUNT_TRY)
    assert tries == "1"
    assert b.get("/admin/", session).url.endswith("/admin/")  # signed in there as well: no way to the login
    assert b.get(attached).read().startswith(b"%PDF-")
    tick(b)  # reads what a took
    at_once(tick, hosts)  # a host that met the other's writer left its rows to this one
    assert a.finds("quokka") == (1, "elasticsearch")
    nowhere = "http://127.0.0.1:9"
    alone = at_once(lambda host: host.shell(FIND, ELASTICSEARCH_URL=nowhere), hosts)
    assert alone == [["1 tantivy True"], ["1 tantivy True"]]

    printed, tries, _ = b.shell(PRINT, COUNT_TRY, WITHDRAW)
    assert tries == "2"
    page = a.get(printed)
    assert (page.status, page.read(5)) == (200, b"%PDF-")
    assert any(name.startswith("private/printings/") for name in bucket.names(store))
    tick(b)
    assert a.finds("sluices") == b.finds("sluices") == (0, "elasticsearch")
    at_once(lambda host: host.manage("verify_library"), hosts)
    for host in hosts:
        assert not {"media", "private"} & {path.name for path in (tmp_path / host.name).iterdir()}
