"""Font faces, shaped by HarfBuzz, and their embedding as subsets. Knows nothing of languages; see `pdf.text.typefaces`.

A face goes into a PDF as one composite font (Type 0, Identity-H) whose codes are ours: one code per glyph and the
text it stands for. So ToUnicode gives back the author's letters, in logical order, whatever shapes they took
(docs/adr/0031).
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import uharfbuzz as hb
from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFStream, PDFZCompress

UNMAPPABLE = re.compile("[\x00\ufeff\ufffe\ud800-\udfff\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
"""ToUnicode may not hold these, the last three for private use (ISO 19005-2, 6.2.11.7.2 and 6.2.11.7.3); they come back
as U+FFFD."""

DROPPED_TABLES = (
    "GSUB",
    "GPOS",
    "GDEF",
    "BASE",
    "STAT",
    "vhea",
    "vmtx",
    "cmap",
    "name",
    "OS/2",
    "gasp",
    "DSIG",
    "post",
)
"""What a PDF reader never looks at in the program of a composite font."""


@dataclass(frozen=True)
class Face:
    """One design at one weight. axes: values of a variable font's axes, pinned when it is embedded.

    scale: factor on the type size, so that faces of different scripts look equally large on one line.
    """

    name: str  # PostScript name
    path: str
    axes: tuple[tuple[str, float], ...] = ()
    scale: float = 1.0
    italic_angle: float = 0.0
    stem: int = 80

    @cached_property
    def face(self) -> hb.Face:
        return hb.Face(hb.Blob.from_file_path(self.path))

    @cached_property
    def font(self) -> hb.Font:
        font = hb.Font(self.face)
        if self.axes:
            font.set_variations(dict(self.axes))
        return font

    @cached_property
    def characters(self) -> frozenset[int]:
        return frozenset(self.face.unicodes)

    @cached_property
    def has_outlines(self) -> bool:
        """Whether its letters are TrueType outlines, which can be embedded; not pictures, nor those of PostScript."""
        return "glyf" in self.face.table_tags

    @property
    def units(self) -> float:
        """Thousandths of an em in one font unit."""
        return 1000.0 / float(self.face.upem)


@dataclass(frozen=True, slots=True)
class Show:
    """Glyphs at one height. rise: thousandths of an em above the baseline. array: inside of a TJ operator's array."""

    rise: float
    array: str


@dataclass(frozen=True, slots=True)
class Shaped:
    """Text as glyphs, in logical order; the pen ends where it began, plus `advance` (thousandths of an em)."""

    shows: tuple[Show, ...]
    advance: float

    @property
    def is_plain(self) -> bool:
        """Whether all of it stands on the baseline."""
        return len(self.shows) == 1 and not self.shows[0].rise


