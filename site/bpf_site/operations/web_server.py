"""The web server of an instance: some processes of Waitress on one socket, none of which a slow client can hold.

Waitress reads a request whole, in one loop over all connections, before a thread is given to it, and sends an answer
the same way: a client that is half open, trickles or reads slowly holds a connection and never a thread
(docs/adr/0089). `python -m bpf_site.operations.web_server 127.0.0.1:8000`

SIGUSR1 has it serve what lies on the disk now, and no request fails: one process after the other is started beside the
former ones, on the same socket, and only when it answers does a former one leave (docs/adr/0127).
"""

import atexit
import copy
import io
import os
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from types import FrameType
from typing import Any

from django.utils.module_loading import import_string
from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser
from waitress.task import WSGITask

PROCESSES = int(os.environ.get("WEB_PROCESSES", "2"))
THREADS = int(os.environ.get("WEB_THREADS", "4"))
"""Threads, not more processes: a page spends its time in SQLite and tantivy, both of which let other threads run."""
LONGEST_REQUEST_S = 90
"""From the first byte to the last: 5 MB of files by half a megabit a second."""
MOST_CONNECTIONS = 1000
BODY_OF_STRANGERS = 27 * 1024 * 1024
"""More than any public form takes: what is between the two is refused by our own page (gate.middleware)."""
BODY_OF_EDITORS = 101 * 1024 * 1024
PAUSE_S = 1.0
"""Before a process that ended by itself is started again."""
STARTS_S = 120.0
"""In which a new process must answer, or the former ones go on."""
IDLE_S = 5.0
"""How long a process that leaves waits for a connection that rests: its client may be about to ask."""
LEAVES_S = 60.0
"""How long it waits for what is being answered and read."""
RELOAD = signal.SIGUSR1
"""Not SIGHUP, which a terminal sends that is closed."""


class Parser(HTTPRequestParser):
    """Refuses a body by its announced length before it is read, by where it goes."""

    adj: Any

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if not self.path.startswith("/admin/"):
            self.adj = copy.copy(self.adj)
            self.adj.max_request_body_size = BODY_OF_STRANGERS


class Task(WSGITask):
    """A request. The last one of its connection, where the process leaves."""

    def build_response_header(self) -> bytes:
        if self.channel.server.leaving_since and self.version == "1.1":
            self.set_close_on_finish()
        return bytes(super().build_response_header())


class Channel(HTTPChannel):
    """A connection whose requests must be whole after LONGEST_REQUEST_S, however lively it trickles."""

    task_class = Task
    parser_class = Parser
    begun = 0.0

    def handle_read(self) -> None:
        super().handle_read()
        if self.request is None:
            self.begun = 0.0
        else:
            self.begun = self.begun or time.time()
            self.last_activity = self.begun  # what the server's maintenance goes by


def serve(listening: socket.socket, ready: int) -> None:
    """In one process, until SIGTERM, or until it was told to leave and has. ready: is written to once it answers."""
    application = import_string("bpf_site.wsgi.application")  # by its name, as the settings name it
    options: dict[str, Any] = {
        "sockets": [listening],
        "threads": THREADS,
        "connection_limit": MOST_CONNECTIONS,
        "channel_timeout": LONGEST_REQUEST_S,
        "cleanup_interval": 2,  # so soon a socket is free whose parent was killed, and a new parent can have it
        "max_request_body_size": BODY_OF_EDITORS,
        # The longest line that is taken is far below: whoever pastes a page into the search box is answered by us.
        "max_request_header_size": 65_536,
        "asyncore_use_poll": True,
        "ident": None,
        "clear_untrusted_proxy_headers": False,  # gate.client_address says whom to believe
    }
    server: Any = create_server(application, **options)
    server.channel_class = Channel
    server.leaving_since = 0.0
    look_after, parent = server.maintenance, os.getppid()

    def maintain(now: float) -> None:
        look_after(now)
        if os.getppid() != parent:  # who keeps the others on this socket is gone, and will not come back to this one
            raise SystemExit(0)
        if server.leaving_since:
            _go_on_leaving(server, now)

    def leave(number: int, frame: FrameType | None) -> None:
        server.accepting = False  # the others on this socket take what comes
        server.leaving_since = time.time()
        server.adj.cleanup_interval = server.next_channel_cleanup = 0  # look at every turn

    _warm(application)
    server.maintenance = maintain
    signal.signal(signal.SIGTERM, _stop)
    signal.signal(RELOAD, leave)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, WAITED_FOR)
    os.write(ready, b"1")
    os.close(ready)
    server.run()


def _warm(application: Any) -> None:
    """Draw the first page once, for nobody: addresses, templates and words are read before somebody waits for them."""
    from django.conf import settings
    from django.db import connections

    from search.analysis import real_words

    host = next((name.lstrip(".") for name in settings.ALLOWED_HOSTS if name != "*"), "localhost")
    environment = {
        "REQUEST_METHOD": "GET", "PATH_INFO": "/", "QUERY_STRING": "", "SERVER_NAME": host, "SERVER_PORT": "80",
        "HTTP_HOST": host, "HTTP_X_FORWARDED_PROTO": "https", "REMOTE_ADDR": "127.0.0.1", "wsgi.url_scheme": "http",
        "SERVER_PROTOCOL": "HTTP/1.1", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
    }  # fmt: skip
    answer = application(environment, lambda status, headers, error=None: None)
    answer.close()
    connections.close_all()
    real_words.is_real("library", ["en"])  # else the first question waits until the list of words is read


