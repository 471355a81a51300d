"""A door before the real node: it can say that the node has too much to do, ask who comes in, and speak TLS.

The node of the tests has no security (docs/adr/0040); behind this door the client meets certificates and keys.
"""

import http.client
import json
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit


class Door(ThreadingHTTPServer):
    """Passes everything on to the node, but for the next `turns_away` bulk requests, for the first record of the next
    `turns_away_a_record`, and for those who do not sign in with `demands`, the value of an Authorization header.
    scheme: https once it is `locked`."""

    turns_away = 0
    turns_away_a_record = 0
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
        without_first = "_bulk" in self.path and self.server.turns_away_a_record > 0
        if without_first:
            self.server.turns_away_a_record -= 1
            action, body = first_apart(body)
            refused = {action: {"status": 429, "error": {"type": "es_rejected_execution_exception"}}}
            if not body.strip():
                content = json.dumps({"took": 0, "errors": True, "items": [refused]}).encode()
                self.say(200, {"Content-Type": "application/json"}, content)
                return
        node = http.client.HTTPConnection(self.server.node, timeout=30)
        kept_back = {"host", "content-length"}
        headers = {name: value for name, value in self.headers.items() if name.lower() not in kept_back}
        node.request(self.command, self.path, body, headers)
        reply = node.getresponse()
        content = reply.read()
        node.close()
        if without_first:
            answer = json.loads(content)
            answer["items"].insert(0, refused)
            content = json.dumps(answer | {"errors": True}).encode()
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


def first_apart(bulk: bytes) -> tuple[str, bytes]:
    """The first action of a bulk request, which has a record, and the request without it."""
    head, _record, rest = bulk.split(b"\n", 2)
    (action,) = json.loads(head)
    return action, rest


@contextmanager
def opened(door: Door) -> Iterator[Door]:
    thread = threading.Thread(target=door.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield door
    door.shutdown()
    thread.join()
    door.server_close()
