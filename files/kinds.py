"""What kind of file it is: by its own bytes; where editors send it, their ending must say the same."""

import io
import re
import zipfile
from typing import BinaryIO

from core.budgets.archives import FAULTS, MEMBER_MARK
from files.office_packages import runs

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
}
"""What may be attached. Nothing that a browser runs; said by the name's ending, never by the browser that uploads."""

UNTYPED = "application/octet-stream"
"""Of a file that is handed out as bytes and opened by nothing."""

IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
"""Images that are shown. No SVG: it can carry script."""

PDF_MARK = b"%PDF-"
ZIP_MARK = b"PK\x03\x04"
MARKS = (PDF_MARK, ZIP_MARK, b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"MZ", b"\x7fELF", b"{\\rtf", b"\xd0\xcf\x11\xe0")
"""How files begin that are no text: documents, images, programs, office documents of former days."""
CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f]")
PIECE = 1024 * 1024

MOST_MEMBERS = 2_000
"""Members of a zipped document that are looked at; a letter has about twenty."""


def kind_of(content: bytes) -> str:
    """PDF, ODT, DOCX, PNG, JPEG or TXT by the bytes themselves, or "" for everything else and for what would run."""
    if content.startswith(b"%PDF-"):
        return "PDF"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"PK\x03\x04"):
        return _zipped_kind(content)
    return "TXT" if _is_plain_text(content) else ""


def fits_ending(file: BinaryIO, ending: str) -> bool:
    """Whether an editor's file is of the kind that the ending of its name says, one of CONTENT_TYPES, and without
    macros. Read in pieces; the file stands at its beginning afterwards."""
    file.seek(0)
    try:
        start = file.read(PIECE)
        if ending == "pdf":
            return PDF_MARK in start[:1024]
        if ending in {"csv", "txt"}:
            return _is_readable(start, file)
        if not start.startswith(ZIP_MARK):
            return False
        return _zipped(file, start + file.read()) == ending.upper()
    finally:
        file.seek(0)


def _is_readable(start: bytes, rest: BinaryIO) -> bool:
    """Text in whatever encoding: spreadsheets write CSV in those of former days. No other kind's mark, no controls."""
    if start.startswith(MARKS):
        return False
    is_wide = start.startswith((b"\xff\xfe", b"\xfe\xff"))  # UTF-16, half of whose bytes may be NUL
    piece = start
    while piece:
        if not is_wide and CONTROLS.search(piece):
            return False
        piece = rest.read(PIECE)
    return True


def _zipped_kind(content: bytes) -> str:
    """Of a stranger's file: a sheet is none of the kinds that are taken."""
    found = _zipped(io.BytesIO(content), content)
    return "" if found == "XLSX" else found


def _zipped(file: BinaryIO, content: bytes) -> str:
    """ODT, DOCX or XLSX, or "" for what is none, is broken or would run."""
    if content.count(MEMBER_MARK) > MOST_MEMBERS:  # before zipfile makes an object of each
        return ""
    try:
        with zipfile.ZipFile(file) as packed:
            names = packed.namelist()
            if runs(packed):
                return ""
            if "word/document.xml" in names and "[Content_Types].xml" in names:
                return "DOCX"
            if "xl/workbook.xml" in names and "[Content_Types].xml" in names:
                return "XLSX"
            if "mimetype" in names and packed.getinfo("mimetype").file_size < 100:
                return "ODT" if packed.read("mimetype") == b"application/vnd.oasis.opendocument.text" else ""
    except FAULTS:
        return ""
    return ""


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and not any(sign < " " and sign not in "\t\n\r\f" for sign in text)
