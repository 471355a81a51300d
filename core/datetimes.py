"""Dates and times as people read and type them: in UTC, and in the time zone of the person's account.

Wagtail turns on the time zone of whoever works in the admin. Readers have no account; a script adds the time of their
device. Pages say an instant by templates/components/moment.html, which asks this module.
"""

from datetime import UTC, datetime, tzinfo
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _

TYPED = "%Y-%m-%dT%H:%M"
"""What a browser sends from a field of date and time."""


def for_programs(moment: datetime) -> str:
    """The instant for the attribute of a `<time>`: ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def in_utc(moment: datetime) -> str:
    """The instant as “9 May 2099, 13:00 UTC”, in the form of the language."""
    return f"{date_format(moment.astimezone(UTC), 'DATETIME_FORMAT')} UTC"


def in_own_time(moment: datetime) -> str:
    """The same in the time zone that is turned on, with its offset; "" where its clocks show UTC.

    The hour alone where the day is the same.
    """
    own = timezone.localtime(moment)
    if not own.utcoffset():
        return ""
    same_day = own.date() == moment.astimezone(UTC).date()
    return f"{date_format(own, 'H:i' if same_day else 'DATETIME_FORMAT')} {_zone(own)}"


def in_words(moment: datetime) -> str:
    """An instant within a sentence: in UTC, and in the person's own time where that differs."""
    own = in_own_time(moment)
    return f"{in_utc(moment)} ({own})" if own else in_utc(moment)


def _zone(own: datetime) -> str:
    """“UTC+09:00, Asia/Tokyo”; the offset is that of the instant, which summer time moves."""
    return f"UTC{own.isoformat()[-6:]}, {timezone.get_current_timezone_name()}"


def _how_typed(help_text: Any) -> str:
    now = timezone.localtime()
    zone = _zone(now) if now.utcoffset() else timezone.get_current_timezone_name()
    typed = _("Typed in the time zone of your account: %s.") % zone
    return f"{help_text} {typed}" if help_text else typed


_how_typed_lazily = lazy(_how_typed, str)


def at_wall_clock(typed: datetime, zone: tzinfo) -> datetime:
    """The instant at which clocks of a zone show what somebody typed. typed: without a zone.

    Raises ValidationError for an hour that no clock shows, as summer time begins, and for one that they show twice, as
    it ends: neither is moved silently.
    """
    first, second = (typed.replace(tzinfo=zone, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first
    facts = {"hour": f"{typed:%H:%M}", "day": date_format(typed, "DATE_FORMAT"), "zone": str(zone)}
    shown = first.astimezone(UTC).astimezone(zone)
    if shown.replace(tzinfo=None) == typed:
        said = _(
            "%(hour)s on %(day)s comes twice in %(zone)s, as clocks are set back. Choose an hour before or after, or "
            "another time zone such as UTC."
        )
        raise ValidationError(said % facts, code="ambiguous")
    said = _(
        "%(hour)s on %(day)s does not exist in %(zone)s: clocks are set forward over it. Write %(later)s if that is "
        "what is meant."
    )
    raise ValidationError(said % (facts | {"later": f"{shown:%H:%M}"}), code="imaginary")


class MomentField(forms.DateTimeField):
    """A date and time, typed in the time zone of the person's account; the help text says which that is."""

    def __init__(self, *, help_text: Any = "", **options: Any) -> None:
        options.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TYPED))
        formats = [TYPED, f"{TYPED}:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"]
        super().__init__(input_formats=formats, help_text=_how_typed_lazily(help_text), **options)

    def to_python(self, value: Any) -> datetime | None:
        """Django says no more than that a time may be ambiguous or may not exist; this says which, and why."""
        try:
            found: datetime | None = super().to_python(value)
        except ValidationError:
            with timezone.override(UTC):  # whose clocks are never set
                typed = super().to_python(value)
            return at_wall_clock(typed.replace(tzinfo=None), timezone.get_current_timezone()) if typed else None
        return found
