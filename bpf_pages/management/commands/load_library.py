"""Load the sample library."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from bpf_pages.sample.loading import load

BAR = 40


class Command(BaseCommand):
    help = "Load the meetings, forums, themes and outputs of 2014 to 2025. May be repeated, and resumes after a stop."

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        started = time.monotonic()
        shows = verbosity > 0
        on_terminal = shows and self.stdout.isatty()

        def tell(name: str, place: int, total: int) -> None:
            if on_terminal:
                done = BAR * place // total
                self.stdout.write(f"\r[{'#' * done}{'.' * (BAR - done)}] {place}/{total} {name:<60.60}", ending="")
                self.stdout.flush()
            elif shows and place % 20 == 0:
                self.stdout.write(f"{place} of {total}: {name}")

        load(settings.LIBRARY_DATA, tell)
        if on_terminal:
            self.stdout.write("\r" + " " * (BAR + 80) + "\r", ending="")
        if shows:
            self.stdout.write(f"Library loaded in {time.monotonic() - started:.1f} s")
