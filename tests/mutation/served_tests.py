"""A process of pytest that has collected the tests once and tries each change of the code in a child of itself.

A plugin (`pytest -p tests.mutation.served_tests`): instead of running what was collected it reads orders, one JSON
object a line, from the file descriptor ORDERS and answers each with one on ANSWERS. A child is forked with everything
imported and the database made; in it the functions of the changed module are given their changed code, wherever they
are held, and the tests run until one fails. Its end is that of the change: nothing of it comes back. What tests leave
in the folder of the run is put back before the next.

    {"reach": ["tests/core/test_lists.py"], "modules": [paths], "limit": s}  which functions each test enters
    {"try": [ids of tests], "module": path, "code": changed text, "limit": s}  the first test that fails
"""

import builtins
import gc
import importlib
import json
import os
import resource
import shutil
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

from tests.mutation.functions import MARK, codes, key_of, marked

ROOT = Path(__file__).resolve().parents[2]
JOB_S, JOB_BYTES = 20.0, 512 * 1024 * 1024
END = "all was said"
DEAREST_S = 60.0
"""CPU seconds of one test, unchanged. What takes longer tries no mutant."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool:
    items = {item.nodeid: item for item in session.items}
    _make_database(session.items)
    with (
        os.fdopen(int(os.environ["MUTATION_ORDERS"])) as orders,
        os.fdopen(int(os.environ["MUTATION_ANSWERS"]), "w") as answers,
    ):
        held = HeldFunctions()
        kept = KeptFolder()
        for line in orders:  # ends: with the process that gives the orders
            order = json.loads(line)
            if "reach" in order:
                wanted = tuple(f"{path}::" for path in order["reach"])
                mine = [item for item in session.items if item.nodeid.startswith(wanted)]
                work = partial(_reach, mine, order["modules"], held)
            else:
                mine = [items[nodeid] for nodeid in order["try"]]
                work = partial(_try, mine, order, held)
            answer = in_a_child(work, order["limit"])
            kept.put_back()
            print(json.dumps(answer), file=answers, flush=True)
    session.items.clear()
    return True


def _make_database(items: list[pytest.Item]) -> None:
    """Run the first small test with a database. The session's fixtures stay, as another test is named as the next."""
    from django.db import connections

    first = next(
        item for item in items
        if (marker := item.get_closest_marker("django_db")) and not marker.kwargs and "people" not in item.fixturenames
    )  # fmt: skip
    room = first.path.relative_to(ROOT).parts[
        1
    ]  # what the two have in common stays set up, and all tests must share it
    other = next(item for item in items if item.path.relative_to(ROOT).parts[1] != room)
    first.config.hook.pytest_runtest_protocol(item=first, nextitem=other)
    connections.close_all()


class KeptFolder:
    """The folder of the run as it was before the first child."""

    def __init__(self) -> None:
        from django.conf import settings

        self.folder = Path(settings.TEST_DATA)
        self.copy = self.folder.with_name(f"{self.folder.name}-kept")
        shutil.rmtree(self.copy, ignore_errors=True)
        shutil.copytree(self.folder, self.copy)

    def put_back(self) -> None:
        for each in self.folder.iterdir():
            if each.is_dir() and not each.is_symlink():
                shutil.rmtree(each, ignore_errors=True)
            else:
                each.unlink()
        shutil.copytree(self.copy, self.folder, dirs_exist_ok=True)


class HeldFunctions:
    """Every function of ours that anything holds, by the file it was written in: also what decorators wrap."""

    def __init__(self) -> None:
        gc.unfreeze()
        self.by_file: dict[str, list[FunctionType]] = {}
        for each in gc.get_objects():
            if type(each) is FunctionType and each.__code__.co_filename.startswith(f"{ROOT}/"):
                self.by_file.setdefault(each.__code__.co_filename, []).append(each)
        gc.freeze()

    def give(self, path: str, changed: dict) -> int:
        """Give the functions of the module at `path` the code of the same key; how many got one that differs."""
        given = 0
        for each in self.by_file.get(str(ROOT / path), ()):
            new = changed.get(key_of(each.__code__))
            if new is not None and new != each.__code__ and len(new.co_freevars) == len(each.__code__.co_freevars):
                each.__code__ = new
                given += 1
        return given


