"""The worker of background tasks, which waits where the database cannot be written to."""

import logging
import time
from typing import Any

from django.core.management.base import BaseCommand
from django.db import OperationalError, close_old_connections
from django_tasks_db.management.commands.db_worker import Command as DatabaseWorker

from gate.middleware import is_locked

logger = logging.getLogger(__name__)

PAUSE_S = 1.0


class Command(BaseCommand):
    """`db_worker` ends where another holds the write lock while it looks for a task; this one looks again.

    Workaround, seen with django-tasks-db 0.13.0: it begins its transaction outside of the block that expects a locked
    database. tests/load/test_write_lock.py holds a lock over it.
    """

    help = "Do background tasks: print PDFs, send mails, write to the index."

    def handle(self, *args: Any, **options: Any) -> None:
        worker = DatabaseWorker()
        while True:
            try:
                worker.run_from_argv(["manage.py", "db_worker", "--interval", "1", "--no-reload", "--verbosity", "0"])
            except OperationalError as error:
                if not is_locked(error):
                    raise
                logger.warning("the worker waits: %s", error)
                close_old_connections()
                time.sleep(PAUSE_S)
            else:
                return
