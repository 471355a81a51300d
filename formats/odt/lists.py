"""The numbers that an OpenDocument text draws before list items and headings. Pure."""

from dataclasses import dataclass, field
from itertools import count

from formats.odt.package import STYLE, TEXT, number
from formats.odt.styles import OdtStyles
from formats.office.archive import Element
from formats.office.number_words import LARGEST, drawn
from formats.office.paragraph_roles import Label

_FORMS = {
    "1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman", "": "none",
    "一, 二, 三, ...": "chineseCounting", "أ, ب, ت, ...": "arabicAlpha", "А, Б, .., Аа, Аб, ... (ru)": "russianUpper",
    "а, б, .., аа, аб, ... (ru)": "russianLower",
}  # fmt: skip
_NUMBERED = frozenset({f"{TEXT}list-level-style-number", f"{TEXT}outline-level-style"})
_LEVELS = _NUMBERED | {f"{TEXT}list-level-style-bullet", f"{TEXT}list-level-style-image"}


@dataclass(frozen=True, slots=True)
class Level:
    ordered: bool = False
    form: str = "none"
    prefix: str = ""
    suffix: str = ""
    shown: int = 1
    start: int = 1


def levels_of(style: Element | None) -> dict[int, Level]:
    found = {}
    for one in style if style is not None else ():
        if one.tag in _LEVELS:
            found[number(one.get(f"{TEXT}level"), 1) - 1] = _level(one)
    return found


def _level(one: Element) -> Level:
    if one.tag not in _NUMBERED:
        return Level()
    form = _FORMS.get(str(one.get(f"{STYLE}num-format") or ""), "decimal")
    return Level(
        form != "none",
        form,
        str(one.get(f"{STYLE}num-prefix") or ""),
        str(one.get(f"{STYLE}num-suffix") or ""),
        number(one.get(f"{TEXT}display-levels"), 1),
        number(one.get(f"{TEXT}start-value"), 1),
    )


@dataclass(slots=True)
class Counter:
    """One list as it counts. series: tells it from others."""

    levels: dict[int, Level]
    series: str
    counts: dict[int, int] = field(default_factory=dict)

    def step(self, place: int, start: int | None = None) -> Label:
        level = self.level(place)
        if not level.ordered:
            return Label(self.series, place, ordered=False)
        for above in range(place):
            self.counts.setdefault(above, self.level(above).start)
        begun = self.counts.get(place)
        self.counts[place] = start if start is not None else level.start if begun is None else min(begun + 1, LARGEST)
        self.restart(place + 1)
        first = max(0, place - level.shown + 1)
        shown = [one for one in range(first, place + 1) if self.level(one).ordered]
        text = ".".join(drawn(self.counts[one], self.level(one).form) for one in shown)
        return Label(self.series, place, ordered=True, text=f"{level.prefix}{text}{level.suffix}".strip())

    def in_style(self, levels: dict[int, Level]) -> "Counter":
        """The same list, where another style draws its numbers."""
        return Counter(levels or self.levels, self.series, self.counts)

    def level(self, place: int) -> Level:
        """As the style says; of a level that it lacks, as of the nearest above: pandoc defines but one."""
        nearest = max((one for one in self.levels if one <= place), default=place)
        return self.levels.get(nearest, Level())

    def restart(self, place: int) -> None:
        for below in [one for one in self.counts if one >= place]:
            del self.counts[below]


class Lists:
    def __init__(self, styles: OdtStyles) -> None:
        self._styles = styles
        self._by_id: dict[str, Counter] = {}
        self._by_style: dict[str, Counter] = {}
        self._numbers = count(1)
        self.headings = Counter(levels_of(styles.outline), "headings")

    def begin(self, element: Element, style: str) -> tuple[Counter, bool]:
        """The counter of an outermost `text:list`, and whether it goes on with the numbers of an earlier one.

        LibreOffice names a list in a list, and leaves the name off that: one that is nowhere is the last of its style.
        """
        continued = str(element.get(f"{TEXT}continue-list") or "")
        goes_on = self._by_id.get(continued)
        if goes_on is None and (continued or element.get(f"{TEXT}continue-numbering") == "true"):
            goes_on = self._by_style.get(style)
        levels = levels_of(self._styles.lists.get(style))
        found = goes_on.in_style(levels) if goes_on else Counter(levels, f"list{next(self._numbers)}")
        self._by_style[style] = found
        name = element.get("{http://www.w3.org/XML/1998/namespace}id") or element.get(f"{TEXT}id")
        if name:
            self._by_id[str(name)] = found
        return found, goes_on is not None

    def within(self, counter: Counter, style: str) -> Counter:
        """The counter of a list in a list that has a style of its own."""
        self._by_style[style] = counter.in_style(levels_of(self._styles.lists.get(style)))
        return self._by_style[style]

    def overridden(self, counter: Counter, style: str) -> Counter:
        """The counter of an item that has another style than its list: it is one of the last list of that style, which
        LibreOffice puts into the list that parted them."""
        return self._by_style.get(style) or self.within(counter, style)
