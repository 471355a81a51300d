"""Decoding of images of others. Runs in a child on a budget only: bytes in, facts and bytes out. No Django.

Every frame is decoded once, so that whoever opens the bytes later knows what they cost.
"""

import io
from collections.abc import Iterator
from typing import Any

from PIL import Image, ImageCms, ImageOps, JpegImagePlugin

from core.budgets.budgeted_child import No
from files.images.limits import FORMATS, MOST_FRAMES, MOST_PIXELS, MOST_PIXELS_IN_ALL
from files.images.pixels import in_eight_bits

ORIENTATION = 0x0112
COLOURS = frozenset({"RGB", "RGBA", "CMYK", "L"})  # modes that profiles speak of
SWAPPED = frozenset({5, 6, 7, 8})
KEPT_INFO = frozenset({"transparency", "background", "loop", "gamma"})
"""What a copy keeps of what stands beside the pixels. The rest tells of people, places and machines."""

NO_IMAGE, FORMAT, PIXELS, FRAMES = "no image", "format", "pixels", "frames"


def cleaned(content: bytes) -> tuple[dict[str, Any], bytes]:
    """(format, suffix, width, height as stored, kept_width and kept_height as seen), and a copy without metadata,
    turned as its maker held it. Raises No."""
    with _opened(content) as image:
        facts = _checked(image)
        turned = image.getexif().get(ORIENTATION, 1) not in (0, 1)
        out = io.BytesIO()
        if facts["frames"] > 1:
            _save_frames(image, facts["format"], out)
            size = image.size
        else:
            upright = ImageOps.exif_transpose(image) if turned else image
            if "transparency" in image.info:  # else 16 bits stay 16
                upright = in_eight_bits(upright, content)
            upright = in_srgb(upright, content)
            size = upright.size
            _save(upright, facts["format"], out, lossless=b"VP8L" in content[:64])
    return facts | {"kept_width": size[0], "kept_height": size[1]}, out.getvalue()


def facts(content: bytes) -> tuple[dict[str, Any], bytes]:
    """The same facts, without a copy. Raises No."""
    with _opened(content) as image:
        return _checked(image), b""


def rendition(
    content: bytes, *, crops: list[list[int]], sizes: list[list[int]], output: str, conversions: dict[str, str],
    quality: int, background: list[int] | None = None,
) -> tuple[dict[str, Any], bytes]:  # fmt: skip
    """A smaller or cut picture, its first frame. crops, sizes: for the image as it is stored, and turned by a quarter.

    output: a format, or "": as the original's, or what conversions say of it. Raises No.
    """
    with _opened(content) as image:
        found = _checked(image)
        turned = image.getexif().get(ORIENTATION, 1) in SWAPPED
        image.seek(0)
        upright = in_srgb(in_eight_bits(ImageOps.exif_transpose(image), content), content)
        # Each step would copy 150 MB of a telephone's photograph; what changes nothing is left out.
        mode, crop, size = _mode(upright), tuple(crops[turned]), tuple(max(side, 1) for side in sizes[turned])
        cut = upright if crop == (0, 0, *upright.size) else upright.crop(crop)  # type: ignore[arg-type]
        cut = cut if cut.mode == mode else cut.convert(mode)
        picture = cut.resize(size, Image.Resampling.LANCZOS)  # type: ignore[arg-type]
        name = output or conversions.get(found["format"].lower(), found["format"].lower())
        if background or (name == "jpeg" and picture.mode == "RGBA"):
            paper = Image.new("RGBA", picture.size, (*(background or [255, 255, 255]), 255))
            picture = Image.alpha_composite(paper, picture.convert("RGBA")).convert("RGB")
        out = io.BytesIO()
        how = {"quality": quality} if name in ("jpeg", "webp", "avif") else {}
        picture.info.clear()
        picture.save(out, name.upper(), **how)
    return {"format": name, "width": picture.width, "height": picture.height}, out.getvalue()


