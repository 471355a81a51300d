"""A time-stamp authority on this machine (RFC 3161), which answers rightly, wrongly, slowly or not at all."""

import asyncio
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps.dummy_client import DummyTimeStamper

_REPLY = "application/timestamp-reply"


TIME_STAMPING = ExtendedKeyUsageOID.TIME_STAMPING


def deep() -> bytes:
    found = b""
    for _ in range(1_000):
        size = len(found)
        length = bytes([size]) if size < 128 else bytes([0x82]) + size.to_bytes(2, "big")
        found = b"\x30" + length + found
    return found


class Manner(StrEnum):
    RIGHT = "right"
    SILENT = "silent"  # takes the question and never answers
    SLOW = "slow"  # a byte now and then, without end
    REFUSES = "refuses"
    FAILS = "fails"  # 500
    PAGE = "page"  # a page that says something else
    NONSENSE = "nonsense"  # of the right kind
    HUGE = "huge"
    ELSEWHERE = "elsewhere"  # redirects
    OF_ANOTHER_FILE = "of another file"
    OF_ANOTHER_QUESTION = "of another question"
    WRONGLY_SIGNED = "wrongly signed"
    OF_ANOTHER_YEAR = "of another year"
    EXPIRED = "expired"  # its certificate was good until last year
    FOR_ELSE = "for else"  # its certificate is one of a web server
    WITHOUT_CERTIFICATE = "without certificate"
    WITHOUT_NONCE = "without nonce"
    DEEP = "deep"  # a thousand sequences in each other


class Authority:
    """certificate: PEM. manner: how it answers from now on. asked: how often it was asked."""

    def __init__(self) -> None:
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        made = self._made()
        self.certificate = made.public_bytes(serialization.Encoding.PEM)
        self.manner = Manner.RIGHT
        self.asked = 0
        self.address = ""

    def _made(self, *, days: int = 30, purpose: x509.ObjectIdentifier = TIME_STAMPING) -> x509.Certificate:
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A clock of 2099")])
        now = datetime.now(UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(self._key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - timedelta(days=400))
            .not_valid_after(now + timedelta(days=days))
            .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
            .add_extension(x509.ExtendedKeyUsage([purpose]), critical=True)
            .sign(self._key, hashes.SHA256())
        )

    def _clock(self, made: x509.Certificate, **more: Any) -> DummyTimeStamper:
        der = self._key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        certificate = asn1_x509.Certificate.load(made.public_bytes(serialization.Encoding.DER))
        return DummyTimeStamper(certificate, keys.PrivateKeyInfo.load(der), **more)

    def answer(self, question: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(question)
        if self.manner == Manner.REFUSES:
            refusal = {"status": "rejection", "status_string": ["not today"]}
            return bytes(tsp.TimeStampResp({"status": tsp.PKIStatusInfo(refusal)}).dump())
        if self.manner == Manner.OF_ANOTHER_FILE:
            asked["message_imprint"]["hashed_message"] = bytes(32)
        if self.manner == Manner.WITHOUT_NONCE:
            asked = tsp.TimeStampReq({"version": 1, "message_imprint": asked["message_imprint"], "cert_req": True})
        if self.manner == Manner.OF_ANOTHER_QUESTION:
            asked["nonce"] = 7
        given = {Manner.EXPIRED: {"days": -1}, Manner.FOR_ELSE: {"purpose": ExtendedKeyUsageOID.SERVER_AUTH}}
        made = x509.load_pem_x509_certificate(self.certificate)
        if self.manner in given:
            made = self._made(**given[self.manner])
        more: dict[str, Any] = {}
        if self.manner == Manner.OF_ANOTHER_YEAR:
            more["fixed_dt"] = datetime.now(UTC) - timedelta(days=366)
        found = asyncio.run(self._clock(made, **more).async_request_tsa_response(asked))
        if self.manner == Manner.WITHOUT_CERTIFICATE:
            found["time_stamp_token"]["content"]["certificates"] = []
        if self.manner == Manner.WRONGLY_SIGNED:
            signer = found["time_stamp_token"]["content"]["signer_infos"][0]
            signer["signature"] = bytes(len(signer["signature"].native))
        return bytes(found.dump(force=True))


class _Answers(BaseHTTPRequestHandler):
    clock: Authority
    ended: threading.Event

    def do_GET(self) -> None:
        self._say(404, "text/html", b"")

    def do_POST(self) -> None:
        clock = self.clock
        clock.asked += 1
        question = self.rfile.read(int(self.headers["Content-Length"]))
        said = {
            Manner.FAILS: (500, "text/plain", b"no"),
            Manner.PAGE: (200, "text/html", b"<p>Sign in first.</p>"),
            Manner.NONSENSE: (200, _REPLY, b"\x30\x82nonsense"),
            Manner.HUGE: (200, _REPLY, b"0" * 3_000_000),
            Manner.DEEP: (200, _REPLY, deep()),
            Manner.ELSEWHERE: (302, _REPLY, b""),
        }.get(clock.manner)
        if clock.manner == Manner.SILENT:
            self.ended.wait(60)
        elif clock.manner == Manner.SLOW:
            self._say_slowly()
        else:
            self._say(*(said or (200, _REPLY, clock.answer(question))))

    def _say(self, status: int, kind: str, content: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        if status == 302:
            self.send_header("Location", self.clock.address)
        self.end_headers()
        with suppress(OSError):
            self.wfile.write(content)

    def _say_slowly(self) -> None:
        self._say(200, _REPLY, b"0")
        with suppress(OSError):
            while not self.ended.wait(0.05):
                self.wfile.write(b"0")

    def log_message(self, *args: Any) -> None:
        """Nothing on the screen."""


@contextmanager
def authority() -> Iterator[Authority]:
    clock = Authority()
    ended = threading.Event()

    answers = type("Answers", (_Answers,), {"clock": clock, "ended": ended})
    server = ThreadingHTTPServer(("127.0.0.1", 0), answers)
    clock.address = f"http://127.0.0.1:{server.server_port}/"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield clock
    finally:
        ended.set()
        server.shutdown()
        server.server_close()
