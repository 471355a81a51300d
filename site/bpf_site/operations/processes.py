"""The processes of one instance: the web server, the worker that prints, and a clock that ticks."""

import logging
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from types import FrameType

from django.conf import settings
from django.db import close_old_connections
from django.utils import timezone

from bpf_site.operations.scheduler import TICK_SECONDS, tick
from bpf_site.settings.environment import ROOT

logger = logging.getLogger(__name__)

FIRST_PAUSE_S, LONGEST_PAUSE_S = 1.0, 60.0
STEADY_S = 60.0  # what ran for longer than this has not ended soon
LOOK_EVERY_S = 0.5


def web_command(port: int) -> list[str]:
    """The command that starts the web server of an instance."""
    return [sys.executable, "-m", "bpf_site.operations.web_server", f"127.0.0.1:{port}"]


def worker_command() -> list[str]:
    """The command that starts a worker of an instance."""
    return _manage("work")


def _manage(*words: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *words]


class Supervised:
    """A process that is started again when it ends: soon, and later each time it ends soon."""

    def __init__(self, command: list[str], environment: dict[str, str]) -> None:
        self.command, self.environment = command, environment
        self.pause_s = FIRST_PAUSE_S
        self._start()

    def _start(self) -> None:
        self.process = subprocess.Popen(self.command, env=self.environment, cwd=ROOT)  # noqa: S603  (our own commands)
        self.started = time.monotonic()
        self.due: float | None = None

    def look(self, say: Callable[[str], None]) -> None:
        """Start it again if it has ended and its pause is over."""
        now = time.monotonic()
        if self.due is None:
            if self.process.poll() is None:
                return
            if now - self.started > STEADY_S:
                self.pause_s = FIRST_PAUSE_S
            code, name = self.process.returncode, " ".join(self.command[1:4])
            say(f"A process has ended with {code} and is started again in {self.pause_s:.0f} s: {name}")
            self.due, self.pause_s = now + self.pause_s, min(self.pause_s * 2, LONGEST_PAUSE_S)
        elif now >= self.due:
            self._start()

    def end(self) -> None:
        self.process.terminate()
        try:
            self.process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


def serve_until_interrupted(port: int, say: Callable[[str], None], *, tick_s: float = TICK_SECONDS) -> None:
    """Start the processes and tick, until SIGINT or SIGTERM. One that ends is started again and stops no other."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "site"), os.environ.get("PYTHONPATH", "")])
    environment = os.environ | {"PYTHONPATH": path, "DJANGO_SETTINGS_MODULE": settings.SETTINGS_MODULE}
    stop = threading.Event()

    def end(number: int, frame: FrameType | None) -> None:
        stop.set()

    signal.signal(signal.SIGINT, end)
    signal.signal(signal.SIGTERM, end)
    commands = [web_command(port), worker_command()]
    running = [Supervised(command, environment) for command in commands]
    say("Serving. Stop with Ctrl-C.")
    ticking = threading.Thread(target=_tick_until, args=(stop, tick_s), name="tick", daemon=True)
    ticking.start()
    try:
        while not stop.wait(LOOK_EVERY_S):
            for process in running:
                process.look(say)
    finally:
        stop.set()
        for process in running:
            process.end()
        ticking.join(timeout=30)


def _tick_until(stop: threading.Event, tick_s: float) -> None:
    """In a thread: a chore that waits for something keeps nobody from starting an ended process again."""
    while not stop.wait(tick_s):
        try:
            tick(timezone.now())
        except Exception:  # a database that is away is there at one of the next ticks
            logger.exception("tick failed")
        close_old_connections()
