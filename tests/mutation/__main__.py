"""Mutation run: is each rule of the code held by a test? Sampled, seeded, resumable; `make mutants`.

A mutant is one small change of one place (`<` becomes `<=`, `and` becomes `or`, 30 becomes 31), made by cosmic-ray in
a copy of the working tree, never in the tree itself. The tests near it that enter the changed function are tried on it
(scope.py, served_tests.py): one that fails, or takes several times as long, has killed it. Mutant number i of a seed is
the same at each run of the same sources, so that a larger sample goes on where a smaller one stopped. Results stand in
a session of cosmic-ray, which `cr-report` and `cr-html` read too.

    python -m tests.mutation --mutants 300 --only pure --seconds 1200
"""

import argparse
import ast
import collections
import difflib
import hashlib
import json
import os
import random
import re
import signal
import subprocess
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import chain, islice
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome, WorkItem, WorkResult

from tests.mutation.functions import function_at, functions
from tests.mutation.scope import Source, dotted, in_scope, near_tests, sources

ROOT = Path(__file__).resolve().parents[2]
PLACE = Path(os.environ.get("BPF_DATA", ROOT / "var")).resolve() / "mutants"
TREE = PLACE / "tree"
CHEAP = "not browser and not load and not postgresql and not elasticsearch"
BUDGET_S = 120.0
"""What the tests of one mutant may take together, in CPU seconds, before the change. Only who lives costs all of it."""
MOST_FILES, LOOKED_AT, LONGEST_S = 48, 48, 600.0
AT_ONCE = 24
"""Test files whose reach is found in one child."""
SLOWER = 8
"""A mutant whose tests take so many times their CPU seconds by the clock is killed: it does not end."""
NOT_USED = ("VariableReplacer", "VariableInserter", "NoOp", "ReplaceBinaryOperator_BitOr_Pow")
"""Operators that need settings, or change nothing."""


def copy_tree() -> list[str]:
    """The files that git knows, as they lie in the working tree, into TREE; what a broken run changed is put right."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    paths = [path for path in listed.decode().split("\0") if path and (ROOT / path).is_file()]
    for path in paths:
        there, here = TREE / path, (ROOT / path).read_bytes()
        if not there.exists() or there.read_bytes() != here:
            there.parent.mkdir(parents=True, exist_ok=True)
            there.write_bytes(here)
    return [path for path in paths if path.endswith(".py") and not path.startswith("docs/")]


def spans_without_rules(code: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where types stand: a mutant there cannot be imported or changes nothing; frozen dataclasses are mypy's."""
    nodes: list[ast.expr] = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.ClassDef):
            nodes += [each for each in node.decorator_list if "dataclass" in ast.unparse(each)]
        elif isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            nodes.append(node.annotation)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            nodes.append(node.returns)
    return [
        ((n.lineno, max(0, n.col_offset - 1)), (n.end_lineno or 0, n.end_col_offset or 0)) for n in nodes
    ]  # from the @


def places(code: str) -> dict[tuple[int, int], list[tuple[str, int, tuple[int, int], tuple[int, int]]]]:
    """Where the code can be changed -> (operator, its occurrence, start, end) of each change there."""
    tree, typed = get_ast(code), spans_without_rules(code)
    found: dict[tuple[int, int], list[tuple[str, int, tuple[int, int], tuple[int, int]]]] = {}
    for name in operator_names():
        operator_class = get_operator(name)
        if name.endswith(NOT_USED) or operator_class.arguments():
            continue
        operator = operator_class()
        at = ((start, end) for node in ast_nodes(tree) for start, end in operator.mutation_positions(node))
        for occurrence, (start, end) in enumerate(at):
            if not any(first <= start < last for first, last in typed):
                found.setdefault(start, []).append((name, occurrence, start, end))
    return found


