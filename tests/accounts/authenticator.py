"""A passkey without a browser: a key pair that signs a challenge as a device does (WebAuthn, ES256)."""

import hashlib
import json
import re
from dataclasses import dataclass, field
from typing import Any

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import AttestedCredentialData, AuthenticatorData

from accounts.factors.passkeys import Made
from accounts.factors.services import add_passkey

CREDENTIAL_ID = b"lamp of 2099"


@dataclass
class Authenticator:
    host: str = "testserver"
    count: int = 0
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))

    def add_to(self, person: Any) -> None:
        public = ES256.from_cryptography_key(self.key.public_key())
        made = AttestedCredentialData.create(bytes(16), CREDENTIAL_ID, public)
        add_passkey(person, "Lamp", Made(websafe_encode(CREDENTIAL_ID), websafe_encode(bytes(made)), 0))

    def answer(self, challenge: str) -> str:
        """What a browser sends for the challenge that a page holds."""
        self.count += 1
        said = {"type": "webauthn.get", "challenge": challenge, "origin": f"http://{self.host}"}
        client = json.dumps(said).encode()
        of_host = hashlib.sha256(self.host.encode()).digest()
        flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.UV
        data = AuthenticatorData.create(of_host, flags, self.count)
        signature = self.key.sign(bytes(data) + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        response = {
            "clientDataJSON": websafe_encode(client), "authenticatorData": websafe_encode(bytes(data)),
            "signature": websafe_encode(signature),
        }  # fmt: skip
        called = websafe_encode(CREDENTIAL_ID)
        return json.dumps(
            {"id": called, "rawId": called, "type": "public-key", "clientExtensionResults": {}, "response": response}
        )


def challenge_of(page: str) -> str:
    found = re.search(r'"challenge": ?"([^"]+)"', page)
    assert found, "the page asks no passkey"
    return found.group(1)
