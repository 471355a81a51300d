"""Moving a library to another database: every row, the frozen ones too, or nothing. Most steps are processes."""

from pathlib import Path

import pytest

from bpf_site.operations.copy_database import CannotMove, require_empty_library
from tests.migrated_database import become_migrated
from tests.search.library import publish
from tests.site.operations.conftest import Manage, shell

pytestmark = pytest.mark.django_db(transaction=True)

FILL = """
from tests.search.library import publish
for year in (2098, 2099):
    publish("Lamps", "The lamps of the harbour.", year=year)
publish("Lamps", "The lamps of the harbour, and of the mole.", year=2099)
"""
LIST = """
from editions.models import Passage
print([(row.pk, row.edition.identifier, row.text) for row in Passage.objects.order_by("pk")])
"""
ADD = """
from tests.search.library import publish
print(publish("After", "The next number is free.").pk)
"""


def test_a_moved_library__is_whole_and_verified(manage: Manage, target: str, tmp_path: Path) -> None:
    source = f"sqlite:///{tmp_path / 'source.sqlite3'}"
    target = target or f"sqlite:///{tmp_path / 'target.sqlite3'}"
    become_migrated(source)
    listed = shell(manage, source, FILL + LIST)
    assert "the mole" in listed

    misspelt = manage(target, "move_database", source.replace("source", "sauce"))
    assert misspelt.returncode == 1
    assert "there is no database at" in misspelt.stderr
    assert not (tmp_path / "sauce.sqlite3").exists()

    unready = manage(target, "move_database", source)
    assert unready.returncode == 1
    assert "run migrate on both databases first" in unready.stderr

    become_migrated(target)
    moved = manage(target, "move_database", source)
    assert moved.returncode == 0, moved.stderr
    assert "editions: sound" in moved.stdout
    assert "search: sound" in moved.stdout
    assert shell(manage, target, LIST + ADD) == f"{listed}4\n"


def test_a_database_that_holds_a_library__is_not_written_over() -> None:
    publish("Here already")
    with pytest.raises(CannotMove, match="already holds editions"):
        require_empty_library()
