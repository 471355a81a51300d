"""The story of each passage of an edition: its comments over all editions, the answers, and how its wording changed.

A comment belongs to the document. It stands here at the passage that its target became in the edition that is read:
where a person or `anchor_mapping` said so, else where the alignment of the two editions leads. What stands nowhere any
more is told with the document as a whole.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from django.core.cache import cache
from django.db.models import Prefetch
from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from consultation.comments.earlier_wordings import KEPT_S, Lineage, Rewording, lineage_of
from consultation.comments.models import Comment, Disposition, Target
from consultation.comments.models import Mapping as TargetMapping
from consultation.comments.near_duplicates import clusters
from consultation.vocabulary import TAKEN_UP, Moderation, Outcome, Scope
from core.plain_text import shortened
from editions.comparison.alignment import Piece, word_diff
from editions.models import Edition

WHOLE = "document"
"""Stands for an anchor where a comment is about the whole document, as in the addresses of comments."""
GONE = "gone"
"""Stands for an anchor where the passage of a comment is in this edition no more."""
MOST_GROUPS = 12
"""Groups of comments told with their words at one passage; of the others the number and the answer."""
MOST_SIGNS = 320
"""Signs of a comment and of an answer in the margin; the comment's own page has them all."""


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment in short. text: "" where its words are not public, and standing says why; answer: "" while there is
    none; taken_up_in: the number of the edition that carries the change it asked for, or 0."""

    number: int
    address: str
    name: str
    text: str
    proposes: bool
    language: str
    standing: str
    outcome: str
    answer: str
    response: str
    taken_up_in: int


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer and the comments that got it."""

    outcome: str
    answer: str
    response: str
    remarks: tuple[Remark, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Near-duplicates, told once: the first of them, all of them, and each different answer."""

    first: Remark
    remarks: tuple[Remark, ...]
    answers: tuple[Answered, ...]


@dataclass(frozen=True, slots=True)
class Reworded:
    """A change of wording with the comments that asked for it, as far as their answers say so."""

    change: Rewording
    asked_by: tuple[Remark, ...]

    @property
    def pieces(self) -> list[Piece]:
        return word_diff(self.change.before, self.change.after)


@dataclass(frozen=True, slots=True)
class Story:
    """What is told of one passage. groups: the first MOST_GROUPS; others: the remaining comments, in short."""

    remarks: tuple[Remark, ...]
    groups: tuple[Group, ...]
    others: tuple[Remark, ...]
    changes: tuple[Reworded, ...]

    @property
    def accepted(self) -> int:
        return sum(remark.outcome == Outcome.ACCEPTED for remark in self.remarks)

    @property
    def accepted_with_changes(self) -> int:
        return sum(remark.outcome == Outcome.MODIFIED for remark in self.remarks)

    @property
    def changed_since(self) -> int:
        """The number of the edition whose wording was the first that is not that of today; 0 for none."""
        return self.changes[0].change.former if self.changes else 0


class Margin:
    """The stories of one edition, by anchor, WHOLE and GONE. Told when they are asked for."""

    def __init__(self, comments: Sequence[Comment], places: Mapping[str, Sequence[Comment]], lineage: Lineage) -> None:
        self.comments = comments
        self.places = places
        self.lineage = lineage

    def story(self, anchor: str) -> Story | None:
        """None for a passage that nobody commented on and that never changed."""
        remarks = tuple(self._remarks[comment.pk] for comment in self.places.get(anchor, ()))
        changes = tuple(_reworded(change, remarks) for change in self.lineage.changes.get(anchor, ()))
        if not remarks and not changes:
            return None
        groups = _groups(remarks, self._cluster_of)
        told, rest = groups[:MOST_GROUPS], groups[MOST_GROUPS:]
        others = tuple(remark for group in rest for remark in group.remarks)
        return Story(remarks, tuple(told), others, changes)

    @cached_property
    def _remarks(self) -> dict[int, Remark]:
        return {comment.pk: _remark(comment) for comment in self.comments}

    @cached_property
    def _cluster_of(self) -> dict[int, int]:
        """Number of a comment -> the lowest number among its near-duplicates. Kept under what the texts are."""
        texts = {each.number: f"{each.body} {each.proposed}" for each in self.comments if each.shows_text}
        if len(texts) < 2:
            return {}
        digest = sha256("\0".join(f"{number}:{text}" for number, text in texts.items()).encode()).hexdigest()
        groups = cache.get_or_set(f"near-duplicates:{digest}", lambda: clusters(texts), timeout=KEPT_S)
        return {number: min(group) for group in groups or () for number in group}


def margin_of(edition: Edition, public: Sequence[Edition], *, has_comments: bool = True) -> Margin:
    """public: all public editions of the document. Four queries at most, and one more where no lineage is kept.

    has_comments=False where it is known that there are none: no query then.
    """
    lineage = lineage_of(edition, public)
    comments = list(_comments_on(edition.series)) if has_comments else []
    if not comments:
        return Margin((), {}, lineage)
    settled = dict(
        TargetMapping.objects.filter(edition=edition, target__comment__in=comments).values_list(
            "target", "passage__anchor"
        )
    )
    places: dict[str, list[Comment]] = defaultdict(list)
    for comment in comments:
        for anchor in _anchors(comment, edition, settled, lineage):
            places[anchor].append(comment)
    return Margin(comments, places, lineage)


def _comments_on(series: str) -> Iterable[Comment]:
    """First-level public comments, without the long texts that the margin does not show."""
    targets = Target.objects.select_related("passage").defer("passage__text", "passage__path").order_by("pk")
    published = Disposition.objects.published().select_related("addressed_in").only(
        "comment", "version", "outcome", "response", "addressed_in__number", "published_at"
    )  # fmt: skip
    found = Comment.objects.public().filter(series=series, parent=None).order_by("number")
    return (
        found.select_related("submission__submitter", "submission__period__edition")
        .defer("submission__period__edition__document", "submission__period__edition__metadata")
        .prefetch_related(
            Prefetch("targets", targets, to_attr="shown_targets"),
            Prefetch("dispositions", published, to_attr="published_dispositions"),
        )
    )


def _anchors(
    comment: Comment, edition: Edition, settled: Mapping[int, str | None], lineage: Lineage
) -> dict[str, None]:
    """Where a comment stands in the edition, each place once, in the order of its targets."""
    written_on: Edition = comment.submission.period.edition
    found: dict[str, None] = {}
    for target in comment.shown_targets:  # type: ignore[attr-defined]  # of _comments_on
        if target.scope == Scope.DOCUMENT or target.passage is None:
            found[WHOLE] = None
        elif target.passage.edition_id == edition.pk:
            found[target.passage.anchor] = None
        elif target.pk in settled:
            found[settled[target.pk] or GONE] = None
        else:
            found[lineage.places.get(written_on.number, {}).get(target.passage.anchor, GONE)] = None
    return found


def standing_of(comment: Comment) -> str:
    """Why the words of a public comment are not shown, as a sentence; "" where they are."""
    if comment.shows_text:
        return ""
    if comment.moderation == Moderation.HIDDEN:
        reason = comment.get_hide_reason_display()
        return _("This comment was hidden. Reason: %(reason)s.") % {"reason": reason}
    if comment.moderation == Moderation.WITHDRAWN:
        return _("This comment was withdrawn by its author.")
    if comment.moderation == Moderation.ERASED:
        return _("The text of this comment was erased at its author's request.")
    return _("Its author asked that this comment be considered but not published.")


def _remark(comment: Comment) -> Remark:
    answer: Disposition | None = next(iter(comment.published_dispositions), None)  # type: ignore[attr-defined]
    shows = comment.shows_text
    taken_up_in = answer.addressed_in.number if answer and answer.addressed_in and answer.outcome in TAKEN_UP else 0
    return Remark(
        number=comment.number,
        address=comment.address,
        name=comment.submission.display_name if comment.moderation == Moderation.PUBLISHED else "",
        text=shortened(comment.body or comment.proposed, MOST_SIGNS) if shows else "",
        proposes=shows and bool(comment.proposed) and not comment.body,
        language=comment.language,
        standing=standing_of(comment),
        outcome=answer.outcome if answer else "",
        answer=str(Outcome(answer.outcome).label) if answer and answer.outcome else "",
        response=shortened(answer.response, MOST_SIGNS) if answer else "",
        taken_up_in=taken_up_in,
    )


def _groups(remarks: Iterable[Remark], cluster_of: Mapping[int, int]) -> list[Group]:
    """In the order of their first comment; a comment that is like no other is a group of its own."""
    members: dict[int, list[Remark]] = defaultdict(list)
    for remark in remarks:
        members[cluster_of.get(remark.number, remark.number)].append(remark)
    return [Group(group[0], tuple(group), _answers(group)) for group in members.values()]


def _answers(remarks: Iterable[Remark]) -> tuple[Answered, ...]:
    found: dict[tuple[str, str], Answered] = {}
    for remark in remarks:
        known = found.get(key := (remark.outcome, remark.response))
        if known is None:
            found[key] = Answered(remark.outcome, remark.answer, remark.response, (remark,))
        else:
            found[key] = replace(known, remarks=(*known.remarks, remark))
    return tuple(found.values())


def _reworded(change: Rewording, remarks: Iterable[Remark]) -> Reworded:
    return Reworded(change, tuple(each for each in remarks if change.former < each.taken_up_in <= change.later))


def drawn_story(story: Story, anchor: str, language: str, comments: str, number: int, named: bool) -> SafeString:
    """As HTML. language: of the document, which the changed words are in; comments: address of the list of those on
    the passage; number: of the paragraph, said to those who hear the page, and to all where named."""
    labels = {WHOLE: _("On the whole document"), GONE: _("On passages that are not in this edition")}
    context = {
        "story": story,
        "number": number,
        "label": labels.get(anchor) or (f"¶ {number}" if named and number else ""),
        "language": language,
        "comments": "" if anchor == GONE else comments,
        "own_language": get_language(),
        "own_direction": "rtl" if get_language_bidi() else "ltr",
    }
    return render_to_string("consultation/comments/story.html", context)
