"""Which modules are mutated, and which tests are tried on each: read off imports and paths, nothing is run. Pure.

A module is in scope if it decides something without a request: every pure module (nothing it imports, however far
away, is Django), and the services, guards and rules of concepts, which is all that neither shows nor declares
something. A test belongs to a module if it stands in the folder of its room; the nearest come first: those that import
the module itself, then those of its concept, then those that import what imports it.
"""

import ast
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

ROOMS = (
    "core", "gate", "mail", "files", "accounts", "editions", "formats", "workflow", "consultation", "search", "pdf",
    "api", "bpf_pages", "site/bpf_site",
)  # fmt: skip
DRAWN_OR_DECLARED = {
    "admin", "admin_forms", "admin_urls", "admin_views", "apps", "blocks", "checks", "forms", "managers", "manage",
    "models", "personal_data", "signals", "tasks", "triggers", "urls", "views", "viewsets", "wagtail_hooks", "wsgi",
}  # fmt: skip
"""Modules that show or declare something, and those that are tried by whole requests: they are no services."""
FRAMEWORKS = {"django", "wagtail", "modelcluster", "taggit", "django_fsm", "django_tasks", "django_tasks_db"}
LEFT_OUT = {"migrations", "settings", "management", "templatetags", "demo", "sample"}
ALSO = {"search": "search_parity"}
"""Room -> the other folder of its tests."""
JOB = re.compile(r"[a-z_]\w*(\.\w+)+:\w+")
"""What the budget's process is told to call: "formats.docx.reader:read"."""
FAR = 3
"""A test of another room so many imports away says nothing about a module, and one of its own comes last."""


@dataclass(frozen=True)
class Source:
    """A module or a test: its path below the root, its dotted name, and the names that it imports."""

    path: str
    name: str
    imports: frozenset[str]


def dotted(path: str) -> str:
    """The name under which the file at `path` is imported: "core.charset", "bpf_site.monitoring.services"."""
    parts = PurePosixPath(path.removeprefix("site/")).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imported(tree: ast.AST) -> set[str]:
    """Each dotted name that the code imports; of `from a import b` both "a" and "a.b"; and that it names as a job."""
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
            found.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and JOB.fullmatch(node.value):
            found.add(node.value.partition(":")[0])
    return found


def sources(root: Path, paths: Iterable[str]) -> dict[str, Source]:
    """Dotted name -> source, of the Python files at `paths` below `root`."""
    read = {}
    for path in paths:
        names = frozenset(imported(ast.parse((root / path).read_text("utf-8"))))
        read[dotted(path)] = Source(path, dotted(path), names)
    return read


def _ours(source: Source, known: dict[str, Source]) -> list[Source]:
    return [known[name] for name in source.imports if name in known and name != source.name]


def is_pure(source: Source, known: dict[str, Source]) -> bool:
    """Whether nothing that the module imports, however far away, is Django or stands on it."""
    seen, waiting = {source.name}, [source]
    while waiting:  # ends: a module is looked at once
        module = waiting.pop()
        if any(name.partition(".")[0] in FRAMEWORKS for name in module.imports):
            return False
        for other in _ours(module, known):
            if other.name not in seen:
                seen.add(other.name)
                waiting.append(other)
    return True


def in_scope(known: dict[str, Source]) -> dict[str, bool]:
    """Name -> whether it is pure, of every module that is mutated."""
    chosen = {}
    for name, source in sorted(known.items()):
        parts = set(PurePosixPath(source.path).with_suffix("").parts)
        if not source.path.startswith(tuple(f"{room}/" for room in ROOMS)) or parts & LEFT_OUT or "__init__" in parts:
            continue
        pure = is_pure(source, known)
        if pure or not (parts & DRAWN_OR_DECLARED or name.endswith(("_views", "_forms", "_middleware"))):
            chosen[name] = pure
    return chosen


def near_tests(module: Source, known: dict[str, Source]) -> list[str]:
    """Paths of the tests that could notice a change of the module, the nearest first.

    Those of its room come before those of other rooms, except for what stands in core.
    """
    parts = PurePosixPath(module.path.removeprefix("site/")).parts
    room = "site" if parts[0] == "bpf_site" else parts[0]
    concept = f"tests/{room}/{parts[1]}/" if len(parts) > 2 else f"tests/{room}/"
    distance = {module.name: 0}
    ring = {module.name}
    for step in range(1, FAR):
        ring = {s.name for s in known.values() if s.name not in distance and s.imports & ring}
        distance.update(dict.fromkeys(ring, step))
    found = []
    for source in known.values():
        at = PurePosixPath(source.path)
        if not source.path.startswith("tests/") or not at.name.startswith("test_"):
            continue
        near = distance.get(source.name, FAR + 1)
        if not source.path.startswith((f"tests/{room}/", f"tests/{ALSO.get(room, room)}/")):
            if near < FAR:
                found.append((near + (1 if room == "core" else 10), True, source.path))
            continue
        if at.stem == f"test_{parts[-1].removesuffix('.py')}":
            near = 0
        elif near > 1 and len(parts) > 2 and at.stem == f"test_{parts[1]}":  # its concept's, by its name
            near = 1
        elif near > 1 and source.path.startswith(concept):
            near = min(near, 2)
        found.append((min(near, FAR), not source.path.startswith(concept), source.path))
    return [path for _, _, path in sorted(found)]
