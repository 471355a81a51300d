"""Background task: send the mails of one occasion. A mail server is never asked while a person waits for a page."""

from django.utils import timezone
from django_tasks import task

from mail.delivery import deliver


@task()
def send(key: str) -> int:
    """Send what waits under a key; answers how many messages went out. What fails waits for the scheduler."""
    return deliver(timezone.now(), key=key)
