"""Tasks whose worker is gone are given back to the queue: `django-tasks-db` leaves them running for ever."""

from datetime import datetime, timedelta

from django.db.models import Q
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from bpf_site.monitoring.heartbeats import living_workers

MOST_WORKERS = 3
"""A task that outlived so many workers is what ends them."""
SURELY = timedelta(minutes=2)
"""A task that began just now may belong to a worker whose first beat is on its way."""


def give_back(now: datetime) -> int:
    """Answers how many tasks were given back, or given up because three workers ended over them.

    Tasks are safe to be done twice (docs/architecture.md): each looks whether its work was done.
    """
    living = living_workers(now)
    count = 0
    for row in DBTaskResult.objects.running().filter(Q(started_at=None) | Q(started_at__lt=now - SURELY)):
        if row.worker_ids and row.worker_ids[-1] in living:
            continue
        fate: dict[str, object] = {"status": TaskResultStatus.READY, "started_at": None}
        if len(row.worker_ids) >= MOST_WORKERS:
            fate = {
                "status": TaskResultStatus.FAILED,
                "finished_at": now,
                "exception_class_path": "builtins.SystemExit",
            }
        count += DBTaskResult.objects.running().filter(pk=row.pk, started_at=row.started_at).update(**fate)
    return count
