"""What kind of file it is: by its own bytes where strangers send it, by its name's ending where editors do."""

import io
import zipfile

CONTENT_TYPES = {
    "pdf": "application/pdf",
    "csv": "text/csv; charset=utf-8",
    "txt": "text/plain; charset=utf-8",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "odt": "application/vnd.oasis.opendocument.text",
}
"""What may be attached. Nothing that a browser runs; said by the name's ending, never by the browser that uploads."""

IMAGE_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif"})
"""Images that are shown. No SVG: it can carry script."""

PDF_MARK = b"%PDF-"

MEMBER_MARK = b"PK\x01\x02"
MOST_MEMBERS = 2_000
"""Members of a zipped document that are looked at; a letter has about twenty."""


def kind_of(content: bytes) -> str:
    """PDF, ODT, DOCX, PNG, JPEG or TXT by the bytes themselves, or "" for everything else and for what holds macros."""
    if content.startswith(b"%PDF-"):
        return "PDF"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "PNG"
    if content.startswith(b"\xff\xd8\xff"):
        return "JPEG"
    if content.startswith(b"PK\x03\x04"):
        return _zipped_kind(content)
    return "TXT" if _is_plain_text(content) else ""


def _zipped_kind(content: bytes) -> str:
    if content.count(MEMBER_MARK) > MOST_MEMBERS:  # before zipfile makes an object of each
        return ""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = packed.namelist()
            if any(_is_code(name) for name in names):
                return ""
            if "word/document.xml" in names and "[Content_Types].xml" in names:
                return "DOCX"
            if "mimetype" in names and packed.getinfo("mimetype").file_size < 100:
                return "ODT" if packed.read("mimetype") == b"application/vnd.oasis.opendocument.text" else ""
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError):
        return ""
    return ""


def _is_code(name: str) -> bool:
    parts = name.casefold().split("/")
    return parts[0] in {"basic", "scripts"} or parts[-1].startswith("vba") or "activex" in parts or "macros" in parts


def _is_plain_text(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(text.strip()) and not any(sign < " " and sign not in "\t\n\r\f" for sign in text)
