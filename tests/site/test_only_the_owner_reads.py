"""Files and folders of an instance are for the account that runs it, also those made while others could read them."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from files.private_storage import private_files

NOT_GIVEN = {"DATABASE_URL", "MEDIA_ROOT", "PRIVATE_ROOT", "SECRET_KEY"}
ROOT = Path(__file__).resolve().parents[2]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture
def settings_of() -> object:
    def run(folder: Path, code: str) -> None:
        kept = {name: value for name, value in os.environ.items() if name not in NOT_GIVEN}
        made = {"BPF_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "bpf_site.settings.dev", "PYTHONPATH": ".:site"}
        subprocess.run([sys.executable, "-c", code], env=kept | made, cwd=ROOT, check=True, umask=0o022)

    return run


MAKE = (
    "import django; django.setup(); from django.db import connection; connection.cursor().execute('CREATE TABLE a (b)')"
)


def test_a_new_instance__is_closed_to_others(settings_of, tmp_path) -> None:
    folder = tmp_path / "data"
    settings_of(folder, MAKE)
    assert mode(folder) == 0o700
    database = sorted(folder.glob("bpf.sqlite3*"))
    assert database
    assert {mode(path) for path in database} == {0o600}
    assert mode(folder / "secrets.env") == 0o600


def test_an_instance_of_former_days__is_closed_at_the_next_start(settings_of, tmp_path) -> None:
    tmp_path.chmod(0o755)
    for name in ("media", "private", "index"):
        (tmp_path / name).mkdir()
        (tmp_path / name).chmod(0o755)
    (tmp_path / "bpf.sqlite3").touch()
    (tmp_path / "bpf.sqlite3").chmod(0o644)
    settings_of(tmp_path, "import django; django.setup()")
    assert mode(tmp_path / "bpf.sqlite3") == 0o600
    assert {mode(tmp_path / name) for name in ("media", "private", "index")} == {0o700}


def test_stored_files__are_closed_to_others() -> None:
    for store in (default_storage, private_files()):
        name = store.save("closed/file.txt", ContentFile(b"x"))
        kept = store if store is default_storage else store._kept
        path = Path(kept.path(name))
        assert (mode(path), mode(path.parent)) == (0o600, 0o700)
        store.delete(name)
