"""Rules that hold for the source as a whole, each after something that went wrong elsewhere.

The code is read as a tree: strings and comments that speak of a rule do not break it.
"""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from django.core.management import call_command
from django.template.loader import get_template

from workflow.forums.models import Forum
from workflow.states import TRANSITIONS
from workflow.transitions.models import Process

ROOT = Path(__file__).parents[2]
ROOMS = (
    "core",
    "gate",
    "mail",
    "files",
    "accounts",
    "editions",
    "workflow",
    "consultation",
    "search",
    "pdf",
    "api",
    "bpf_pages",
    "site/bpf_site",
)


@cache
def trees() -> dict[str, ast.Module]:
    """Path -> tree of every module of the product but migrations, which name fields as they were."""
    paths = [path for room in ROOMS for path in sorted((ROOT / room).rglob("*.py")) if "migrations" not in path.parts]
    return {str(path.relative_to(ROOT)): ast.parse(path.read_text()) for path in paths}


def calls() -> Iterator[tuple[str, str, ast.Call]]:
    """(path and line, last name of what is called, the call)"""
    for path, tree in trees().items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", None) or getattr(node.func, "id", "")
                yield f"{path}:{node.lineno}", name, node


def keywords(call: ast.Call) -> set[str]:
    return {word.arg for word in call.keywords if word.arg}


def test_the_walk__reads_every_room() -> None:
    assert {path.split("/")[0] for path in trees()} == {room.split("/")[0] for room in ROOMS}
    assert sum(1 for _place, name, _call in calls() if name == "filter") > 100


def test_t2__no_code_of_ours__calls_refresh_from_db() -> None:
    """django-fsm-2 switches the protection of the state off for the whole process meanwhile."""
    assert [place for place, name, _call in calls() if name in {"refresh_from_db", "arefresh_from_db"}] == []


def test_t2__a_state__can_be_set_by_no_assignment() -> None:
    for thing in (Process(), Forum()):
        with pytest.raises(AttributeError):
            thing.state = "final"


OWN_STATES = ("bpf_pages/catalogues/",)
"""Rows whose `state` is no state of a machine: how far the bringing in of a sheet has come."""

WRITES = {"update", "create", "get_or_create", "update_or_create", "bulk_create", "aupdate", "Process", "Forum"}


def test_t3__no_code_of_ours__writes_a_state_past_the_machine() -> None:
    """Constructor and update() set any state, protected or not."""
    found = [place for place, name, call in calls() if name in WRITES and "state" in keywords(call)]
    assert [place for place in found if not place.startswith(OWN_STATES)] == []
    assert _writes_a_state("Process.objects.filter(pk=1).update(state='final')")
    assert _writes_a_state("Process(state='final')")


def _writes_a_state(source: str) -> bool:
    return any(
        (getattr(node.func, "attr", None) or getattr(node.func, "id", "")) in WRITES and "state" in keywords(node)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Call)
    )


WORK_LISTS = {"workflow/transitions/models.py", "workflow/forums/services.py"}
"""Where "not yet settled" is asked in order to list work; nothing there decides what the public sees."""


def test_dt_8056__what_is_visible__is_never_derived_by_leaving_a_state_out() -> None:
    """datatracker: "Dead", set by clean-up code, hid documents that lived."""
    for place, name, call in calls():
        if name == "exclude" and place.split(":")[0] not in WORK_LISTS and not place.startswith(OWN_STATES):
            assert not {word for word in keywords(call) if word.startswith(("state", "stage", "process__state"))}, place


def test_dt_change_state__steps_of_a_machine__are_taken_by_its_service_alone() -> None:
    """datatracker: one view held form, rule, mail and rendering, and others set the state beside it."""
    distinct = {"open_comment", "close_comment", "incorporate", "adopt", "return_to_draft", "revise", "reinstate"}
    assert distinct <= set(TRANSITIONS)
    assert [place for place, name, call in calls() if name in distinct and isinstance(call.func, ast.Attribute)] == []
    by_name = {place.split(":")[0] for place, _name, call in calls() if _is_getattr(call.func) and not call.args}
    assert {path for path in by_name if path.startswith(("workflow/", "consultation/"))} == {
        "workflow/transitions/services.py",
        "workflow/forums/services.py",
    }


def _is_getattr(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and getattr(node.func, "id", "") == "getattr"


def test_dt_prose__no_decision_is_taken__by_searching_words_that_people_wrote() -> None:
    """datatracker: a deferral was found by its words in a description."""
    prose = ("reason", "note", "grounds", "announcement", "statement", "response", "label", "by_name")
    looks = ("contains", "icontains", "regex", "iregex", "startswith", "istartswith")
    for place, _name, call in calls():
        for word in keywords(call):
            field, _sep, look = word.rpartition("__")
            assert not (look in looks and field.endswith(prose)), place


@pytest.mark.django_db
def test_dt_7951__the_suite_itself__finds_a_missing_migration_and_a_broken_template() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
    folder = ROOT / "templates"
    names = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.suffix in {".html", ".txt"}]
    assert len(names) > 100
    for name in names:
        get_template(name)


ENDS = {
    "pdf/composition/brief.py": "each turn leaves a point out; without any it ends",
    "pdf/layout/columns_and_footnotes.py": "each turn has fewer footnotes than the one before",
    "search/engines/elasticsearch/writer_lock.py": "raises Busy at a deadline",
    "site/bpf_site/demo/consultation.py": "cycles beside a list that ends",
    "site/bpf_site/management/commands/work.py": "the life of a process; each turn pauses, outside of any transaction",
    "site/bpf_site/operations/web_server.py": "the life of a process; each turn waits for a signal, a second at most",
    "search/engines/tantivy/top_hits.py": "fetches four times as much each turn, at most the whole index",
}
"""Modules with a loop that has no condition, and why it ends all the same."""


def test_loops__without_a_condition__are_known_to_end() -> None:
    """Slugs were numbered by itertools.count while cut codes were compared: two long titles stopped the site."""
    assert {path for path, tree in trees().items() if _loops_for_ever(tree)} == set(ENDS)
    assert all(_loops_for_ever(ast.parse(source)) for source in ("while True: pass", "while 1: pass"))
    assert _loops_for_ever(ast.parse("import itertools\nfor n in itertools.count(1): pass"))
    assert _loops_for_ever(ast.parse("from itertools import cycle"))


def _loops_for_ever(tree: ast.Module) -> bool:
    return any(
        (isinstance(node, ast.While) and isinstance(node.test, ast.Constant))
        or (isinstance(node, ast.ImportFrom) and node.module == "itertools" and ENDLESS & {a.name for a in node.names})
        or (isinstance(node, ast.Attribute) and getattr(node.value, "id", "") == "itertools" and node.attr in ENDLESS)
        or (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "iter" and len(node.args) == 2)
        for node in ast.walk(tree)
    )


ENDLESS = {"count", "cycle"}


def test_what_may_fail_after_commit__is_called_by_one_function() -> None:
    """`on_commit(partial(…), robust=True)` fails where it was to hold: core.after_commit says why."""
    robust = [place for place, name, call in calls() if name == "on_commit" and "robust" in keywords(call)]
    assert [place.split(":")[0] for place in robust] == ["core/after_commit.py"]


def test_page_of_a_list__is_asked_for_by_one_function() -> None:
    """Its links say `page`; a view that read another word showed its first page for ever."""
    pages = [place for place, name, _call in calls() if name == "get_page"]
    assert [place.split(":")[0] for place in pages] == ["core/pagination.py"]