def draws(seed: int, modules: list[Source]) -> Iterator[WorkItem]:
    """Mutants by chance: a module by its length, a place in it, one of the changes there. A place comes once."""
    lengths = [len((TREE / module.path).read_bytes()) for module in modules]
    known: dict[str, dict] = {}
    seen: set[tuple[str, tuple[int, int]]] = set()
    for number in range(100 * len(modules) + 1000):
        chance = random.Random(f"{seed}:{number}")
        (module,) = chance.choices(modules, lengths)
        if module.path not in known:
            known[module.path] = places((TREE / module.path).read_text("utf-8"))
        if not known[module.path]:
            continue
        place = chance.choice(sorted(known[module.path]))
        name, occurrence, start, end = chance.choice(known[module.path][place])
        if (module.path, place) in seen:
            continue
        seen.add((module.path, place))
        code = (TREE / module.path).read_text("utf-8")
        try:
            mutated = mutate_code(code, get_operator(name)(), occurrence)
        except AttributeError:  # cosmic-ray 8.7.0 knows no exception with a dot in its name
            continue
        if not _is_a_change(code, mutated):
            continue
        spec = MutationSpec(module.path, name, occurrence, start, end)
        yield WorkItem.single(f"{seed}:{number:05}", spec)


def _is_a_change(code: str, mutated: str | None) -> bool:
    if mutated is None:
        return False
    try:
        return ast.dump(ast.parse(mutated)) != ast.dump(ast.parse(code))
    except SyntaxError:
        return False


class Tests:
    """The tests of the tree: collected once, run in children of one process (served_tests.py).

    What each test enters, and its seconds, is kept beside the session by test file, as long as that file is the same.
    """

    def __init__(self, python: str, environment: dict[str, str], modules: list[str]) -> None:
        self.python, self.environment, self.modules = python, environment, modules
        self.file = PLACE / "reach.json"
        self.kept: dict[str, list] = json.loads(self.file.read_text()) if self.file.exists() else {}
        self.process: subprocess.Popen | None = None

    def _ask(self, **order: object) -> dict:
        if self.process is None:
            theirs_in, orders = os.pipe()
            answers, theirs_out = os.pipe()
            told = {"MUTATION_ORDERS": str(theirs_in), "MUTATION_ANSWERS": str(theirs_out)}
            self.process = subprocess.Popen(
                [*command(self.python), "-p", "tests.mutation.served_tests", "-m", CHEAP, "tests"], cwd=TREE,
                env={**self.environment, **told}, pass_fds=(theirs_in, theirs_out),
                stdout=(PLACE / "tests.log").open("w"), stderr=subprocess.STDOUT,
            )  # fmt: skip
            os.close(theirs_in)
            os.close(theirs_out)
            self.orders, self.answers = os.fdopen(orders, "w"), os.fdopen(answers)
        print(json.dumps(order), file=self.orders, flush=True)
        line = self.answers.readline()
        if not line:
            raise RuntimeError(f"the process of the tests has ended: {PLACE / 'tests.log'} says why")
        return json.loads(line)

    def reach(self, path: str) -> list[tuple[str, float, list[str]]]:
        """(test, seconds, functions it enters) of each test of a file that passes without any change."""
        self.find_reach([path])
        return self.kept[path][1]

    def find_reach(self, paths: list[str]) -> None:
        """Find the reach of these files, all in one child, as to mark every function costs more than most files."""
        stamps = {path: hashlib.sha256((TREE / path).read_bytes()).hexdigest() for path in paths}
        wanted = {path: stamp for path, stamp in stamps.items() if self.kept.get(path, [""])[0] != stamp}
        if not wanted:
            return
        answer = self._ask(reach=list(wanted), modules=self.modules, limit=LONGEST_S)
        said = [each for each in answer["said"] if isinstance(each, list)]  # not: a child's last error
        for path, stamp in wanted.items():
            theirs = [each for each in said if each[0].startswith(f"{path}::")]
            if theirs or answer["ended"] or len(wanted) == 1:  # what stopped many is asked again alone
                self.kept[path] = [stamp, theirs]
        self.file.write_text(json.dumps(self.kept))

    def that_meet(self, paths: list[str], wanted: str) -> Iterator[list[tuple[str, float]]]:
        """(test, seconds) of those that enter a function whose key begins so, a near file at a time; "": of all.

        Together they take BUDGET_S, and one test if it takes longer. At most LOOKED_AT files are run to find theirs.
        """
        total, files, looked_at = 0.0, 0, 0
        for path in paths:
            looked_at += path not in self.kept
            theirs: list[tuple[str, float]] = []
            for test, seconds, entered in sorted(self.reach(path), key=lambda each: each[1]):
                if (not wanted or any(each.startswith(wanted) for each in entered)) and (
                    total + seconds <= BUDGET_S or not total
                ):
                    theirs.append((test, seconds))
                    total += seconds
            if theirs:
                yield theirs
            files += bool(theirs)
            if total > 0.8 * BUDGET_S or files == MOST_FILES or looked_at == LOOKED_AT:
                return

    def in_served_process(self, tests: list[tuple[str, float]], module: str, code: str) -> tuple[bool, str]:
        """Whether a test notices the changed code of a function, and what was seen."""
        limit = limit_of(tests)
        with changed(module, code):
            answer = self._ask(**{"try": [test for test, _ in tests]}, module=module, code=code, limit=limit)
        failed = [said["test"] for said in answer["said"] if said.get("passed") is False]
        if failed:
            return True, failed[0]
        if answer["slow"]:
            return True, f"not ended after {limit:.0f} s"
        if not answer["ended"]:
            return True, "the process of the tests died"
        return False, f"{len(tests)} tests passed"

    def in_new_process(self, tests: list[tuple[str, float]], module: str, code: str) -> tuple[bool, str]:
        """The same with the module imported anew: what is read once, at import, is seen so only."""
        limit = limit_of(tests)
        with changed(module, code):
            run = subprocess.Popen(
                [*command(self.python), "-x", *(test for test, _ in tests)], cwd=TREE, start_new_session=True,
                env={**self.environment, "PYTHONDONTWRITEBYTECODE": "1"}, stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT, text=True,
            )  # fmt: skip
            try:
                said, _ = run.communicate(timeout=limit)
            except subprocess.TimeoutExpired:
                os.killpg(run.pid, signal.SIGKILL)
                run.communicate()
                return True, f"not ended after {limit:.0f} s"
        return run.returncode != 0, (said.strip().splitlines() or [f"status {run.returncode}"])[-1]


