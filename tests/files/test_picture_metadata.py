"""Pictures of strangers lose what stands beside the pixels, and nothing of the picture."""

import io
import struct
import zlib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, PngImagePlugin

from files.images.metadata import MOST_PARTS, PNG_START, Damaged, without_metadata

PLANTED = b"Ida Metadatina"
MAKE, ORIENTATION, ARTIST = 0x010F, 0x0112, 0x013B


def picture(mode: str = "RGB") -> Image.Image:
    return Image.effect_noise((40, 24), 60).convert(mode)


def exif(way: int = 1) -> bytes:
    found = Image.Exif()
    found[MAKE], found[ORIENTATION], found[ARTIST] = "A camera", way, PLANTED.decode()
    return found.tobytes()


def segment(marker: int, body: bytes) -> bytes:
    return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body


def jpeg(mode: str = "RGB", way: int = 1, **options: object) -> bytes:
    out = io.BytesIO()
    picture(mode).save(out, "JPEG", exif=exif(way), comment=PLANTED, icc_profile=PLANTED * 3, **options)
    raw = out.getvalue()
    parts = (0xE1, b"http://ns.adobe.com/xap/1.0/\0" + PLANTED), (0xED, b"Photoshop 3.0\0" + PLANTED), (0xE7, PLANTED)
    return raw[:2] + b"".join(segment(*part) for part in parts) + raw[2:] + PLANTED


def png(mode: str = "RGB", **options: object) -> bytes:
    out, info = io.BytesIO(), PngImagePlugin.PngInfo()
    info.add_text("Author", PLANTED.decode())
    info.add_itxt("XML:com.adobe.xmp", PLANTED.decode())
    picture(mode).save(out, "PNG", pnginfo=info, exif=exif(), **options)
    raw = out.getvalue()
    private = b"prVt" + PLANTED
    chunk = struct.pack(">I", len(PLANTED)) + private + struct.pack(">I", zlib.crc32(private))
    return raw[:-12] + chunk + raw[-12:] + PLANTED


JPEGS = [jpeg(), jpeg("L"), jpeg("CMYK"), jpeg(progressive=True), jpeg(optimize=True, restart_marker_blocks=1)]
PNGS = [png(), png("P"), png("1"), png("RGBA"), png(save_all=True, append_images=[picture().rotate(9)])]


@pytest.mark.parametrize(("raw", "kind"), [(raw, "JPEG") for raw in JPEGS] + [(raw, "PNG") for raw in PNGS])
def test_what_stands_beside_the_pixels__goes_and_the_picture_is_the_same(raw, kind):
    bare = without_metadata(raw, kind)
    assert PLANTED in raw
    assert PLANTED not in bare
    before, after = Image.open(io.BytesIO(raw)), Image.open(io.BytesIO(bare))
    assert (before.mode, before.tobytes()) == (after.mode, after.tobytes())
    assert getattr(before, "n_frames", 1) == getattr(after, "n_frames", 1)
    assert without_metadata(bare, kind) == bare


@pytest.mark.parametrize("way", range(1, 9))
def test_how_a_camera_was_held__stays_so_that_nobody_sees_a_picture_lying(way):
    bare = without_metadata(jpeg(way=way), "JPEG")
    assert Image.open(io.BytesIO(bare)).getexif().get(ORIENTATION, 1) == way
    assert PLANTED not in bare


def test_files_that_are_no_pictures__stay_as_they_are():
    assert without_metadata(b"%PDF-1.7 " + PLANTED, "PDF") == b"%PDF-1.7 " + PLANTED


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (PNG_START, "PNG"),
        (PNG_START + b"\xff\xff\xff\xffIDAT", "PNG"),
        (PNG_START + b"\0\0\0\0IDAT\0\0\0\0" * (MOST_PARTS + 1), "PNG"),
        (b"\xff\xd8\xff\xe0....", "JPEG"),
        (b"\xff\xd8no marker", "JPEG"),
        (b"\xff\xd8" + b"\xff\xda\0\2" * (MOST_PARTS + 1), "JPEG"),
    ],
)
def test_parts_that_do_not_follow_each_other_or_have_no_end__are_told(raw, kind):
    with pytest.raises(Damaged):
        without_metadata(raw, kind)


@given(st.sampled_from(JPEGS[:4]), st.lists(st.tuples(st.integers(2, 900), st.integers(0, 255)), max_size=9))
def test_broken_bytes__are_a_picture_or_damaged_and_no_other_error(raw, changes):
    broken = bytearray(raw)
    for place, value in changes:
        broken[place % len(broken)] = value
    try:
        without_metadata(bytes(broken), "JPEG")
    except Damaged:
        return
