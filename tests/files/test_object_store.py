"""Every file the library keeps goes through the storage of the settings, here a bucket: a double, see bucket.py.

The folders of a disk do not exist in these tests, and must not exist after them.
"""

import gc
import io
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.core.files.storage import default_storage
from django.utils import timezone
from PIL import Image as Picture
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

import pdf.printing.verification
import workflow.verification
from consultation.periods.models import Period
from consultation.submissions import attachments as with_comments
from files import shown
from files.images.published import kept_file
from files.linked_documents import kept_name
from files.object_store import ObjectStore
from pdf.printing.services import print_edition
from search.attached_files.models import FilePage
from search.services import read_waiting
from tests.consultation.stories import begun
from tests.factories import ProcessFactory, UserFactory
from tests.files import bucket
from tests.search.attached_files.test_attached_files import pdf as made_pdf
from tests.search.attached_files.test_attached_files import upload
from tests.search.library import publish
from workflow.attachments.services import attach

# The package leaves copies of files to be collected; that happens here, and no later test is blamed for it.
pytestmark = [pytest.mark.django_db, pytest.mark.filterwarnings("ignore:.*SpooledTemporaryFile")]


@pytest.fixture(scope="session")
def store() -> Iterator[str]:
    with bucket.served() as address:
        yield address


@pytest.fixture(autouse=True)
def in_the_bucket(store: str, settings: Any, tmp_path: Path) -> Iterator[None]:
    nowhere = tmp_path / "nowhere"
    settings.MEDIA_ROOT, settings.PRIVATE_ROOT = nowhere / "media", nowhere / "private"
    for name, value in (bucket.KEYS | {"S3_ENDPOINT": store}).items():
        setattr(settings, name, value)
    settings.STORAGES = settings.STORAGES | {
        name: {"BACKEND": settings.BUCKET, "OPTIONS": {"location": folder}}
        for name, folder in (("default", "media"), ("private", "private"))
    }
    yield
    gc.collect()
    assert not nowhere.exists()


@pytest.fixture
def names(store: str) -> Callable[[], list[str]]:
    """What the test itself put there."""
    before = set(bucket.names(store))
    return lambda: sorted(set(bucket.names(store)) - before)


def png(colour: str = "teal") -> bytes:
    out = io.BytesIO()
    Picture.new("RGB", (60, 40), colour).save(out, "PNG")
    return out.getvalue()


def served_bytes(client: Any, address: str) -> bytes:
    response = client.get(address)
    assert response.status_code == 200, address
    return b"".join(response.streaming_content) if response.streaming else response.content


def test_an_image__is_kept_by_its_hash_and_shown_through_the_library(client: Any, names: Any) -> None:
    image = get_image_model().objects.create(title="Lamp", file=ImageFile(io.BytesIO(png()), name="lamp.png"))
    figure = kept_file(image)
    rendition = image.get_rendition("width-30")
    assert [name.rpartition("/")[0] for name in names()] == ["media/figures", "media/images", "media/original_images"]
    shown.show("edition BPF-2099-TEST-E1", [figure.source])
    assert served_bytes(client, default_storage.url(figure.source)) == png()
    assert client.get(rendition.url).status_code == 404
    client.force_login(UserFactory(is_superuser=True))
    assert rendition.url.startswith("/media/images/")
    assert Picture.open(io.BytesIO(served_bytes(client, rendition.url))).width == 30
    assert client.get("/media/figures/none.png").status_code == 404


def test_a_document_of_the_editors__is_handed_out_by_its_view_and_nobody_is_sent_to_the_bucket(client: Any) -> None:
    kept = get_document_model().objects.create(title="Notes", file=ContentFile(b"notes of 2099", name="notes.txt"))
    assert client.get(kept.url).status_code == 404
    client.force_login(UserFactory(is_superuser=True))
    assert served_bytes(client, kept.url) == b"notes of 2099"
    name = kept_name(kept)
    shown.show("edition BPF-2099-TEST-E1", [name])
    client.logout()
    assert served_bytes(client, default_storage.url(name)) == b"notes of 2099"
    assert client.get(f"/media/{kept.file.name}").status_code == 404


def test_two_files_of_one_name__never_meet(names: Any) -> None:
    """A bucket would take the second in the place of the first, and two hosts may both have found the name free."""
    assert default_storage.get_available_name("a/lamp.png") != default_storage.get_available_name("a/lamp.png")
    kept = [default_storage.save("a/lamp.png", ContentFile(text)) for text in (b"one", b"two")]
    for name, text in zip(kept, (b"one", b"two"), strict=True):
        with default_storage.open(name) as file:
            assert file.read() == text


def test_an_attached_file__is_public_by_its_view_only_and_its_text_is_read(
    client: Any, people: Any, names: Any
) -> None:
    process = ProcessFactory(forum=people.forum, at="final")
    content = made_pdf("A quokka of 2099.")
    row = attach(
        process, upload(content), title="Original", is_public=True, by=people["facilitator"], at=timezone.now()
    )
    (name,) = names()
    assert name == f"private/attachments/{row.sha256[:2]}/{row.sha256}.pdf"
    assert served_bytes(client, row.attachment.public_path()) == content
    for guess in (name, name.removeprefix("private/"), f"../{name}"):
        assert client.get(f"/media/{guess}").status_code == 404
    assert read_waiting() == 1
    assert FilePage.objects.get().text == "A quokka of 2099."
    row.file.storage.delete(row.file.name)
    assert any("the file is missing" in said for said in workflow.verification.findings())


def test_a_file_with_a_comment__is_kept_handed_out_and_forgotten(people: Any, names: Any) -> None:
    call = begun(people)
    Period.objects.update(takes_files=True)
    kept = with_comments.keep(call.draft(), "letter.pdf", b"%PDF-1.7 fictitious", timezone.now())
    assert names() == [f"private/{kept.file.name}"]
    assert with_comments.as_download(kept).content == b"%PDF-1.7 fictitious"
    with_comments.forget([kept])
    assert names() == []


def test_a_printing__is_kept_served_and_verified(client: Any, names: Any) -> None:
    edition = publish("Lamps", "The lamps of the harbour.")
    printing = print_edition(edition)
    assert names() == [f"private/printings/{printing.file.name}"]
    content = served_bytes(client, f"{edition.address}editions/1/document.pdf")
    assert content.startswith(b"%PDF-1.7")
    assert not list(pdf.printing.verification.findings())
    default = printing.file.storage
    default.delete(printing.file.name)
    assert ["is missing" in said for said in pdf.printing.verification.findings()] == [True]


def test_the_bucket__is_asked_for_in_the_region_that_the_operator_names(settings: Any) -> None:
    settings.S3_REGION = "eu-west-9"
    assert ObjectStore().region_name == "eu-west-9"