@contextmanager
def changed(module: str, code: str) -> Iterator[None]:
    """The module's file has the changed code, for processes that tests start; with a time of its own, as bytecode is
    known by time and length."""
    path = TREE / module
    before, times = path.read_bytes(), path.stat()
    try:
        path.write_text(code, "utf-8")
        os.utime(path, (times.st_atime, times.st_mtime + 1 + zlib.crc32(code.encode()) % 1_000_000))
        yield
    finally:
        path.write_bytes(before)
        os.utime(path, (times.st_atime, times.st_mtime))


def limit_of(tests: list[tuple[str, float]]) -> float:
    """Seconds after which tests do not end any more: the machine may be busy, and a process has to start."""
    return SLOWER * sum(seconds for _, seconds in tests) + 90


def command(python: str) -> list[str]:
    return [python, "-m", "pytest", "-q", "--no-header", "-p", "no:cacheprovider"]


def nearest_and_rest(groups: Iterator[list[tuple[str, float]]]) -> Iterator[list[tuple[str, float]]]:
    """The tests of the nearest file, then those of all others together: a new process costs more than most files."""
    yield from islice(groups, 1)
    if rest := list(chain.from_iterable(groups)):
        yield rest


def try_one(item: WorkItem, known: dict[str, Source], tests: Tests, *, anew: bool) -> WorkResult:
    """The nearest tests first. What is read at import meets them in a new process; with `anew`, so does what lived."""
    spec = item.mutations[0]
    path = str(spec.module_path)
    source = (TREE / path).read_text("utf-8")
    code = mutate_code(source, get_operator(spec.operator_name)(), spec.occurrence) or source
    function = function_at(source, spec.start_pos)
    met: list[tuple[str, float]] = []
    killed, seen = False, "no test near enters it"
    wanted = f"{path}::{function or ''}" if functions(ast.parse(source)) else ""  # "": it holds tables alone
    near = near_tests(known[dotted(path)], known)
    groups = tests.that_meet(near, wanted)
    for some in groups if function else nearest_and_rest(groups):
        met += some
        killed, seen = (tests.in_served_process if function else tests.in_new_process)(some, path, code)
        if killed:
            break
    if not met:  # what enters it may be a process that a test starts
        met = next(tests.that_meet(near[:1], ""), [])
        killed, seen = tests.in_new_process(met, path, code) if met else (False, seen)
    elif function and anew and not killed:
        killed, seen = tests.in_new_process(met, path, code)
    diff = "\n".join(difflib.unified_diff(source.splitlines(), code.splitlines(), lineterm="", n=0))
    return WorkResult(
        WorkerOutcome.NORMAL if met else WorkerOutcome.NO_TEST, seen if killed else f"{len(met)} tests: {seen}",
        TestOutcome.KILLED if killed else TestOutcome.SURVIVED, diff,
    )  # fmt: skip


