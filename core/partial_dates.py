"""Dates of which only a part may be known: a year, a month or a day, as ISO 8601 writes them."""

import re
from datetime import date
from functools import cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import dates
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

_AS_IN_EUROPE = re.compile(r"(?:(\d{1,2})\.\s?)?(\d{1,2})\.\s?(\d{4})")  # 20.11.2015, 11.2015: the day comes first
_PARTED_BY_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")  # which is the day tells its number, if it is above 12
_YEAR_FIRST = re.compile(
    r"(\d{4})\s?[-/.]\s?(\d{1,2})(?:\s?[-/.]\s?(\d{1,2}))?|(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?"
)
_NAMES_BESIDE = frozenset({"of", "the", "st", "nd", "rd", "th", "er", "de", "del", "el", "du", "le", "г", "года", "م"})
_LEVANT = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني",
    "كانون الأول",
)  # fmt: skip
"""Months as the Arabic of the Levant and of the United Nations names them; all other names are Django's."""
_MIDNIGHT = re.compile(r"[ T]00:00(:00(\.0+)?)?\Z")


@deconstructible
class PartialDateValidator(RegexValidator):
    """As much of a date as a source tells, and a day that the calendar has."""

    regex = r"\A\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?\Z"
    message = _("Write a year, a month or a day: 2015, 2015-11 or 2015-11-20.")

    def __call__(self, value: object) -> None:
        super().__call__(value)
        if len(str(value)) == 10:
            try:
                date.fromisoformat(str(value))
            except ValueError as error:
                raise ValidationError(_("The calendar has no such day."), code=self.code) from error


PARTIAL_DATE = PartialDateValidator()


def iso_of(typed: str) -> str:
    """What somebody typed as ISO 8601. Raises ValidationError for what is no date, or could be two: 04/05/2015."""
    text = _MIDNIGHT.sub("", typed.strip())
    parts: tuple[str | None, ...] = (text,)
    if found := _AS_IN_EUROPE.fullmatch(text):
        parts = (found[3], found[2], found[1])
    elif (found := _PARTED_BY_SLASHES.fullmatch(text)) and (int(found[1]) > 12) != (int(found[2]) > 12):
        day, month = (1, 2) if int(found[1]) > 12 else (2, 1)
        parts = (found[3], found[month], found[day])
    elif found := _YEAR_FIRST.fullmatch(text):
        parts = (found[1] or found[4], found[2] or found[5], found[3] or found[6])
    elif named := _with_a_named_month(text):
        parts = named
    iso = "-".join(f"{int(part):02}" if part.isdecimal() else part for part in parts if part)
    PARTIAL_DATE(iso)
    return iso


def _with_a_named_month(text: str) -> tuple[str | None, ...] | None:
    """(year, month, day) of "20 November 2015", "nov. 2015", "20 de noviembre de 2015", "20 ноября 2015 г."; the year
    has four digits, and what else stands there says nothing."""
    rest, found = text.casefold(), set()
    for name, number in _months().items():
        rest, times = re.subn(rf"(?<!\w){re.escape(name)}(?!\w)", " ", rest)
        found |= {number} if times else set()
    numbers = re.findall(r"\d+", rest)
    years = [each for each in numbers if len(each) == 4]
    days = [each for each in numbers if len(each) < 3]
    others = set(re.findall(r"[^\W\d]+", rest)) - _NAMES_BESIDE - _weekdays()
    if len(found) != 1 or len(years) != 1 or len(days) > 1 or len(numbers) != 1 + len(days) or others:
        return None
    return (years[0], str(found.pop()), days[0] if days else None)


@cache
def _months() -> dict[str, int]:
    """How the months are called in the languages of the site, long and short; the longest names first."""
    names = {name: number for number, name in enumerate(_LEVANT, start=1)}
    for language, _name in settings.LANGUAGES:
        with override(language):
            for table in (dates.MONTHS, dates.MONTHS_ALT, dates.MONTHS_AP):
                names |= {str(name).casefold().rstrip("."): number for number, name in table.items()}
            names |= {str(name).casefold().rstrip("."): place for place, name in enumerate(dates.MONTHS_3.values(), 1)}
    return dict(sorted(names.items(), key=lambda each: -len(each[0])))


@cache
def _weekdays() -> frozenset[str]:
    found: set[str] = set()
    for language, _name in settings.LANGUAGES:
        with override(language):
            names = [*dates.WEEKDAYS.values(), *dates.WEEKDAYS_ABBR.values()]
            found |= {word for name in names for word in str(name).casefold().split()}
    return frozenset(found)
