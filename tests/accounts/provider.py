"""A small OpenID provider on the loopback, over real HTTP: discovery, keys, tokens by code with PKCE.

The browser is a test's own: `authorise` is what the provider would do after its own sign-in. A real one is sent back at
once, as the person whom the provider `lets_in`.
"""

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "library", "a secret of 2099"


class Provider:
    """said: claims that differ from the right ones (None: left out). raw: what is answered at a path instead, byte for
    byte, its pieces one after another. Counts what it was asked."""

    def __init__(self) -> None:
        self.key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        self.key_id = "first"
        self.address = ""
        self.said: dict[str, Any] = {}
        self.configured: dict[str, Any] = {}
        self.codes: dict[str, dict[str, str]] = {}
        self.asked: list[str] = []
        self.raw: dict[str, list[bytes]] = {}
        self.lets_in: dict[str, Any] = {}
        self.sent_back: list[str] = []
        self.sign_with: Any = None
        self.algorithm = "RS256"

    def authorise(self, address: str, person: dict[str, Any]) -> dict[str, str]:
        """What comes back to the browser at the redirect address, after the provider let somebody in."""
        asked = dict(parse_qsl(urlsplit(address).query))
        assert address.startswith(f"{self.address}/authorise?")
        assert (asked["response_type"], asked["client_id"]) == ("code", CLIENT)
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(8)
        self.codes[code] = asked | {"person": json.dumps(person)}
        return {"code": code, "state": asked["state"]}

    def send_back(self, path: str) -> None:
        """A real browser that asks for this is let in at once, and sent back."""
        if self.lets_in and path.startswith("/authorise?"):
            asked = dict(parse_qsl(urlsplit(path).query))
            given = urlencode(self.authorise(f"{self.address}{path}", self.lets_in))
            self.sent_back.append(f"{asked['redirect_uri']}?{given}")
            self.raw[path] = [f"HTTP/1.0 302 Found\r\nLocation: {self.sent_back[-1]}\r\n\r\n".encode()]

    def token(self, sent: dict[str, str], login: str) -> dict[str, Any] | None:
        """None where a real provider would refuse: a code is good once, for its client and verifier only."""
        asked = self.codes.pop(sent.get("code", ""), None)
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if asked is None or login != f"Basic {basic}" or sent.get("redirect_uri") != asked["redirect_uri"]:
            return None
        digest = hashlib.sha256(sent.get("code_verifier", "").encode()).digest()
        if base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != asked["code_challenge"]:
            return None
        now = int(time.time())
        claims = {
            "iss": self.address, "aud": CLIENT, "iat": now, "exp": now + 300, "nonce": asked["nonce"], "auth_time": now,
            **json.loads(asked["person"]), **self.said,
        }  # fmt: skip
        claims = {name: value for name, value in claims.items() if value is not None}
        key = self.sign_with or self.key
        token = jwt.encode(claims, key, algorithm=self.algorithm, headers={"kid": self.key_id})
        return {"id_token": token, "access_token": "x", "token_type": "Bearer"}

    def documents(self) -> dict[str, Any]:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.address,
                "authorization_endpoint": f"{self.address}/authorise",
                "token_endpoint": f"{self.address}/token",
                "jwks_uri": f"{self.address}/keys",
            }
            | self.configured,
            "/keys": {"keys": [public | {"kid": self.key_id, "use": "sig", "alg": "RS256"}]},
        }


@contextmanager
def serving() -> Iterator[Provider]:
    provider = Provider()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.asked.append(self.path)
            provider.send_back(self.path)
            self.answer(provider.documents().get(self.path))

        def do_POST(self) -> None:
            provider.asked.append(self.path)
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            sent = {name: values[0] for name, values in parse_qs(body).items()}
            self.answer(provider.token(sent, self.headers.get("Authorization", "")))

        def answer(self, found: Any) -> None:
            if self.path in provider.raw:
                return self.drip(provider.raw[self.path])
            content = json.dumps(found if found is not None else {"error": "invalid_grant"}).encode()
            self.send_response(200 if found is not None else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            return None

        def drip(self, pieces: list[bytes]) -> None:
            with suppress(OSError):
                for piece in pieces:
                    self.wfile.write(piece)
                    self.wfile.flush()
                    if len(pieces) > 1:
                        time.sleep(0.1)

        def log_message(self, *args: Any) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.address = f"http://127.0.0.1:{server.server_port}"
    Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
