"""The numbers that Word draws before paragraphs: counted as it counts them. Pure.

Lists that share an abstract definition go on counting together, until one of them says that it starts anew.
"""

import re
from dataclasses import dataclass, field

from formats.docx.package import MC, W, switched, value
from formats.docx.styles import Styles, indent_of
from formats.office.archive import Element
from formats.office.number_words import LARGEST, drawn
from formats.office.paragraph_roles import Label

LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
MOST_REDIRECTS = 5


@dataclass(slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    restart: int | None = None  # the level, counted from 1, whose step resets this one; 0 for never
    style: str = ""
    legal: bool = False
    indent: int | None = None


@dataclass(slots=True)
class Definition:
    """One `w:num`. series: the abstract definition it shares."""

    series: str
    levels: dict[int, Level]
    starts: dict[int, int] = field(default_factory=dict)
    begun: set[int] = field(default_factory=set)


class Numbering:
    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._definitions: dict[str, Definition] = {}
        self._counts: dict[str, dict[int, int]] = {}
        if root is not None:
            abstracts = {value(one, "abstractNumId"): one for one in root.iterfind(f"{W}abstractNum")}
            nums = {value(one, "numId"): one for one in root.iterfind(f"{W}num")}
            for number, one in nums.items():
                self._definitions[number] = _definition(one, nums, abstracts, styles)

    def level_of(self, number: str, style: str) -> int:
        """The level that a definition keeps for paragraphs of a style."""
        definition = self._definitions.get(number)
        levels = definition.levels.items() if definition else ()
        return next((place for place, level in levels if level.style and level.style == style), 0)

    def counted(self, number: str, place: int) -> Label | None:
        """The label of the next paragraph of a list; None where the file defines none."""
        definition = self._definitions.get(number)
        if definition is None or not 0 <= place < LEVELS:
            return None
        level = definition.levels.get(place, Level(text=f"%{place + 1}."))
        counts = self._counts.setdefault(definition.series, {})
        if level.form == "bullet":
            _restart_below(definition, counts, place)
            return Label(definition.series, place, ordered=False)
        self._step(definition, counts, place)
        text = _drawn(level, definition, counts)
        return Label(definition.series, place, ordered=bool(text), text=text)

    def indent(self, number: str, place: int) -> int | None:
        """At which the text of a level begins."""
        definition = self._definitions.get(number)
        level = definition.levels.get(place) if definition else None
        return level.indent if level else None

    def is_blank(self, number: str, place: int) -> bool:
        """Whether a list draws nothing: pandoc puts the further paragraphs of an item in such a one."""
        definition = self._definitions.get(number)
        level = definition.levels.get(place) if definition else None
        return level is not None and not (_PLACE.sub("", level.text) if level.form == "none" else level.text).strip()

    def _step(self, definition: Definition, counts: dict[int, int], place: int) -> None:
        for above in range(place):
            counts.setdefault(above, definition.levels.get(above, Level()).start)
        start = definition.levels.get(place, Level()).start
        if place in definition.starts and place not in definition.begun:
            counts[place] = definition.starts[place]
            definition.begun.add(place)
        else:
            counts[place] = min(counts[place] + 1, LARGEST) if place in counts else start
        _restart_below(definition, counts, place)


def _restart_below(definition: Definition, counts: dict[int, int], place: int) -> None:
    for below in [one for one in counts if one > place]:
        restart = definition.levels.get(below, Level()).restart
        if restart is None or 0 < restart >= place + 1:
            del counts[below]


def _drawn(level: Level, definition: Definition, counts: dict[int, int]) -> str:
    def number(found: re.Match[str]) -> str:
        place = int(found[1]) - 1
        form = definition.levels.get(place, Level()).form
        return drawn(counts.get(place, 1), "decimal" if level.legal or form == "bullet" else form)

    return _PLACE.sub(number, level.text).strip()


def _definition(num: Element, nums: dict[str, Element], abstracts: dict[str, Element], styles: Styles) -> Definition:
    series = value(num.find(f"{W}abstractNumId"))
    abstract = abstracts.get(series)
    for _ in range(MOST_REDIRECTS):  # a definition may say: as the list of that style
        link = value(abstract.find(f"{W}numStyleLink")) if abstract is not None else ""
        linked = styles.numbering(link) if link else None
        if linked is None or linked[0] not in nums:
            break
        series = value(nums[linked[0]].find(f"{W}abstractNumId"))
        abstract = abstracts.get(series)
    levels = dict(_level(one) for one in abstract.iterfind(f"{W}lvl")) if abstract is not None else {}
    found = Definition(series, levels)
    for override in num.iterfind(f"{W}lvlOverride"):
        place = _number(value(override, "ilvl"))
        if (own := override.find(f"{W}lvl")) is not None:
            found.levels = {**found.levels, place: _level(own)[1]}
            found.starts[place] = found.levels[place].start
        if (start := override.find(f"{W}startOverride")) is not None:
            found.starts[place] = _number(value(start), 1)
    return found


def _level(one: Element) -> tuple[int, Level]:
    place = _number(value(one, "ilvl"))
    restart, text = one.find(f"{W}lvlRestart"), one.find(f"{W}lvlText")
    form = one.find(f"{W}numFmt")
    if form is None:  # a form of a newer Word stands beside one for all
        form = next(one.iterfind(f"{MC}AlternateContent/{MC}Fallback/{W}numFmt"), None)
    return place, Level(
        _number(value(one.find(f"{W}start")), 1),
        value(form) or "decimal",
        value(text) if text is not None else f"%{place + 1}.",
        _number(value(restart)) if restart is not None else None,
        value(one.find(f"{W}pStyle")),
        bool(switched(one.find(f"{W}isLgl"))),
        indent_of(one.find(f"{W}pPr")),
    )


def _number(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else otherwise
