"""Time both engines on the same made texts: the figures of docs/scaling.md. Needs ELASTICSEARCH_URL."""

import os
import platform
from collections.abc import Callable, Iterable
from functools import cache, partial
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search.engines.base import Engine
from search.engines.elasticsearch.connection import Access, Connection
from search.engines.elasticsearch.engine import ElasticsearchEngine
from search.engines.tantivy.engine import TantivyEngine
from tests.bench.search.both_engines import ASKED, CLIENTS, measure
from tests.bench.search.outcomes import Kept, Outcome

COLUMN = 24  # characters


@cache
def _node(url: str, prefix: str, process: int) -> Engine:
    return ElasticsearchEngine(Connection(Access(tuple(url.split(",")))), prefix)


def node(url: str, prefix: str) -> Engine:
    return _node(url, prefix, os.getpid())


@cache
def _embedded(folder: Path, process: int) -> Engine:
    return TantivyEngine(folder)


def embedded(folder: Path) -> Engine:
    return _embedded(folder, os.getpid())


class Command(BaseCommand):
    help = (
        "Index made texts in both engines and let several clients ask them at once. What was measured is kept: "
        "interrupted, run it again and it goes on. A finished run leaves the indexes for the next."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--passages", nargs="+", type=int, default=[100_000])
        parser.add_argument("--clients", nargs="+", type=int, default=CLIENTS, help="how many ask at once")
        parser.add_argument("--asked", type=int, default=ASKED, help="times a client asks each class of question")
        parser.add_argument("--keep", type=Path, help="folder of what is kept; default: bench in BPF_DATA")
        parser.add_argument("--afresh", action="store_true", help="build anew what was built before")

    def handle(self, *args: Any, passages: list[int], keep: Path | None, afresh: bool, **options: Any) -> None:
        if not settings.ELASTICSEARCH_URL:
            raise CommandError("set ELASTICSEARCH_URL, for instance to the answer of `make elasticsearch`")
        self.folder = keep or settings.DATA / "bench"
        self.asking = {"clients": tuple(options["clients"]), "asked": options["asked"]}
        for count in passages:
            kept = [Kept(self.folder / str(count) / f"{name}.json") for name in ("embedded", "elasticsearch")]
            if afresh:
                for each in kept:
                    each.path.unlink(missing_ok=True)
            makers: list[Callable[[], Engine]] = [
                partial(embedded, self.folder / str(count) / "embedded"),
                partial(node, settings.ELASTICSEARCH_URL, f"bench-{count}"),
            ]
            outcomes = [self.of(make, count, each) for make, each in zip(makers, kept, strict=True)]
            self.show(count, outcomes)
            for each in kept:
                each.forget_answers()

    def of(self, make: Callable[[], Engine], passages: int, kept: Kept) -> Outcome:
        def say(text: str) -> None:
            self.stdout.write(f"{timezone.now():%H:%M:%S} {passages} passages, {text}")
            self.stdout.flush()

        return measure(make, passages, kept, say, **self.asking)

    def show(self, passages: int, outcomes: list[Outcome]) -> None:
        server: Any = node(settings.ELASTICSEARCH_URL, f"bench-{passages}")
        self.stdout.write(
            f"\n{passages} passages, {timezone.now():%Y-%m-%d}, {os.cpu_count()} cores ({platform.machine()}), "
            f"Python {platform.python_version()}, tantivy {version('tantivy')}, "
            f"Elasticsearch {server.connection.version}"
        )
        self.row("", [outcome.name for outcome in outcomes])
        for name, figure in FIGURES.items():
            self.row(name, [figure(outcome, passages) for outcome in outcomes])
        for clients in outcomes[0].answers_a_second:
            self.stdout.write(f"\n{clients} clients: median / 95th percentile in ms")
            for kind in dict.fromkeys(load.kind for load in outcomes[0].loads):
                self.row(kind, [self.asked(outcome, clients, kind) for outcome in outcomes])
            self.row("answers a second", [f"{outcome.answers_a_second[clients]:.0f}" for outcome in outcomes])

    @staticmethod
    def asked(outcome: Outcome, clients: int, kind: str) -> str:
        """How long a class of question took, and how many of it were not answered."""
        for load in outcome.loads:
            if (load.clients, load.kind) == (clients, kind):
                failed = f", {load.failed} failed" if load.failed else ""
                return f"{load.median_ms:.0f} / {load.p95_ms:.0f}{failed}"
        return "all failed"

    def row(self, name: str, cells: Iterable[str]) -> None:
        self.stdout.write(f"{name:36}" + "".join(f"{cell:>{COLUMN}}" for cell in cells))


FIGURES: dict[str, Callable[[Outcome, int], str]] = {
    "analysis, s": lambda outcome, _: f"{outcome.analysis_s:.0f}",
    "written, passages a second": lambda outcome, passages: f"{passages / outcome.index_s:.0f}",
    "written, s": lambda outcome, _: f"{outcome.index_s:.0f}",
    "merged and switched, s": lambda outcome, _: f"{outcome.switch_s:.1f}",
    "a rebuild in all, s": lambda outcome, _: f"{outcome.rebuild_s:.0f}",
    "on disk, MB": lambda outcome, _: f"{outcome.bytes / 1e6:.0f}",
    "memory of one asking process, MB": lambda outcome, _: f"{outcome.asking_mb:.0f}",
    "heap of the server in use, MB": lambda outcome, _: f"{outcome.heap_mb:.0f}",
    "server, resident at most, MB": lambda outcome, _: f"{outcome.resident_mb:.0f}",
}