def _go_on_leaving(server: Any, now: float) -> None:
    """Close what rests; end once nothing is left, or after LEAVES_S. What waits in between is answered."""
    for channel in list(server.active_channels.values()):
        rests = not channel.requests and channel.request is None and not channel.total_outbufs_len
        if rests and channel.last_activity < now - IDLE_S:
            channel.will_close = True
    if not server.active_channels or now > server.leaving_since + LEAVES_S:
        raise SystemExit(0)


def _stop(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


# --- the parent ---------------------------------------------------------------------------------------------------

ENDS = {signal.SIGTERM, signal.SIGINT}
WAITED_FOR = {*ENDS, RELOAD, signal.SIGCHLD}


class Ended(Exception):
    """The parent was told to end."""


class Child:
    """A process that serves. `ready`: the end of a pipe that says when."""

    def __init__(self, listening: socket.socket) -> None:
        self.ready, told = os.pipe()
        numbers = (listening.fileno(), told)
        command = [sys.executable, "-m", "bpf_site.operations.web_server", CHILD, *map(str, numbers)]
        self.process = subprocess.Popen(command, pass_fds=numbers)  # noqa: S603  (our own command)
        os.close(told)

    def answers(self) -> bool | None:
        """None while nothing is known; False where it ended before it answered."""
        if not select.select([self.ready], [], [], 0)[0]:
            return None
        return os.read(self.ready, 1) == b"1"

    def send(self, number: int) -> None:
        self.process.send_signal(number)  # which does nothing to one that has ended

    def has_ended(self) -> bool:
        if self.process.poll() is None:
            return False
        os.close(self.ready)
        return True


class Parent:
    """Keeps PROCESSES serving on one socket. It loads nothing that they load: what they are is on the disk."""

    def __init__(self, listening: socket.socket) -> None:
        self.listening = listening
        self.serving: list[Child] = []
        self.leaving: list[Child] = []
        self.is_to_reload = False

    def run(self) -> None:
        """Until SIGTERM or SIGINT."""
        signal.pthread_sigmask(signal.SIG_BLOCK, WAITED_FOR)
        try:
            while True:
                while len(self.serving) < PROCESSES:
                    self.serving.append(Child(self.listening))
                self._wait(PAUSE_S)
                if self.is_to_reload:
                    self._reload()
                self._count()
        except Ended:
            self._end()

    def _wait(self, seconds: float) -> None:
        """Until a signal comes, at most so long. Raises Ended."""
        came = signal.sigtimedwait(WAITED_FOR, seconds)
        if came and came.si_signo in ENDS:
            raise Ended
        if came and came.si_signo == RELOAD:
            self.is_to_reload = True  # during a reload: once more after it

    def _count(self) -> None:
        self.leaving = [child for child in self.leaving if not child.has_ended()]
        left = [child for child in self.serving if not child.has_ended()]
        if len(left) < len(self.serving):
            self.serving = left
            self._wait(PAUSE_S)  # one that cannot start does not use up the machine

    def _reload(self) -> None:
        """One after the other: those who serve keep most of the machine. What does not start changes nothing."""
        self.is_to_reload = False
        for former in list(self.serving):
            fresh = Child(self.listening)
            if not self._comes_up(fresh):
                fresh.send(signal.SIGKILL)
                self.leaving.append(fresh)
                _say("reload: the new process did not start, the former ones go on")
                return
            self.serving[self.serving.index(former)] = fresh
            former.send(RELOAD)
            self.leaving.append(former)
        _say("reload: done")

    def _comes_up(self, child: Child) -> bool:
        until = time.monotonic() + STARTS_S
        while time.monotonic() < until:
            try:
                self._wait(0.05)
            except Ended:
                self.leaving.append(child)
                raise
            if (answers := child.answers()) is not None:
                return answers
        return False

    def _end(self) -> None:
        for child in (everybody := [*self.serving, *self.leaving]):
            child.send(signal.SIGTERM)
        for child in everybody:
            child.process.wait()


def _say(text: str) -> None:
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


CHILD = "--child"


def main(words: list[str]) -> None:
    """An address to bind and to keep serving; or, in a process that serves: CHILD, the socket, the pipe."""
    if words[0] == CHILD:
        serve(socket.socket(fileno=int(words[1])), int(words[2]))
        return
    _share_metrics()
    host, _colon, port = words[0].rpartition(":")
    listening = socket.create_server((host, int(port)), backlog=1024)
    listening.setblocking(False)
    Parent(listening).run()


def _share_metrics() -> None:
    """A folder in which the processes count together; prometheus-client looks for it when it is first imported."""
    folder = tempfile.mkdtemp(prefix="bpf-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    atexit.register(shutil.rmtree, folder, ignore_errors=True)


if __name__ == "__main__":
    main(sys.argv[1:])
