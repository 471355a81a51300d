"""The words of a notice: as shipped or as the Secretariat words them, filled in for one reader or one mailing list."""

from collections.abc import Mapping
from datetime import date, datetime
from string import Template
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from core.addresses import absolute
from core.datetimes import in_words
from workflow.notices.models import NoticeWording
from workflow.notices.occasions import Event, Words, example

LONGEST_SUBJECT = 300

Ear = tuple[str, str]
"""(language, time zone) in which somebody is spoken to."""

OF_THE_SITE: Ear = (settings.LANGUAGE_CODE, settings.TIME_ZONE)
"""For a mailing list, and for a person who chose neither."""


def words_for_people(event: Event) -> Words:
    row = NoticeWording.objects.filter(event=event.name).first()
    return Words(row.subject, row.body) if row and row.body else event.words


def words_for_list(event: Event) -> Words | None:
    """None where the event is not told to mailing lists."""
    if event.list_words is None:
        return None
    row = NoticeWording.objects.filter(event=event.name).first()
    return Words(row.list_subject, row.list_body) if row and row.list_body else event.list_words


def ear_of(user: Any) -> Ear:
    """What a person chose in "Account" of the admin."""
    profile = getattr(user, "wagtail_userprofile", None)
    language, zone = OF_THE_SITE
    return (profile.preferred_language or language, profile.current_time_zone or zone) if profile else OF_THE_SITE


def filled(words: Words, values: Mapping[str, Any], ear: Ear = OF_THE_SITE) -> tuple[str, str]:
    """(subject, body). What has no value is left out; instants are said in UTC and in the reader's time.

    The subject is one line: no value can begin another mail header. A value that looks like a place stays as it is.
    """
    language, zone = ear
    with override(language), timezone.override(zone):
        said = {name: _said(value) for name, value in values.items()}
        subject = Template(str(words.subject)).safe_substitute(said)
        body = Template(str(words.body)).safe_substitute(said)
    return " ".join(subject.split())[:LONGEST_SUBJECT], body


def preview(event: Event, words: Words) -> tuple[str, str]:
    """(subject, body) with the examples of the event's places, which are of the fictitious year."""
    values = {name: example(name) for name in event.places}
    return filled(words, values | {"address": absolute(str(values["address"]))})


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return in_words(value)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return "" if value is None else str(value)
