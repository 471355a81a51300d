"""What rooms above register with mail, held against the table of docs/architecture.md.

Read in a process of its own that only sets Django up: what a view or a command imports later must not register it.
"""

import json
import re
import subprocess
import sys
from pathlib import Path

from tests.load.server import ROOT

FILLED = {
    "mail.occasions.OCCASIONS": {"accounts", "workflow", "consultation", "search"},
    "mail.occasions.OWNERS": {"mail", "accounts", "consultation"},
    "mail.subscriptions.services.KINDS": {"consultation", "search"},
}
SCRIPT = """
import json, django
django.setup()
from mail.occasions import OCCASIONS, OWNERS
from mail.subscriptions.services import KINDS
owners = {name: owner.rows.model._meta.app_label for name, owner in OWNERS.items()}
print(json.dumps([list(OCCASIONS), owners, list(KINDS)]))
"""


def test_registries__are_filled_when_django_is_set_up() -> None:
    environment = {"DJANGO_SETTINGS_MODULE": "bpf_site.settings.test", "PYTHONPATH": f"{ROOT}:{ROOT / 'site'}"}
    command = [sys.executable, "-c", SCRIPT]
    done = subprocess.run(command, env=environment, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    occasions, owners, kinds = json.loads(done.stdout)
    wanted = {
        "account_email",
        "adopt",
        "overdue",
        "comments_waiting",
        "confirm",
        "confirm_adoption",
        "answered",
        "closing",
        "search_news",
    }
    assert wanted <= set(occasions)
    assert owners == {
        "subscription": "mail", "submission": "consultation", "adoption": "consultation", "challenge": "consultation",
        "addressee": "accounts",
    }  # fmt: skip
    assert set(kinds) == {"follow", "alert"}


def test_table_of_the_architecture__names_every_registry_and_who_fills_it() -> None:
    text = Path(ROOT / "docs" / "architecture.md").read_text()
    section = text.partition("## Seams of mail")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([\w.]+)` \|[^|]*\| ([^|]+) \|$", section, re.MULTILINE)
    assert {name: set(filled.split(", ")) for name, filled in rows} == FILLED
