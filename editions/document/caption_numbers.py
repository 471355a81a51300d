"""The numbers of figures and tables, the same in every form of an edition: "Table 3" is one table. Pure."""

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from editions.document.model import Block, Document, Figure, Runs, Section, Table
from editions.document.passages import plain


class Captioned(StrEnum):
    FIGURE = "figure"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class CaptionNumber:
    kind: Captioned
    number: int


_TYPED = re.compile(
    r"(?:fig(?:ure|ura|uur)?|tab(?:le|leau|la|ella|ela|elle|el|ell|elă|ulka|uľka)?|cuadro|quadro|gráfico|grafico|grafik|grafiek"
    r"|graph|graphique|chart|diagram(?:m|me|ma)?|abb(?:ildung)?|schaubild|afbeelding|рис(?:унок)?|табл(?:ица|иця)?|диаграмма"
    r"|график|rys(?:unek)?|wykres|obr(?:ázek|ázok)?|şekil|tablo|kuva|taulukko|ábra|táblázat|εικόνα|πίνακας|gambar|hình|bảng"
    r"|الشكل|شكل|الجدول|جدول|رسم بياني|الرسم البياني|תרשים|איור|טבלה|चित्र|तालिका|图|圖|表|図|그림|표)"
    r"\.?\s*(?:n\.?\s*[o°º]\.?\s*|№\s*)?[0-9٠-٩۰-۹०-९一二三四五六七八九十]",
    re.IGNORECASE,
)
"""How a caption begins that its author numbered. A text in which half of the captions of a kind do is not numbered."""


def caption_numbers(
    document: Document, is_left_out: Callable[[str], bool] = lambda key: False
) -> Mapping[str, CaptionNumber]:
    """By key of its block, the number of every figure and table with a caption, in reading order from 1 for each kind.

    is_left_out: by key, what takes no number, such as what only the older of two editions has.
    """
    captions = [(kind, key, runs) for kind, key, runs in _captions(document.blocks) if plain(runs)]
    all_of = Counter(kind for kind, _, _ in captions)
    typed = Counter(kind for kind, _, runs in captions if _TYPED.match(plain(runs)))
    found: dict[str, CaptionNumber] = {}
    counts: Counter[Captioned] = Counter()
    for kind, key, _ in captions:
        if 2 * typed[kind] < all_of[kind] and not is_left_out(key):
            counts[kind] += 1
            found[key] = CaptionNumber(kind, counts[kind])
    return found


def without_number(caption: str) -> str:
    """A caption without the number that stands before it: "Table 3. Lamps" is "Lamps"."""
    found = _TYPED.match(caption)
    rest = caption[found.end() :].partition(". ")[2].strip() if found else ""
    return rest or caption


def _captions(blocks: tuple[Block, ...]) -> Iterator[tuple[Captioned, str, Runs]]:
    for block in blocks:
        match block:
            case Figure():
                yield Captioned.FIGURE, block.key, block.caption
            case Table():
                yield Captioned.TABLE, block.key, block.caption
            case Section():
                yield from _captions(block.blocks)
