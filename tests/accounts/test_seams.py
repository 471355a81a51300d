"""What rooms above register with accounts, held against docs/architecture.md."""

import re
from pathlib import Path

from accounts.factors.required import ROLES
from accounts.reauthentication.services import PROTECTED

ROOT = Path(__file__).parents[2]


def test_registries__are_filled_when_django_is_set_up() -> None:
    assert set(ROLES) == {"everybody", "secretariat", "facilitator", "lead_expert", "rapporteur"}
    assert {name.partition(":")[0] for name in PROTECTED} == {
        "wagtailadmin_account", "wagtailusers_users", "wagtailusers_groups", "wagtail_bulk_action", "accounts",
        "workflow_admin",
    }  # fmt: skip


def test_table_of_the_architecture__names_every_registry_and_who_fills_it() -> None:
    section = (ROOT / "docs" / "architecture.md").read_text().partition("## Seams of accounts")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([\w.]+)` \|[^|]*\| ([^|]+) \|$", section, re.MULTILINE)
    assert dict(rows) == {
        "accounts.factors.required.ROLES": "accounts, workflow",
        "accounts.reauthentication.services.PROTECTED": "accounts, workflow",
    }
