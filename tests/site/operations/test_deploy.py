"""What is installed as services, containers or by one supervisor are the same commands."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from bpf_site.operations.processes import web_command, worker_command
from workflow.access.capabilities_beside_transitions import is_secretariat

ROOT = Path(__file__).parents[3]
UNITS = sorted((ROOT / "deploy" / "systemd").iterdir())
VALUES = {"@ROOT@": "/srv/bpf/library", "@DATA@": "/srv/bpf/data", "@USER@": "daemon", "@PORT@": "8000",
          "@BACKUPS@": "/srv/bpf/backups"}  # fmt: skip


def filled(unit: Path) -> str:
    text = unit.read_text()
    for mark, value in VALUES.items():
        text = text.replace(mark, value)
    return text


@pytest.mark.parametrize(("unit", "command"), [("bpf-web", web_command(8000)), ("bpf-worker", worker_command())])
def test_service__runs_what_make_run_runs(unit: str, command: list[str]) -> None:
    started = re.search(r"ExecStart=\S+/python (.*)", filled(ROOT / "deploy" / "systemd" / f"{unit}.service"))
    assert started is not None
    assert [Path(word).name for word in started[1].split()] == [Path(word).name for word in command[1:]]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_unit__has_no_mark_left_and_is_one_for_systemd(unit: Path, tmp_path: Path) -> None:
    text = filled(unit)
    assert "@" not in text
    # Programs and folders that are not on this machine are no fault of the file.
    text = text.replace("/srv/bpf/library/.venv/bin/python", shutil.which("python3") or "").replace(
        "/srv/bpf", str(tmp_path)
    )
    for name in ("library", "data", "backups"):
        (tmp_path / name).mkdir()
    (tmp_path / unit.name).write_text(text)
    if unit.suffix == ".timer":
        service = unit.with_suffix(".service")
        (tmp_path / service.name).write_text(filled(service).replace("/srv/bpf/library/.venv/bin/python", "/bin/true"))
    if analyze := shutil.which("systemd-analyze"):
        done = subprocess.run(
            [analyze, "verify", str(tmp_path / unit.name)], capture_output=True, text=True, check=False
        )
        assert not [line for line in done.stderr.splitlines() if unit.name in line], done.stderr


def test_script__is_sound_for_its_shell() -> None:
    subprocess.run(["bash", "-n", ROOT / "deploy" / "production-like"], check=True)


@pytest.mark.django_db
def test_prepare__invites_the_first_account_once(mailoutbox, monkeypatch, django_user_model) -> None:
    monkeypatch.setattr("bpf_site.operations.preparing.call_command", lambda *words, **options: None)
    monkeypatch.setattr("bpf_site.operations.preparing.drain", lambda: 0)
    for _ in range(2):
        call_command("prepare", "--account", "ada@example.org", verbosity=0)
    person = django_user_model.objects.get(email="ada@example.org")
    assert person.is_superuser
    assert is_secretariat(person)
    assert not person.has_usable_password()
    with pytest.raises(CommandError, match="no mail address"):
        call_command("prepare", "--account", "ada at example", verbosity=0)


def test_serve__under_settings_without_an_editor__says_what_to_run(settings) -> None:
    for name in ("EDITOR_NAME", "EDITOR_PASSWORD"):
        if hasattr(settings, name):
            delattr(settings, name)
    with pytest.raises(CommandError, match="prepare --account"):
        call_command("serve", "--only-prepare")
