"""The worker of background tasks, which waits where the database is away or cannot be written to, and gives a sign."""

import logging
import threading
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, connection
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from bpf_site.monitoring import heartbeats
from gate.middleware import is_locked

logger = logging.getLogger(__name__)

PAUSE_S, LONGEST_PAUSE_S = 1.0, 30.0


class Command(BaseCommand):
    """`db_worker` ends where another holds the write lock while it looks for a task; this one looks again.

    Workaround, seen with django-tasks-db 0.13.0: it begins its transaction outside of the block that expects a locked
    database. tests/load/test_write_lock.py holds a lock over it.
    """

    help = "Do background tasks: print PDFs, send mails, write to the index."

    def handle(self, *args: Any, **options: Any) -> None:
        name, stop = get_random_string(16), threading.Event()
        beat = f"{heartbeats.WORKER}{name}"
        beating = threading.Thread(target=heartbeats.keep_beating, args=(beat, stop), name="heartbeat", daemon=True)
        beating.start()
        try:
            self._work(name)
        finally:
            stop.set()
            beating.join(timeout=heartbeats.BEAT_S)
        heartbeats.left(beat)  # not where an exception ended it: then it is missed

    def _work(self, name: str) -> None:
        worker = DatabaseWorker()
        words = ["--interval", "1", "--no-reload", "--verbosity", "0", "--worker-id", name]
        pause_s = PAUSE_S
        while True:
            begun = time.monotonic()
            try:
                worker.run_from_argv(["manage.py", "db_worker", *words])
            except (OperationalError, InterfaceError) as error:
                # Locked by another, or restarted: a connection that is gone is a new one at the next try.
                locked = isinstance(error, OperationalError) and is_locked(error)
                worked_s = time.monotonic() - begun  # one that worked meanwhile meets a new fault, not the last one
                pause_s = PAUSE_S if locked or worked_s > LONGEST_PAUSE_S else min(pause_s * 2, LONGEST_PAUSE_S)
                logger.warning("the worker waits: %s", type(error).__name__)
                connection.close()
                time.sleep(pause_s)
            except SystemExit as end:
                if end.code:
                    raise
                return  # told to end, between two tasks
            else:
                return
