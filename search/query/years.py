"""The years that a question names in words: "in 2017", "after 2018", "between 2016 and 2018", "the 2010s". Pure.

In six languages.

A year named so puts what belongs to it first; it limits nothing, since texts speak of other years too. Who wants a
limit chooses the year, or types `year:2017`.
"""

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

FIRST, LAST = 0, 9999  # open ends
NEWEST = 3.0  # how much the newest year is wanted where what is newest is asked for, and the oldest not at all

_YEAR = r"(?<!\d)((?:19|20)\d\d)(?!\d)"
_CALLED = r"(?:the year|years?|l.année|année|el año|año|годах|года|году|годы|год|гг?\.|عامي|عام|سنة|年度|年)"
_BLANK = rf"(?:\s*{_CALLED})?\s*"
_UP_TO = r"(?:-|–|—|−|\.\.+|…|\b(?:to|until|till|through|à|au?|al|по|до)\b|إلى|الى|حتى|至|到)"
_AND = r"(?:and|et|y|e|и|و|和|与)"
_RANGES = (
    re.compile(rf"{_YEAR}{_BLANK}{_UP_TO}{_BLANK}{_YEAR}", re.IGNORECASE),
    re.compile(rf"\b(?:between|entre|между|بين){_BLANK}{_YEAR}{_BLANK}{_AND}{_BLANK}{_YEAR}", re.IGNORECASE),
    re.compile(rf"在?{_YEAR}{_BLANK}{_AND}{_BLANK}{_YEAR}{_BLANK}(?:之间|間|间)"),
)
_SINCE = (
    re.compile(
        rf"\b(?:since|starting in|as of|depuis|à partir de|desde|a partir de|с|начиная с|منذ|自从?){_BLANK}{_YEAR}",
        re.IGNORECASE,
    ),
    re.compile(rf"(?:自|从){_YEAR}|{_YEAR}{_BLANK}(?:以来|以來|起|\b(?:onwards?|and later|or later)\b)"),
)
_AFTER = (
    re.compile(rf"\b(?:after|later than|après|después de|despues de|tras|после|بعد){_BLANK}{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_YEAR}{_BLANK}(?:之后|以后|之後|以後|后)"),
)
_BEFORE = (
    re.compile(rf"\b(?:before|prior to|earlier than|avant|antes de|до|قبل){_BLANK}{_YEAR}", re.IGNORECASE),
    re.compile(rf"{_YEAR}{_BLANK}(?:之前|以前|前)"),
)
_UNTIL = (
    re.compile(rf"\b(?:until|till|up to|jusqu.en|jusqu.à|hasta|حتى){_BLANK}{_YEAR}", re.IGNORECASE),
    re.compile(rf"截至{_YEAR}|{_YEAR}{_BLANK}(?:为止|為止)"),
)
_TENTH = r"(?<!\d)((?:19|20)\d0)(?!\d)"
_DECADES = (
    re.compile(rf"{_TENTH}(?:['’]?s\b|\s*年代)", re.IGNORECASE),
    re.compile(rf"{_TENTH}\s?[-‑–]?(?:х|е|ые|ых)(?:\s+год(?:ы|ов|ах))?\b", re.IGNORECASE),
    re.compile(rf"\b(?:les années|décennie|los años|década de(?: los)?|anni|anos)\s+{_TENTH}", re.IGNORECASE),
    re.compile(rf"(?:العقد|عقد|عشرينيات|عشرينات)\s+{_TENTH}"),
)
_ALONE = re.compile(_YEAR)
_NEWEST = re.compile(
    r"\b(?:latest|newest|most recent|(?:le|la|les) (?:plus récente?s?|derni(?:er|ère)s?)|"
    r"(?:el|la|los|las) (?:más recientes?|últim[oa]s?)|(?:сам\w+ нов|последн|новейш)\w+)\b|"
    r"أحدث|احدث|آخر|الأخيرة?|最新|最近",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NamedYears:
    """ranges: both ends included. bounds: years that are said only to bound one, which are no words to look for.
    newest: what is newest is asked for."""

    ranges: tuple[tuple[int, int], ...] = ()
    bounds: frozenset[str] = frozenset()
    newest: bool = False

    def wanted(self, years: Collection[int]) -> dict[int, float]:
        """How much each of some years is wanted, 1.0 where it is named, without those that are not."""
        if self.ranges:
            return {year: 1.0 for year in years if any(low <= year <= high for low, high in self.ranges)}
        if not self.newest or not years:
            return {}
        oldest, span = min(years), max(years) - min(years) or 1
        return {year: NEWEST * (year - oldest) / span for year in years if year > oldest}


def named(text: str) -> NamedYears:
    """None of them where the text names no year."""
    rest = "".join(str(int(character)) if character.isdecimal() else character for character in text)
    ranges: list[tuple[int, int]] = []
    bounds: set[str] = set()
    for patterns, ends in _FORMS:
        for pattern in patterns:
            for match in pattern.finditer(rest):
                said = [year for year in match.groups() if year]
                ranges.append(ends(*map(int, said)))
                bounds.update(re.findall(r"\w+", match[0].casefold()) if patterns is _DECADES else said)
            rest = pattern.sub(_blanked, rest)
    alone = list(_years_alone(rest))
    ranges += [(year, year) for year in alone]
    bounding = frozenset(bounds) - {str(year) for year in alone}
    return NamedYears(tuple(dict.fromkeys(ranges)), bounding, bool(_NEWEST.search(text)))


def besides(words: Sequence[str]) -> Sequence[str]:
    """Words without the years among them, unless there are no others."""
    return [word for word in words if not _ALONE.fullmatch(word)] or words


def _years_alone(text: str) -> Iterator[int]:
    for match in _ALONE.finditer(text):
        yield int(match[1])


def _blanked(match: re.Match[str]) -> str:
    return " " * len(match[0])


_FORMS = (
    (_DECADES, lambda year: (year, year + 9)),
    (_RANGES, lambda one, two: (min(one, two), max(one, two))),
    (_SINCE, lambda year: (year, LAST)),
    (_AFTER, lambda year: (year + 1, LAST)),
    (_BEFORE, lambda year: (FIRST, year - 1)),
    (_UNTIL, lambda year: (FIRST, year)),
)