def in_a_child(work: Callable[[Callable[[Any], None]], None], limit: float) -> dict:
    """What `work` said in a forked child, or {"slow": true} when it had not ended after `limit` seconds."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.setsid()
        os.close(reading)
        sys.dont_write_bytecode = True
        with os.fdopen(writing, "w") as out:
            try:
                work(lambda said: print(json.dumps(said), file=out, flush=True))
                print(json.dumps(END), file=out, flush=True)
            except BaseException:
                print(json.dumps({"error": traceback.format_exc()}), file=out, flush=True)
            finally:
                os._exit(0)
    os.close(writing)
    said, slow = _heard(reading, time.monotonic() + limit)
    with suppress(ProcessLookupError):  # it has ended, and everything it started
        os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return {"said": [each for each in said if each != END], "slow": slow, "ended": END in said}


def _heard(reading: int, until: float) -> tuple[list, bool]:
    """The lines that a child writes until it closes the pipe, or until the instant; whether it was the instant."""
    import select

    text = b""
    slow = True
    while (left := until - time.monotonic()) > 0:  # ends: at the instant
        if not select.select([reading], [], [], left)[0]:
            break
        part = os.read(reading, 65536)
        if not part:
            slow = False
            break
        text += part
    os.close(reading)
    return [json.loads(line) for line in text.decode().split("\n")[:-1]], slow


def _runs(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, bool, float]]:
    """(test, whether it passed, CPU seconds, its processes' too) of each."""
    for item, after in zip(items, [*items[1:], None], strict=True):
        failed, begun = item.session.testsfailed, sum(os.times()[:4])
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=after)
        yield item, item.session.testsfailed == failed, sum(os.times()[:4]) - begun


def _mark_budgeted_jobs(entered: set[str]) -> None:
    """Foreign files are read in a process started anew, which marks nothing here: a fork of ours does the same job."""
    from core.budgets import budgeted

    run = budgeted._run

    def marked_run(command: list[str], source: Any, budget: Any) -> Any:
        if "call" in command:
            job, options = command[command.index("call") + 1 :]
            content = source.read()
            source.seek(0)
            told = in_a_child(partial(_do_job, job, content, json.loads(options), entered), JOB_S)["said"]
            entered.update(*told[:1])
        return run(command, source, budget)

    budgeted._run = marked_run


def _do_job(job: str, content: bytes, options: dict, entered: set[str], say: Callable[[Any], None]) -> None:
    module, _, name = job.partition(":")
    _, most = resource.getrlimit(resource.RLIMIT_AS)
    pages = int(Path("/proc/self/statm").read_text().split()[0])
    resource.setrlimit(resource.RLIMIT_AS, (pages * resource.getpagesize() + JOB_BYTES, most))
    with suppress(Exception):
        getattr(importlib.import_module(module), name)(content, **options)
    say(sorted(entered))


def _reach(items: list[pytest.Item], modules: list[str], held: HeldFunctions, say: Callable[[Any], None]) -> None:
    entered: set[str] = set()
    setattr(builtins, MARK, entered.add)
    _mark_budgeted_jobs(entered)
    for path in modules:
        held.give(path, codes(marked((ROOT / path).read_text("utf-8"), str(ROOT / path))))
    prefix = f"{ROOT}/"
    for item, passed, seconds in _runs(items):
        if passed and seconds <= DEAREST_S:
            say([item.nodeid, round(seconds, 2), sorted(each.removeprefix(prefix) for each in entered)])
        entered.clear()


def _try(items: list[pytest.Item], order: dict, held: HeldFunctions, say: Callable[[Any], None]) -> None:
    path = str(ROOT / order["module"])
    given = held.give(order["module"], codes(compile(order["code"], path, "exec", dont_inherit=True)))
    say({"given": given})
    for item, passed, seconds in _runs(items):
        say({"test": item.nodeid, "passed": passed, "seconds": round(seconds, 2)})
        if not passed:
            return
