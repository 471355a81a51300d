"""Run a function of ours on a foreign file in a child process with limits of CPU, memory, time and answer. Pure.

Whoever uploads a file may have made it to break its readers. The child gets the bytes and a few options, no secret of
the environment, no network where the kernel allows that to be taken away, no file to write, and answers JSON and bytes:
nothing it says is run here. It is ended with everything it started, whatever happens.

One child a job, started anew: 60 to 200 ms by what the job imports. A pool would save them, and let one file see the
next one's bytes.
"""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

ROOT = Path(__file__).resolve().parents[2]
CHILD = Path(__file__).with_name("budgeted_child.py")
MIB = 1024 * 1024
HEADER = 16
"""Digits before an answer: the length of its JSON, after which bytes follow."""
OUT_OF_MEMORY, REFUSED, FAILED = 70, 71, 72
"""How a child ends: beside 0, and the signals that end it."""
MOST_SAID = 64 * 1024  # bytes of the child's errors that are read


@dataclass(frozen=True, slots=True)
class Budget:
    """cpu: seconds of processor. memory: bytes of address space, of which Python itself takes about 30 MiB. wall:
    seconds until the answer must be here, which a loaded machine stretches. answer: bytes."""

    cpu: int = 5
    memory: int = 512 * MIB
    wall: float = 30.0
    answer: int = 64 * MIB


class OverBudget(Exception):
    """A file was not read. Its text is for a person; `why` is for whoever has better words for it."""

    why = "failed"
    said = "The file could not be read."

    def __init__(self, said: str = "") -> None:
        super().__init__(said or self.said)


class TooMuchTime(OverBudget):
    why = "time"
    said = "Reading the file took too long, so it was given up. Make it smaller or simpler, and try again."


class TooMuchMemory(OverBudget):
    why = "memory"
    said = "Reading the file needs too much memory, so it was given up. Make it smaller or simpler, and try again."


class Crashed(OverBudget):
    why = "crashed"
    said = "The file is damaged or of an unusual make: reading it failed. Save it again in another program, and retry."


class AnswerTooLarge(OverBudget):
    why = "answer"
    said = "The file holds more than can be taken in one piece. Divide it, and try again."


class Refused(Exception):
    """The job itself said no, by raising budgeted_child.No: its reason, a word of the job's own, and details."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason, self.detail = reason, detail


def run(
    job: str, content: bytes = b"", options: Mapping[str, Any] | None = None, budget: Budget | None = None
) -> tuple[Any, bytes]:
    """What `job` ("package.module:function", called with content and options) answers: a value of JSON, and bytes.

    Raises Refused, or a kind of OverBudget.
    """
    budget = budget or Budget()
    command = [*_child(budget), "call", job, json.dumps(dict(options or {}))]
    with tempfile.TemporaryFile() as source:
        source.write(content)
        source.seek(0)
        code, answer, errors = _run(command, source, budget)
    if code == REFUSED:
        said = json.loads(answer or b"{}")
        raise Refused(str(said.get("reason", "")), str(said.get("detail", "")))
    _judge(code, errors)
    try:
        size = int(answer[:HEADER])
        return json.loads(answer[HEADER : HEADER + size]), answer[HEADER + size :]
    except ValueError as error:
        raise Crashed from error


def run_program(command: Sequence[str], budget: Budget) -> bytes:
    """What a program writes, under the same limits. Raises a kind of OverBudget; Crashed says its last line."""
    code, answer, errors = _run([*_child(budget), "exec", *command], subprocess.DEVNULL, budget)
    if code > 0 and code not in (OUT_OF_MEMORY, REFUSED):
        said = errors.decode(errors="replace").strip().splitlines()
        raise Crashed(said[-1][:300] if said else f"the reader ended with {code}")
    _judge(code, errors)
    return answer


def _child(budget: Budget) -> list[str]:
    # -I: neither the environment nor the working folder decides what is imported.
    return [sys.executable, "-I", str(CHILD), str(ROOT), str(budget.cpu), str(budget.memory)]


def _run(command: list[str], source: IO[bytes] | int, budget: Budget) -> tuple[int, bytes, bytes]:
    """(exit code, answer, errors). Raises TooMuchTime and AnswerTooLarge."""
    environment = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ} | {"LANG": "C.UTF-8"}
    process = subprocess.Popen(  # noqa: S603 (our own child, and programs that callers name)
        command, stdin=source, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment, cwd="/",
        start_new_session=True,
    )  # fmt: skip
    try:
        answer, errors = _listen(process, budget)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(timeout=5)
    finally:
        _end(process)
    return process.returncode, answer, errors


def _listen(process: subprocess.Popen[bytes], budget: Budget) -> tuple[bytes, bytes]:
    deadline = time.monotonic() + budget.wall
    read = {process.stdout: bytearray(), process.stderr: bytearray()}
    with selectors.DefaultSelector() as selector:
        for pipe in filter(None, read):
            os.set_blocking(pipe.fileno(), False)
            selector.register(pipe, selectors.EVENT_READ)
        while selector.get_map():
            left = deadline - time.monotonic()
            if left <= 0:
                raise TooMuchTime
            for key, _events in selector.select(left):
                part = os.read(key.fd, MIB)
                if not part:
                    selector.unregister(key.fileobj)
                    continue
                kept = read[key.fileobj]  # type: ignore[index]
                if key.fileobj is process.stdout and len(kept) + len(part) > budget.answer:
                    raise AnswerTooLarge
                if key.fileobj is process.stdout or len(kept) < MOST_SAID:
                    kept += part
    return bytes(read[process.stdout]), bytes(read[process.stderr])


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the child and whatever it started: they are a group of their own."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    for pipe in (process.stdout, process.stderr):
        if pipe is not None:
            pipe.close()


def _judge(code: int, errors: bytes) -> None:
    if code == 0:
        return
    if code in (-signal.SIGXCPU, -signal.SIGKILL):
        raise TooMuchTime
    if code == OUT_OF_MEMORY or b"MemoryError" in errors[-2000:]:
        raise TooMuchMemory
    if code == -signal.SIGXFSZ:
        raise AnswerTooLarge
    raise Crashed
