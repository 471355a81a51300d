"""Act on dates and repeat what failed: run it every minute from cron, or let `make run` do it."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bpf_site.operations.scheduler import tick
from bpf_site.operations.tables import need_tables


class Command(BaseCommand):
    help = "Close periods, send reminders, drain index changes, print missing PDFs. Idempotent."

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        need_tables()
        outcomes = tick(timezone.now())
        for outcome in outcomes:
            if verbosity and (outcome.done or outcome.error or verbosity > 1):
                self.stdout.write(f"{outcome.chore.name}: {outcome.error or outcome.done}")
        if failed := [outcome.chore.name for outcome in outcomes if outcome.error]:
            raise CommandError(f"failed, and will be tried again at the next tick: {', '.join(failed)}")
