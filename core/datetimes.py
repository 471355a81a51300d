"""Dates and times as people read and type them: in UTC, and in the time zone of the person's account.

Wagtail turns on the time zone of whoever works in the admin. Readers have no account; a script adds the time of their
device. Pages say an instant by templates/components/moment.html, which asks this module.
"""

from datetime import UTC, datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _

TYPED = "%Y-%m-%dT%H:%M"
"""What a browser sends from a field of date and time."""


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


class MomentField(forms.DateTimeField):
    """A date and time, typed in the time zone of the person's account; the help text says which that is."""

    def __init__(self, *, help_text: Any = "", **options: Any) -> None:
        options.setdefault("widget", forms.DateTimeInput(attrs={"type": "datetime-local"}, format=TYPED))
        formats = [TYPED, f"{TYPED}:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d"]
        super().__init__(input_formats=formats, help_text=_how_typed_lazily(help_text), **options)
