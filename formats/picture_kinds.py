"""What kind of picture some bytes are, by how they begin. Pure."""

from pathlib import PurePosixPath

TAKEN = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp"}
"""Kinds that the library keeps, and how their names end."""
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"BM", "BMP"), (b"II*\0", "TIFF"),
    (b"MM\0*", "TIFF"), (b"\xd7\xcd\xc6\x9a", "WMF"), (b"\x01\0\x09\0", "WMF"), (b"\x01\0\0\0", "EMF"),
)  # fmt: skip


def picture_kind(content: bytes, name: str = "") -> str:
    """Such as "PNG" or "EMF"; of bytes that are not known, the ending of the name."""
    if content[:4] == b"RIFF" and content[8:12] == b"WEBP":
        return "WEBP"
    found = next((kind for beginning, kind in _BEGINNINGS if content.startswith(beginning)), "")
    if not found and b"<svg" in content[:1000]:
        return "SVG"
    return found or PurePosixPath(name).suffix.lstrip(".").upper()[:8] or "?"
