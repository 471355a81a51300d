# ruff: noqa: E501 - sentences in ten languages
"""One hostile edition in ten languages, and what every form of it has to say. Fictitious, of the year 2099.

Its lines are short enough to stand unbroken in a column of any form, so that a line end seen is one of the author's.
"""

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from PIL import Image

from editions.document.model import (
    Block,
    Detail,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Mark,
    Note,
    Paragraph,
    Quote,
    Row,
    Run,
    Runs,
    Section,
    SectionKind,
    Table,
)  # fmt: skip
from editions.document.passages import PassageKind, passages

BASES = ("en", "ar")
"""Languages of the editions: one of each direction."""

LINES = {
    "en": "Oil stayed usable.",
    "fr": "L’huile restait utile : « oui » !",
    "es": "¿Quedó el aceite útil?",
    "ru": "Масло осталось годным.",
    "ar": "ظل الزيت صالحا للاستعمال.",
    "zh": "灯油仍可使用。",
    "hi": "तेल उपयोगी रहा।",
    "he": "השמן נשאר שמיש.",
    "th": "น้ำมันยังใช้ได้",
    "ko": "기름은 계속 쓸 만했다.",
}
ORDERED = (
    "2099-03-04",
    "+41 22 555 01 02",
    "2001:db8::8a2e/64",
    "203.0.113.7",
    "lamps@library.example",
    "https://library.example/a-b/?c=1",
)
"""Texts of which every part has its place, whichever way the text around them runs."""

COLOURS = ((200, 30, 30), (30, 160, 30), (30, 30, 200), (230, 200, 40))
"""Of the quarters of the upright picture: above left, above right, below left, below right."""
GREYS = (20, 90, 160, 235)
WIDE, HIGH = 96, 48


@dataclass(frozen=True)
class Piece:
    """Words of one language that follow each other."""

    language: str
    text: str


Said = dict[str, list[list[Piece]]]
"""By anchor, the parts of a passage (the cells of a row) as pieces. The attribution of a quote under `<anchor>-by`."""


def tidy(parts: list[list[tuple[str, str]]]) -> list[list[Piece]]:
    """Parts of (language, text) with one piece for each change of language; white space folded, line ends kept, what is
    empty left out."""
    made = []
    for part in parts:
        joined: list[list[str]] = []
        for language, text in part:
            if not text:
                continue
            if joined and (joined[-1][0] == language or not text.strip()):
                joined[-1][1] += text
            elif joined and not joined[-1][1].strip():
                joined[-1] = [language, joined[-1][1] + text]
            else:
                joined.append([language, text])
        pieces = [Piece(language, folded(text)) for language, text in joined]
        made.append([piece for piece in pieces if piece.text])
    return [part for part in made if part]


def folded(text: str) -> str:
    text = "".join(letter for letter in text if unicodedata.category(letter) != "Cf")
    text = re.sub(r" *\n *", "\n", re.sub(r"[^\S\n]+", " ", unicodedata.normalize("NFC", text)))
    return text.strip(" ")


def sentence(text: str, language: str = "", *marks: Mark, href: str = "") -> Run:
    return Run(text, frozenset(marks), language=language, href=href)


def _blocks(base: str) -> Iterator[Block]:
    yield Heading("h1", 1, (sentence(f"{LINES[base]} "), sentence(LINES["he"], "he")))
    yield Heading("h2", 2, (sentence(f"2099: {LINES[base]}\n(1) "), sentence(LINES["ko"], "ko"), Run("", note="n3")))
    for language, line in LINES.items():
        yield Paragraph(f"lines-{language}", (sentence(f"{line}\n{line} (2)", "" if language == base else language),))
    for index, ordered in enumerate(ORDERED):
        yield Paragraph(f"ordered-{index}", (sentence(f"{LINES[base]} {ordered}\n({ordered})"),))
        yield Paragraph(f"ordered-ar-{index}", (sentence(f"{LINES['ar']} {ordered}", "" if base == "ar" else "ar"),))
    yield Paragraph("code", (sentence(f"{LINES[base]} "), sentence("a[0] = b-1;", "", Mark.CODE)))
    for one, other in (("ar", "fr"), ("en", "ar"), ("he", "zh"), ("hi", "ru"), ("th", "ko")):
        within = (sentence(f"{LINES[one]} (", one), sentence(LINES[other], other), sentence(f") {LINES[one]}", one))
        yield Paragraph(f"within-{one}-{other}", within)
        yield Paragraph(f"after-{one}", (sentence("1. "), sentence(LINES[one], one), sentence(" (2)")))
    yield Paragraph("marked", (
        sentence("H"), sentence("2", "", Mark.SUBSCRIPT), sentence("O "), sentence(LINES["he"], "he", Mark.STRONG),
        sentence(" "), sentence("BPF-2099", "en", href="https://library.example/"), Run("", note="n1"),
        sentence("\n"), sentence(LINES["fr"], "fr", Mark.EMPHASIS), Run("", note="n2"),
    ))  # fmt: skip
    yield ListBlock("list", True, (
        Item("item-1", (sentence(f"{LINES['ar']}\n1999-12-31", "ar"),), (Item("item-2", (sentence(LINES["th"], "th"), Run("", note="n4"))),)),
        Item("item-3", (sentence(f"{LINES[base]}\n{LINES[base]}"),)),
    ))  # fmt: skip
    rows = tuple(
        Row(f"row-{index}", tuple(_cell(text, language) for language, text in row))
        for index, row in enumerate((
            (("", "A"), ("fr", "été"), ("", "C")), (("he", "שמן"), ("", "x\ny"), ("ko", "기름")), (("", "D"), ("", ""), ("hi", "तेल")),
        ))
    )  # fmt: skip
    yield Table("table", (sentence(LINES["es"], "es"),), rows, 1, True)
    yield Quote("quote", (sentence(f"{LINES['ru']}\n{LINES['ru']}", "ru"),), (sentence("גופי", "he"), sentence(" (1)")))
    yield Section(
        "sect", SectionKind.RECOMMENDATION, (sentence(LINES["ko"], "ko"),),
        (Detail("detail", "addressee", (sentence(LINES["hi"], "hi"),)),), (Paragraph("inside", (sentence(LINES["zh"], "zh"),)),),
    )  # fmt: skip
    for name in pictures(base):
        yield Figure(
            f"figure-{name}",
            f"figures/every-form-{name}",
            f"{name}: {LINES[base]}",
            (sentence(LINES["fr"], "fr"),),
            WIDE,
            HIGH,
        )


