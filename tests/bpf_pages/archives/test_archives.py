"""The archive of a year: built by the tick, whole, checked, resumed, and never with a withdrawn text in it."""

import hashlib
import io
import zipfile
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from bpf_pages.archives.models import YearArchive
from bpf_pages.archives.services import archive_of, build_missing
from bpf_pages.archives.verification import findings
from editions import services
from editions.models import Edition
from pdf.printing.services import print_edition
from tests.bpf_pages.published import publish
from tests.factories import ForumPageFactory, MeetingPageFactory
from tests.journeys.browsing import body_of

pytestmark = pytest.mark.django_db
ADDRESS = "/library/2098/archive.zip"


@pytest.fixture
def editions():
    forum = ForumPageFactory(parent=MeetingPageFactory(year=2098))
    made = [publish(parent=forum), publish(parent=forum, stage="comment")]
    for edition in made:
        print_edition(edition)
    return made


def test_archive__is_built_by_the_tick_and_holds_three_checked_files_an_edition(client, editions):
    waiting = client.get(ADDRESS)
    assert (waiting.status_code, waiting["Retry-After"]) == (503, "120")
    assert build_missing(timezone.now()) == 1
    assert build_missing(timezone.now()) == 0, "built once"
    response = client.get(ADDRESS)
    content = body_of(response)
    assert response["ETag"] == f'"{hashlib.sha256(content).hexdigest()}"'
    archive = zipfile.ZipFile(io.BytesIO(content))
    sums = dict(line.split("  ")[::-1] for line in archive.read("SHA256SUMS").decode().splitlines())
    names = {f"{each.identifier}/{each.identifier}.{form}" for each in editions for form in ("json", "txt", "pdf")}
    assert set(sums) == names == set(archive.namelist()) - {"SHA256SUMS"}
    for name, digest in sums.items():
        assert hashlib.sha256(archive.read(name)).hexdigest() == digest
    page = client.get("/library/2098/").content.decode()
    assert f'href="{ADDRESS}"' in page
    assert response["ETag"].strip('"') in page


def test_download__that_was_cut__goes_on_where_it_stopped_and_only_in_the_same_file(client, editions):
    build_missing(timezone.now())
    whole = client.get(ADDRESS)
    content = body_of(whole)
    rest = client.get(ADDRESS, headers={"Range": "bytes=100-", "If-Range": whole["ETag"]})
    assert rest.status_code == 206
    assert rest["Content-Range"] == f"bytes 100-{len(content) - 1}/{len(content)}"
    assert content[:100] + body_of(rest) == content
    other = client.get(ADDRESS, headers={"Range": "bytes=100-", "If-Range": '"another"'})
    assert (other.status_code, body_of(other)) == (200, content)
    assert client.get(ADDRESS, headers={"Range": f"bytes={len(content)}-"}).status_code == 416
    assert client.get(ADDRESS, headers={"If-None-Match": whole["ETag"]}).status_code == 304


def test_withdrawal__holds_at_once_and_the_file_goes(client, editions, django_capture_on_commit_callbacks):
    build_missing(timezone.now())
    services.withdraw(editions[0].series, "Fictitious reason.", timezone.now())
    assert client.get(ADDRESS).status_code == 503
    assert b"archive.zip" not in client.get("/library/2098/").content
    for edition in Edition.objects.public():
        print_edition(edition)
    assert build_missing(timezone.now()) == 1
    last = archive_of(2098)
    assert last.editions == 1
    services.withdraw(editions[1].series, "Fictitious reason.", timezone.now() + timedelta(minutes=1))
    assert client.get(ADDRESS).status_code == 404
    with django_capture_on_commit_callbacks(execute=True):
        assert build_missing(timezone.now()) == 1
    assert not YearArchive.objects.exists()
    assert not last.file.storage.exists(f"2098/{last.sha256}.zip")


def test_year__of_which_something_waits_to_be_printed__waits_too(client):
    publish(parent=ForumPageFactory(parent=MeetingPageFactory(year=2098)))
    assert build_missing(timezone.now()) == 0
    assert client.get(ADDRESS).status_code == 503
    assert client.get("/library/2097/archive.zip").status_code == 404


@pytest.mark.parametrize("fault", ["gone", "damaged"])
def test_file_that_is_gone_or_damaged__is_named_and_built_anew_with_the_same_bytes(client, editions, fault, settings):
    """Nobody named it, and readers got a connection that broke."""
    build_missing(timezone.now())
    row, content = YearArchive.objects.get(), body_of(client.get(ADDRESS))
    file = settings.PRIVATE_ROOT / "archives" / row.file.name
    file.chmod(0o600)
    file.write_bytes(b"damaged") if fault == "damaged" else file.unlink()
    assert [str(row) in said for said in findings()] == [True]
    if fault == "gone":
        assert client.get(ADDRESS).status_code == 503
        with pytest.raises(CommandError, match="faults"):
            call_command("verify_library")
    call_command("verify_library", mend=True)
    assert not list(findings())
    assert body_of(client.get(ADDRESS)) == content


def test_file_that_the_storage_lost__is_built_anew_by_the_tick(client, editions, settings):
    build_missing(timezone.now())
    (settings.PRIVATE_ROOT / "archives" / YearArchive.objects.get().file.name).unlink()
    assert build_missing(timezone.now()) == 1
    assert client.get(ADDRESS).status_code == 200
