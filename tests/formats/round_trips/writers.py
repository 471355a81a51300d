"""Neutral documents written as files by programs that are not ours: pandoc, LibreOffice, python-docx, browsers.

A writer takes many documents, since LibreOffice and a browser take longer to start than to write.
"""

import io
import re
import shutil
import subprocess
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from editions.document.model import Document, Figure, Heading, Item, ListBlock, Mark, Paragraph, Quote, Runs, Table
from tests.browser.chromium import chromium
from tests.formats.docx.docx_files import PNG
from tests.formats.round_trips.markdown import markdown

LONGEST_S = 500
STYLES = """
@page { size: A4; margin: 22mm }
table { border-collapse: collapse } td, th { border: 1px solid #000; padding: 3px } figcaption { font-size: 80% }
sup { font-size: 60% } code { font-family: monospace } figure img { width: 20mm }
"""


def pandoc(document: Document, target: str) -> bytes:
    """target: pandoc's name of a format. Skips where there is no pandoc."""
    program = shutil.which("pandoc")
    if program is None:
        pytest.skip("pandoc is not installed")
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "dot.png").write_bytes(PNG)
        Path(folder, "a.css").write_text(STYLES)
        command = [program, "--from=markdown-smart", f"--to={target}", "--standalone", "--output=a"]
        command += ["--self-contained", "--css=a.css"] if target == "html5" else []
        _run(command, folder, markdown(document).encode())
        return Path(folder, "a").read_bytes()


def libreoffice(content: bytes, kind: str, target: str) -> bytes:
    """One file; otherwise as libreoffice_all."""
    return libreoffice_all([content], kind, target)[0]


def libreoffice_all(contents: list[bytes], kind: str, target: str) -> list[bytes]:
    """Files of one kind saved as another. target: LibreOffice's name, with a filter where it needs one."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed")
    with tempfile.TemporaryDirectory() as folder:
        names = [f"a{place}" for place in range(len(contents))]
        for name, content in zip(names, contents, strict=True):
            Path(folder, f"{name}.{kind}").write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = [program, profile, "--headless", "--convert-to", target, "--outdir", "out"]
        _run([*command, *(f"{name}.{kind}" for name in names)], folder)
        return [Path(folder, "out", f"{name}.{target.partition(':')[0]}").read_bytes() for name in names]


def tables_from_the_right(content: bytes) -> bytes:
    """A Word file whose tables have their first column at the right, as Word makes them in Arabic; pandoc does not."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "word/document.xml":
                part = re.sub(rb"(<w:tblPr>.*?<w:tblStyle [^>]*/>)", rb"\1<w:bidiVisual/>", part, flags=re.DOTALL)
            new.writestr(name, part)
    return target.getvalue()


def weasyprint(document: Document, *, tagged: bool) -> bytes:
    html: Any = pytest.importorskip("weasyprint").HTML
    page = html(string=pandoc(document, "html5").decode())
    printed: bytes = page.write_pdf(pdf_variant="pdf/ua-1" if tagged else None)
    return printed


def printed_by_chromium(documents: list[Document], *, tagged: bool) -> list[bytes]:
    with chromium() as browser:
        page = browser.new_page()
        printed = []
        for document in documents:
            page.set_content(pandoc(document, "html5").decode())
            printed.append(page.pdf(tagged=tagged, prefer_css_page_size=True))
        return printed


def python_docx(document: Document) -> bytes:
    docx = pytest.importorskip("docx")
    file = docx.Document()
    file.core_properties.title = document.title
    file.add_paragraph(document.title, style="Title")
    for block in document.blocks:
        _python_docx_block(file, block)
    out = io.BytesIO()
    file.save(out)
    return out.getvalue()


def _python_docx_block(file: Any, block: object) -> None:
    match block:
        case Heading():
            _python_docx_runs(file.add_paragraph(style=f"Heading {block.level}"), block.runs)
        case Paragraph():
            _python_docx_runs(file.add_paragraph(), block.runs)
        case Quote():
            _python_docx_runs(file.add_paragraph(style="Quote"), block.runs)
        case ListBlock():
            _python_docx_items(file, block.items, block.ordered, 1)
        case Table():
            if block.caption:
                _python_docx_runs(file.add_paragraph(style="Caption"), block.caption)
            table = file.add_table(len(block.rows), len(block.rows[0].cells))
            table.rows[0]._tr.get_or_add_trPr().append(_repeats(table))
            for place, row in enumerate(block.rows):
                for cell, runs in zip(table.rows[place].cells, row.cells, strict=True):
                    _python_docx_runs(cell.paragraphs[0], runs)
        case Figure():
            file.add_picture(io.BytesIO(PNG))
            _python_docx_runs(file.add_paragraph(style="Caption"), block.caption)


def _repeats(table: Any) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement("w:tblHeader")


def _python_docx_items(file: Any, items: tuple[Item, ...], ordered: bool, level: int) -> None:
    """Lists of Word's own styles, each with numbers of its own."""
    style = file.styles[("List Number" if ordered else "List Bullet") + (f" {level}" if level > 1 else "")]
    numbers = file.part.numbering_part.numbering_definitions._numbering
    of_style = numbers.num_having_numId(style.element.pPr.numPr.numId.val)
    number = numbers.add_num(of_style.abstractNumId.val)
    number.add_lvlOverride(ilvl=0).add_startOverride(1)
    for item in items:
        paragraph = file.add_paragraph(style=style)
        paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = number.numId
        _python_docx_runs(paragraph, item.runs)
        if item.items:
            _python_docx_items(file, item.items, item.ordered, level + 1)


def _python_docx_runs(paragraph: Any, runs: Runs) -> None:
    for run in runs:
        if run.note:
            continue
        made = paragraph.add_run(run.text)
        made.bold = Mark.STRONG in run.marks or None
        made.italic = Mark.EMPHASIS in run.marks or None
        made.font.superscript = Mark.SUPERSCRIPT in run.marks or None
        made.font.strike = Mark.DELETED in run.marks or None


def _run(command: list[str], folder: str, given: bytes = b"") -> None:
    subprocess.run(command, input=given, cwd=folder, check=True, capture_output=True, timeout=LONGEST_S)


Writer = Callable[[list[Document]], list[bytes]]
DOCX = "docx:MS Word 2007 XML"
TAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"true"}}'
UNTAGGED = 'pdf:writer_pdf_Export:{"UseTaggedPDF":{"type":"boolean","value":"false"}}'
