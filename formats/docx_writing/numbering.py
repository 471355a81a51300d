"""Lists of a written file: real ones, each counting from its own beginning. Pure.

A list with all that is nested in it is one list of levels: LibreOffice, once it has saved one as ODT, counts anew after
each nested list that has a number of its own. Definitions are taken in turn, so that two lists that follow each other
stay two.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree

from editions.document.model import Item
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


@dataclass(frozen=True, slots=True)
class Numbered:
    """What the items of a list are numbered by. ordered: whether each of its levels counts, () where a list nested
    in it needs a number of its own."""

    number: str
    ordered: tuple[bool, ...] = ()


class Lists:
    """Writes into the numbering part."""

    def __init__(self, root: Element) -> None:
        for old in list(root):
            root.remove(old)
        self._root = root
        self._count = 0
        self._turn = 0
        self._definitions: dict[tuple[int, tuple[bool, ...]], str] = {}
        for turn in range(2):
            for counts in (False, True):
                self._definition(turn, (counts,) * LEVELS, styled=turn == 0)

    def begin(self, items: Sequence[Item], *, ordered: bool) -> Numbered:
        """For the items of an outermost list."""
        self._turn = 1 - self._turn
        levels = [ordered]
        _add_levels(items, 1, levels)
        levels += levels[-1:] * (LEVELS - len(levels))
        return Numbered(self._new(tuple(levels), 0), tuple(levels))

    def nested(self, outer: Numbered, *, ordered: bool, level: int) -> Numbered:
        """For the items of a list in one of another. level: from 0, at which they stand."""
        if level < len(outer.ordered) and outer.ordered[level] == ordered:
            return outer
        return Numbered(self._new((ordered,) * LEVELS, min(level, LEVELS - 1)))

    def _new(self, ordered: tuple[bool, ...], level: int) -> str:
        definition = self._definitions.get((self._turn, ordered)) or self._definition(self._turn, ordered)
        self._count += 1
        num = add(self._root, "num", numId=str(self._count))
        add(num, "abstractNumId", definition)
        if ordered[level]:
            override = add(num, "lvlOverride", ilvl=str(level))
            add(override, "startOverride", "1")
        return str(self._count)

    def _definition(self, turn: int, ordered: tuple[bool, ...], *, styled: bool = False) -> str:
        """Its number. Word wants all definitions before the lists that use them."""
        number = str(len(self._definitions))
        self._definitions[turn, ordered] = number
        one = etree.Element(f"{W}abstractNum")
        self._root.insert(len(self._definitions) - 1, one)
        one.set(f"{W}abstractNumId", number)
        add(one, "multiLevelType", "multilevel")
        for place in range(LEVELS):
            level = add(one, "lvl", ilvl=str(place))
            add(level, "start", "1")
            add(level, "numFmt", "decimal" if ordered[place] else "bullet")
            if styled and place < DEEPEST_LIST_STYLE:
                add(level, "pStyle", list_style(ordered[place], place))
            add(level, "lvlText", f"%{place + 1}." if ordered[place] else _BULLETS[place % len(_BULLETS)])
            add(level, "lvlJc", "left")
            look = add(level, "pPr")
            add(look, "ind", left=str((place + 1) * _STEP), hanging=str(_STEP))
        return number


def _add_levels(items: Sequence[Item], level: int, levels: list[bool]) -> None:
    """Whether each level counts, as its first list does."""
    for item in items:
        if item.items and level < LEVELS:
            if level == len(levels):
                levels.append(item.ordered)
            _add_levels(item.items, level + 1, levels)