@dataclass
class EmbeddedFace:
    """A face as one document uses it: the codes given so far, and at the end the font program with just these."""

    face: Face
    name: str  # resource name, such as F1
    codes: dict[tuple[int, str], int] = field(default_factory=dict)

    def code(self, glyph: int, text: str) -> int:
        """The code of a glyph where it stands for a text; texts of one glyph are kept apart."""
        text = UNMAPPABLE.sub("\ufffd", text)
        return self.codes.setdefault((glyph, text), len(self.codes) + 1)

    def stand_in(self, glyph_char: str, text: str) -> Shaped:
        """Another character's glyph, drawn for a text that the face lacks or that means something else here."""
        glyph = self.face.font.get_nominal_glyph(ord(glyph_char))
        width = self.face.font.get_glyph_h_advance(glyph) * self.face.units
        return Shaped((Show(0.0, f"<{self.code(glyph, text):04X}>"),), width)

    def shape(self, text: str, rightward: bool = True, language: str = "") -> Shaped:
        """Glyphs of a text of one direction. rightward: False where it runs from right to left."""
        buffer = hb.Buffer()
        buffer.add_str(text)
        buffer.guess_segment_properties()
        buffer.direction = "ltr" if rightward else "rtl"
        if language:
            buffer.language = language
        buffer.cluster_level = hb.BufferClusterLevel.MONOTONE_CHARACTERS
        buffer.flags = hb.BufferFlags.REMOVE_DEFAULT_IGNORABLES  # joiners and directional marks draw nothing
        hb.shape(self.face.font, buffer, {"kern": True, "liga": True})
        starts = sorted({info.cluster for info in buffer.glyph_infos})
        if not starts:  # nothing but joiners and other signs that draw nothing
            return Shaped((), 0.0)
        ends = dict(zip(starts, [*starts[1:], len(text)], strict=True))
        placed, pen, units = [], 0.0, self.face.units
        for info, position in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True):
            placed.append((pen + position.x_offset * units, position.y_offset * units, info.codepoint, info.cluster))
            pen += position.x_advance * units
        if not rightward:
            placed.reverse()  # HarfBuzz answers from left to right; the file keeps the order of reading
        return Shaped(tuple(self._shows(text, placed, ends, pen)), pen)

    def _shows(
        self, text: str, placed: list[tuple[float, float, int, int]], ends: Mapping[int, int], advance: float
    ) -> Iterator[Show]:
        """TJ arrays for glyphs at (x, y, glyph, cluster), with the moves between them."""
        spoken: set[int] = set()
        parts: list[str] = []
        rise, pen = 0.0, 0.0
        for x, y, glyph, cluster in placed:
            if y != rise and parts:
                yield Show(rise, "".join(parts))
                parts = []
            rise = y
            if move := round(pen - x):
                parts.append(str(move))
            # A letter made of several glyphs is spoken by the first of them.
            code = self.code(glyph, "" if cluster in spoken else text[cluster : ends[cluster]])
            spoken.add(cluster)
            parts.append(f"<{code:04X}>")
            pen = pen - move + self.face.font.get_glyph_h_advance(glyph) * self.face.units
        if move := round(pen - advance):
            parts.append(str(move))
        yield Show(rise, "".join(parts).replace("><", ""))

    def addObjects(self, document: Any) -> None:
        """Put the font into a document. reportlab calls this once all pages are drawn."""
        glyphs = sorted({glyph for glyph, _ in self.codes})
        program, new_glyphs = _subset(self.face, glyphs)
        tag = hashlib.sha256(program).digest()
        name = "".join(chr(65 + byte % 26) for byte in tag[:6]) + "+" + self.face.name
        widths: list[Any] = []
        mapping = bytearray(2)
        for glyph, _ in self.codes:  # codes were given in rising order, without gaps
            widths.append(round(self.face.font.get_glyph_h_advance(glyph) * self.face.units))
            mapping += new_glyphs[glyph].to_bytes(2, "big")
        descendant = PDFDictionary(
            {
                "Type": PDFName("Font"),
                "Subtype": PDFName("CIDFontType2"),
                "BaseFont": PDFName(name),
                "CIDSystemInfo": PDFDictionary({"Registry": "(Adobe)", "Ordering": "(Identity)", "Supplement": 0}),
                "FontDescriptor": document.Reference(self._descriptor(document, name, program)),
                "DW": 1000,
                "W": PDFArray([1, PDFArray(widths)]),
                "CIDToGIDMap": document.Reference(_compressed(bytes(mapping))),
            }
        )
        font = document.idToObject[self.object_name]
        font.dict |= {
            "Type": PDFName("Font"),
            "Subtype": PDFName("Type0"),
            "BaseFont": PDFName(name),
            "Encoding": PDFName("Identity-H"),
            "DescendantFonts": PDFArray([document.Reference(descendant)]),
            "ToUnicode": document.Reference(_compressed(self._to_unicode().encode("ascii"))),
        }

    @property
    def object_name(self) -> str:
        return f"font.{self.name}"

    def _descriptor(self, document: Any, name: str, program: bytes) -> PDFDictionary:
        extents = self.face.font.get_font_extents("ltr")
        stream = _compressed(program)
        stream.dictionary["Length1"] = len(program)
        units = self.face.units
        return PDFDictionary(
            {
                "Type": PDFName("FontDescriptor"),
                "FontName": PDFName(name),
                "Flags": 4 | (64 if self.face.italic_angle else 0),
                "FontBBox": PDFArray([-1000, round(extents.descender * units), 2000, round(extents.ascender * units)]),
                "ItalicAngle": self.face.italic_angle,
                "Ascent": round(extents.ascender * units),
                "Descent": round(extents.descender * units),
                "CapHeight": round(0.67 * 1000),
                "StemV": self.face.stem,
                "FontFile2": document.Reference(stream),
            }
        )

    def _to_unicode(self) -> str:
        entries = [f"<{code:04X}> <{text.encode('utf-16-be').hex().upper()}>" for (_, text), code in self.codes.items()]
        blocks = [entries[start : start + 100] for start in range(0, len(entries), 100)]
        body = "".join(f"{len(block)} beginbfchar\n{chr(10).join(block)}\nendbfchar\n" for block in blocks)
        return TO_UNICODE % body


TO_UNICODE = """/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo <</Registry (Adobe) /Ordering (UCS) /Supplement 0>> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
%sendcmap
CMapName currentdict /CMap defineresource pop
end
end
"""


def _compressed(content: bytes) -> PDFStream:
    return PDFStream(dictionary=PDFDictionary({}), content=content, filters=[PDFZCompress])


def _subset(face: Face, glyphs: list[int]) -> tuple[bytes, dict[int, int]]:
    """The font program with only these glyphs, axes pinned, and where each glyph went in it."""
    wish = hb.SubsetInput()
    wish.glyph_set.update(glyphs)
    wish.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in DROPPED_TABLES)
    wish.flags = hb.SubsetFlags.NO_HINTING | hb.SubsetFlags.NO_LAYOUT_CLOSURE | hb.SubsetFlags.NOTDEF_OUTLINE
    for axis, value in face.axes:
        wish.pin_axis_location(face.face, axis, value)
    plan = hb.SubsetPlan(face.face, wish)
    return plan.execute().blob.data, dict(plan.old_to_new_glyph_mapping)
