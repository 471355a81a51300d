"""What editors upload is judged by its bytes: the ending of its name must say the same."""

import io
import zipfile

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import Workbook
from wagtail.documents import get_document_model

from files.kinds import fits_ending
from tests.factories import UserFactory

OPENDOCUMENT = "application/vnd.oasis.opendocument.text"


def packed(**parts: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as made:
        for name, text in parts.items():
            made.writestr(name, text)
    return file.getvalue()


def sheet() -> bytes:
    file = io.BytesIO()
    Workbook().save(file)
    return file.getvalue()


WORD = {"[Content_Types].xml": "<a/>", "word/document.xml": "<a/>"}
GOOD = {
    "pdf": b"%PDF-1.7 fictitious",
    "docx": packed(**WORD),
    "odt": packed(mimetype=OPENDOCUMENT),
    "xlsx": sheet(),
    "csv": "a;b\r\nä;ö\r\n".encode("cp1252"),
    "txt": "نص عربي\n".encode(),
}
BAD = {
    "a program": b"MZ\x90\x00\x03", "a program of Linux": b"\x7fELF\x02", "an image": b"\x89PNG\r\n\x1a\n",
    "nothing": b"",
    "bytes": bytes(range(256)), "Word of former days": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "rtf": b"{\\rtf1 x}",
    "a zip": packed(readme="x"), "half a zip": packed(**WORD)[:60],
    "macros": packed(**WORD, **{"word/vbaProject.bin": "x"}),
    "macros of OpenDocument": packed(**{"mimetype": OPENDOCUMENT, "Basic/x.xml": "x"}),
}  # fmt: skip


@pytest.mark.parametrize("ending", GOOD)
def test_file__fits_its_own_ending_and_no_other(ending) -> None:
    for other, content in GOOD.items():
        file = io.BytesIO(content)
        is_text = {ending, other} == {"csv", "txt"}  # which nobody can tell apart
        assert fits_ending(file, ending) is (other == ending or is_text), other
        assert file.tell() == 0


@pytest.mark.parametrize("ending", GOOD)
@pytest.mark.parametrize("what", BAD)
def test_anything_else__fits_no_ending(ending, what) -> None:
    empty_text = what == "nothing" and ending in {"csv", "txt"}
    assert fits_ending(io.BytesIO(BAD[what]), ending) is empty_text


def test_text__is_taken_in_utf_16_and_refused_for_a_control_far_behind() -> None:
    assert fits_ending(io.BytesIO("a;b".encode("utf-16")), "csv")
    long = b"words " * 400_000
    assert fits_ending(io.BytesIO(long), "txt")
    assert not fits_ending(io.BytesIO(long + b"\x00"), "txt")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["wagtaildocs:add", "wagtaildocs:add_multiple", "wagtaildocs_chooser:create"])
def test_document__that_is_not_what_its_name_says__is_refused_wherever_it_is_uploaded(client, address) -> None:
    client.force_login(UserFactory(is_superuser=True))
    documents = get_document_model().objects
    headers = {"x-requested-with": "XMLHttpRequest"}

    def upload(content: bytes, name: str) -> str:
        fields = ("file", "files[]", "document-chooser-upload-file")
        files = {field: SimpleUploadedFile(name, content) for field in fields}
        sent = files | {"title": "Tides", "document-chooser-upload-title": "Tides"}
        return client.post(reverse(address), sent, headers=headers).content.decode()

    assert "is named as DOCX, but is none" in upload(b"MZ\x90\x00", "tides.docx")
    assert not documents.exists()
    upload(GOOD["docx"], "tides.docx")
    assert documents.count() == 1


@pytest.mark.django_db
def test_document__whose_title_alone_is_changed__keeps_a_file_of_former_days(client) -> None:
    client.force_login(UserFactory(is_superuser=True))
    row = get_document_model().objects.create(title="Old", file=ContentFile(b"MZ", name="old.docx"))
    address = reverse("wagtaildocs:edit", args=[row.pk])
    assert client.post(address, {"title": "New", "tags": "", "collection": row.collection_id}).status_code == 302
    row.refresh_from_db()
    assert row.title == "New"
