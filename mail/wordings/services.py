"""The words of a mail: as shipped or as the Secretariat words them, filled in for one reader or one mailing list."""

from collections.abc import Mapping
from datetime import date, datetime
from string import Template
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import override

from core.datetimes import in_words
from core.http.site_urls import absolute
from mail.models import Wording
from mail.occasions import Occasion, Words

LONGEST_SUBJECT = 300

Ear = tuple[str, str]
"""(language, time zone) in which somebody is spoken to."""

OF_THE_SITE: Ear = (settings.LANGUAGE_CODE, settings.TIME_ZONE)
"""For a mailing list, and for a person who chose neither."""


def words_of(occasion: Occasion, *, for_list: bool = False) -> Words | None:
    """None where the occasion is not told to mailing lists, or is put into words by a template."""
    shipped = occasion.list_words if for_list else occasion.words
    row = Wording.objects.filter(occasion=occasion.name).first() if shipped else None
    if row and (row.list_body if for_list else row.body):
        return Words(row.list_subject, row.list_body) if for_list else Words(row.subject, row.body)
    return shipped


def ear_of(user: Any) -> Ear:
    """What a person chose in "Account" of the admin."""
    profile = getattr(user, "wagtail_userprofile", None)
    language, zone = OF_THE_SITE
    return (profile.preferred_language or language, profile.current_time_zone or zone) if profile else OF_THE_SITE


def language_of(code: str) -> str:
    """The interface language that is nearest to a language in which somebody wrote."""
    code, known = code.lower(), dict(settings.LANGUAGES)
    if code in known:
        return code
    return next((name for name in known if name.split("-")[0] == code.split("-")[0]), settings.LANGUAGE_CODE)


def filled(words: Words, values: Mapping[str, Any], ear: Ear = OF_THE_SITE) -> tuple[str, str]:
    """(subject, body). What has no value is left out, and a line that asks only for such things with it.

    Instants are said in UTC and in the reader's time. The subject is one line: no value can
    begin another mail header. A value that looks like a place stays as it is.
    """
    language, zone = ear
    with override(language), timezone.override(zone):
        said = {name: _said(value) for name, value in values.items()}
        subject = Template(str(words.subject)).safe_substitute(said)
        body = Template(_without_empty_lines(str(words.body), said)).safe_substitute(said)
    return " ".join(subject.split())[:LONGEST_SUBJECT], body


def _without_empty_lines(body: str, said: Mapping[str, str]) -> str:
    """A line such as "Reason: $reason" is not written where no reason was given, nor the blank line above it."""
    kept: list[str] = []
    for line in body.split("\n"):
        names = Template(line).get_identifiers()
        if names and all(said.get(name) == "" for name in names):
            if kept and not kept[-1].strip():
                kept.pop()
        else:
            kept.append(line)
    return "\n".join(kept)


def preview(occasion: Occasion, words: Words) -> tuple[str, str]:
    """(subject, body) with the examples of the occasion's places, which are of the fictitious year."""
    return filled(words, {**occasion.examples, "address": absolute(str(occasion.examples.get("address", "")))})


def _said(value: Any) -> str:
    if isinstance(value, datetime):
        return in_words(value)
    if isinstance(value, date):
        return date_format(value, "DATE_FORMAT")
    return "" if value is None else str(value)
