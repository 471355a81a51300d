"""Chores of the clock that belong to no room."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from bpf_site.monitoring import heartbeats
from bpf_site.operations import scheduler
from bpf_site.operations.scheduler import CHORES, TASKS_KEPT, forget_tasks
from search.indexing.tasks import land

pytestmark = pytest.mark.django_db


def test_tasks__are_forgotten_a_week_after_they_were_finished() -> None:
    now = timezone.now()
    rows = {name: DBTaskResult.objects.get(pk=land.enqueue().id) for name in ("waiting", "done", "failed", "fresh")}
    for name, status, age in (
        ("done", "SUCCESSFUL", TASKS_KEPT), ("failed", "FAILED", TASKS_KEPT), ("fresh", "SUCCESSFUL", timedelta(days=1))
    ):  # fmt: skip
        DBTaskResult.objects.filter(pk=rows[name].pk).update(
            status=status, finished_at=now - age - timedelta(minutes=1)
        )
    assert forget_tasks(now) == 2
    assert set(DBTaskResult.objects.values_list("pk", flat=True)) == {rows["waiting"].pk, rows["fresh"].pk}
    assert forget_tasks in [chore.does for chore in CHORES]


def test_a_tick_that_takes_minutes__gives_a_sign_between_its_chores(monkeypatch) -> None:
    seen = []

    def third(now) -> int:
        seen.append(heartbeats.latest(heartbeats.CLOCK))
        return 0

    chores = [
        scheduler.Chore("long", lambda now: 0),
        scheduler.Chore("short", lambda now: 0),
        scheduler.Chore("3", third),
    ]
    clock = iter([0.0, 0.0, 0.0, 40.0, 40.0, 40.0, 40.0, 40.0, 41.0, 41.0, 41.0, 41.0, 41.0, 41.0])
    monkeypatch.setattr(scheduler, "monotonic", lambda: next(clock))
    monkeypatch.setattr(scheduler, "CHORES", chores)
    scheduler.tick(timezone.now())
    assert seen[0] is not None


@pytest.mark.parametrize(
    "command", [["tick"], ["verify_library"], ["backup", "somewhere"], ["export_library", "somewhere"]]
)
def test_command__of_a_database_without_tables__is_refused_in_one_sentence(command, monkeypatch, tmp_path) -> None:
    """A mistyped address of the database is the usual reason; each of 28 chores once told of it by a traceback."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(connection.introspection, "table_names", list)
    with pytest.raises(CommandError, match=r"no tables .* nothing was done.*manage.py prepare"):
        call_command(*command)
    assert not list(tmp_path.iterdir())
