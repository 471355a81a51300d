"""A task whose worker was killed is done by another; one over which three workers ended is given up."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bpf_site.monitoring import heartbeats
from bpf_site.monitoring.abandoned_tasks import SURELY, give_back
from search.indexing.tasks import land

pytestmark = pytest.mark.django_db

NOW = timezone.now()


def running(*workers: str, ago: timedelta = SURELY * 2) -> DBTaskResult:
    row = DBTaskResult.objects.get(pk=land.enqueue().id)
    DBTaskResult.objects.filter(pk=row.pk).update(status="RUNNING", started_at=NOW - ago, worker_ids=list(workers))
    return row


@pytest.mark.parametrize(
    ("workers", "ago", "status"),
    [
        (("gone",), SURELY * 2, "READY"),
        (("gone",), SURELY / 2, "RUNNING"),
        (("gone", "alive"), SURELY * 2, "RUNNING"),
        (("alive", "gone"), SURELY * 2, "READY"),
        (("gone", "gone too", "gone as well"), SURELY * 2, "FAILED"),
    ],
)
def test_task__of_a_worker(workers, ago, status) -> None:
    heartbeats.worked(f"{heartbeats.WORKER}alive", NOW)
    heartbeats.worked(f"{heartbeats.WORKER}gone", NOW - heartbeats.SILENT * 2)
    row = running(*workers, ago=ago)
    assert give_back(NOW) == (status != "RUNNING")
    found = DBTaskResult.objects.get(pk=row.pk)
    assert found.status == status
    assert found.worker_ids == list(workers)
    assert give_back(NOW) == 0
