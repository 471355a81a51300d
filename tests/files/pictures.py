"""Images as their makers and as strangers make them, each of few bytes."""

import io
import struct
import zlib
from typing import Any

from PIL import Image

SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PLANTED = "Plantedpoppy"


def picture(kind: str = "PNG", size: tuple[int, int] = (60, 40), colour: Any = "teal", **options: Any) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, colour).save(out, kind, **options)
    return out.getvalue()


WHOLE: dict[str, Any] = {
    "crops": [[0, 0, 60, 40], [0, 0, 40, 60]], "sizes": [[30, 20], [20, 30]], "output": "png", "conversions": {},
    "quality": 80,
}  # fmt: skip
"""Options of a rendition of half the size."""


def profile_that_swaps_red_and_green() -> bytes:
    from PIL import ImageCms

    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    profile = profile.replace(b"s\0R\0G\0B", b"m\0i\0n\0e")
    for one, other in ((b"rXYZ", b"gXYZ"),):
        profile = profile.replace(one, b"????").replace(other, one).replace(b"????", other)
    return profile


def held_sideways(kind: str = "JPEG") -> bytes:
    """60 x 40 as stored, to be turned by a quarter; its maker's name stands in it wherever the format has room."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x010E] = 6, PLANTED, PLANTED
    more: dict[str, Any] = {}
    if kind == "JPEG":
        more = {"comment": PLANTED.encode(), "xmp": b"<x:xmpmeta>" + PLANTED.encode() + b"</x:xmpmeta>"}
    elif kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        info = PngInfo()
        info.add_text("Author", PLANTED)
        info.add_itxt("Comment", PLANTED)
        more = {"pnginfo": info}
    return picture(kind, exif=exif, **more) + PLANTED.encode()  # behind the end, where nobody looks


def png_of_many_pixels(width: int = 30_000, height: int = 30_000) -> bytes:
    """One bit a pixel, all of them white: 900 million in 110 kB."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * ((width // 8 + 1) * height), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def animation(kind: str, frames: int) -> bytes:
    out = io.BytesIO()
    pictures = [Image.new("RGB", (4, 4), (n * 97 % 256, n * 31 % 256, n // 256)) for n in range(frames)]
    pictures[0].save(out, kind, save_all=True, append_images=pictures[1:], duration=20)
    return out.getvalue()


def png_with_a_key(depth: int, colour: bool) -> bytes:
    """Eight by four pixels of one colour, which the file says is seen through. depth: bits a channel."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    values = [value % 2**depth for value in (0x1235, 0x5679, 0x9ABD)[: 3 if colour else 1]]
    pixel = "".join(f"{value:0{depth}b}" for value in values)
    row = b"\0" + int(pixel * 8, 2).to_bytes(len(pixel), "big")
    header = struct.pack(">IIBBBBB", 8, 4, depth, 2 if colour else 0, 0, 0, 0)
    parts = ((b"IHDR", header), (b"tRNS", struct.pack(f">{len(values)}H", *values)), (b"IDAT", zlib.compress(row * 4)))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunk(*part) for part in parts) + chunk(b"IEND", b"")


def grey_of_16_bits(value: int) -> bytes:
    out = io.BytesIO()
    Image.new("I;16", (60, 40), value).save(out, "PNG")
    return out.getvalue()
