"""Files that no reader reads, named by their kind, so that a refusal can say what to do instead. Pure.

The first bytes and the names inside a file tell its kind; the ending of its name decides where they tell nothing.
"""

import re
from collections.abc import Set
from pathlib import PurePath

from formats.draft import Unreadable

_CALENDAR = re.compile(rb"(?:\xef\xbb\xbf)?\s*BEGIN:V(?:CALENDAR|CARD|EVENT|TODO)\b", re.IGNORECASE)
_BEGINNINGS = (
    (b"\xffWPC", Unreadable.OTHER_WRITER),
    (b"\x1f\x8b", Unreadable.PACKED),
    (b"BZh", Unreadable.PACKED),
    (b"7z\xbc\xaf\x27\x1c", Unreadable.PACKED),
    (b"\xfd7zXZ\0", Unreadable.PACKED),
    (b"Rar!\x1a\x07", Unreadable.PACKED),
    (b"\x89PNG\r\n\x1a\n", Unreadable.PICTURE),
    (b"\xff\xd8\xff", Unreadable.PICTURE),
    (b"GIF8", Unreadable.PICTURE),
    (b"II*\0", Unreadable.PICTURE),
    (b"MM\0*", Unreadable.PICTURE),
)
_STREAMS = (  # of a compound file, the kind of Office before 2007
    ("WordDocument", Unreadable.OTHER_WRITER),
    ("Workbook", Unreadable.SHEET),
    ("Book", Unreadable.SHEET),
    ("PowerPoint Document", Unreadable.SLIDES),
    ("__properties_version1.0", Unreadable.OUTLOOK_MAIL),
    ("MatOST", Unreadable.OTHER_WRITER),  # Works
)
_ENDINGS = {
    **dict.fromkeys((".doc", ".dot", ".wpd", ".wps", ".wri", ".sxw", ".pages", ".hwp"), Unreadable.OTHER_WRITER),
    **dict.fromkeys((".xls", ".xlt", ".xlsb", ".csv", ".tsv", ".numbers", ".sxc"), Unreadable.SHEET),
    **dict.fromkeys((".ppt", ".pps", ".key", ".sxi"), Unreadable.SLIDES),
    **dict.fromkeys((".gdoc", ".url", ".webloc", ".desktop"), Unreadable.LINK_FILE),
    **dict.fromkeys((".heic", ".heif", ".webp", ".bmp", ".svg", ".tif", ".tiff"), Unreadable.PICTURE),
    ".msg": Unreadable.OUTLOOK_MAIL,
}  # fmt: skip


def kind_of_bytes(head: bytes) -> Unreadable | None:
    """What its beginning says a file is; None where that is nothing known here."""
    for beginning, kind in _BEGINNINGS:
        if head.startswith(beginning):
            return kind
    plain = head.replace(b"\0", b"").lstrip(b"\xff\xfe") if head.startswith((b"\xff\xfe", b"\xfe\xff")) else head
    return Unreadable.CALENDAR if _CALENDAR.match(plain) else None


def kind_of_name(name: str) -> Unreadable:
    """FORMAT where the ending says nothing."""
    return _ENDINGS.get(PurePath(name.lower().strip()).suffix, Unreadable.FORMAT)


def kind_of_compound_file(name: str, content: bytes) -> Unreadable:
    """Of a file of Office before 2007, by the streams in it."""
    for stream, kind in _STREAMS:
        if f"{stream}\0".encode("utf-16-le") in content:
            return kind
    return kind_of_name(name)


def kind_of_archive(name: str, members: Set[str], mime: bytes) -> Unreadable:
    """members: names in lower case, with slashes. mime: what the archive says of itself, b"" where nothing."""
    if mime.startswith(b"application/vnd.oasis.opendocument.spreadsheet") or "xl/workbook.xml" in members:
        return Unreadable.SHEET
    if mime.startswith(b"application/vnd.oasis.opendocument.presentation") or "ppt/presentation.xml" in members:
        return Unreadable.SLIDES
    if "xl/workbook.bin" in members:
        return Unreadable.SHEET
    if any(member.endswith(".iwa") or member in ("index.xml.gz", "index.apxl") for member in members):
        named = kind_of_name(name)  # the three programs of one maker write alike
        return named if named != Unreadable.FORMAT else Unreadable.OTHER_WRITER
    if mime:
        return Unreadable.FORMAT
    return Unreadable.PACKED
