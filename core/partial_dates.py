"""Dates of which only a part may be known: a year, a month or a day, as ISO 8601 writes them."""

import re
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

_AS_IN_EUROPE = re.compile(r"(?:(\d{1,2})\.\s?)?(\d{1,2})\.\s?(\d{4})")  # 20.11.2015, 11.2015: the day comes first
_PARTED_BY_SLASHES = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")  # which is the day tells its number, if it is above 12
_ISO_SLACK = re.compile(r"(\d{4})-(\d{1,2})(?:-(\d{1,2}))?")
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
    elif found := _ISO_SLACK.fullmatch(text):
        parts = (found[1], found[2], found[3])
    iso = "-".join(part.zfill(2) for part in parts if part)
    PARTIAL_DATE(iso)
    return iso
