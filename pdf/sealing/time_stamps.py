"""Ask a time-stamp authority (RFC 3161) when a seal was made: within a few seconds, and believe only what fits.

pyHanko's own client waits as long as a server sends now and then a byte, and takes a stamp of another file.
"""

import hashlib
from datetime import UTC, datetime, timedelta

from asn1crypto import cms, tsp, x509
from pyhanko.sign.general import extract_certificate_info, extract_signer_info
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.timestamps.common_utils import handle_tsp_response
from pyhanko.sign.validation.generic_cms import validate_sig_integrity

from core.http.outside_requests import Refused, TooMuch, Unreachable, posted

SECONDS = 10.0  # for an answer; it is asked twice for a seal
MOST_BYTES = 200_000  # of an answer, with the certificates that vouch for it
MOST_APART = timedelta(days=1)
"""Between the clock of the authority and ours."""
_QUESTION, _REPLY = "application/timestamp-query", "application/timestamp-reply"


class NoTime(Exception):
    """The authority gave no time that holds."""


class Authority(TimeStamper):
    """The one at an address, which the operator named."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self._address = address

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """Raises NoTime."""
        nonce, question = self.request_cms(message_digest, md_algorithm)
        try:
            reply = tsp.TimeStampResp.load(self._answer(question.dump()), strict=True)
            token = handle_tsp_response(reply, None)
            stamp = token["content"]["encap_content_info"]["content"].parsed
            found = stamp["nonce"].native, stamp["message_imprint"].native
            holds = _holds(token["content"])
            doubt = _doubt(stamp["gen_time"].native, extract_certificate_info(token["content"]).signer_cert)
        except NoTime:
            raise
        except Exception as error:  # what a stranger's bytes make of two parsers
            raise NoTime(f"no time stamp in the answer: {type(error).__name__}: {error}"[:300]) from error
        if found != (nonce, question["message_imprint"].native):
            raise NoTime("the time stamp is of another file or question")
        if not holds:
            raise NoTime("the signature of the time stamp does not hold")
        if doubt:
            raise NoTime(doubt)
        return token

    def _answer(self, question: bytes) -> bytes:
        try:
            found = posted(self._address, question, kind=_QUESTION, accept=_REPLY, seconds=SECONDS, most=MOST_BYTES)
        except (Refused, Unreachable, TooMuch) as error:
            raise NoTime(f"the authority does not answer: {error}") from error
        if (found.status, found.kind) != (200, _REPLY):
            raise NoTime(f"the authority answered {found.status} {found.kind or 'nothing'}")
        return found.content


def _doubt(said: datetime, certificate: x509.Certificate) -> str:
    """Why readers would refuse the stamp for as long as the seal stands; "" where they would not."""
    if abs(said - datetime.now(UTC)) > MOST_APART:
        return f"the clock of the authority is at {said:%Y-%m-%d %H:%M}"
    if not certificate.not_valid_before <= said <= certificate.not_valid_after:
        return "the certificate of the authority was not valid at its time"
    purposes = certificate.extended_key_usage_value
    if purposes is None or purposes.native != ["time_stamping"]:
        return "the certificate of the authority is not one for time stamps"
    return ""


def _holds(signed: cms.SignedData) -> bool:
    """Whether the stamp's own signature is right; whether the clock is to be trusted, readers of the seal judge."""
    signer = extract_signer_info(signed)
    said = hashlib.new(signer["digest_algorithm"]["algorithm"].native, bytes(signed["encap_content_info"]["content"]))
    certificate = extract_certificate_info(signed).signer_cert
    return all(validate_sig_integrity(signer, certificate, "tst_info", said.digest()))
