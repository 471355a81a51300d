"""Answer a request for a new password. The request itself does the same work whoever the address belongs to."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from accounts.events.services import record
from accounts.models import Event, ResetRequest
from accounts.notices.occasions import RESET
from accounts.notices.services import tell
from core.after_commit import after_commit
from gate.client_address import keyed_hash
from gate.rate_limits import TooMany, take

MOST_ACCOUNTS = 3
"""With one address. Somebody may have an account of their own and one of an office."""
MOST_A_RUN = 200


def ask(email: str, network: str, now: datetime) -> None:
    """Note that somebody asks. Raises TooMany: beyond RESETS_A_NETWORK an hour from one network."""
    take("password reset, network", network, settings.RESETS_A_NETWORK, now)
    row = ResetRequest.objects.create(email=email, network=network, at=now)
    after_commit(_soon, row.pk)


def _soon(pk: int) -> None:
    if settings.MAIL_BY_WORKER:
        answer_reset.enqueue(pk)
    else:
        answer(pk, timezone.now())


@task()
def answer_reset(pk: int) -> int:
    """Background task: what fails waits for the scheduler."""
    return answer(pk, timezone.now())


def answer_waiting(now: datetime) -> int:
    """For the scheduler: what a worker was killed over."""
    waiting = ResetRequest.objects.order_by("pk").values_list("pk", flat=True)[:MOST_A_RUN]
    return sum(answer(pk, now) for pk in list(waiting))


@transaction.atomic
def answer(pk: int, now: datetime) -> int:
    """Write the mails, and forget the request. Answers how many. Beyond RESETS_AN_ACCOUNT an hour an account gets
    none, and nobody is told so: the answer would say that there is one.
    """
    row = ResetRequest.objects.select_for_update().filter(pk=pk).first()
    if row is None:
        return 0
    row.delete()
    people = get_user_model().objects.filter(email__same_address=row.email, is_active=True).order_by("pk")
    written = 0
    for person in [each for each in people[:MOST_ACCOUNTS] if each.has_usable_password()]:
        try:
            take("password reset, account", keyed_hash(f"account:{person.pk}"), settings.RESETS_AN_ACCOUNT, now)
        except TooMany:
            continue
        record(Event.Kind.RESET_ASKED, person)
        tell(person, RESET, is_reset=True)
        written += 1
    return written
