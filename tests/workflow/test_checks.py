"""A declaration that cannot work is found at start."""

import dataclasses

from workflow import checks
from workflow.states import TRANSITIONS


def test_the_declaration__names_only_guards_and_fields_that_exist() -> None:
    assert checks.declared_names_exist() == []


def test_a_guard_that_no_room_registers__is_an_error_at_start(monkeypatch) -> None:
    broken = dataclasses.replace(TRANSITIONS["revise"], hard=("nobody_knows",))
    monkeypatch.setitem(TRANSITIONS, "revise", broken)
    assert [found.id for found in checks.declared_names_exist()] == ["bpf.E001"]


def test_a_field_that_no_form_knows__is_an_error_at_start(monkeypatch) -> None:
    broken = dataclasses.replace(TRANSITIONS["revise"], asks=("nobody_asks",))
    monkeypatch.setitem(TRANSITIONS, "revise", broken)
    assert [found.id for found in checks.declared_names_exist()] == ["bpf.E002"]