def _opened(content: bytes) -> Image.Image:
    Image.MAX_IMAGE_PIXELS = None  # _checked judges, by a limit of ours
    try:
        image = Image.open(io.BytesIO(content), formats=list(FORMATS))
        if image.format == "MPO":  # of a telephone: a JPEG with further pictures behind it, for depth or light
            image = JpegImagePlugin.JpegImageFile(io.BytesIO(content))
        return image
    except MemoryError:
        raise
    except Exception as error:  # Pillow's readers raise whatever their formats make them raise
        raise No(NO_IMAGE) from error


def _checked(image: Image.Image) -> dict[str, Any]:
    width, height = image.size
    if image.format not in FORMATS:
        raise No(FORMAT)
    if not 0 < width * height <= MOST_PIXELS:
        raise No(PIXELS, f"{width} × {height}")
    try:
        frames = sum(1 for _frame in _frames(image, width * height))
        image.seek(0)
        image.load()
    except (MemoryError, No):
        raise
    except Exception as error:
        raise No(NO_IMAGE) from error
    return {"format": image.format, "suffix": FORMATS[image.format], "width": width, "height": height, "frames": frames}


def _frames(image: Image.Image, pixels: int) -> Iterator[Image.Image]:
    """Every frame, decoded. Raises No at the first one too many."""
    for number in range(MOST_FRAMES + 1):
        try:
            image.seek(number)
        except EOFError:
            return
        if number == MOST_FRAMES or (number + 1) * pixels > max(MOST_PIXELS_IN_ALL, pixels):
            raise No(FRAMES, str(MOST_FRAMES))
        image.load()
        yield image


def _mode(image: Image.Image) -> str:
    return "RGBA" if image.mode in ("RGBA", "LA", "P", "PA") or "transparency" in image.info else "RGB"


def in_srgb(image: Image.Image, content: bytes) -> Image.Image:
    """The same colours as what a picture without a profile means. A profile is never kept: it names screens and people.

    One that cannot be followed is left out; the picture itself, where nothing is to change. content: its file.
    """
    profile: bytes | None = image.info.get("icc_profile")
    if not profile or b"sRGB" in profile or b"s\0R\0G\0B" in profile:
        return image
    seen = in_eight_bits(image, content)
    seen = seen if seen.mode in COLOURS else seen.convert(_mode(seen))
    try:
        found = ImageCms.profileToProfile(
            seen, ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB"),
            outputMode="RGBA" if seen.mode == "RGBA" else "RGB",
        )  # fmt: skip
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return image
    return image if found is None else found


def _bare(image: Image.Image) -> None:
    """Forget what stands beside the pixels: Pillow writes some of it back by itself."""
    image.info = {name: value for name, value in image.info.items() if name in KEPT_INFO}


def _save(image: Image.Image, kind: str, out: io.BytesIO, *, lossless: bool) -> None:
    _bare(image)
    how: dict[str, Any] = {}
    if kind == "JPEG":
        can_keep = getattr(image, "format", None) == "JPEG"  # untouched: the tables of the original, not a guess
        how |= {"quality": "keep"} if can_keep else {"quality": 92, "subsampling": 0}
    elif kind == "PNG":
        how |= {"compress_level": 6 if image.width * image.height < 4_000_000 else 2}
    elif kind == "WEBP":
        how |= {"lossless": True} if lossless else {"quality": 90}
    elif kind == "AVIF":
        how |= {"quality": 85}
    image.save(out, kind, **how)


def _save_frames(image: Image.Image, kind: str, out: io.BytesIO) -> None:
    frames, durations = [], []
    loop = image.info.get("loop", 0)
    for number in range(getattr(image, "n_frames", 1)):
        image.seek(number)
        durations.append(int(image.info.get("duration", 100)))
        frames.append(image.convert("RGBA") if kind != "GIF" or image.mode != "P" else image.copy())
    for frame in frames:
        _bare(frame)
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=durations, loop=loop)
