"""What cameras and programs write beside the pixels of a JPEG or PNG, taken out without decoding. Pure.

The picture itself stays as it came, byte for byte: only the parts that describe it go, those after its end too. A scan
from part to part, so that a file costs what it is long. Images of editors are decoded instead (files.images.decoding).
"""

import re
import struct
from collections.abc import Iterator

PNG_START = b"\x89PNG\r\n\x1a\n"
PNG_KEPT = frozenset({
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"cICP", b"sBIT", b"bKGD", b"pHYs",
    b"acTL", b"fcTL", b"fdAT",
})  # fmt: skip
"""Chunks without which a picture looks otherwise. No profile: it names screens and people (docs/adr/0146)."""
EXIF = b"Exif\0\0"
ORIENTATION = 0x0112
SOI, EOI, SOS, APP0, APP1, APP14, APP15, COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xEE, 0xEF, 0xFE
ALONE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers of JPEG that nothing follows."""
_NEXT = re.compile(rb"\xff+([^\x00\xd0-\xd7\xff])", re.DOTALL)
"""The end of a scan: a marker that is neither a stuffed byte nor a restart."""


MOST_PARTS = 5_000
"""Of one picture: a PNG of 5 MB in chunks of 8 kB has 640."""


class Damaged(Exception):
    """The parts of a file do not follow each other as its kind says, or are too many."""


def without_metadata(content: bytes, kind: str) -> bytes:
    """kind: as files.kinds says it; of all but JPEG and PNG the content comes back as it is. Raises Damaged."""
    if kind == "JPEG":
        return b"".join(_jpeg(content))
    return b"".join(_png(content)) if kind == "PNG" else content


def _png(content: bytes) -> Iterator[bytes]:
    yield PNG_START
    at = len(PNG_START)
    for _part in range(MOST_PARTS):
        if at + 12 > len(content):
            raise Damaged
        end = at + 12 + int.from_bytes(content[at : at + 4], "big")
        name = content[at + 4 : at + 8]
        if end > len(content):
            raise Damaged
        if name in PNG_KEPT:
            yield content[at:end]
        if name == b"IEND":
            return
        at = end
    raise Damaged


def _jpeg(content: bytes) -> Iterator[bytes]:
    yield content[:2]
    at, turned = 2, False
    for _part in range(MOST_PARTS):
        if at >= len(content):  # cut off, as some programs leave it: what is there can be seen
            return
        found = _NEXT.match(content, at)
        if found is None:
            raise Damaged
        marker, at = found[1][0], found.end()
        if marker == EOI:
            yield b"\xff\xd9"
            return
        if marker in ALONE:
            continue
        end = at + int.from_bytes(content[at : at + 2], "big")
        if end < at + 2 or end > len(content):
            raise Damaged
        part = content[at + 2 : end]
        if marker == APP1 and not turned and (way := _orientation(part)) > 1:
            turned = True
            yield _turned(way)
        if (not APP0 < marker <= APP15 and marker != COM) or marker == APP14:
            yield content[found.start() : end]
        if marker == SOS:  # what it begins goes on without a length, until the next marker
            following = _NEXT.search(content, end)
            stop = following.start() if following else len(content)
            yield content[end:stop]
            end = stop
        at = end
    raise Damaged


def _orientation(part: bytes) -> int:
    """How a camera was held, 1 to 8, from the first directory of its EXIF; 1 where it does not say."""
    if not part.startswith(EXIF):
        return 1
    tiff = part[len(EXIF) :]
    order = {b"II": "<", b"MM": ">"}.get(tiff[:2])
    if order is None:
        return 1
    try:
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        (count,) = struct.unpack_from(f"{order}H", tiff, first)
        for number in range(count):
            tag, _kind, _count, value = struct.unpack_from(f"{order}HHIH", tiff, first + 2 + 12 * number)
            if tag == ORIENTATION:
                return int(value) if 1 <= value <= 8 else 1
    except struct.error:
        return 1
    return 1


def _turned(way: int) -> bytes:
    """EXIF that holds this one thing."""
    body = EXIF + b"MM\0*" + struct.pack(">IHHHIHHI", 8, 1, ORIENTATION, 3, 1, way, 0, 0)
    return b"\xff\xe1" + struct.pack(">H", len(body) + 2) + body
