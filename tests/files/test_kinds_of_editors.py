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
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word(types: str = "", links: str = "", **more: str) -> bytes:
    """A Word file that says this of its parts, and links to that."""
    parts = WORD | {"[Content_Types].xml": f"<Types>{types}</Types>", "word/_rels/settings.xml.rels": links} | more
    return packed(**parts)


def link(kind: str, target: str, mode: str = "External") -> str:
    told = f'Type="{RELATIONS}/{kind}" Target="{target}" TargetMode="{mode}"'
    return f'<Relationships><Relationship Id="r1" {told}/></Relationships>'


PROJECT = '<Override PartName="/word/lamp.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
BAD = {
    "a program": b"MZ\x90\x00\x03", "a program of Linux": b"\x7fELF\x02", "an image": b"\x89PNG\r\n\x1a\n",
    "nothing": b"",
    "bytes": bytes(range(256)), "Word of former days": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "rtf": b"{\\rtf1 x}",
    "a zip": packed(readme="x"), "half a zip": packed(**WORD)[:60],
    "macros": packed(**WORD, **{"word/vbaProject.bin": "x"}),
    "macros of OpenDocument": packed(**{"mimetype": OPENDOCUMENT, "Basic/x.xml": "x"}),
    "macros of an object": packed(**{"mimetype": OPENDOCUMENT, "Object 1/Basic/x.xml": "x"}),
    "macros under another name": word(PROJECT, **{"word/lamp.bin": "x"}),
    "macros, their type in references": word(PROJECT.replace("vba", "&#118;b&#x61;")),
    "macros, their type in UTF-16": word(PROJECT.encode("utf-16").decode("latin-1")),
    "macros, their type by an entity": word('<!DOCTYPE a [<!ENTITY b "vba">]>' + PROJECT.replace("vba", "&b;")),
    "a type with macros": word('<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'),
    "a template from the net": word(links=link("attachedTemplate", "https://example.org/lamp.dotm")),
    "a template of another scheme": word(links=link("attachedTemplate", "search-ms:query=lamp")),
    "a template from a share": word(links=link("attachedTemplate", "\\\\files.example.org\\lamps\\lamp.dotm")),
    "a template from a share as a file": word(links=link("attachedTemplate", "file:///\\\\192.0.2.1\\lamps\\lamp.dotm")),
    "a template from a share with a port": word(links=link("attachedTemplate", "file://lamps@80/dav/lamp.dotm")),
    "a template from a share in escapes": word(links=link("attachedTemplate", "file:///%5C%5Cexample.org%5Ca.dotm")),
    "an object from the net": word(links=link("oleObject", " HTTP://example.org/lamp")),
    "a sheet with macros inside": word(**{"word/embeddings/Lamps.XLSM": "x"}),
    "more types than a book has": word("<Default/>" * 60_000),
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


@pytest.mark.parametrize(
    "links",
    [
        link("hyperlink", "https://example.org/"), link("attachedTemplate", "file:///C:/Lamps/Letter.dotx"),
        link("attachedTemplate", "C:\\Lamps\\Letter.v2.dotx"), link("attachedTemplate", "file://C:/Lamps.old/Letter.dotx"),
        link("attachedTemplate", "\\\\lamps\\all.staff\\Letter.dotx"), link("attachedTemplate", "file:///home/a.b/L.dotx"),
        link("attachedTemplate", "file://///lamps/all/Letter.dotx"), link("attachedTemplate", "Letter.v2.dotx"),
        link("image", "media/lamp.png", "Internal"), link("oleObject", "embeddings/oleObject1.bin", "Internal"),
    ],
)  # fmt: skip
def test_word_file__with_links_that_offices_leave__is_taken(links) -> None:
    assert fits_ending(io.BytesIO(word(links=links)), "docx")


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
