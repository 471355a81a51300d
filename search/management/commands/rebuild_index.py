"""Build the search index anew from the database, beside the one that answers."""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search.engines.base import EngineError
from search.services import rebuild

BAR = 30  # characters


class Command(BaseCommand):
    help = "Rebuild the search index. The former one answers meanwhile; an interrupted build is continued."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--afresh", action="store_true", help="do not continue a build that was interrupted")

    def handle(self, *args: Any, afresh: bool = False, verbosity: int = 1, **options: Any) -> None:
        start = time.monotonic()
        try:
            editions = rebuild(self._show if verbosity else None, resume=not afresh)
        except EngineError as error:
            raise CommandError(error.reason) from error
        if verbosity:
            self.stdout.write(f"\n{editions} editions indexed in {time.monotonic() - start:.1f} s")

    def _show(self, done: int, total: int) -> None:
        full = BAR * done // max(total, 1)
        self.stdout.write(f"\r[{'#' * full}{'.' * (BAR - full)}] {done}/{total} editions", ending="")
        self.stdout.flush()
