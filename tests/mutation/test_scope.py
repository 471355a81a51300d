"""What the mutation run changes and tries: read off imports and paths, here of six made modules."""

from pathlib import Path

import pytest

from tests.mutation.scope import Source, in_scope, near_tests, sources

MADE = {
    "core/words.py": "import re",
    "workflow/dates/arithmetic.py": "from core.words import split",
    "workflow/dates/services.py": "from django.db import transaction\nfrom workflow.dates import arithmetic",
    "workflow/dates/views.py": "from django.shortcuts import render\nfrom workflow.dates import services",
    "workflow/dates/migrations/0001_initial.py": "",
    "tests/workflow/dates/test_arithmetic.py": "from workflow.dates.arithmetic import add",
    "tests/workflow/dates/test_dates.py": "from workflow.dates.services import move",
    "tests/workflow/test_all.py": "from workflow.dates import views",
    "tests/search/test_words.py": "from core.words import split",
}  # fmt: skip


@pytest.fixture
def known(tmp_path: Path) -> dict[str, Source]:
    for path, text in MADE.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    return sources(tmp_path, MADE)


def test_scope__is_pure_modules_and_services_and_neither_views_nor_migrations(known: dict[str, Source]) -> None:
    assert in_scope(known) == {
        "core.words": True, "workflow.dates.arithmetic": True, "workflow.dates.services": False
    }  # fmt: skip


@pytest.mark.parametrize(
    ("module", "expected"),
    [
        ("workflow.dates.arithmetic", ["workflow/dates/test_arithmetic.py", "workflow/dates/test_dates.py",
                                       "workflow/test_all.py"]),
        ("workflow.dates.services", ["workflow/dates/test_dates.py", "workflow/dates/test_arithmetic.py",
                                     "workflow/test_all.py"]),
        ("core.words", ["search/test_words.py", "workflow/dates/test_arithmetic.py"]),
    ],
)  # fmt: skip
def test_tests_of_a_module__are_those_of_its_room_the_nearest_first(known, module: str, expected: list[str]) -> None:
    assert near_tests(known[module], known) == [f"tests/{path}" for path in expected]
