"""Certificates, passwords and API keys: TLS and a demand to sign in, before the real node."""

from base64 import b64encode
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import IPv4Address
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from search.engines.base import WHOLE, Request, Unavailable
from search.engines.elasticsearch.connection import Access, Connection
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.query.tree import Everything
from tests.search_parity.conftest import load
from tests.search_parity.corpus import corpus
from tests.search_parity.door import Door, opened

pytestmark = [pytest.mark.elasticsearch, pytest.mark.django_db]

KEY = "a2V5OmZpY3RpdGlvdXM="


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Files of a certificate for 127.0.0.1 that signed itself, and of its key."""
    folder = tmp_path_factory.mktemp("tls")
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "node of 2099")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(IPv4Address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(Encoding.PEM))
    files[1].write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return files


@pytest.fixture
def door(node: ElasticsearchEngine, node_url: str, certificate: tuple[Path, Path]) -> Iterator[Door]:
    load(node, corpus(2))
    with opened(Door(node_url).locked(*certificate)) as server:
        yield server


def editions(node: ElasticsearchEngine, access: Access) -> int:
    engine = ElasticsearchEngine(Connection(access), node.prefix)
    try:
        return engine.search(Request(Everything(), {"level": (WHOLE,)})).total
    finally:
        engine.close()


def test_with_the_certificate_and_the_key__the_server_answers(
    door: Door, node: ElasticsearchEngine, certificate: tuple[Path, Path]
) -> None:
    door.demands = f"ApiKey {KEY}"
    assert editions(node, Access((door.address,), api_key=KEY, ca=str(certificate[0]))) == 2


def test_a_password_in_the_address__signs_in(
    door: Door, node: ElasticsearchEngine, certificate: tuple[Path, Path]
) -> None:
    door.demands = f"Basic {b64encode(b'reader:p@ss').decode()}"
    address = door.address.replace("https://", "https://reader:p%40ss@")
    assert editions(node, Access((address,), ca=str(certificate[0]))) == 2


@pytest.mark.parametrize("key", ["", "d3Jvbmc="])
def test_without_the_right_key__it_is_refused_and_the_reason_tells_no_secret(
    door: Door, node: ElasticsearchEngine, certificate: tuple[Path, Path], key: str
) -> None:
    door.demands = f"ApiKey {KEY}"
    with pytest.raises(Unavailable, match="401") as refused:
        editions(node, Access((door.address,), api_key=key, ca=str(certificate[0])))
    assert KEY not in refused.value.reason
    assert not key or key not in refused.value.reason


def test_a_certificate_that_nobody_vouched_for__is_not_trusted(door: Door, node: ElasticsearchEngine) -> None:
    with pytest.raises(Unavailable, match=r"(?i)certificate"):
        editions(node, Access((door.address,)))
