"""Which reader reads a file: its first bytes say it; the ending of its name decides among kinds of text alone. Pure.

Each reader is loaded when a file of its kind comes.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import PurePath

from formats.draft import Draft, Source, Unreadable, UnreadableFile
from formats.kinds.unreadable import kind_of_archive, kind_of_bytes, kind_of_compound_file, kind_of_name

HEAD = 4096  # bytes that tell what a file is

DOCX, ODT, RTF, PDF = "formats.docx", "formats.odt", "formats.rtf", "formats.pdf"
HTML, MARKDOWN, PLAIN, MAIL = "formats.html", "formats.markdown", "formats.plain", "formats.mail"

TEXTS = {
    ".html": HTML, ".htm": HTML, ".xhtml": HTML, ".xht": HTML, ".mht": MAIL, ".md": MARKDOWN, ".markdown": MARKDOWN,
    ".txt": PLAIN, ".text": PLAIN, "": PLAIN, ".eml": MAIL, ".mbox": MAIL, ".mbx": MAIL,
}  # fmt: skip
"""Readers of text by the ending of a name."""
SUFFIXES = frozenset(TEXTS) - {"", ".mht"} | {".docx", ".docm", ".dotx", ".odt", ".ott", ".fodt", ".rtf", ".pdf"}

_SIGNS = re.compile(rb"[\x00-\x08\x0e-\x1f]")
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta)\b", re.I | re.S)
_MAIL = re.compile(
    rb"(?:From [^\r\n]*\r?\n)?(?:[!-9;-~]{1,76}:[^\r\n]*\r?\n(?:[ \t][^\r\n]*\r?\n)*){0,40}?"
    rb"(?:Return-Path|Received|Delivered-To|MIME-Version|Message-ID):",
    re.I,
)
_OTHER_OFFICE = frozenset({"xl/workbook.xml", "xl/workbook.bin", "ppt/presentation.xml"})
_FLAT_ODF = re.compile(rb"<office:document\b[^>]*opendocument", re.S)


@dataclass(frozen=True, slots=True)
class Reader:
    read: Callable[[bytes, str], Draft]
    words: Callable[[bytes], Iterator[Source]]


def reader_of(kind: str) -> Reader:
    try:
        module = import_module(kind)
    except ModuleNotFoundError as error:
        if error.name != kind:
            raise
        raise UnreadableFile(Unreadable.FORMAT) from error
    return Reader(module.read, module.words)


def kind_of(name: str, content: bytes) -> str:
    """The module that reads a file. Raises UnreadableFile for what none does."""
    head = content[:HEAD]
    if head.startswith(b"PK\x03\x04"):
        return _kind_of_zip(name, content)
    if head.startswith(_OLE):
        locked = "EncryptedPackage".encode("utf-16-le") in content
        raise UnreadableFile(Unreadable.LOCKED if locked else kind_of_compound_file(name, content))
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{\\rt"):
        return RTF
    if b"%PDF-" in head[:1024]:
        return PDF
    if _FLAT_ODF.search(head):
        return ODT
    if (other := kind_of_bytes(head)) is not None:
        raise UnreadableFile(other)
    return _kind_of_text(name, head)


def _kind_of_zip(name: str, content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.replace("\\", "/").lower() for name in archive.namelist()}
            mime = archive.open("mimetype").read(100) if "mimetype" in archive.namelist() else b""
    except Exception as error:  # a broken archive fails in many ways
        raise UnreadableFile(Unreadable.BROKEN) from error
    if mime.startswith(b"application/vnd.oasis.opendocument.text") or (not mime and "content.xml" in names):
        return ODT
    if "[content_types].xml" in names and not names & _OTHER_OFFICE:
        return DOCX
    raise UnreadableFile(kind_of_archive(name, names, mime))


def _kind_of_text(name: str, head: bytes) -> str:
    suffix = PurePath(name.lower().strip()).suffix
    wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not head.strip():
        raise UnreadableFile(Unreadable.BROKEN)
    if b"\0" in head and not wide:
        raise UnreadableFile(kind_of_name(name))
    plain = head.replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe") if wide else head.removeprefix(b"\xef\xbb\xbf")
    if suffix not in (".md", ".markdown", ".eml", ".mbox", ".mbx") and _HTML.match(plain):
        return HTML
    if (suffix not in TEXTS or suffix in ("", ".txt", ".text", ".html", ".htm")) and _MAIL.match(plain):
        return MAIL
    if suffix in TEXTS:
        return TEXTS[suffix]
    if suffix == ".doc" and not _SIGNS.search(plain):  # as programs before Word named a text
        return PLAIN
    raise UnreadableFile(Unreadable.BROKEN if suffix in SUFFIXES else kind_of_name(name))
