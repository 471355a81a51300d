"""Moving a library to another database: every row, the frozen ones too, or nothing. Most steps are processes."""

import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

from bpf_site.operations.copy_database import CannotMove, require_empty_library
from tests.migrated_database import migrated_file
from tests.search.library import publish

pytestmark = pytest.mark.django_db(transaction=True)

ROOT = Path(__file__).parents[3]
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

Manage = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def manage(tmp_path: Path) -> Manage:
    def run(url: str, *words: str) -> "subprocess.CompletedProcess[str]":
        environment = os.environ | {
            "BPF_DATA": str(tmp_path), "DATABASE_URL": url, "SECRET_KEY": "only for tests",
            "DJANGO_SETTINGS_MODULE": "bpf_site.settings.dev", "ELASTICSEARCH_URL": "",
        }  # fmt: skip
        command = [sys.executable, "manage.py", *words]
        return subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)

    return run


@pytest.fixture
def target() -> Iterator[str]:
    """A new database of the kind the suite runs on; "" stands for a file of SQLite."""
    if connection.vendor == "sqlite":
        yield ""
        return
    name = f"moved_{uuid.uuid4().hex[:12]}"
    settings: dict[str, Any] = connection.settings_dict
    with connection.cursor() as cursor:
        cursor.execute(f'CREATE DATABASE "{name}"')
    yield f"postgres://{settings['USER']}:{settings['PASSWORD']}@{settings['HOST']}:{settings['PORT']}/{name}"
    with connection.cursor() as cursor:
        cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def shell(manage: Manage, url: str, script: str) -> str:
    done = manage(url, "shell", "--verbosity", "0", "--command", script)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_a_moved_library__is_whole_and_verified(manage: Manage, target: str, tmp_path: Path) -> None:
    source = f"sqlite:///{tmp_path / 'source.sqlite3'}"
    target = target or f"sqlite:///{tmp_path / 'target.sqlite3'}"
    shutil.copyfile(migrated_file(), tmp_path / "source.sqlite3")  # the target is migrated from nothing below
    assert manage(source, "migrate", "--verbosity", "0").returncode == 0
    listed = shell(manage, source, FILL + LIST)
    assert "the mole" in listed

    misspelt = manage(target, "move_database", source.replace("source", "sauce"))
    assert misspelt.returncode == 1
    assert "there is no database at" in misspelt.stderr
    assert not (tmp_path / "sauce.sqlite3").exists()

    unready = manage(target, "move_database", source)
    assert unready.returncode == 1
    assert "run migrate on both databases first" in unready.stderr

    assert manage(target, "migrate", "--verbosity", "0").returncode == 0
    moved = manage(target, "move_database", source)
    assert moved.returncode == 0, moved.stderr
    assert "editions: sound" in moved.stdout
    assert "search: sound" in moved.stdout
    assert shell(manage, target, LIST + ADD) == f"{listed}4\n"


def test_a_database_that_holds_a_library__is_not_written_over() -> None:
    publish("Here already")
    with pytest.raises(CannotMove, match="already holds editions"):
        require_empty_library()
