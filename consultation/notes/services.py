"""Write a note, tell those it names, give it to somebody, settle it."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultation.notes.models import Note
from consultation.notes.occasions import NAME
from consultation.working_text.models import anchor_of
from consultation.working_text.places import label_of
from core.plain_text import tidy_text
from editions.document.passages import Passage
from workflow.access.role_holders import name_of
from workflow.notices.services import people_of, tell_people
from workflow.transitions.models import Process

MENTION = re.compile(r"(?<![\w@.+-])@([\w@.+-]{1,150})")
"""A user name as Django's accounts have it. A full stop at its end is the sentence's."""


class NothingSaid(Exception):
    """A note wants words, or somebody to whom the paragraph is given."""


class Stranger(Exception):
    """The paragraph was to be given to somebody who is not of this forum."""


def mentioned(words: str, people: Iterable[Any]) -> tuple[list[Any], list[str]]:
    """(people of the forum whom the words name with @, names there that are nobody's), each once, in order."""
    known = {user.get_username().casefold(): user for user in people}
    found: dict[Any, None] = {}
    unknown: dict[str, None] = {}
    for name in MENTION.findall(words):
        user = known.get(name.casefold()) or known.get(name.rstrip(".-+").casefold())
        if user is None:
            unknown[name] = None
        else:
            found[user] = None
    return list(found), list(unknown)


@transaction.atomic
def write_note(
    process: Process,
    passage: Passage | None,
    user: Any,
    now: datetime,
    *,
    words: str = "",
    assigned_to: Any = None,
    due_on: date | None = None,
) -> tuple[Note, list[str]]:
    """A note on a passage of the working text, or on the whole for None. Answers it, and names that were nobody's.

    Whoever is named, and to whom it is given, is told by mail. Giving a paragraph to somebody without a word changes
    the note that gave it to another. Raises NothingSaid and Stranger.
    """
    words = tidy_text(words)
    people = people_of(process)
    if assigned_to is not None and assigned_to not in people:
        raise Stranger
    if not words and assigned_to is None:
        raise NothingSaid
    note = None
    if not words:
        given = Note.objects.open().filter(process=process, key=passage.key if passage else "", words="")
        note = given.select_for_update(of=("self",)).first()
    by = {"by": user, "by_name": name_of(user), "at": now}
    note = note or Note(process=process, words=words, **anchor_of(passage))
    for field, value in (by | {"assigned_to": assigned_to, "due_on": due_on}).items():
        setattr(note, field, value)
    note.save()
    named, unknown = mentioned(words, people)
    _tell(note, passage, [*named, *([assigned_to] if assigned_to else [])], user, now)
    return note, unknown


@transaction.atomic
def resolve(note: Note, user: Any, now: datetime) -> Note:
    """It is settled. A second time changes nothing."""
    note = Note.objects.select_for_update(of=("self",)).get(pk=note.pk)
    if note.resolved_at is None:
        note.resolved_at, note.resolved_by_name = now, name_of(user)
        note.save(update_fields=["resolved_at", "resolved_by_name"])
    return note


def address_of(note: Note) -> str:
    """Where it stands on the board."""
    return f"{reverse('consultation_admin:dispositions', args=[note.process_id])}?show=notes#note-{note.pk}"


def _due_in_words(due_on: date) -> str:
    return _("Due: %s") % date_format(due_on)


def _tell(note: Note, passage: Passage | None, people: list[Any], user: Any, now: datetime) -> None:
    facts = {  # said in the language of each reader
        "place": lazy(label_of, str)(passage),
        "person": note.by_name,
        "note": note.words or gettext_lazy("(This paragraph was given to you.)"),
        "due": lazy(_due_in_words, str)(note.due_on) if note.due_on else "",
    }
    key = f"{NAME}:{note.pk}:{now.isoformat()}"
    tell_people(NAME, key, note.process, now, facts, people, path=address_of(note), actor=user)
