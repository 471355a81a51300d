"""Seal the printed outcomes of this library: by the worker and by `tick`, never while somebody waits."""

import logging
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from pdf.printing.file_store import attempt
from pdf.printing.models import USUAL, Printing, PrintingQuerySet, Seal, Status
from pdf.printing.retries import WAITS
from pdf.render import Rendered
from pdf.sealing.certificates import SealingKey, is_sealing, sealing_key
from workflow.states import State

logger = logging.getLogger(__name__)

REASON = "Issued by this library."
NO_TIME = "NoTime"  # the name of `pdf.sealing.time_stamps.NoTime`, whose module costs what pyHanko does
SELF_MADE = "Issued by a trial installation with a certificate it made itself: proves nothing about who made this file."


def to_seal(now: datetime) -> PrintingQuerySet:
    """Printings of public outcomes whose consensus was declared here, without a seal; those that wait are left out.

    What was only recorded from elsewhere is not this library's to seal.
    """
    done = Q(seal__status=Status.PRINTED) | Q(seal__not_before__gt=now)
    finals = Printing.objects.printed().filter(stage=State.FINAL, form=USUAL, edition__withdrawn_at=None)
    own = finals.exclude(edition__metadata__recorded=True).exclude(done)
    return own.select_related("edition").order_by("pk")


def seal_missing(now: datetime, limit: int = 20) -> int:
    """Seal at most `limit` outcomes. Answers how many were sealed; what fails waits, and says why in its row."""
    if not is_sealing() or _waits_for_time(now):
        return 0
    waiting = [printing for printing in to_seal(now)[:limit] if printing.is_of_now(printing.edition)]
    if not waiting:
        return 0
    key = sealing_key()
    done = 0
    for printing in waiting:
        if not _seal(printing, key):
            if _waits_for_time(now):
                break  # the others would wait for the same authority, and printing and mail for them
            continue
        done += 1
    return done


def _waits_for_time(now: datetime) -> bool:
    """Whether the authority of time stamps failed and is not to be asked again yet."""
    if not settings.SEAL_TIMESTAMP_URL:
        return False
    failed = Seal.objects.filter(status=Status.FAILED, failure__startswith=f"{NO_TIME}:", not_before__gt=now)
    return failed.exists()


def _seal(printing: Printing, key: SealingKey) -> bool:
    row, _made = Seal.objects.get_or_create(printing=printing)
    # An authority that is away for days must leave no outcome without its seal: the longest wait is repeated.
    row.attempts = min(row.attempts, len(WAITS) - 1)
    row.signer, row.certificate, row.is_self_made = key.signer[:300], key.fingerprint, key.is_self_made
    row.has_time = bool(settings.SEAL_TIMESTAMP_URL)
    attempt(row, lambda: Rendered(_bytes(printing, key), printing.pages, tuple(printing.replaced)))
    return row.is_printed


def _bytes(printing: Printing, key: SealingKey) -> bytes:
    from pdf.sealing.pades import sealed  # half a second of CPU and 20 MB, for whoever has something to seal

    with printing.file.open("rb") as file:
        content = file.read()
    reason = SELF_MADE if key.is_self_made else REASON
    return sealed(content, key.certificates, key.key, reason=reason, timestamp_url=settings.SEAL_TIMESTAMP_URL)
