"""Office documents are zip files of XML: what one would unpack to is counted before anything is parsed. Pure.

Raises core.budgets.budgeted_child.No; runs in the child of core.budgets.budgeted, whose limits stand behind these.
"""

import io
import zipfile
import zlib
from dataclasses import dataclass
from xml.parsers import expat

from core.budgets.budgeted_child import No

MIB = 1024 * 1024
CHUNK = 64 * 1024
FAULTS = (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError)
"""What zipfile raises for an archive that is broken, locked or packed by a method it does not know."""

MEMBER_MARK = b"PK\x01\x02"


@dataclass(frozen=True, slots=True)
class Limits:
    """parts: members. unpacked: bytes of all. ratio: how often a part of more than `free` bytes may be its packed size.
    xml: bytes of one part of XML. elements, depth: of one part.

    A report of 162 pages has 20 members and 60,000 elements; its text packs to a twentieth at most.
    """

    parts: int = 2_000
    unpacked: int = 200 * MIB
    ratio: int = 150
    free: int = 128 * 1024
    xml: int = 40 * MIB
    elements: int = 400_000
    depth: int = 200


BROKEN, TOO_LARGE, TOO_PACKED, TOO_DEEP, DECLARES = "broken", "too large", "too packed", "too deep", "declares"
"""Reasons. The words for people are with whoever reads the kind of document."""


def check(content: bytes, limits: Limits | None = None) -> list[str]:
    """The names of the members, once it is sure what they cost. Raises No."""
    limits = limits or Limits()
    if content.count(MEMBER_MARK) > limits.parts:  # before zipfile makes an object of each
        raise No(TOO_LARGE, f"more than {limits.parts} parts")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            check_sizes(members, limits)
            for member in members:
                if member.filename.casefold().endswith((".xml", ".rels")):
                    _xml(archive, member, limits)
            return [member.filename for member in members]
    except FAULTS as error:
        raise No(BROKEN) from error


def check_sizes(members: list[zipfile.ZipInfo], limits: Limits) -> None:
    """What an archive says of its members, before one is opened. Raises No."""
    if len(members) > limits.parts:
        raise No(TOO_LARGE, f"more than {limits.parts} parts")
    if (total := sum(member.file_size for member in members)) > limits.unpacked:
        raise No(TOO_LARGE, f"{total // MIB} MiB unpacked")
    for member in members:
        if member.file_size > limits.free and member.file_size > limits.ratio * max(member.compress_size, 1):
            raise No(TOO_PACKED, f"{member.filename[:80]}: {member.compress_size} bytes become {member.file_size}")


def _xml(archive: zipfile.ZipFile, member: zipfile.ZipInfo, limits: Limits) -> None:
    """Elements and depth of one part, read in pieces and kept nowhere."""
    if member.file_size > limits.xml:
        raise No(TOO_LARGE, f"{member.filename[:80]}: {member.file_size // MIB} MiB of XML")
    count = depth = 0

    def start(name: str, attributes: object) -> None:
        nonlocal count, depth
        count, depth = count + 1, depth + 1
        if count > limits.elements:
            raise No(TOO_LARGE, f"{member.filename[:80]}: more than {limits.elements} elements")
        if depth > limits.depth:
            raise No(TOO_DEEP, f"{member.filename[:80]}: more than {limits.depth} levels")

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1

    def declares(*args: object) -> None:
        raise No(DECLARES, member.filename[:80])

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.StartDoctypeDeclHandler = declares
    try:
        with archive.open(member) as part:
            while piece := part.read(CHUNK):
                parser.Parse(piece, False)
            parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise No(BROKEN, member.filename[:80]) from error
