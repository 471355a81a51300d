"""What kind of picture some bytes are, by how they begin. Pure."""

import re
from pathlib import PurePosixPath

TAKEN = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp"}
"""Kinds that the library keeps, and how their names end."""
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"), (b"\xd7\xcd\xc6\x9a", "WMF"), (b"\x01\0\x09\0", "WMF"), (b"\x01\0\0\0", "EMF"),
)  # fmt: skip
_FILE_NAME = re.compile(r"\S+\.(?:png|jpe?g|gif|webp|bmp|tiff?|emf|wmf|svg)", re.IGNORECASE)


def is_file_name(description: str) -> bool:
    """Whether what stands in the place of a description is but the name that the picture's file had."""
    return bool(_FILE_NAME.fullmatch(description.strip()))


def picture_kind(content: bytes, name: str = "") -> str:
    """Such as "PNG" or "EMF"; of bytes that are not known, the ending of the name."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    found = next((kind for beginning, kind in _BEGINNINGS if content.startswith(beginning)), "")
    if not found and b"<svg" in content[:1000]:
        return "SVG"
    return found or PurePosixPath(name).suffix.lstrip(".").upper()[:8] or "?"
