"""The interface is a promise: what it says of itself is kept here, and a difference has to be meant.

`manage.py shell -c "from tests.api.v1.test_contract import write; write()"` writes it anew; the version and a line in
docs/api.md come with it.
"""

import json
from pathlib import Path
from typing import Any

from api.v1.openapi import openapi
from api.v1.response_types import SHAPE_VERSION

KEPT = Path(__file__).parent / "contract.json"
MANUAL = Path(__file__).parents[3] / "docs" / "api.md"


def contract() -> dict[str, Any]:
    """The OpenAPI file without what differs from one installation to the next."""
    said = json.loads(json.dumps(openapi()))
    return {name: value for name, value in said.items() if name not in ("servers", "externalDocs")}


def kept() -> dict[str, Any]:
    return dict(json.loads(KEPT.read_text("utf-8")))


def test_description__is_the_one_that_was_promised() -> None:
    assert contract() == kept()
    assert f"| {SHAPE_VERSION} |" in MANUAL.read_text("utf-8"), "say in docs/api.md what changed"


def broken(old: dict[str, Any], new: dict[str, Any]) -> set[str]:
    """What a program may have relied on and would not find any more: addresses, parameters, fields."""
    gone = set(old["paths"]) - set(new["paths"])
    for path in set(old["paths"]) & set(new["paths"]):
        names = [{each["name"] for each in said["paths"][path]["get"]["parameters"]} for said in (old, new)]
        gone |= {f"{path} ?{name}" for name in names[0] - names[1]}
    for name, schema in old["components"]["schemas"].items():
        fields = new["components"]["schemas"].get(name, {}).get("properties", {})
        gone |= {f"{name}.{field}" for field in set(schema.get("properties", {})) - set(fields)}
    return gone


def test_what_breaks_a_program__is_noticed() -> None:
    changed = json.loads(json.dumps(kept()))
    del changed["components"]["schemas"]["Edition"]["properties"]["sha256"]
    del changed["paths"]["/api/v1/themes"]
    changed["paths"]["/api/v1/documents"]["get"]["parameters"].pop(0)
    assert broken(kept(), changed) == {"Edition.sha256", "/api/v1/themes", "/api/v1/documents ?year"}


def write() -> None:
    if found := KEPT.exists() and broken(kept(), contract()):
        raise SystemExit(f"This would break programs that rely on {', '.join(sorted(found))}: make it /api/v2/.")
    KEPT.write_text(json.dumps(contract(), indent=1, sort_keys=True, ensure_ascii=False) + "\n", "utf-8")
