"""A door before the real node: it can say that the node has too much to do, ask who comes in, and speak TLS.

The node of the tests has no security (docs/adr/0040); behind this door the client meets certificates and keys.
"""

import http.client
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class Door(ThreadingHTTPServer):
    """Passes everything on to the node, but for the next `turns_away` bulk requests, and for those who do not sign in
    with `demands`, the value of an Authorization header. scheme: https once it is `locked`."""

    turns_away = 0
    asked = 0
    demands = ""
    scheme = "http"

    def __init__(self, node: str) -> None:
        super().__init__(("127.0.0.1", 0), Passing)
        self.node = urlsplit(node.split(",")[0]).netloc

    @property
    def address(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    def locked(self, certificate: Path, key: Path) -> "Door":
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        self.socket = context.wrap_socket(self.socket, server_side=True)
        self.scheme = "https"
        return self

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Whoever does not trust the certificate hangs up: no news."""


class Passing(BaseHTTPRequestHandler):
    server: Door

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if self.server.demands not in ("", self.headers.get("Authorization")):
            self.say(401, {"Content-Type": "application/json"}, b'{"error": "who are you?", "status": 401}')
            return
        if "_bulk" in self.path:
            self.server.asked += 1
            if self.server.turns_away > 0:
                self.server.turns_away -= 1
                self.say(429, {"Content-Type": "application/json"}, b'{"error": "too much to do", "status": 429}')
                return
        node = http.client.HTTPConnection(self.server.node, timeout=30)
        headers = {name: value for name, value in self.headers.items() if name.lower() != "host"}
        node.request(self.command, self.path, body, headers)
        reply = node.getresponse()
        content = reply.read()
        node.close()
        self.say(reply.status, {"Content-Type": reply.getheader("Content-Type", "application/json")}, content)

    do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = answer

    def say(self, status: int, headers: dict[str, str], content: bytes) -> None:
        self.send_response(status)
        for name, value in {**headers, "X-Elastic-Product": "Elasticsearch", "Content-Length": len(content)}.items():
            self.send_header(name, str(value))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *args: Any) -> None:
        pass


@contextmanager
def opened(door: Door) -> Iterator[Door]:
    thread = threading.Thread(target=door.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield door
    door.shutdown()
    thread.join()
    door.server_close()
