"""What higher rooms register with the workflow, held against the table of docs/architecture.md and by hand.

Read in a process of its own that only sets Django up: what a view or a command imports later must not register it.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.load.server import ROOT

REGISTERED = {
    "workflow.transitions.guards.GUARDS": "workflow consultation pdf",
    "workflow.queue.waiting_tasks.TASK_SOURCES": "consultation",
    "workflow.history.timeline.SOURCES": "workflow consultation",
    "workflow.following.news.NEWS_SOURCES": "workflow consultation",
    "workflow.forums.services.EVALUATION_SOURCES": "consultation",
    "workflow.forums.guided_path.STEPS": "workflow bpf_pages",
    "workflow.notices.occasions.EVENTS": "workflow consultation",
    "workflow.editor.panels.SIDE_PANELS": "consultation",
    "workflow.access.capabilities_beside_transitions.POWERS": "workflow consultation",
    "workflow.access.role_holders.MODEL_PERMISSIONS": "workflow search",
    "workflow.attachments.services.describers": "search",
}

NAMES = {
    "workflow.queue.waiting_tasks.TASK_SOURCES": {"consultation"},
    "workflow.history.timeline.SOURCES": {"moves", "edits", "notes", "attachments", "bin", "consultation"},
    "workflow.following.news.NEWS_SOURCES": {"moves", "edits", "consultation"},
}

SCRIPT = """
import importlib, json, sys
import django
django.setup()
found = {}
for path in sys.argv[1:]:
    module, _, name = path.rpartition(".")
    rows = getattr(importlib.import_module(module), name)
    found[path] = list(rows) if isinstance(rows, dict) else [getattr(row, "__module__", row) for row in rows]
from workflow.transitions.guards import GUARDS
from workflow.states import TRANSITIONS
found["guards"] = {name: row.check.__module__ for name, row in GUARDS.items()}
found["declared"] = sorted({name for move in TRANSITIONS.values() for name in move.guards})
print(json.dumps(found))
"""


@pytest.fixture(scope="module")
def found() -> dict[str, object]:
    command = [sys.executable, "-c", SCRIPT, *REGISTERED]
    environment = {"DJANGO_SETTINGS_MODULE": "bpf_site.settings.test", "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_every_declared_guard__is_registered_by_a_room_when_django_is_set_up(found) -> None:
    assert set(found["declared"]) == set(found["guards"])
    assert {path.split(".")[0] for path in found["guards"].values()} == {"workflow", "consultation", "pdf"}


@pytest.mark.parametrize("registry", NAMES)
def test_sources__are_registered_when_django_is_set_up(registry, found) -> None:
    assert set(found[registry]) == NAMES[registry]


def test_other_seams__are_filled_when_django_is_set_up(found) -> None:
    assert found["workflow.forums.services.EVALUATION_SOURCES"] == ["consultation.workflow_extensions.forum_evaluation"]
    assert found["workflow.attachments.services.describers"] == ["search.attached_files.editor_notes"]
    assert "consultation.moderate" in found["workflow.access.capabilities_beside_transitions.POWERS"]
    assert "search.change_synonym" in found["workflow.access.role_holders.MODEL_PERMISSIONS"]
    assert "comments_waiting" in found["workflow.notices.occasions.EVENTS"]


def test_table_of_the_architecture__names_every_seam_and_who_fills_it() -> None:
    text = Path(ROOT / "docs" / "architecture.md").read_text()
    section = text.partition("## Seams of the workflow")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([\w.]+)` \|[^|]*\| ([^|]+) \|$", section, re.MULTILINE)
    rooms = r"\b(?:workflow|consultation|search|pdf|bpf_pages)\b"
    told = {name: set(re.findall(rooms, filled)) for name, filled in rows}
    assert told == {name: set(rooms.split()) for name, rooms in REGISTERED.items()}