def _cell(text: str, language: str) -> Runs:
    mark = (Run("", note="n5"),) if language == "he" else ()
    return (sentence(text, language), *mark) if text else ()


def document(base: str) -> Document:
    notes = (
        Note("n3", (sentence(LINES[base]),)),
        Note("n1", (sentence(f"{LINES['ar']}\n{LINES['ar']}", "ar"),)),
        Note("n2", (sentence("1. "), sentence(LINES["zh"], "zh"), sentence(" 2099-03-04"))),
        Note("n4", (sentence(f"4) {LINES[base]}"),)),
        Note("n5", (sentence(LINES["fr"], "fr"), sentence(f" (5)\n{LINES[base]}"))),
    )
    return Document(LINES[base].rstrip("."), base, tuple(_blocks(base)), "", notes)


def said(content: Document) -> Said:
    """What an edition says, from itself alone."""
    found: Said = {}
    blocks = list(_all(content.blocks))
    cells = {row.key: row.cells for block in blocks if isinstance(block, Table) for row in block.rows}
    quotes = {block.key: block.attribution for block in blocks if isinstance(block, Quote)}

    def pieces(runs: Runs) -> list[tuple[str, str]]:
        return [(run.language or content.language, run.text) for run in runs if not run.note]

    for passage in passages(content):
        parts = cells[passage.key] if passage.kind == PassageKind.ROW else (passage.runs,)
        found[passage.anchor] = tidy([pieces(runs) for runs in parts])
        if passage.kind == PassageKind.QUOTE and quotes[passage.key]:
            found[f"{passage.anchor}-by"] = tidy([pieces(quotes[passage.key])])
    return found


def notes_of(content: Document) -> list[str]:
    """Anchors of the notes, in their order."""
    return [passage.anchor for passage in passages(content) if passage.kind == PassageKind.NOTE]


def _all(blocks: tuple[Block, ...]) -> Iterator[Block]:
    """Those within sections too."""
    for block in blocks:
        yield block
        if isinstance(block, Section):
            yield from _all(block.blocks)


# Pictures


def _quarters(mode: str, colours: tuple[object, ...], size: tuple[int, int] = (WIDE, HIGH)) -> Image.Image:
    small = Image.new(mode, (2, 2))
    for place, colour in enumerate(colours):
        small.putpixel((place % 2, place // 2), colour)  # type: ignore[arg-type]
    return small.resize(size, Image.Resampling.NEAREST)


def _turned_on_its_side() -> bytes:
    """As a telephone stores it: the pixels lie on their side, and a note says how to hold them (Exif 6)."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return _saved(_quarters("RGB", COLOURS).transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif, quality=95)


def _saved(image: Image.Image, kind: str, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def _sixteen_bits() -> bytes:
    return _saved(_quarters("I;16", tuple(grey * 257 for grey in GREYS)), "PNG")


def _large() -> bytes:
    """39 megapixels, almost as many as the library takes."""
    return _saved(_quarters("RGB", COLOURS, (8_832, 4_416)), "JPEG", quality=70)


def _four_inks() -> bytes:
    return _saved(_quarters("RGB", COLOURS).convert("CMYK"), "JPEG", quality=95)


def _see_through() -> bytes:
    """A quarter of it nothing at all: paper shows."""
    return _saved(_quarters("RGBA", (*((*colour, 255) for colour in COLOURS[:3]), (0, 0, 0, 0))), "PNG")


def _keyed() -> bytes:
    """One of its colours is nothing at all, as the file says beside the pixels."""
    return _saved(_quarters("RGB", COLOURS), "PNG", transparency=COLOURS[3])


PICTURES = {
    "side": _turned_on_its_side, "grey": _sixteen_bits, "large": _large, "inks": _four_inks, "through": _see_through,
    "keyed": _keyed,
}  # fmt: skip
SHOWN = dict.fromkeys(PICTURES, COLOURS) | {
    "grey": tuple((grey, grey, grey) for grey in GREYS), "through": (*COLOURS[:3], (255, 255, 255)),
    "keyed": (*COLOURS[:3], (255, 255, 255)),
}  # fmt: skip
"""Colours of the quarters as a reader sees them."""


def pictures(base: str) -> list[str]:
    """Those of an edition. The large one costs seconds, and knows no direction: it stands in one."""
    return [name for name in PICTURES if name != "large" or base == BASES[0]]


@cache
def picture(name: str) -> bytes:
    return PICTURES[name]()
