"""Metrics for Prometheus: how long requests take, and what waits, fails or runs short.

Durations are kept by the web processes in files that they share (`PROMETHEUS_MULTIPROC_DIR`, set by the web server);
all else is read from rows at the moment somebody asks, the levels of checks at most once in some seconds. No label
holds an address, a name or a text.
"""

import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from time import perf_counter

from django.conf import settings
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django_tasks_db.models import DBTaskResult
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from bpf_site.monitoring import health_checks
from bpf_site.monitoring.heartbeats import BACKUP, CHORE, CLOCK, VERIFIED, WORKER
from bpf_site.monitoring.models import Heartbeat
from editions.models import Edition
from mail.models import Message
from search.services import health as search_health

__all__ = ["CONTENT_TYPE_LATEST", "RequestMetricsMiddleware", "exposition"]

_OF_THIS_PROCESS = CollectorRegistry()
REQUESTS = Histogram(
    "bpf_http_request_seconds",
    "Time from the first line of our code to the last, by what was asked for and by the class of the answer",
    ("kind", "status"),
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
    registry=_OF_THIS_PROCESS,
)
KINDS = (("/admin/", "admin"), ("/api/", "api"), ("/oai", "api"), ("/feeds/", "api"), ("/search/", "search"),
         ("/comments/", "comments"), ("/media/", "file"), ("/documents/", "file"), ("/health", "probe"),
         ("/metrics", "probe"))  # fmt: skip
"""How an address begins, and what a request for it is counted as; `page` for all others."""


def kind_of(path: str) -> str:
    return next((kind for begins, kind in KINDS if path.startswith(begins)), "page")


class RequestMetricsMiddleware:
    """Measures each request. Outermost but one: what other middleware costs is counted."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        begun = perf_counter()
        response = self.get_response(request)
        status = f"{response.status_code // 100}xx"
        REQUESTS.labels(kind_of(request.path_info), status).observe(perf_counter() - begun)
        return response


class OfRows(Collector):
    """What rows, files and checks say at one moment."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def collect(self) -> Iterator[Metric]:
        yield _each("bpf_check", "0 works, 1 warning, 2 failing", "check",
                    health_checks.levels_lately(self.now))  # fmt: skip
        beats = {beat.name: beat for beat in Heartbeat.objects.all()}
        ages = {name: (self.now - beat.worked_at).total_seconds()
                for name, beat in beats.items() if name in {CLOCK, BACKUP, VERIFIED} and beat.worked_at}  # fmt: skip
        yield _each("bpf_last_worked_seconds", "Seconds since it last worked", "name", ages)
        chores = {name.removeprefix(CHORE): row.seconds for name, row in beats.items() if name.startswith(CHORE)}
        yield _each("bpf_chore_seconds", "How long a chore took when it last ran", "chore", chores)
        yield GaugeMetricFamily(
            "bpf_workers", "Workers that gave a sign within a day", sum(name.startswith(WORKER) for name in beats)
        )
        tasks = {"waiting": DBTaskResult.objects.ready().count(), "running": DBTaskResult.objects.running().count(),
                 "failed": DBTaskResult.objects.failed().count()}  # fmt: skip
        yield _each("bpf_tasks", "Background tasks by state; finished ones are kept for a week", "state", tasks)
        waiting = Message.objects.filter(sent_at=None, ready_at__isnull=False)
        yield GaugeMetricFamily("bpf_mails_waiting", "Mails that wait in the outbox", waiting.count())
        yield GaugeMetricFamily(
            "bpf_index_changes_waiting", "Changes that wait to be written to an index", search_health().waiting
        )
        yield GaugeMetricFamily("bpf_editions_public", "Public editions", Edition.objects.public().count())
        free = shutil.disk_usage(settings.DATA).free
        yield GaugeMetricFamily("bpf_disk_free_bytes", "Bytes left where the library keeps its data", free)


def _each(name: str, said: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    family = GaugeMetricFamily(name, said, labels=(label,))
    for key, value in sorted(values.items()):
        family.add_metric((key,), float(value))
    return family


def exposition(now: datetime) -> bytes:
    """All metrics in the text format of Prometheus."""
    registry = CollectorRegistry()
    registry.register(OfRows(now))
    if "PROMETHEUS_MULTIPROC_DIR" in os.environ:
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return generate_latest(registry)
    return generate_latest(registry) + generate_latest(_OF_THIS_PROCESS)
