"""Mutation run: is each rule of the code held by a test? Sampled, seeded, resumable; `make mutants`.

A mutant is one small change of one place (`<` becomes `<=`, `and` becomes `or`, 30 becomes 31), made by cosmic-ray in
a copy of the working tree, never in the tree itself. The cheap tests of its room are tried on it (scope.py): one that
fails, or takes several times as long, has killed it. Mutant number i of a seed is the same at each run of the same
sources, so that a larger sample goes on where a smaller one stopped. Results stand in a session of cosmic-ray, which
`cr-report` and `cr-html` read too.

    python -m tests.mutation --mutants 300 --only pure --seconds 1200
"""

import argparse
import ast
import collections
import json
import os
import random
import resource
import shlex
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_and_test, mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from cosmic_ray.work_db import WorkDB, use_db
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome, WorkItem, WorkResult

from tests.mutation.scope import Source, in_scope, near_tests, sources

ROOT = Path(__file__).resolve().parents[2]
PLACE = Path(os.environ.get("BPF_DATA", ROOT / "var")).resolve() / "mutants"
TREE = PLACE / "tree"
CHEAP = "not browser and not load and not postgresql and not elasticsearch"
PURE = f"{CHEAP} and not database"
"""Tried first: these take seconds."""
BUDGET_SECONDS = 60.0
"""What the tests of one mutant may take together, in CPU seconds, before the change."""
MOST_FILES, LONGEST_S = 5, 300.0
SLOWER = 6
"""A mutant whose tests take so many times their CPU seconds, and a minute, by the clock is killed: it does not end."""
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


def spans_of_annotations(code: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Where types stand, and no rule: a mutant there cannot be imported, or changes nothing."""
    nodes: list[ast.expr] = []
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation:
            nodes.append(node.annotation)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns:
            nodes.append(node.returns)
    return [((n.lineno, n.col_offset), (n.end_lineno or 0, n.end_col_offset or 0)) for n in nodes]


def places(code: str) -> dict[tuple[int, int], list[tuple[str, int, tuple[int, int], tuple[int, int]]]]:
    """Where the code can be changed -> (operator, its occurrence, start, end) of each change there."""
    tree, typed = get_ast(code), spans_of_annotations(code)
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
        if not _is_a_change(code, mutate_code(code, get_operator(name)(), occurrence)):
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


class Costs:
    """CPU seconds of each test file without any change, kept beside the session; null if it fails or takes too long."""

    def __init__(self, python: str, environment: dict[str, str]) -> None:
        self.file = PLACE / "seconds.json"
        self.kept: dict[str, list] = json.loads(self.file.read_text()) if self.file.exists() else {}
        self.python, self.environment = python, environment

    def of(self, path: str, kind: str) -> float | None:
        stamp, key = (TREE / path).stat().st_mtime, f"{'pure' if kind == PURE else 'all'} {path}"
        if self.kept.get(key, [0])[0] != stamp:
            before = cpu_of_children()
            try:
                run = subprocess.run(
                    [*command(self.python, kind), path], cwd=TREE, env=self.environment, capture_output=True,
                    timeout=LONGEST_S, check=False,
                )  # fmt: skip
                passes = run.returncode == 0
            except subprocess.TimeoutExpired:
                passes = False
            self.kept[key] = [stamp, round(cpu_of_children() - before, 1) if passes else None]
            self.file.write_text(json.dumps(self.kept, indent=1))
        return self.kept[key][1]

    def chosen(self, paths: list[str], kind: str, budget: float) -> tuple[list[str], float]:
        """The nearest tests that fit into the budget of one mutant, and their seconds."""
        taken: list[str] = []
        total = 0.0
        for path in paths:
            if total > budget / 2 or len(taken) == MOST_FILES:
                break
            seconds = self.of(path, kind)
            if seconds is not None and total + seconds <= budget:
                taken.append(path)
                total += seconds
        return taken, total


def cpu_of_children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def command(python: str, kind: str) -> list[str]:
    return [python, "-m", "pytest", "-q", "-x", "--no-header", "-p", "no:cacheprovider", "-m", kind]


def try_one(item: WorkItem, known: dict[str, Source], costs: Costs, budget: float, deep: bool) -> WorkResult:
    """Tests without a database first. Where there are none near, or if deep, it meets those with one too."""
    spec = item.mutations[0]
    module = next(source for source in known.values() if source.path == str(spec.module_path))
    result = WorkResult(WorkerOutcome.NO_TEST, "no cheap test of the room is near", TestOutcome.SURVIVED)
    for kind in (PURE, CHEAP):
        chosen, seconds = costs.chosen(near_tests(module, known), kind, budget)
        if chosen:
            result = mutate_and_test([spec], shlex.join([*command(costs.python, kind), *chosen]), SLOWER * seconds + 60)
        if chosen and (result.is_killed or not deep):
            break
    return result


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
    asked.add_argument("--budget", type=float, default=BUDGET_SECONDS, help="seconds of tests for a mutant, unchanged")
    asked.add_argument("--again", action="store_true", help="try survivors once more, with all tests that are near")
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
    costs = Costs(given.python, environment)
    session = (
        PLACE / f"session-{given.seed}-{given.only or 'all'}-{'-'.join(sorted(given.rooms)) or 'everywhere'}.sqlite"
    )
    os.chdir(TREE)  # where cosmic-ray finds the modules, and its tests run
    os.environ.update(environment)
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
            result = try_one(item, known, costs, given.budget, given.again)
            db.set_result(item.job_id, result)
            spec = item.mutations[0]
            word = "killed" if result.is_killed else "SURVIVED"
            print(f"{item.job_id} {spec.module_path}:{spec.start_pos[0]} {spec.operator_name} {word}", flush=True)
        report(db, given.seed)


if __name__ == "__main__":
    main()
