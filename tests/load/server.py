"""A web server of the library beside the test database, and clients that talk to it over HTTP."""

import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, closing, suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.db import connection
from django.test import Client

from bpf_site.operations.processes import web_command

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60
TOKEN = "a" * 32  # a CSRF cookie of our own; the header repeats it


def database_url() -> str:
    """Address of the test database for another process."""
    found = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{found['NAME']}"
    login = f"{quote(found['USER'])}:{quote(found['PASSWORD'] or '')}@" if found["USER"] else ""
    return f"postgresql://{login}{found['HOST'] or '127.0.0.1'}:{found['PORT'] or 5432}/{found['NAME']}"


class Server(AbstractContextManager["Server"]):
    """Two processes of four threads, as `make run` starts them, on a free port of this machine.

    more: of the environment.
    data: the folder of its files and its search index, such as that of the test; None is a new one, without an index.
    """

    def __init__(
        self, log: Path, settings: str = "bpf_site.settings.test", data: Path | None = None, **more: str
    ) -> None:
        self.log = log
        self.more = more
        self._data = {"TEST_DATA": str(data)} if data else {}
        self.indexes = data is not None
        self.settings = settings
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Server":
        environment = {
            **os.environ,
            **self._data,
            "DATABASE_URL": database_url(),
            "DJANGO_SETTINGS_MODULE": self.settings,
            "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
            "SEARCH_LANDS_BESIDE": "true",
            **self.more,
        }
        command = web_command(self.port)
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                command, env=environment, cwd=ROOT, stdout=log, stderr=log, start_new_session=True
            )
        self._wait_until_it_answers()
        return self

    def __exit__(self, *error: object) -> None:
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """kill -9 of the master and every worker at once."""
        self._end(signal.SIGKILL)

    def cpu_seconds(self) -> float:
        """User and system time of all processes of the server so far."""
        ticks = sum(int(fields[11]) + int(fields[12]) for fields in self._stats())
        return ticks / os.sysconf("SC_CLK_TCK")

    def largest_memory(self) -> int:
        """Bytes that the largest process of the server holds in memory now."""
        return max(int(fields[21]) for fields in self._stats()) * os.sysconf("SC_PAGE_SIZE")

    def _stats(self) -> Iterator[list[str]]:
        """Fields of proc(5) from the state on, of each process of the server."""
        assert self._process is not None
        for stat in Path("/proc").glob("[0-9]*/stat"):
            try:
                fields = stat.read_text().rsplit(")", 1)[1].split()
            except OSError:
                continue  # it ended while we looked
            if int(fields[2]) == self._process.pid:
                yield fields

    def _end(self, number: int) -> None:
        if self._process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, number)
        self._process.wait(timeout=30)
        self._process = None

    def _wait_until_it_answers(self) -> None:
        for _attempt in range(START_SECONDS * 4):
            with suppress(OSError), closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as probe:
                probe.request("GET", "/how-it-works/")
                answer = probe.getresponse()
                answer.read()
                if answer.status == 200:
                    return
            time.sleep(0.25)
        raise AssertionError(f"the server did not start: {self.log.read_text()[-2000:]}")


class Browser(AbstractContextManager["Browser"]):
    """One client that keeps its connection. user: who is logged in, or nobody."""

    def __init__(self, server: Server, user: Any = None) -> None:
        cookies = {settings.CSRF_COOKIE_NAME: TOKEN} if user else {}
        if user:
            login = Client()
            login.force_login(user)
            cookies[settings.SESSION_COOKIE_NAME] = login.cookies[settings.SESSION_COOKIE_NAME].value
        self._headers = {"X-CSRFToken": TOKEN, "Content-Type": "application/x-www-form-urlencoded"} if user else {}
        if cookies:
            self._headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        self._connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)

    def __exit__(self, *error: object) -> None:
        self._connection.close()

    def get(self, path: str) -> tuple[int, bytes]:
        return self._ask("GET", path)

    def send(self, path: str, form: dict[str, Any]) -> tuple[int, bytes]:
        return self._ask("POST", path, urlencode(form, doseq=True))

    def post(self, path: str, form: dict[str, Any]) -> int:
        """Status of the answer. Raises OSError or http.client.HTTPException where the server is gone."""
        return self.send(path, form)[0]

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, bytes]:
        self._connection.request(method, path, body, self._headers)
        answer = self._connection.getresponse()
        return answer.status, answer.read()
