"""Lists of a written file: real ones, each counting from its own beginning. Pure.

Bullets and numbers have two definitions each, taken in turn, so that two lists that follow each other stay two.
"""

from lxml import etree

from formats.docx.numbering import LEVELS
from formats.docx.package import W
from formats.docx_writing.elements import add
from formats.docx_writing.styles import DEEPEST_LIST_STYLE
from formats.office.archive import Element

_BULLETS = ("•", "–", "▪")
_STEP = 360  # twentieths of a point by which a level stands further in


def list_style(ordered: bool, level: int) -> str:
    """level: from 0."""
    depth = min(level + 1, DEEPEST_LIST_STYLE)
    return ("ListNumber" if ordered else "ListBullet") + (str(depth) if depth > 1 else "")


class Lists:
    """Writes into the numbering part. `new` is asked once a list, nested ones too."""

    def __init__(self, root: Element) -> None:
        for old in list(root):
            root.remove(old)
        self._root = root
        self._count = 0
        self._turn = 0
        for number in range(4):
            self._definition(number, ordered=number % 2 == 1, styled=number < 2)

    def new(self, *, ordered: bool, level: int) -> str:
        """The number of a list whose items stand on a level, from 0."""
        if level == 0:
            self._turn = 1 - self._turn
        self._count += 1
        num = add(self._root, "num", numId=str(self._count))
        add(num, "abstractNumId", str(2 * self._turn + ordered))
        if ordered:
            override = add(num, "lvlOverride", ilvl=str(min(level, LEVELS - 1)))
            add(override, "startOverride", "1")
        return str(self._count)

    def _definition(self, number: int, *, ordered: bool, styled: bool) -> None:
        one = etree.SubElement(self._root, f"{W}abstractNum")
        one.set(f"{W}abstractNumId", str(number))
        add(one, "multiLevelType", "multilevel")
        for place in range(LEVELS):
            level = add(one, "lvl", ilvl=str(place))
            add(level, "start", "1")
            add(level, "numFmt", "decimal" if ordered else "bullet")
            if styled and place < DEEPEST_LIST_STYLE:
                add(level, "pStyle", list_style(ordered, place))
            add(level, "lvlText", f"%{place + 1}." if ordered else _BULLETS[place % len(_BULLETS)])
            add(level, "lvlJc", "left")
            look = add(level, "pPr")
            add(look, "ind", left=str((place + 1) * _STEP), hanging=str(_STEP))
