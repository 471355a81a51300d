"""The web server of an instance: some processes of Waitress on one socket, none of which a slow client can hold.

Waitress reads a request whole, in one loop over all connections, before a thread is given to it, and sends an answer
the same way: a client that is half open, trickles or reads slowly holds a connection and never a thread
(docs/adr/0089). `python -m bpf_site.operations.web_server 127.0.0.1:8000`
"""

import atexit
import copy
import os
import shutil
import signal
import socket
import sys
import tempfile
import time
from contextlib import suppress
from types import FrameType
from typing import Any

from django.utils.module_loading import import_string
from waitress import create_server
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser

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


class Parser(HTTPRequestParser):
    """Refuses a body by its announced length before it is read, by where it goes."""

    adj: Any

    def parse_header(self, header_plus: bytes) -> None:
        super().parse_header(header_plus)
        if not self.path.startswith("/admin/"):
            self.adj = copy.copy(self.adj)
            self.adj.max_request_body_size = BODY_OF_STRANGERS


class Channel(HTTPChannel):
    """A connection whose requests must be whole after LONGEST_REQUEST_S, however lively it trickles."""

    parser_class = Parser
    begun = 0.0

    def handle_read(self) -> None:
        super().handle_read()
        if self.request is None:
            self.begun = 0.0
        else:
            self.begun = self.begun or time.time()
            self.last_activity = self.begun  # what the server's maintenance goes by


def serve(listening: socket.socket) -> None:
    """In one process, until SIGTERM: what is being answered then is answered."""
    application = import_string("bpf_site.wsgi.application")  # by its name, as the settings name it
    options: dict[str, Any] = {
        "sockets": [listening],
        "threads": THREADS,
        "connection_limit": MOST_CONNECTIONS,
        "channel_timeout": LONGEST_REQUEST_S,
        "cleanup_interval": 10,
        "max_request_body_size": BODY_OF_EDITORS,
        # The longest line that is taken is far below: whoever pastes a page into the search box is answered by us.
        "max_request_header_size": 65_536,
        "asyncore_use_poll": True,
        "ident": None,
        "clear_untrusted_proxy_headers": False,  # gate.client_address says whom to believe
    }
    server = create_server(application, **options)
    server.channel_class = Channel
    signal.signal(signal.SIGTERM, _leave)
    server.run()


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(0)


def main(address: str) -> None:
    """Bind, and keep PROCESSES serving until SIGTERM or SIGINT; one that ends is started again."""
    _share_metrics()
    host, _colon, port = address.rpartition(":")
    listening = socket.create_server((host, int(port)), backlog=1024)
    listening.setblocking(False)
    if _is_child(listening):
        serve(listening)


def _share_metrics() -> None:
    """A folder in which the processes count together; prometheus-client looks for it when it is first imported."""
    folder = tempfile.mkdtemp(prefix="bpf-metrics-")
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = folder
    owner = os.getpid()

    def remove() -> None:
        if os.getpid() == owner:  # not at the end of a process that was forked
            shutil.rmtree(folder, ignore_errors=True)

    atexit.register(remove)


def _is_child(listening: socket.socket) -> bool:
    """True in each process that is to serve; False in the parent, once all have ended."""
    signal.signal(signal.SIGTERM, _leave)
    children: set[int] = set()
    try:
        while True:
            while len(children) < PROCESSES:
                if not (child := os.fork()):
                    signal.signal(signal.SIGTERM, signal.SIG_DFL)
                    return True
                children.add(child)
            children.discard(os.wait()[0])
            time.sleep(PAUSE_S)
    except (SystemExit, KeyboardInterrupt):
        for child in children:
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGTERM)
        for child in children:
            with suppress(ChildProcessError):
                os.waitpid(child, 0)
    return False


if __name__ == "__main__":
    main(sys.argv[1])