def report(db: WorkDB, seed: int) -> None:
    results = dict(db.results)
    items = {item.job_id: item for item in db.work_items if item.job_id in results}
    by_module: dict[str, collections.Counter[str]] = {}
    for job, item in sorted(items.items()):
        outcome = "killed" if results[job].is_killed else "survived"
        by_module.setdefault(str(item.mutations[0].module_path), collections.Counter())[outcome] += 1
    total: collections.Counter[str] = sum(by_module.values(), collections.Counter())
    for path, counts in sorted(by_module.items()):
        print(f"{path:64} killed {counts['killed']:3}  survived {counts['survived']:3}")
    for job, item in sorted(items.items()):
        if not results[job].is_killed:
            spec = item.mutations[0]
            print(f"\nsurvivor {job} {spec.module_path}:{spec.start_pos[0]} {spec.operator_name.rpartition('/')[2]}")
            changed = (results[job].diff or results[job].output or "").splitlines()
            print("\n".join(line for line in changed if line[:1] in "+-" and line[:3] not in ("+++", "---")))
    done = total["killed"] + total["survived"]
    print(f"\nseed {seed}: {total['killed']} of {done} killed, {100 * total['killed'] / max(done, 1):.1f} %")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--mutants", type=int, default=300)
    asked.add_argument("--seed", type=int, default=2099)
    asked.add_argument("--only", choices=("pure", "services"), help="one kind of modules; without it, all")
    asked.add_argument("--rooms", nargs="*", default=(), help="of these rooms only")
    asked.add_argument("--seconds", type=float, default=float("inf"), help="stop after so long; the next run goes on")
    asked.add_argument("--reach", action="store_true", help="find first what every test enters; each mutant is cheaper")
    asked.add_argument("--again", action="store_true", help="try survivors once more, each in a new process")
    asked.add_argument("--python", default=str(ROOT / ".venv/bin/python"), help="the interpreter that runs the tests")
    given = asked.parse_args()
    until = time.monotonic() + given.seconds
    PLACE.mkdir(parents=True, exist_ok=True)
    known = sources(TREE, copy_tree())
    chosen = [
        known[name]
        for name, pure in in_scope(known).items()
        if given.only in (None, "pure" if pure else "services")
        and (not given.rooms or name.split(".")[0] in given.rooms)
    ]
    environment = dict(
        os.environ, CI="1", BPF_DATA=str(PLACE / "data"), DJANGO_SETTINGS_MODULE="bpf_site.settings.test"
    )
    environment["PYTHONPATH"] = f"{TREE}:{TREE / 'site'}"
    tests = Tests(given.python, environment, [known[name].path for name in sorted(in_scope(known))])
    session = (
        PLACE / f"session-{given.seed}-{given.only or 'all'}-{'-'.join(sorted(given.rooms)) or 'everywhere'}.sqlite"
    )
    os.chdir(TREE)  # where cosmic-ray finds the modules, and its tests run
    os.environ.update(environment)
    if given.reach:
        files = sorted(s.path for s in known.values() if re.match("tests/.*test_[a-z0-9_]+.py$", s.path))
        for first in range(0, len(files), AT_ONCE):
            tests.find_reach(files[first : first + AT_ONCE])
    with use_db(str(session)) as db:
        had, done = {item.job_id for item in db.work_items}, dict(db.results)
        drawn = draws(given.seed, chosen)
        for _, item in zip(range(given.mutants), drawn, strict=False):
            if item.job_id not in had:
                db.add_work_item(item)
            earlier = done.get(item.job_id)
            if earlier and not (given.again and not earlier.is_killed):
                continue
            if time.monotonic() > until:
                break
            result = try_one(item, known, tests, anew=given.again)
            db.set_result(item.job_id, result)
            spec = item.mutations[0]
            word = "killed" if result.is_killed else "SURVIVED"
            print(f"{item.job_id} {spec.module_path}:{spec.start_pos[0]} {spec.operator_name} {word}", flush=True)
        report(db, given.seed)


if __name__ == "__main__":
    main()
