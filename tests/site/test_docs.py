"""What the documentation says of the code is true: every path and module it names is there."""

import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted(path for path in (ROOT / "docs").rglob("*.md") if path.parent.name != "adr")]
"""Without the decisions, which are not edited later."""
ROOMS = "core gate mail files accounts editions workflow consultation search pdf api bpf_pages site bpf_site tests data"
ANY = "|".join(ROOMS.split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page__names_no_file_that_is_not_there(page: Path) -> None:
    named = re.findall(rf"`((?:{ANY})/[\w./-]*)`", page.read_text())
    assert [name for name in named if not (ROOT / name).exists()] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_page__names_no_module_that_is_not_there(page: Path) -> None:
    named = re.findall(rf"`((?:{ANY})(?:\.[a-z_]\w*)+)(?:\(\))?`", page.read_text())
    named = [name for name in named if not name.endswith((".py", ".json", ".csv"))]
    assert [name for name in named if not _exists(name)] == []


def _exists(name: str) -> bool:
    """A module, or a name in one."""
    module, _, last = name.rpartition(".")
    try:
        return find_spec(name) is not None
    except ModuleNotFoundError:
        spec = find_spec(module)
        return spec is not None and bool(spec.origin) and last in Path(str(spec.origin)).read_text()


def test_picture_and_table_of_the_rooms__are_what_the_contracts_say() -> None:
    done = subprocess.run(
        [sys.executable, "docs/draw_rooms.py", "--check"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
