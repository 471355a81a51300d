"""The rows of a board: each paragraph of the working text with comments, wordings, notes, answers. Writes nothing."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import TextChoices
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from consultation.answers.services import drafts_of
from consultation.comments.models import Comment, Disposition
from consultation.comments.near_duplicates import clusters
from consultation.comments.public_comments import ShownComment, shown
from consultation.notes.models import Note
from consultation.suggestions.models import Suggestion
from consultation.suggestions.services import digest, written_for
from consultation.vocabulary import TAKEN_UP, Decision
from consultation.working_text.places import (
    GONE,
    WHOLE,
    label_of,
    places_of,
    places_of_comments,
    working_text,
)
from editions.comparison.alignment import Piece, word_diff
from editions.comparison.rebased_wording import carried_over
from editions.document.passages import Passage
from workflow.transitions.guards import block_address
from workflow.transitions.models import Process


class Show(TextChoices):
    """Which rows are shown."""

    OPEN = "open", gettext_lazy("Open")
    MINE = "mine", gettext_lazy("Mine")
    SUGGESTIONS = "suggestions", gettext_lazy("With open wordings")
    NOTES = "notes", gettext_lazy("With open notes")
    WAITING = "waiting", gettext_lazy("Answers not ready")
    ANSWERED = "answered", gettext_lazy("Answered")
    ALL = "all", gettext_lazy("All")
    TEXT = "text", gettext_lazy("Whole text")


@dataclass(frozen=True, slots=True)
class Wording:
    """Words for a paragraph as they would stand there today. pieces: against the present text. meets: whether the
    paragraph has changed at the same place meanwhile, so that a person must join the two."""

    text: str
    pieces: tuple[Piece, ...]
    meets: bool


@dataclass(frozen=True, slots=True)
class Suggested:
    """A suggestion in its row. wording: None where it is decided, or where its paragraph is gone. also: numbers of the
    comments that say the same as the one it comes from, which its acceptance answers."""

    suggestion: Suggestion
    wording: Wording | None
    also: tuple[int, ...] = ()

    @property
    def is_open(self) -> bool:
        return self.suggestion.decision == Decision.OPEN


@dataclass(frozen=True, slots=True)
class Group:
    """Near-duplicates on one paragraph, or one comment alone: answered once.

    proposed: what the first of them that proposes a wording proposes, where nobody made a suggestion of it yet.
    by: the number of that comment. draft: the draft of the answer of the first that has one. waits: why it waits.
    undrafted: numbers of those that have neither answer nor draft. also: labels of the other paragraphs that the first
    is about.
    """

    items: tuple[ShownComment, ...]
    proposed: Wording | None
    by: int
    draft: Disposition | None
    waits: str
    undrafted: tuple[int, ...]
    also: tuple[str, ...] = ()

    @property
    def first(self) -> ShownComment:
        return self.items[0]

    @property
    def numbers(self) -> list[int]:
        return [each.comment.number for each in self.items]

    @property
    def unanswered(self) -> list[int]:
        return [each.comment.number for each in self.items if not each.answers]

    @property
    def wants_answer(self) -> bool:
        return bool(self.undrafted)


@dataclass(slots=True)
class Row:
    """One paragraph; passage: None for the whole document (key WHOLE) and for paragraphs that are gone (key GONE)."""

    key: str
    passage: Passage | None
    editor: str = ""
    groups: list[Group] = field(default_factory=list)
    suggested: list[Suggested] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def html_id(self) -> str:
        return f"row-{self.passage.anchor if self.passage else 'gone' if self.key == GONE else 'whole'}"

    @property
    def label(self) -> str:
        return _("Paragraphs that are not in the working text any more") if self.key == GONE else label_of(self.passage)

    @property
    def text(self) -> str:
        return self.passage.text if self.passage else ""

    @property
    def seen(self) -> str:
        return digest(self.text)

    @property
    def open_suggestions(self) -> list[Suggested]:
        return [each for each in self.suggested if each.is_open]

    @property
    def open_notes(self) -> list[Note]:
        return [note for note in self.notes if note.resolved_at is None]

    @property
    def settled_notes(self) -> list[Note]:
        return [note for note in self.notes if note.resolved_at is not None]

    @property
    def wants_something(self) -> bool:
        return bool(self.open_suggestions or self.open_notes or any(group.wants_answer for group in self.groups))

    @property
    def is_empty(self) -> bool:
        return not (self.groups or self.suggested or self.notes)

    @property
    def is_answered(self) -> bool:
        return bool(self.groups) and not any(group.wants_answer for group in self.groups)

    def belongs_to(self, user: Any) -> bool:
        """Whether it was given to this person, or waits for the end of something that they suggested."""
        return any(note.assigned_to_id == user.pk for note in self.open_notes)


@dataclass
class Board:
    """All rows of a document in reading order: those of the whole first, of what is gone last. ready: how many answers
    can be published; drafts: how many there are; unanswered: comments without a published answer."""

    rows: list[Row]
    headings: list[Passage]
    ready: int = 0
    drafts: int = 0
    unanswered: int = 0

    @cached_property
    def with_something(self) -> list[Row]:
        return [row for row in self.rows if not row.is_empty]

    def shown(self, show: str, user: Any, *, section: str = "", at: str = "") -> list[Row]:
        """at: the key of a paragraph, or of the block that it stands in; then nothing else is asked."""
        if at:
            return [row for row in self.rows if row.key == at or row.key.startswith(f"{at}.")]
        rows = self.rows if show == Show.TEXT else self.with_something
        return [row for row in rows if _is_of(row, show, user) and self._is_below(row, section)]

    def counts(self, user: Any) -> dict[str, int]:
        """How many rows each of `Show` has."""
        return {show.value: len(self.shown(show, user)) for show in Show}

    def _is_below(self, row: Row, section: str) -> bool:
        heading = next((each for each in self.headings if each.key == section), None)
        if heading is None:
            return True
        if row.passage is None:
            return False
        trail = (*heading.path, heading.text)
        below = row.passage.path[: len(trail)] == trail and row.passage.ordinal > heading.ordinal
        return row.key == section or below


def _is_of(row: Row, show: str, user: Any) -> bool:
    match show:
        case Show.OPEN:
            return row.wants_something
        case Show.MINE:
            return row.belongs_to(user)
        case Show.SUGGESTIONS:
            return bool(row.open_suggestions)
        case Show.NOTES:
            return bool(row.open_notes)
        case Show.WAITING:
            return any(group.waits for group in row.groups)
        case Show.ANSWERED:
            return row.is_answered
    return True


def board_of(process: Process) -> Board:
    """The board of a document, in a number of queries that does not grow with the text or the comments."""
    now = working_text(process)
    edit = reverse("wagtailadmin_pages:edit", args=[process.page_id]) if process.page_id else ""
    rows = {passage.key: Row(passage.key, passage, block_address(edit, passage.key)) for passage in now}
    rows = {WHOLE: Row(WHOLE, None, edit), **rows, GONE: Row(GONE, None, edit)}
    ready, waiting = drafts_of(process)
    drafts = {draft.comment_id: draft for draft in (*ready, *(each.disposition for each in waiting))}
    waits = {each.disposition.comment_id: each.reason for each in waiting}
    suggestions = _suggestions_of(process)
    comments = list(Comment.objects.filter(series=process.series).needing_answer().for_reading().order_by("number"))
    items = shown(comments, process.current_edition)
    _put_comments(rows, items, places_of_comments(comments, process, now), suggestions, drafts, waits)
    keys = places_of(suggestions, now)
    for suggestion in suggestions:
        row = rows[keys[suggestion.pk]]
        row.suggested.append(_suggested(suggestion, row))
    notes = list(Note.objects.filter(process=process).select_related("assigned_to"))
    keys = places_of(notes, now)
    for note in notes:
        rows[keys[note.pk]].notes.append(note)
    headings = [passage for passage in now if not passage.number]
    unanswered = sum(not each.answers for each in items)
    return Board(list(rows.values()), headings, len(ready), len(drafts), unanswered)


def _suggestions_of(process: Process) -> list[Suggestion]:
    rows = Suggestion.objects.filter(process=process).select_related("comment", "edition")
    return list(rows.defer("edition__document"))


def _put_comments(
    rows: Mapping[str, Row],
    items: Sequence[ShownComment],
    places: Mapping[int, list[str]],
    suggestions: Iterable[Suggestion],
    drafts: Mapping[int, Disposition],
    waits: Mapping[int, str],
) -> None:
    suggested = {each.proposed for each in suggestions}
    texts = {each.comment.number: f"{each.comment.body} {each.comment.proposed}" for each in items}
    cluster = {number: min(group) for group in clusters(texts) for number in group}
    groups: dict[tuple[str, int], list[ShownComment]] = defaultdict(list)
    for item in items:
        number = item.comment.number
        groups[places[item.comment.pk][0], cluster.get(number, number)].append(item)
    for (key, _cluster), members in groups.items():
        row = rows[key]
        draft = next((drafts[m.comment.pk] for m in members if m.comment.pk in drafts), None)
        reasons = (waits[member.comment.pk] for member in members if member.comment.pk in waits)
        also = tuple(rows[each].label for each in places[members[0].comment.pk][1:])
        asking = [m.comment for m in members if m.comment.proposed not in {"", *suggested} and not m.answers]
        if row.passage is None or not row.passage.number or (draft and draft.outcome in TAKEN_UP):
            asking = []
        wordings = ((_proposed(comment, row), comment.number) for comment in asking)
        proposed, by = next(((each, number) for each, number in wordings if each.text != row.text), (None, 0))
        undrafted = tuple(m.comment.number for m in members if not m.answers and m.comment.pk not in drafts)
        row.groups.append(Group(tuple(members), proposed, by, draft, next(reasons, ""), undrafted, also))


def _proposed(comment: Comment, row: Row) -> Wording:
    return _wording(written_for(comment, row.text), comment.proposed, row)


def _suggested(suggestion: Suggestion, row: Row) -> Suggested:
    is_open = suggestion.decision == Decision.OPEN
    wording = _wording(suggestion.before, suggestion.proposed, row) if is_open and row.passage else None
    asked = suggestion.comment.number if suggestion.comment else 0
    also = next((tuple(group.unanswered) for group in row.groups if asked in group.numbers), ())
    return Suggested(suggestion, wording, also)


def _wording(before: str, proposed: str, row: Row) -> Wording:
    carried = carried_over(before, proposed, row.text)
    text = proposed if carried is None else carried
    return Wording(text, tuple(word_diff(row.text, text)), carried is None)
