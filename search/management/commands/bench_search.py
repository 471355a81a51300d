"""Time the search beside the raw engine and SQLite FTS5, on made texts: the figures of docs/search.md."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from editions.models import Edition
from search.evaluation.bench import measure, page_costs, visibility
from search.evaluation.collections import read_questions


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
        usual, worst = visibility(min(passages))
        self.stdout.write(f"a new document of 50 passages is found after {usual:.2f} s, at worst {worst:.2f} s")
        if Edition.objects.public().exists():
            graded = read_questions(settings.LIBRARY_DATA / "search-questions-dev.json")
            page = page_costs([question.text for question in graded])
            self.stdout.write(f"{page.name}: median {page.median_ms:.1f} ms, p95 {page.p95_ms:.1f} ms of the processor")
        else:
            self.stdout.write("no library is loaded: the page was not timed")
