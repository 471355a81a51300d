"""Instances beside the one under test: processes with a database and a data folder of their own."""

import os
import subprocess
import sys
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection

ROOT = Path(__file__).parents[3]
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
