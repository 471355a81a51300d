"""The processes of one instance: the web server, the worker that prints, and a clock that ticks."""

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from types import FrameType

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from bpf_site.operations.scheduler import TICK_SECONDS, tick
from bpf_site.settings.environment import ROOT


def web_command(port: int) -> list[str]:
    """The command that starts the web server of an instance."""
    # Threads, not more processes: a page spends its time in SQLite and tantivy, both of which let other threads run.
    # The longest address gunicorn allows: whoever pastes a page into the search box is answered by us, not by it.
    lengths = ["--limit-request-line", "8190"]
    options = [*lengths, "--workers", "2", "--threads", "4", "--access-logfile", "/dev/null", "--log-level", "warning"]
    return [sys.executable, "-m", "gunicorn", "bpf_site.wsgi", "--bind", f"127.0.0.1:{port}", *options]


def _manage(*words: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *words]


def serve_until_interrupted(port: int, say: Callable[[str], None]) -> None:
    """Start the processes, tick every half minute, end all of them on SIGINT or SIGTERM or when one of them dies."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "site"), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    commands = [web_command(port), _manage("db_worker", "--interval", "1", "--no-reload", "--verbosity", "0")]
    running = [subprocess.Popen(command, env=environment, cwd=ROOT) for command in commands]  # noqa: S603
    say("Serving. Stop with Ctrl-C.")
    try:
        while not stop.wait(TICK_SECONDS):
            if any(process.poll() is not None for process in running):
                say("A process of this instance has ended; stopping the others.")
                break
            tick(timezone.now())
            close_old_connections()
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait(timeout=30)
