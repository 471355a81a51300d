"""Foreign files are read in a child: what it may cost, what it may do, and what is said when it may not."""

import errno
import os
import resource
import shutil
import signal
import socket
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.budgets import budgeted
from core.budgets.budgeted import MIB, AnswerTooLarge, Budget, Crashed, Refused, TooMuchMemory, TooMuchTime

JOBS = "tests.core.budget_jobs:"


def run(name: str, budget: Budget | None = None, **options: Any) -> tuple[Any, bytes]:
    return budgeted.run(JOBS + name, b"abc", options, budget)


def test_a_job__answers_values_and_bytes() -> None:
    assert run("echo", word="字", number=3) == ({"word": "字", "number": 3}, b"cba")


@settings(max_examples=10)
@given(st.binary(max_size=200_000))
def test_any_bytes__go_in_and_come_out(content) -> None:
    assert budgeted.run(JOBS + "echo", content)[1] == content[::-1]


@pytest.mark.parametrize(
    ("name", "budget", "error"),
    [
        ("spin", Budget(cpu=1), TooMuchTime),
        ("sleep", Budget(wall=0.5), TooMuchTime),
        ("eat", Budget(memory=200 * MIB), TooMuchMemory),
        ("shout", Budget(answer=MIB), AnswerTooLarge),
        ("die", None, Crashed),
        ("fail", None, Crashed),
        ("lie", None, Crashed),
        ("no_such_job", None, Crashed),
    ],
)
def test_a_job_that_goes_wrong__is_ended_in_time_and_says_what_happened(name, budget, error) -> None:
    began = time.monotonic()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    with pytest.raises(error) as raised:
        run(name, budget)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime < 3
    assert time.monotonic() - began < 15
    said = str(raised.value)
    assert said.endswith(".")
    assert "Error" not in said


def test_a_job_that_refuses__names_its_reason() -> None:
    with pytest.raises(Refused) as raised:
        run("refuse")
    assert (raised.value.reason, raised.value.detail) == ("of no use", "at all")


def test_what_a_job_started__ends_with_it() -> None:
    mark = f"mark{os.getpid()}"
    with pytest.raises(TooMuchTime):
        run("sleep", Budget(wall=1.0), note=mark)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and _running(mark):
        time.sleep(0.05)
    assert _running(mark) == []


def _running(mark: str) -> list[int]:
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if mark.encode() in path.read_bytes() and (path.parent / "stat").read_text().split()[2] != "Z":
                found.append(int(path.parent.name))
        except OSError:
            continue
    return found


def test_a_job__sees_no_secret_and_writes_no_file(monkeypatch, tmp_path) -> None:
    monkeypatch.setenv("SECRET_KEY", "planted")
    monkeypatch.setenv("DATABASE_URL", "planted")
    environment, _nothing = run("secrets")
    assert set(environment) <= {"PATH", "TMPDIR", "LANG", "LC_CTYPE"}
    assert run("write", path=str(tmp_path / "new"))[0] == errno.EFBIG


def test_a_job__reaches_no_network_where_the_kernel_can_take_it_away() -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        found, _nothing = run("reach", port=server.getsockname()[1])
    assert found != 0 or not _can_unshare(), "a child reached a port of this machine"


def _can_unshare() -> bool:
    child = os.fork()
    if child == 0:
        import ctypes

        os._exit(0 if ctypes.CDLL(None).unshare(0x50000000) == 0 else 1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def test_a_program__has_the_same_limits() -> None:
    echo, sleep, sh = (shutil.which(name) for name in ("echo", "sleep", "sh"))
    assert budgeted.run_program([echo, "lamp"], Budget()) == b"lamp\n"
    with pytest.raises(TooMuchTime):
        budgeted.run_program([sleep, "60"], Budget(wall=0.5))
    with pytest.raises(Crashed, match="no such lamp"):
        budgeted.run_program([sh, "-c", "echo no such lamp >&2; exit 3"], Budget())
    with pytest.raises(TooMuchTime):
        budgeted.run_program([sh, "-c", "while :; do :; done"], Budget(cpu=1))


def test_a_child__starts_in_a_fraction_of_a_second() -> None:
    run("echo")
    began = min(_timed() for _ in range(3))
    assert began < 1.0  # 0.06 s on an idle machine; the rest is room for a loaded one


def _timed() -> float:
    began = time.monotonic()
    run("echo")
    return time.monotonic() - began


def test_signals_of_this_process__are_left_alone() -> None:
    former = signal.getsignal(signal.SIGCHLD)
    run("echo")
    assert signal.getsignal(signal.SIGCHLD) is former
