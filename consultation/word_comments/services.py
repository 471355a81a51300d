"""A Word file that came back becomes the comments of a draft. Nothing is sent by it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from consultation.periods.models import Period
from consultation.periods.services import scope_of
from consultation.submissions.drafts import DOCUMENT, entry_of
from consultation.submissions.limits import MOST_FROM_FILE
from consultation.vocabulary import MOST_BODY, MOST_PROPOSED, Kind
from consultation.word_comments import job, matching_job
from consultation.word_comments.matching import Found, Matched
from core.budgets import budgeted
from core.languages.lists import listed
from editions.document.passages import Passage, passages
from editions.models import Edition
from formats.docx.tracked_changes import Review

MOST_BYTES = 20 * 1024 * 1024
BUDGET = budgeted.Budget(cpu=10, memory=512 * budgeted.MIB, wall=30.0, answer=30_000_000)
MOST_FORMER = 5
"""Editions before the open one in which a file's wording is looked for."""
MOST_TIMES, MOST_BESIDE, MOST_SIGNS_BESIDE = 3, 500, 200_000
"""Paragraphs of a file, for each passage of the text and beside them, and signs likewise: one with more is not this
text. To look for its words would take the longer the more there are, and a draft would keep them all."""


class NotTaken(Exception):
    """A file of which no comment was made. `reason` says why, in the reader's language."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Brought:
    """entries: comments as a draft keeps them. told: what of the file is in none of them; kept with the draft."""

    entries: list[dict[str, Any]]
    told: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """A file that came to the forum. name: of it. mail: who sent the mail that it was attached to and when, or ""."""

    review: Review
    name: str
    mail: str = ""


def reviewed(content: bytes) -> Review:
    """Reads a file in a child process; to be called outside of a transaction. Raises NotTaken."""
    return job.review_of(_read("read", content))


def sent(content: bytes, name: str) -> Sent:
    """The same of a Word file, or of a mail with one attached. Raises NotTaken."""
    found = _read("read_sent", content)
    mail = listed(part for part in (found.get("from", ""), found.get("at", "")) if part)
    return Sent(job.review_of(found), found.get("name") or name, mail)


def _read(function: str, content: bytes) -> dict[str, Any]:
    try:
        return _on_budget(f"job:{function}", content)
    except budgeted.Refused as error:
        raise NotTaken(
            _("This Word file (.docx) cannot be read. Open it in the program that wrote it, save it again, and retry.")
        ) from error


def _on_budget(name: str, content: bytes) -> dict[str, Any]:
    """Raises NotTaken, budgeted.Refused."""
    try:
        found, _body = budgeted.run(f"consultation.word_comments.{name}", content, {}, BUDGET)
    except budgeted.OverBudget as error:
        raise NotTaken(
            _("The file is too large or too involved to be read. Leave out its images, or bring it in parts.")
        ) from error
    return dict(found)


def _of_another_text() -> NotTaken:
    return NotTaken(
        _("The file does not hold the text of this document. Download the draft as a Word file, and change that.")
    )


def brought(review: Review, period: Period, *, with_names: bool) -> Brought:
    """The comments that a file makes on the edition of a call; to be called outside of a transaction. with_names: its
    reviewers agreed to be named.

    Raises NotTaken where there are none, or more than a submission takes, or they cost too much to be found.
    """
    edition = period.edition
    current = list(passages(edition.content))
    signs = sum(len(passage.text) for passage in current)
    if (
        len(review.paragraphs) > MOST_TIMES * len(current) + MOST_BESIDE
        or review.signs > MOST_TIMES * signs + MOST_SIGNS_BESIDE
    ):
        raise _of_another_text()
    former = Edition.objects.filter(series=edition.series).public().exclude(pk=edition.pk).order_by("-number")
    question = matching_job.question(
        review,
        current,
        [list(passages(each.content)) for each in former[:MOST_FORMER]],
        [edition.content.title, edition.content.subtitle],
    )
    found = matching_job.from_answer(_on_budget("matching_job:match", question), current)
    if found.is_other:
        raise _of_another_text()
    scope = scope_of(period)
    entries: list[dict[str, Any]] = []
    lost = list(found.lost)
    for one in found.found:
        anchor = one.passage.anchor if one.passage else DOCUMENT
        for said in _said(one, with_names=with_names):
            if scope is not None and anchor not in scope:
                lost.append(_("Outside of what this call asks about: %s") % (said["proposed"] or said["body"]))
            elif len(said["body"]) > MOST_BODY or len(said["proposed"]) > MOST_PROPOSED:
                lost.append(said["proposed"] or said["body"])
            else:
                about = {"targets": [anchor], "kind": Kind.GENERAL, "language": _language(one, edition)}
                entries.append(entry_of(about | said, "", hasty=False))
    lost += _told_of_all(found)
    if not entries and not lost:
        raise NotTaken(_("The file holds no change and no comment that the text has not already."))
    if len(entries) > MOST_FROM_FILE:
        numbers = {"found": len(entries), "most": MOST_FROM_FILE}
        raise NotTaken(
            _("The file holds %(found)d changes and comments; a submission takes %(most)d. Bring it in parts.")
            % numbers
        )
    told = {"lost": lost, "formatting": found.formatting, "pictures": found.pictures, "settled": found.settled}
    return Brought(entries, told)


def _told_of_all(found: Matched[Passage]) -> Iterator[str]:
    """What is no comment on any one place."""
    if found.absent:
        yield _("Paragraphs of the text that are not in the file: %d.") % found.absent
    if found.broken_notes:
        yield (
            _("Footnotes that the program which saved the file lost or took for others: %d. Nothing is said of them.")
            % found.broken_notes
        )


def _said(one: Found[Passage], *, with_names: bool) -> Iterator[dict[str, str]]:
    """body and proposed of each comment that one place of a file makes."""
    if one.is_changed:
        wording = one.passage is not None and one.passage.number > 0 and bool(one.after)
        parts = list(_of_change(one, wording=wording))
        if with_names and one.authors:
            parts.append(_names(one.authors))
        yield {"body": "\n\n".join(parts), "proposed": one.after if wording else ""}
    for note in one.notes:
        yield {"body": _("A new footnote here: “%s”") % note, "proposed": ""}
    for remark in one.remarks:
        parts = [f"“{remark.quote}”"] if remark.quote and one.passage and remark.quote != one.passage.text else []
        if remark.is_resolved:
            parts.append(_("Marked as resolved in the file."))
        parts.append(remark.text)
        if with_names and remark.author:
            parts.append(_names([remark.author]))
        yield {"body": "\n\n".join(parts), "proposed": ""}


def _of_change(one: Found[Passage], *, wording: bool) -> Iterator[str]:
    """What a change is in words. wording: it is proposed as one, which says the rest."""
    if not one.after and one.is_moved:
        yield _("This should stand in another place: “%s”") % one.before
    elif not one.after:
        yield _("This should be left out: “%s”") % one.before
    elif not one.before:
        yield _("This should be added: “%s”") % one.after
    elif not wording:
        yield _("“%(before)s” should read: “%(after)s”") % {"before": one.before, "after": one.after}
    if one.is_older and wording:
        yield _("The file was made of an older edition, which said here: “%s”") % one.before


def _names(names: Iterable[str]) -> str:
    return _("Named in the file: %s") % listed(name[:200] for name in names)


def _language(one: Found[Passage], edition: Edition) -> str:
    """Of the words: the passage's own, as far as comments can be in it."""
    language = (one.passage.language if one.passage else edition.language).split("-")[0]
    known = [code for code, _name in settings.LANGUAGES]
    return next((code for code in known if code.split("-")[0] == language), known[0])
