"""Files of a document: every version stays and is fetched by number, and only public ones are seen (Plone: P13)."""

import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from editions.models import Frozen
from tests.factories import ProcessFactory
from workflow.attachments.models import Attachment, AttachmentVersion
from workflow.attachments.services import MOST_BYTES, NotAttachable, add_version, attach, describe
from workflow.deletion.attached_files import findings
from workflow.history.timeline import whole_history
from workflow.signals import attachment_changed
from workflow.states import PUBLIC, State
from workflow.transitions.models import Process
from workflow.transitions.services import perform

pytestmark = pytest.mark.django_db

FIRST, SECOND = b"%PDF-1.7 first of 2099", b"%PDF-1.7 second of 2099"


def upload(content: bytes = FIRST, name: str = "original.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


@pytest.fixture
def process(people) -> Process:
    return ProcessFactory(forum=people.forum, at="final")


@pytest.fixture
def attached(process, people) -> Attachment:
    at, by = timezone.now(), people["facilitator"]
    row = attach(process, upload(), title="Fictitious original", is_public=True, by=by, at=at)
    add_version(row.attachment, upload(SECOND), by=by, at=at, note="Page 3 was upside down.")
    return row.attachment


def office(process: Process, tail: str = "") -> str:
    return f"/admin/workflow/{process.page_id}/attachments/{tail}"


def test_new_version__stands_beside_the_old_one_with_hash_person_and_time(attached, people) -> None:
    first, second = attached.versions.all()
    assert [first.number, second.number] == [1, 2]
    assert second.sha256 == hashlib.sha256(SECOND).hexdigest()
    assert (second.by, second.by_name) == (people["facilitator"], people["facilitator"].get_full_name())
    assert attached.newest == second
    assert list(findings()) == []


def test_reader__fetches_the_newest_by_its_address_and_any_by_its_number(attached, client) -> None:
    newest = client.get(attached.public_path())
    assert (newest.getvalue(), newest["Content-Type"]) == (SECOND, "application/pdf")
    assert newest["Content-Disposition"].startswith("attachment")
    assert client.get(attached.public_path(1)).getvalue() == FIRST
    assert client.get(attached.public_path(2), headers={"If-None-Match": newest["ETag"]}).status_code == 304
    assert client.get(attached.public_path(3)).status_code == 404


def test_page_of_the_edition__offers_public_files_only(attached, process, client) -> None:
    address = process.current_edition.address
    assert attached.public_path(1) in client.get(address).content.decode()
    Attachment.objects.update(is_public=False)
    assert attached.public_path() not in client.get(address).content.decode()
    assert client.get(attached.public_path()).status_code == 404


@pytest.mark.parametrize("state", State)
def test_public_file__is_seen_exactly_while_an_edition_is_public(state, people, client) -> None:
    process = ProcessFactory(forum=people.forum, at=state)
    row = attach(process, upload(), title="Annex", is_public=True, by=people["facilitator"], at=timezone.now())
    page = process.page.specific
    address = f"/library/2099/{page.get_parent().slug}/{page.slug}/attachments/1/"
    expected = 200 if state in PUBLIC else (410 if state == State.WITHDRAWN else 404)
    answer = client.get(address)
    answer.getvalue()  # closes the file
    assert answer.status_code == expected
    assert Attachment.objects.public().filter(pk=row.attachment_id).exists() is (state in PUBLIC)


def test_version__is_frozen_in_model_and_database(attached) -> None:
    row = attached.newest
    with pytest.raises(Frozen):
        row.save()
    with pytest.raises(Frozen):
        row.delete()
    for statement in (
        "UPDATE workflow_attachmentversion SET sha256 = 'x'",
        "DELETE FROM workflow_attachmentversion",
    ):
        with pytest.raises(DatabaseError, match="is frozen"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_deleted_account__leaves_the_version_and_its_name(attached, people) -> None:
    name = people["facilitator"].get_full_name()
    people["facilitator"].delete()
    assert set(AttachmentVersion.objects.values_list("by", "by_name")) == {(None, name)}


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [(b"<script>", "page.html", "one of these kinds"), (b"", "empty.pdf", "empty"), (b"MZ", "program.pdf", "is none")],
)
def test_file__that_a_browser_could_run_or_nobody_could_read__is_refused(process, people, content, name, said) -> None:
    with pytest.raises(NotAttachable, match=said):
        attach(process, upload(content, name), title="X", is_public=True, by=people["facilitator"], at=timezone.now())
    assert not Attachment.objects.exists()


def test_file__beyond_the_limit__is_refused_before_it_is_kept(process, people) -> None:
    file = upload()
    file.size = MOST_BYTES + 1
    with pytest.raises(NotAttachable, match="larger"):
        attach(process, file, title="X", is_public=True, by=people["facilitator"], at=timezone.now())


def test_same_bytes_again__add_nothing_and_say_so(attached, people) -> None:
    with pytest.raises(NotAttachable, match="version 2"):
        add_version(attached, upload(SECOND), by=people["facilitator"], at=timezone.now())
    assert attached.versions.count() == 2


def test_changed_or_missing_file__is_found_by_verification(attached) -> None:
    first, second = attached.versions.all()
    store = first.file.storage
    with store.open(first.file.name, "ab") as file:
        file.write(b"x")
    store.delete(second.file.name)
    found = list(findings())
    store.delete(first.file.name)  # other tests store the same bytes
    assert len(found) == 2
    assert "not the one that was uploaded" in found[0]
    assert "missing" in found[1]


def test_other_rooms__are_told_of_every_change(process, people) -> None:
    told = []

    def note(sender, attachment, **kwargs) -> None:
        told.append((attachment.number, attachment.is_public))

    attachment_changed.connect(note)
    try:
        row = attach(process, upload(), title="Annex", is_public=False, by=people["facilitator"], at=timezone.now())
        describe(row.attachment, title="Annex", is_public=True, by=people["facilitator"])
        describe(row.attachment, title="Annex", is_public=True, by=people["facilitator"])
    finally:
        attachment_changed.disconnect(note)
    assert told == [(1, False), (1, True)]


def test_story_of_a_document__tells_its_uploads(attached, process) -> None:
    found = whole_history(process, "attachments")
    assert found[0].what.endswith("original.pdf")
    assert "upside down" in "".join(entry.detail for entry in found)


def test_facilitator__attaches_a_file_adds_a_version_and_takes_it_out_of_view(process, people, client) -> None:
    client.force_login(people["facilitator"])
    assert client.post(office(process), {"title": "Annex", "file": upload(), "is_public": "on"}).status_code == 302
    assert client.post(office(process, "1/"), {"file": upload(SECOND), "note": "Newer."}).status_code == 302
    assert client.get(office(process, "1/1/")).getvalue() == FIRST
    text = client.get(office(process)).content.decode()
    assert "Newer." in text
    assert hashlib.sha256(FIRST).hexdigest() in text
    client.post(office(process, "1/"), {"describe": "1", "title": "Annex"})
    assert not Attachment.objects.get().is_public
    again = client.post(office(process, "1/"), {"file": upload(SECOND)})
    assert again.status_code == 422
    assert "the same file" in again.content.decode()


def test_rapporteur__attaches_files_but_does_not_show_them(process, people, client) -> None:
    client.force_login(people["rapporteur"])
    client.post(office(process), {"title": "Notes", "file": upload(), "is_public": "on"})
    assert not Attachment.objects.get().is_public
    client.post(office(process, "1/"), {"describe": "1", "title": "Notes II", "is_public": "on"})
    assert not Attachment.objects.get().is_public
    Attachment.objects.update(is_public=True)
    assert client.post(office(process, "1/"), {"file": upload(SECOND)}).status_code in {302, 403}
    assert AttachmentVersion.objects.count() == 1


def test_withdrawn_document__takes_its_files_along(attached, process, people, client) -> None:
    address = attached.public_path()
    perform(process, "withdraw", people["secretariat"], reason="Fictitious error of 2099.")
    assert client.get(address).status_code == 410
    assert client.get(attached.public_path(1)).status_code == 410
