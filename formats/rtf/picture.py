"""A picture in an RTF file: hexadecimal digits in a group. Pure."""

import binascii
from dataclasses import dataclass, field

_KINDS = {"emfblip": "EMF", "wmetafile": "WMF", "dibitmap": "BMP", "wbitmap": "BMP", "macpict": "PICT"}


@dataclass(slots=True)
class RtfPicture:
    """kind: of one whose bytes do not tell it."""

    kind: str = ""
    digits: list[str] = field(default_factory=list)
    alt: str = ""

    def note(self, word: str, number: int | None) -> None:
        self.kind = _KINDS.get(word, self.kind)

    def content(self) -> bytes:
        digits = "".join("".join(self.digits).split())
        try:
            return binascii.unhexlify(digits[: len(digits) // 2 * 2])
        except (binascii.Error, ValueError):
            return b""
