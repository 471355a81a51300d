"""What bytes and signs of office files are: kinds of pictures, letters of symbol fonts."""

import pytest

from formats.office.picture_kinds import picture_kind
from formats.office.symbols import at_place


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (b"RIFF\x10\0\0\0WEBPVP8 ", "a.png", "WEBP"),
        (b"RIFF\x10\0\0\0WAVEfmt ", "a.wav", "WAV"),
        (b"ABCD\x10\0\0\0WEBPVP8 ", "a.bin", "BIN"),
        (b"\x89PNG\r\n\x1a\n", "a.gif", "PNG"), (b"GIF89a", "", "GIF"), (b"MM\0*", "", "TIFF"),
        (b"<?xml version='1.0'?><svg>", "a", "SVG"), (b"?", "", "?"),
    ],
)  # fmt: skip
def test_kind_of_a_picture__is_by_how_it_begins_and_else_by_its_name(content, name, kind) -> None:
    assert picture_kind(content, name) == kind


@pytest.mark.parametrize(
    ("place", "letter"), [("F0FC", "✓"), ("F07A", "⌘"), ("F07D", "❝"), ("F07E", "❞"), ("F080", "⓪"), ("F08B", "⓿")]
)
def test_place_in_the_font_of_signs__is_its_letter(place, letter) -> None:
    assert at_place("Wingdings", place)[0] == letter
