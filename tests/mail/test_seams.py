"""What rooms above register with mail, held against the table of docs/architecture.md."""

import re
from pathlib import Path

from mail.occasions import OCCASIONS, OWNERS
from mail.subscriptions import KINDS
from tests.load.server import ROOT

FILLED = {
    "mail.occasions.OCCASIONS": {"workflow", "consultation", "search"},
    "mail.occasions.OWNERS": {"mail", "consultation"},
    "mail.subscriptions.KINDS": {"consultation", "search"},
}


def test_registries__are_filled_when_django_is_set_up() -> None:
    assert {"adopt", "overdue", "comments_waiting", "confirm", "closing", "answered", "search_news"} <= set(OCCASIONS)
    assert {name: owner.rows.model._meta.app_label for name, owner in OWNERS.items()} == {
        "subscription": "mail", "submission": "consultation", "adoption": "consultation", "challenge": "consultation",
    }  # fmt: skip
    assert set(KINDS) == {"follow", "alert"}


def test_table_of_the_architecture__names_every_registry_and_who_fills_it() -> None:
    text = Path(ROOT / "docs" / "architecture.md").read_text()
    section = text.partition("## Seams of mail")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| `([\w.]+)` \|[^|]*\| ([^|]+) \|$", section, re.MULTILINE)
    assert {name: set(filled.split(", ")) for name, filled in rows} == FILLED
