"""Pixels as browsers show them: 8 bits a channel, and nothing where a file names a colour that is seen through. Pure.

Pillow cuts every value of 16-bit grey above 255 off, which leaves a white page, and reads the colour of a PNG that is
seen through as it is written there: in 2, 4 or 16 bits.
"""

from PIL import Image

PNG_START = b"\x89PNG\r\n\x1a\n"
BIT_DEPTH = 24  # where a PNG says how many bits a channel has


def in_eight_bits(image: Image.Image, content: bytes) -> Image.Image:
    """The same picture with 8 bits a channel, in RGBA where a colour of it is seen through. content: its file."""
    key = image.info.get("transparency")
    if image.mode.startswith("I;16") or image.mode == "I":
        grey = image.convert("I").point(lambda value: value * (1 / 257))
        grey.info = {name: value for name, value in image.info.items() if name != "transparency"}
        image = grey.convert("L")
    if key is None or image.mode not in ("1", "L", "RGB"):
        return image
    depth = content[BIT_DEPTH] if content.startswith(PNG_START) else 8
    image = image.copy()
    image.info["transparency"] = (
        tuple(_scaled(value, depth) for value in key) if isinstance(key, tuple) else _scaled(key, depth)
    )
    return image.convert("RGBA")


def _scaled(value: int, depth: int) -> int:
    """A value of a channel as Pillow gives that of a pixel. In 1 bit it does the same itself."""
    if depth == 16:
        return value >> 8
    return value * 255 // (2**depth - 1) if depth in (2, 4) else value
