"""Which certificate and key the library seals with: those that the settings name, or self-made ones in development."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from django.conf import settings
from django.utils import timezone

YEARS = 10  # a self-made certificate proves nothing, so that nobody needs to renew it


class NotUsable(Exception):
    """The certificate or the key cannot be used. The message says why, without a word of the key."""


@dataclass(frozen=True, slots=True)
class SealingKey:
    """certificates, key: PEM. The first certificate is the library's own, the others vouch for it."""

    certificates: bytes
    key: bytes
    is_self_made: bool

    @property
    def certificate(self) -> x509.Certificate:
        return x509.load_pem_x509_certificates(self.certificates)[0]

    @property
    def signer(self) -> str:
        names = self.certificate.subject.get_attributes_for_oid(NameOID.COMMON_NAME)
        return str(names[0].value) if names else self.certificate.subject.rfc4514_string()

    @property
    def fingerprint(self) -> str:
        return self.certificate.fingerprint(hashes.SHA256()).hex()


def is_sealing() -> bool:
    """Whether outcomes are sealed here at all."""
    return bool(settings.SEAL_CERTIFICATE and settings.SEAL_KEY) or settings.SEAL_SELF_MADE


def sealing_key() -> SealingKey:
    """Raises NotUsable. To be asked only where `is_sealing`."""
    if settings.SEAL_CERTIFICATE and settings.SEAL_KEY:
        return _read(Path(settings.SEAL_CERTIFICATE), Path(settings.SEAL_KEY), is_self_made=False)
    folder = settings.DATA / "seal"
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    if not certificate.exists():
        make(certificate, key)
    return _read(certificate, key, is_self_made=True)


def _read(certificate: Path, key: Path, *, is_self_made: bool) -> SealingKey:
    try:
        found = SealingKey(certificate.read_bytes(), key.read_bytes(), is_self_made)
        public = serialization.load_pem_private_key(found.key, None).public_key()
        own = found.certificate
    except OSError as error:
        raise NotUsable(f"{error.filename} cannot be read: {error.strerror}") from None
    except (ValueError, TypeError):  # what they say may quote the file
        raise NotUsable(f"{certificate} or {key} is no PEM certificate and key without a password") from None
    if _spki(public) != _spki(own.public_key()):
        raise NotUsable(f"{key} is not the key of {certificate}")
    if not own.not_valid_before_utc <= timezone.now() <= own.not_valid_after_utc:
        raise NotUsable(f"{certificate} is not valid today")
    return found


def _spki(key: object) -> bytes:
    return key.public_bytes(  # type: ignore[attr-defined,no-any-return]
        serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    )


def make(certificate: Path, key: Path) -> None:
    """Write a self-made certificate and its key. The certificate is written last: where it is, both are."""
    certificate.parent.mkdir(mode=0o700, exist_ok=True)
    made, now = ec.generate_private_key(ec.SECP256R1()), timezone.now()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "BPF Library, self-made certificate of a trial")])
    usages = {name: name in {"digital_signature", "content_commitment"} for name in _USAGES}
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(made.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=365 * YEARS))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.KeyUsage(**usages), critical=True)
        .sign(made, hashes.SHA256())
    )
    pem = made.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    _write(key, [pem])
    _write(certificate, [signed.public_bytes(serialization.Encoding.PEM)])


_USAGES = (
    "digital_signature", "content_commitment", "key_encipherment", "data_encipherment", "key_agreement",
    "key_cert_sign", "crl_sign", "encipher_only", "decipher_only",
)  # fmt: skip


def _write(path: Path, parts: Iterable[bytes]) -> None:
    path.touch(mode=0o600)
    path.write_bytes(b"".join(parts))
