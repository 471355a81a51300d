"""Ask whether the links that lead out of the library still answer."""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from bpf_pages.link_checks import services
from bpf_pages.link_rows.models import OutsideLink

SHOWN = 100  # dead links that are named


class Command(BaseCommand):
    help = "Gather the links that lead out and ask for those not checked of late, each host at most once a second."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seconds", type=float, default=services.BUDGET_SECONDS, help="stop after so long (600)")
        parser.add_argument("--most", type=int, default=services.MOST_AT_ONCE, help="links to ask for at most (1000)")
        parser.add_argument("--days", type=float, default=30, help="ask again after so many days (30)")
        parser.add_argument("--gather-only", action="store_true", help="only bring the list up to date")

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        used = services.gather()
        asked = 0
        if not options["gather_only"]:
            client = services.client_of(max(0.0, options["seconds"]))
            older = timedelta(days=max(0.0, options["days"]))
            asked = services.check(
                client, older_than=older, most=max(0, options["most"]), tell=self._tell if verbosity > 1 else _silent
            )
        self.stdout.write(f"{used} links lead out; {asked} were asked for.")
        dead = OutsideLink.objects.used().filter(outcome=OutsideLink.Outcome.DEAD)
        for link in dead[:SHOWN]:
            pages = ", ".join(place["address"] for place in link.places)
            self.stdout.write(f"dead: {link.address} ({link.status or link.detail}) on {pages}")
        waiting = OutsideLink.objects.used().filter(outcome=OutsideLink.Outcome.WAITING).count()
        if waiting:
            self.stdout.write(f"{waiting} wait for the next call.")

    def _tell(self, link: OutsideLink) -> None:
        self.stdout.write(f"{link.outcome} {link.status or '-'} {link.address} {link.detail}")


def _silent(link: OutsideLink) -> None:
    return None
