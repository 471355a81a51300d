"""What lies in the database of second factors: opened by the key alone, exchanged with it, and slow to search."""

import base64
import re
from io import StringIO

import pytest
from cryptography.fernet import Fernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.factors import encryption, recovery_codes, totp
from accounts.factors.services import _former_hash, check_code, new_recovery_codes
from accounts.models import Factor, RecoveryCode
from tests.accounts.signing_in import code_of, with_app
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def of_former_days(secret: str, key: str) -> str:
    """As the first version kept it: Fernet, under a key made with another purpose."""
    made = HKDF(hashes.SHA256(), 32, None, b"bpf library, second factors, 1").derive(key.encode())
    return Fernet(base64.urlsafe_b64encode(made)).encrypt(secret.encode()).decode()


def test_secret_of_an_app__is_closed_by_aes_gcm_and_says_so() -> None:
    closed = [encryption.encrypted("JBSWY3DPEHPK3PXP") for _time in range(2)]
    assert closed[0] != closed[1]
    assert all(each.startswith("2:") and "JBSW" not in each for each in closed)
    assert encryption.decrypted(closed[0]) == "JBSWY3DPEHPK3PXP"
    kept = bytearray(base64.b64decode(closed[0][2:]))
    assert len(kept) == 12 + 16 + 16, "nonce, text, tag"
    for place in (0, 12, len(kept) - 1):
        changed = bytes(kept[:place]) + bytes([kept[place] ^ 1]) + bytes(kept[place + 1 :])
        with pytest.raises(encryption.Unreadable):
            encryption.decrypted(f"2:{base64.b64encode(changed).decode()}")


@pytest.mark.parametrize("broken", ["", "2:", "2:x", "2:AAAA", "gAAAAA", "no cipher at all", "3:AAAA"])
def test_what_was_never_closed_here__is_unreadable_and_no_fault(broken) -> None:
    with pytest.raises(encryption.Unreadable):
        encryption.decrypted(broken)


def test_secrets_of_former_keys_and_forms__open_and_are_closed_anew_by_a_command(settings, rf) -> None:
    former, now = "a former key", "the key of today"
    settings.SECRET_KEY = former
    people = [UserFactory() for _person in range(3)]
    secrets = [with_app(person) for person in people]
    Factor.objects.filter(user=people[1]).update(secret=of_former_days(secrets[1], former))
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = now, [former]
    assert check_code(rf.get("/"), people[1], code_of(secrets[1]), timezone.now())
    said = StringIO()
    call_command("encrypt_anew", stdout=said)
    assert said.getvalue() == "3 secrets were encrypted anew\n"
    settings.SECRET_KEY_FALLBACKS = []
    for person, secret in zip(people, secrets, strict=True):
        kept = Factor.objects.get(user=person).secret
        assert kept.startswith("2:")
        assert encryption.decrypted(kept) == secret
    call_command("encrypt_anew", stdout=said)
    assert said.getvalue().endswith("\n0 secrets were encrypted anew\n")
    settings.SECRET_KEY = "a key that nobody told us of"
    with pytest.raises(CommandError, match="3 secrets open under no key"):
        call_command("encrypt_anew", stdout=said)


def test_recovery_codes__lie_under_a_slow_hash_with_a_salt_of_their_set(settings, rf) -> None:
    ada, ben = UserFactory(), UserFactory()
    codes = new_recovery_codes(ada)
    new_recovery_codes(ben)
    kept = list(RecoveryCode.objects.values_list("code_hash", flat=True))
    assert len(set(kept)) == 20
    found = [re.fullmatch(r"pbkdf2-sha256\$100000\$([0-9a-f]{32})\$[0-9a-f]{64}", each) for each in kept]
    assert len({match[1] for match in found}) == 2, "one for each person"
    assert not any(code.replace("-", "") in each for code in codes for each in kept)
    settings.SECRET_KEY = "another key"
    assert check_code(rf.get("/"), ada, codes[3], timezone.now()), "they need none"
    assert not check_code(rf.get("/"), ada, codes[3], timezone.now())
    assert not check_code(rf.get("/"), ben, codes[4], timezone.now())
    assert check_code(rf.get("/"), ada, codes[4], timezone.now())


def test_recovery_code_of_former_days__is_still_taken_once(rf) -> None:
    person = UserFactory()
    RecoveryCode.objects.create(user=person, code_hash=_former_hash(person, "ABCDE12345"))
    assert check_code(rf.get("/"), person, "abcde-12345", timezone.now())
    assert not check_code(rf.get("/"), person, "abcde-12345", timezone.now())
    assert recovery_codes.kept_like("ABCDE12345", "0" * 64) == ""
    assert totp.DIGITS == 6
