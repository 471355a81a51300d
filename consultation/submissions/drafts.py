"""A submission being written: kept on the server under a secret address, whatever becomes of tab or session."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from consultation.periods.models import Period
from consultation.submissions.limits import MOST_COMMENTS, MOST_FROM_FILE, MOST_TARGETS
from consultation.submissions.models import Draft
from consultation.vocabulary import Kind, Scope
from core.languages.template_tags import tongue
from core.tokens import new_secret
from editions.comparison.alignment import word_diff
from editions.models import Edition, Passage

DESK = "desk"
"""In the content of a draft that somebody of the forum enters for others: how it came in."""
DOCUMENT = "document"
"""How the whole document is named where passages are named by their anchor."""


class TooLong(Exception):
    """A draft holds as many comments as one submission may."""


@dataclass(frozen=True, slots=True)
class Place:
    """A target as a draft names it: anchor `p37`, `h4`, or DOCUMENT; passage is None for the latter."""

    anchor: str
    passage: Passage | None

    @property
    def scope(self) -> str:
        if self.passage is None:
            return Scope.DOCUMENT
        return Scope.PASSAGE if self.passage.number else Scope.SECTION

    @property
    def label(self) -> str:
        if self.passage is None:
            return _("The whole document")
        return f"¶ {self.passage.number}" if self.passage.number else _("Section “%s”") % self.passage.text

    @property
    def marked_label(self) -> SafeString:
        """For a page: a heading in the language of the text."""
        if self.passage is None or self.passage.number:
            return SafeString(escape(self.label))
        return SafeString(escape(_("Section “%s”")) % tongue(self.passage.text, self.passage.language))


def places_of(edition: Edition, anchors: Iterable[str]) -> list[Place]:
    """The named places of an edition that exist, in reading order, each once, the whole document first."""
    wanted = [anchor for anchor in dict.fromkeys(anchors) if anchor.isalnum()][:MOST_TARGETS]
    found = Passage.objects.filter(edition=edition, anchor__in=wanted).order_by("ordinal")
    whole = [Place(DOCUMENT, None)] if DOCUMENT in wanted else []
    return whole + [Place(passage.anchor, passage) for passage in found]


@transaction.atomic
def begin(period: Period, nonce: str, entries: list[dict[str, Any]], now: datetime, **more: Any) -> Draft:
    """A new draft with its first comments; none where they come all at once. The same form sent again begins another,
    whatever its words: it may have come from a cache, to somebody else, and who has a form and a text has not shown to
    be the first who sent them.

    more: further content, under its names.
    """
    known = Draft.objects.filter(form_nonce=nonce).exists()
    return Draft.objects.create(
        token=new_secret(),
        form_nonce=new_secret() if known else nonce,
        period=period,
        begun_at=now,
        changed_at=now,
        content={"comments": entries, **more},
    )


@transaction.atomic
def keep_comments(draft: Draft, entries: list[dict[str, Any]], told: dict[str, Any], now: datetime) -> Draft:
    """Add the comments of a Word file. told: what of it is in none of them. Raises TooLong, and adds none then."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.submission_id:
        return draft
    comments = [*draft.comments, *entries]
    if len(comments) > MOST_FROM_FILE:
        raise TooLong
    return _save(draft, comments=comments, word=told, now=now)


@transaction.atomic
def keep_comment(draft: Draft, entry: dict[str, Any], now: datetime) -> Draft:
    """Add a comment to a draft, or replace the one with the same id. Raises TooLong."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    if draft.submission_id:
        return draft
    comments = draft.comments
    for place, known in enumerate(comments):
        if known["id"] == entry["id"]:
            comments[place] = entry
            break
    else:
        if len(comments) >= MOST_COMMENTS:
            raise TooLong
        comments.append(entry)
    return _save(draft, comments=comments, now=now)


@transaction.atomic
def drop_comment(draft: Draft, comment_id: str, now: datetime) -> Draft:
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    return _save(draft, comments=[entry for entry in draft.comments if entry["id"] != comment_id], now=now)


@transaction.atomic
def keep_person(draft: Draft, person: dict[str, Any], now: datetime) -> Draft:
    """Keep what was filled in about the sender, valid or not, so that it is there after a refusal."""
    draft = Draft.objects.select_for_update().get(pk=draft.pk)
    return _save(draft, person=person, now=now)


def _save(draft: Draft, now: datetime, **content: Any) -> Draft:
    draft.content = {**draft.content, **content}
    draft.changed_at = now
    draft.save(update_fields=["content", "changed_at"])
    return draft


def is_elsewhere(draft: Draft | None, comment_id: str, targets: Sequence[str]) -> bool:
    """Whether the comment with this id stands at other places: who went back to its form and wrote about these has
    written another, and loses neither."""
    entries = draft.comments if draft is not None else []
    return any(entry["id"] == comment_id and list(entry["targets"]) != list(targets) for entry in entries)


def entry_of(cleaned: dict[str, Any], comment_id: str, *, hasty: bool) -> dict[str, Any]:
    """A comment as a draft keeps it. hasty: the form came back faster than anybody reads."""
    return {
        "id": comment_id or new_secret(),
        "targets": cleaned["targets"],
        "kind": cleaned.get("kind") or Kind.GENERAL,
        "supports": bool(cleaned.get("supports")),
        "body": cleaned.get("body", ""),
        "proposed": cleaned.get("proposed", ""),
        "rationale": cleaned.get("rationale", ""),
        "language": cleaned.get("language", "en"),
        "parent": cleaned.get("parent"),
        "hasty": hasty,
    }


def preview_of(edition: Edition, entry: dict[str, Any]) -> dict[str, Any]:
    """A comment as its page shows it: entry, places, kind in words, and the words that its wording would change."""
    places = places_of(edition, entry["targets"])
    paragraph = next((place.passage for place in places if place.passage and place.passage.number), None)
    old = paragraph.text if paragraph else ""
    return {
        "entry": entry,
        "places": places,
        "kind": Kind(entry["kind"]).label,
        "diff": word_diff(old, entry["proposed"], entry["language"]) if entry["proposed"] else [],
    }


def as_text(draft: Draft, comments: Sequence[tuple[list[Place], dict[str, Any]]]) -> str:
    """The draft as a plain text file, for its writer to keep."""
    lines = [str(draft.period.edition.title), draft.period.edition.identifier, ""]
    for places, entry in comments:
        lines += [", ".join(place.label for place in places), str(Kind(entry["kind"]).label), "", entry["body"]]
        if entry["proposed"]:
            lines += ["", _("Proposed text:"), entry["proposed"]]
        if entry["rationale"]:
            lines += ["", _("Reasons:"), entry["rationale"]]
        lines += ["", "-" * 20, ""]
    return "\n".join(lines)
