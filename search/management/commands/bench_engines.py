"""Time both engines on the same made texts: the figures of docs/scaling.md. Needs ELASTICSEARCH_URL."""

import os
import tempfile
import time
from functools import cache, partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from search.engines.base import Engine
from search.engines.elasticsearch import ElasticsearchEngine
from search.engines.elasticsearch_client import Access, Connection
from search.engines.tantivy import TantivyEngine
from search.evaluation.engines_bench import (
    Outcome,
    measure,
    prepare,
    remove_indexes,
    size_of_folder,
    size_on_server,
)


@cache
def _node(url: str, prefix: str, process: int) -> Engine:
    return ElasticsearchEngine(Connection(Access(tuple(url.split(",")))), prefix)


def node(url: str, prefix: str) -> Engine:
    return _node(url, prefix, os.getpid())


@cache
def _embedded(folder: str, process: int) -> Engine:
    return TantivyEngine(Path(folder))


def embedded(folder: str) -> Engine:
    return _embedded(folder, os.getpid())


class Command(BaseCommand):
    help = "Index made texts in both engines and ask them at once by 1, 4 and 16 clients."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--passages", nargs="+", type=int, default=[100_000])

    def handle(self, *args: Any, passages: list[int], **options: Any) -> None:
        if not settings.ELASTICSEARCH_URL:
            raise CommandError("set ELASTICSEARCH_URL, for instance to the answer of `make elasticsearch`")
        for count in passages:
            start = time.perf_counter()
            prepared = prepare(count)
            analysis_s = time.perf_counter() - start
            self.stdout.write(f"{count} passages analysed in {analysis_s:.0f} s on one core")
            with tempfile.TemporaryDirectory() as folder:
                self.show(measure(partial(embedded, folder), prepared, size_of_folder), count, analysis_s)
            self.show(self.on_server(prepared), count, analysis_s)

    @staticmethod
    def on_server(prepared: list[tuple[Any, ...]]) -> Outcome:
        prefix = f"bench-{time.time_ns()}"
        try:
            return measure(partial(node, settings.ELASTICSEARCH_URL, prefix), prepared, size_on_server)
        finally:
            remove_indexes(node(settings.ELASTICSEARCH_URL, prefix))

    def show(self, outcome: Outcome, passages: int, analysis_s: float) -> None:
        rebuild_s = analysis_s + outcome.index_s + outcome.switch_s
        self.stdout.write(
            f"\n{outcome.name}: {passages / outcome.index_s:.0f} passages/s written, {outcome.index_s:.0f} s and "
            f"{outcome.switch_s:.1f} s to switch, {outcome.bytes / 1e6:.0f} MB; a rebuild {rebuild_s:.0f} s in all\n"
            f"memory: {outcome.asking_mb:.0f} MB of an asking process, {outcome.heap_mb:.0f} MB of the server's heap"
        )
        for clients, speed in outcome.answers_a_second.items():
            self.stdout.write(f"{clients:3} clients: {speed:.0f} answers/s")
        self.stdout.write(f"{'':28}{'clients':>8}{'median ms':>11}{'p95 ms':>9}{'failed':>8}")
        for row in outcome.loads:
            self.stdout.write(f"{row.kind:28}{row.clients:8}{row.median_ms:11.1f}{row.p95_ms:9.1f}{row.failed:8}")
