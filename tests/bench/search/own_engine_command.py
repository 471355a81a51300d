"""Time the search beside the raw engine and SQLite FTS5, on made texts: the figures of docs/search.md."""

import tempfile
from itertools import pairwise
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from editions.models import Edition
from search.engines import registry as engines
from search.evaluation.graded_questions import read_questions
from tests.bench.search.own_engine import PEERS, Size, measure, page_costs, visibility


class Command(BaseCommand):
    help = "Build indexes of made texts and time questions on them."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--passages", nargs="+", type=int, default=[10_000, 100_000, 500_000])

        parser.add_argument("--keep", type=Path, help="folder to build the indexes in, or to find them from before")

    def handle(self, *args: Any, passages: list[int], keep: Path | None, **options: Any) -> None:
        with tempfile.TemporaryDirectory() as folder:
            self.folder = keep or Path(folder)
            sizes = [self.of_size(count) for count in passages]
        for smaller, larger in pairwise(sizes):
            self.growth(smaller, larger)
        usual, worst = visibility(min(passages))
        self.stdout.write(f"a new document of 50 passages is found after {usual:.2f} s, at worst {worst:.2f} s")
        if engines.get("tantivy").needs_rebuild():
            self.stdout.write("the library is not indexed (`rebuild_index`): the page was not timed")
        elif Edition.objects.public().exists():
            graded = read_questions(settings.LIBRARY_DATA / "search-questions-dev.json")
            page = page_costs([question.text for question in graded])
            self.stdout.write(f"{page.name}: median {page.median_ms:.1f} ms, p95 {page.p95_ms:.1f} ms of the processor")
        else:
            self.stdout.write("no library is loaded: the page was not timed")

    def of_size(self, count: int) -> Size:
        folder = self.folder / str(count)
        folder.mkdir(parents=True, exist_ok=True)
        size = measure(count, folder, self.stdout.write)
        self.stdout.write(f"{'':38}{'median ms':>10}{'p95 ms':>9}{'documents':>11}")
        for row in size.timings:
            self.stdout.write(f"{row.name:38}{row.median_ms:10.2f}{row.p95_ms:9.2f}{row.found:11}")
        ours = size.of("common word").median_ms
        for peer in PEERS:
            self.stdout.write(f"a common word takes {ours / size.of(peer).median_ms:.2f} times {peer}")
        return size

    def growth(self, smaller: Size, larger: Size) -> None:
        pairs = [(row, larger.of(row.name)) for row in smaller.timings]
        grown = ", ".join(f"{row.name} {after.median_ms / row.median_ms:.2f}" for row, after in pairs)
        self.stdout.write(f"from {smaller.passages} to {larger.passages} passages, times as long: {grown}")
