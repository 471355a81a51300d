"""A library as an archive: another instance on another database holds the same, and no secret of the first."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect

from bpf_site.management.commands import export_library, import_library
from bpf_site.operations.archive import contents
from bpf_site.operations.archive.layout import MANIFEST, BadArchive, kept_file
from bpf_site.operations.archive.reading import looked_through
from bpf_site.operations.archive.reading import take_in as take_in_archive
from bpf_site.operations.copy_database import CannotMove
from consultation.comments.models import Comment
from consultation.privacy.replay import remember
from consultation.submissions.models import Submission
from consultation.submissions.services import Person
from mail.models import Subscription
from tests.consultation.answers.test_dispositions import answered
from tests.consultation.stories import begun
from tests.migrated_database import become_migrated
from tests.site.operations.conftest import Manage, shell
from workflow.attachments.services import attach

EVE = Person(name="Eve Fictiva", email="eve@example.org", consent="2026-11")
LOOK = """
from django.test import Client
from consultation.comments.models import Comment
from workflow.transitions.models import TransitionLog
reader = Client(HTTP_HOST="localhost")
for address in %s:
    answer = reader.get(address)
    print(address, answer.status_code, answer.headers.get("Location", ""))
print(sorted(row.hash for row in TransitionLog.objects.all()))
print([comment.body for comment in Comment.objects.order_by("number")])
"""


@pytest.fixture
def library(people: Any) -> Any:
    """A document in public comment with an answered comment, an erased-to-be one, a public original and a redirect."""
    held = begun(people)
    answered(held, held.published("Ada's remark."))
    held.published("Eve's remark.", person=EVE)
    held.draft("Words that were not sent.")
    file, by = ContentFile(b"%PDF-1.7 as published in 2099", name="report.pdf"), people["facilitator"]
    given = {"is_public": True, "is_original": True}
    attach(held.process, file, title="Fictitious report", by=by, at=timezone.now(), **given)
    Redirect.add_redirect("/former-address", redirect_to=held.address)
    Subscription.objects.create(
        kind="follow", email="ada@example.org", topic="x", language="en", secret="ends-what-ada-gets",
        created_at=timezone.now(),
    )  # fmt: skip
    people["facilitator"].set_password("a secret of the facilitator")
    people["facilitator"].save()
    return held


@pytest.fixture
def archive(library: Any, tmp_path: Path) -> Path:
    folder = tmp_path / "archive"
    call_command("export_library", folder, verbosity=0)
    return folder


def hashes(folder: Path) -> dict[str, Any]:
    manifest = json.loads((folder / MANIFEST).read_text())
    return {table["table"]: (table["rows"], table["sha256"]) for table in manifest["tables"]} | manifest["files"]


def new_instance(target: str, tmp_path: Path) -> str:
    """The URL of a migrated database of the kind the suite runs on."""
    url = target or f"sqlite:///{tmp_path / 'target.sqlite3'}"
    become_migrated(url)
    return url


@pytest.mark.django_db(transaction=True)
def test_an_archive__makes_the_same_library_on_another_database(
    library: Any, archive: Path, manage: Manage, target: str, tmp_path: Path, tmp_path_factory: Any
) -> None:
    first = f"sqlite:///{tmp_path / 'first.sqlite3'}"
    become_migrated(first)
    came = manage(first, "import_library", str(archive))
    assert came.returncode == 0, came.stderr
    for room in ("editions", "workflow", "consultation", "accounts", "search"):
        assert f"{room}: sound" in came.stdout
    addresses = [library.address, f"{library.address}comments/", f"{library.address}attachments/1/", "/former-address/"]
    found = shell(manage, first, LOOK % addresses)
    assert [line.split()[1] for line in found.splitlines()[:4]] == ["200", "200", "200", "301"]
    assert "Ada's remark." in found
    again = tmp_path_factory.mktemp("elsewhere") / "again"
    assert manage(first, "export_library", str(again)).returncode == 0
    assert hashes(again) == hashes(archive)
    if connection.vendor == "postgresql":
        back = new_instance(target, tmp_path)
        assert manage(back, "import_library", str(again)).returncode == 0
        assert shell(manage, back, LOOK % addresses) == found


@pytest.mark.django_db(transaction=True)
def test_who_was_erased_here_since__is_erased_again_as_the_archive_comes_in(
    archive: Path, manage: Manage, tmp_path: Path
) -> None:
    remember("eve@example.org", timezone.now(), with_text=True, with_account=False)
    shutil.copytree(Path(settings.PRIVATE_ROOT) / "erasures", tmp_path / "private" / "erasures")
    url = new_instance("", tmp_path)
    came = manage(url, "import_library", str(archive))
    assert "erased again: 1 people" in came.stdout, came.stderr
    said = shell(manage, url, LOOK % [])
    assert "Ada's remark." in said
    assert "Eve" not in said


def test_secrets_and_what_was_not_sent__are_in_no_file_of_an_archive(library: Any, archive: Path, people: Any) -> None:
    secret = Submission.objects.first()
    found = b"".join(path.read_bytes() for path in sorted(archive.rglob("*")) if path.is_file())
    opens = [
        people["facilitator"].password, secret.secret, secret.receipt, "ends-what-ada-gets", "Words that were not sent."
    ]  # fmt: skip
    assert [each for each in opens if each.encode() in found] == []
    assert b"Ada's remark." in found
    manifest = json.loads((archive / MANIFEST).read_text())
    told = {table["table"]: table for table in manifest["tables"]}
    assert told["auth.User"]["left_out"] == ["password"]
    assert told["consultation.Submission"]["left_out"] == ["receipt", "secret"]
    assert told["consultation.Submitter"]["people"]["names"] == ["name", "email"]
    assert "consultation.Draft" in manifest["left_out"]


@pytest.mark.parametrize("name", ["rows/editions.Edition.jsonl", "files.jsonl", "manifest.json", "original", "cut"])
def test_a_damaged_archive__is_refused_and_the_file_is_named(archive: Path, name: str) -> None:
    broken = next((archive / "files").rglob("*.pdf")) if name == "original" else archive / name
    if name == "cut":
        broken = archive / "rows" / "auth.User.jsonl"
        broken.unlink()
    else:
        content = bytearray(broken.read_bytes())
        content[len(content) // 2] ^= 1
        broken.write_bytes(content)
    with pytest.raises(BadArchive, match=broken.name):
        looked_through(archive)


def test_an_archive__comes_into_no_library_that_is_in_use(archive: Path) -> None:
    with pytest.raises(CommandError, match=r"already holds editions\. Nothing was taken in"):
        call_command("import_library", archive)
    with pytest.raises(CannotMove, match="already holds editions"):
        take_in_archive(archive, lambda line: None)


def test_an_archive_that_cannot_be_written_or_read__is_told_in_one_sentence(library, archive, monkeypatch, tmp_path):
    def full(*words: Any, **more: Any) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export_library, "export", full)
    with pytest.raises(CommandError, match=r"No space left.*the same command goes on with it"):
        call_command("export_library", tmp_path / "archive")
    monkeypatch.setattr(import_library, "take_in", full)
    with pytest.raises(CommandError, match=r"No space left.*No row was taken in"):
        call_command("import_library", archive)


def test_an_archive__is_written_over_nothing_and_a_broken_off_one_is_gone_on_with(archive: Path) -> None:
    before = hashes(archive)
    with pytest.raises(CommandError, match="holds an archive already"):
        call_command("export_library", archive)
    (archive / "manifest.sha256").unlink()
    with pytest.raises(BadArchive, match="no whole archive"):
        looked_through(archive)
    call_command("export_library", archive, verbosity=0)
    assert hashes(archive) == before
    with pytest.raises(CommandError, match="something else: archive"):
        call_command("export_library", archive.parent)


@pytest.mark.parametrize("name", ["../outside", "/etc/passwd", "", "a/../../b"])
def test_a_name_that_leads_out_of_the_archive__is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(BadArchive, match="no name of a file"):
        kept_file(tmp_path, "private", name)


@pytest.mark.parametrize("model", contents.tables(), ids=lambda model: model._meta.label)
def test_every_column_that_stays_behind__has_something_to_stand_there(model: Any) -> None:
    """A table that goes refers to none that stays behind, unless it can do without."""
    for field in contents.columns_of(model)[1]:
        value = contents.instead_of(model, field)
        assert value is not None or field.null, field
        assert not field.remote_field or field.null, field


def test_tables_that_stay_behind__exist() -> None:
    assert {contents.table_named(label)._meta.label for label in contents.LEFT_OUT} == set(contents.LEFT_OUT)
    assert {*contents.ROWS} <= {model._meta.label for model in contents.tables()}


def test_comments__keep_the_salts_that_seal_their_words(archive: Path, library: Any) -> None:
    """Else the next report of the copy would seal the same words otherwise."""
    salt = Comment.objects.first().salt
    assert salt.encode() in (archive / "rows" / "consultation.Comment.jsonl").read_bytes()
