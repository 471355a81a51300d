"""A foreign document is read within five seconds of processor, or refused in words that help."""

import io
import resource
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from bpf_pages.importing import foreign_files
from bpf_pages.models.outcome import OutcomePage
from core.budgets import budgeted
from core.spreadsheets import SheetError, read_rows
from formats.draft import Unreadable, UnreadableFile
from tests.bpf_pages.importing import office

MOST_CPU_S = 6.0  # five for the work, and the start of a child


def cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def repacked(content: bytes, **parts: str) -> bytes:
    """A Word file with other text in some of its parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, parts.get(name.rpartition("/")[2].partition(".")[0], text))
    return out.getvalue()


def paragraphs(count: int, start: int = 0) -> str:
    """Paragraphs whose numbers keep them from packing well."""
    return "".join(f'<w:p w:rsidR="{n * 2654435761 % 2**32:08X}"/>' for n in range(start, start + count))


def deep(levels: int) -> str:
    table = "<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"
    return table[0] * levels + office.paragraph(office.run("down here")) + table[1] * levels


HOSTILE = {
    "empty paragraphs, 1 MB": lambda: office.word_file("<w:p/>" * 170_000),
    "empty paragraphs, 8 kB packed": lambda: office.word_file("<w:p/>" * 700_000),
    "numbered empty paragraphs": lambda: office.word_file(paragraphs(390_000)),
    "a table in a table in a table": lambda: office.word_file(deep(60)),
    "one long run": lambda: office.word_file(office.paragraph(office.run("ab " * 12_000_000))),
    "an entity": lambda: repacked(office.word_file(), document='<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
}


def outcome(name: str, content: bytes) -> Unreadable | None:
    """Why it was refused; None where it was read."""
    try:
        foreign_files.read(name, content)
    except UnreadableFile as error:
        return error.why
    return None


@pytest.mark.parametrize("name", HOSTILE)
def test_a_document_made_to_be_costly__is_read_or_refused_in_time(name) -> None:
    before = cpu()
    assert outcome("a.docx", HOSTILE[name]()) != Unreadable.FORMAT
    assert cpu() - before < MOST_CPU_S


def test_the_2_kb_file_of_the_report__is_refused_because_of_what_it_unpacks_to() -> None:
    content = HOSTILE["empty paragraphs, 1 MB"]()
    assert len(content) < 6_000
    with pytest.raises(UnreadableFile) as refused:
        foreign_files.read("a.docx", content)
    assert refused.value.why == Unreadable.TOO_PACKED


@pytest.mark.parametrize("ending", ["html", "txt"])
def test_a_web_page_made_to_be_costly__is_read_or_refused_in_time(ending) -> None:
    for content in (b"<div>" * 200_000, b"<p>x" * 300_000, b"<table><tr>" + b"<td>" * 200_000, b"x\n\n" * 1_000_000):
        before = cpu()
        assert outcome(f"a.{ending}", content) != Unreadable.FORMAT
        assert cpu() - before < MOST_CPU_S


def test_a_report_of_162_pages__is_read() -> None:
    """400,000 signs in 3,000 paragraphs of six runs, as word processors tear them; 40 tables and 200 headings."""
    body = []
    for n in range(3_000):
        words = [office.run(f"word{n * 7 + k} and some more of it, ", "<w:b/>" if k == 2 else "") for k in range(6)]
        body.append(office.paragraph(*words))
        if n % 15 == 0:
            body.append(office.heading(2, f"Part {n}"))
        if n % 75 == 0:
            body.append(office.table(("Place", "Depth"), *((f"North {n}", f"{k} m") for k in range(20))))
    before = cpu()
    read, _pictures = foreign_files.read("report.docx", office.word_file(*body))
    assert cpu() - before < MOST_CPU_S
    assert sum(part.get("html", "").count("word") for part in read["parts"]) == 18_000


@pytest.mark.django_db
def test_a_refused_document__is_told_on_the_form_and_by_the_command_and_leaves_nothing(
    people, client, tmp_path
) -> None:
    content = HOSTILE["empty paragraphs, 1 MB"]()
    client.force_login(people["rapporteur"])
    address = reverse("bpf_pages_admin:import_document", args=[people.forum.pk])
    file = SimpleUploadedFile("a.docx", content)
    response = client.post(address, {"file": file, "language": "en"}, follow=True)
    assert "unpacks to far more" in response.content.decode()
    path = tmp_path / "a.docx"
    path.write_bytes(content)
    with pytest.raises(CommandError, match="unpacks to far more"):
        call_command("import_document", str(path), forum=f"2099/{people.forum.slug}")
    assert not OutcomePage.objects.exists()


@pytest.mark.django_db
def test_a_document_that_costs_too_much__says_what_was_kept_and_what_to_do(people, client, monkeypatch) -> None:
    monkeypatch.setattr(foreign_files, "BUDGET", budgeted.Budget(wall=0.01))
    client.force_login(people["rapporteur"])
    address = reverse("bpf_pages_admin:import_document", args=[people.forum.pk])
    file = SimpleUploadedFile("a.docx", office.word_file())
    response = client.post(address, {"file": file, "language": "en"}, follow=True)
    assert "nothing was brought in" in response.content.decode()


def xlsx(sheet: str) -> bytes:
    from openpyxl import Workbook

    out, book = io.BytesIO(), Workbook()
    book.active.append(["a"])
    book.save(out)
    return repacked(out.getvalue(), sheet1=sheet)


SHEET = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (xlsx(SHEET.format("<row/>" * 300_000)), "unpacks to far more"),
        (xlsx(SHEET.format("".join(f'<row r="{n}"><c><v>{n * 7919}</v></c></row>' for n in range(1, 150_000)))), ""),
        (xlsx("no sheet"), "not a sheet"),
        (b"PK\x03\x04", "not a sheet"),
        (b"a,b\x00", "not a sheet"),
        (b"\xff\xfe,", "not a sheet"),
        (b"\n".join(b"a,b" for _ in range(6_000)), "more than 5000 rows"),
        (b'"' + b"a" * 9_000_000, "not a sheet"),
    ],
    ids=["rows", "numbered rows", "no xml", "cut", "nul", "binary", "long", "one quote"],
)  # fmt: skip
def test_a_sheet_made_to_be_costly__is_read_or_refused_in_time(content, said) -> None:
    before = cpu()
    with pytest.raises(SheetError) as refused:
        read_rows("a.xlsx", content)
    assert said in str(refused.value)
    assert cpu() - before < MOST_CPU_S


def test_a_sheet__is_read_as_before() -> None:
    assert read_rows("a.csv", b"a;b\n;\n=1+1;x\n") == [["a", "b"], ["=1+1", "x"]]
