"""Time the search beside the raw engine and SQLite FTS5, on made texts: the figures of docs/search.md."""

from typing import Any

from django.core.management.base import BaseCommand

from search.evaluation.bench import measure


class Command(BaseCommand):
    help = "Build indexes of made texts in a temporary folder and time questions on them."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--passages", nargs="+", type=int, default=[10_000, 100_000, 500_000])

    def handle(self, *args: Any, passages: list[int], **options: Any) -> None:
        for count in passages:
            size = measure(count, self.stdout.write)
            self.stdout.write(f"of that, analysis {size.analysis_s:.1f} s")
            self.stdout.write(f"{'':28}{'median ms':>10}{'p95 ms':>9}{'documents':>11}")
            for row in size.timings:
                self.stdout.write(f"{row.name:28}{row.median_ms:10.2f}{row.p95_ms:9.2f}{row.found:11}")
