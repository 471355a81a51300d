"""A catalogue's sheet and its packed files, in a child on a budget: what is foreign is parsed here and nowhere else."""

import contextlib
import io
import json
import unicodedata
import zipfile
from pathlib import PurePosixPath
from typing import Any

from core.budgets import archives, sheet_job
from core.budgets.budgeted_child import No
from core.budgets.xlsx_cells import MOST_COLUMNS, as_typed

MOST_DEPTH = 6  # of JSON: a list of rows, in a key, with lists of people in them
PACKED = archives.Limits(parts=1_000, unpacked=200 * archives.MIB)


def rows(content: bytes, *, most: int) -> tuple[list[list[str]], bytes]:
    """A sheet as core.budgets.sheet_job reads it; JSON too, whose keys are the first row. Raises No."""
    if content.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] in (b"[", b"{"):
        return _json_rows(content, most), b""
    return sheet_job.rows(content, most=most)


def _json_rows(content: bytes, most: int) -> list[list[str]]:
    """A list of objects, by itself or as the only list in an object."""
    try:
        data = json.loads(content.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise No(archives.BROKEN) from error
    if isinstance(data, dict):
        lists = [value for value in data.values() if isinstance(value, list)]
        data = lists[0] if len(lists) == 1 else None
    if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
        raise No(archives.BROKEN)
    heads = list(dict.fromkeys(key for row in data for key in row))[:MOST_COLUMNS]
    return [heads, *([_text(row.get(head), MOST_DEPTH) for head in heads] for row in data[: most + 1])]


def _text(value: Any, depth: int) -> str:
    """As the sheet would say it: people are role: name (organisation), parted by semicolons."""
    if depth == 0:
        raise No(archives.TOO_DEEP)
    match value:
        case list():
            return "; ".join(_text(each, depth - 1) for each in value)
        case {"name": name, **rest}:
            role, organisation = rest.get("role"), rest.get("organisation")
            return f"{role}: " * bool(role) + str(name) + f" ({organisation})" * bool(organisation)
        case dict():
            return "; ".join(f"{key}: {_text(each, depth - 1)}" for key, each in value.items())
    return as_typed(value)


def packed(content: bytes) -> tuple[list[list[Any]], bytes]:
    """[name, size] of each file of a zip archive, and their bytes one after the other. Raises No.

    Folders, and what macOS packs beside each file, are left out.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [member for member in archive.infolist() if not _is_beside(member)]
            archives.check_sizes(members, PACKED)
            found = [(_name(member), archive.read(member)) for member in members]
    except archives.FAULTS as error:
        raise No(archives.BROKEN) from error
    return [[name, len(each)] for name, each in found], b"".join(each for _name, each in found)


def _is_beside(member: zipfile.ZipInfo) -> bool:
    parts = PurePosixPath(member.filename).parts
    return member.is_dir() or not parts or "__MACOSX" in parts or parts[-1] in {".DS_Store", "Thumbs.db", "desktop.ini"}


def _name(member: zipfile.ZipInfo) -> str:
    """macOS writes UTF-8 without saying so, where zipfile reads the letters of DOS; and parts é into e and its mark."""
    name = member.filename
    if not member.flag_bits & 0x800:
        with contextlib.suppress(UnicodeError):
            name = name.encode("cp437").decode("utf-8")
    return unicodedata.normalize("NFC", name.replace("\\", "/"))
