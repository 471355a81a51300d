"""What public pages show of a consultation: comments with their targets, differences and answers; counts; periods."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils.safestring import SafeString

from consultation.comments.margin import Margin, drawn_story, margin_of, standing_of
from consultation.comments.models import Comment, CommentQuerySet, Disposition, Target
from consultation.comments.models import Mapping as TargetMapping
from consultation.periods.models import Period
from consultation.periods.services import is_commentable, scope_of
from consultation.vocabulary import Method, Scope
from core.languages.template_tags import tongue
from core.prepared_queries import prepared
from editions.comparison.alignment import Piece, word_diff
from editions.models import Edition


@dataclass(frozen=True, slots=True)
class ShownTarget:
    """A place in the text. address: for ever, in the edition it was written on. now: where it stands in the newest
    edition, (label, address), or None; lost: it could not be found there and nobody has decided yet."""

    label: str
    address: str
    quote: str
    language: str
    now: tuple[str, str] | None = None
    lost: bool = False
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class ShownComment:
    """A comment as the public may see it. name is already what its author chose to show."""

    comment: Comment
    name: str
    targets: tuple[ShownTarget, ...]
    diff: tuple[Piece, ...]
    answers: tuple[Disposition, ...]
    replies: "tuple[ShownComment, ...]" = ()

    @property
    def answer(self) -> Disposition | None:
        """The answer that counts: the newest published one."""
        return self.answers[0] if self.answers else None

    @property
    def standing(self) -> str:
        """Why its words are not shown, or ""."""
        return standing_of(self.comment)


@dataclass(frozen=True, slots=True)
class Reading:
    """What the page of an edition needs of its consultation, in a fixed number of queries however long the text.

    total: public first-level comments on the document, over all its editions. margin: where each stands in this one;
    None for pages that do not show the text.
    """

    edition: Edition
    address: str
    periods: tuple[Period, ...]
    open_period: Period | None
    total: int = 0
    scope: frozenset[str] | None = None
    margin: Margin | None = None

    def comment_address(self, anchor: str) -> str:
        """Where to write about a passage, or "" where the open call does not ask for that."""
        return f"{self.address}new/?on={anchor}" if self.scope is None or anchor in self.scope else ""

    def story(self, anchor: str, number: int = 0, *, named: bool = False) -> SafeString:
        """What became of a passage and of the comments on it, as HTML; "" where there is nothing to tell."""
        told = self.margin.story(anchor) if self.margin else None
        if told is None:
            return SafeString("")
        address = f"{self.address}?on={anchor}&in={self.edition.number}"
        return drawn_story(told, anchor, self.edition.language, address, number, named)


def reading_of(edition: Edition, now: datetime, public: Sequence[Edition] = (), *, with_margin: bool = True) -> Reading:
    """The consultation of an edition: its open period, if any, and the story of each passage.

    public: all public editions of the document, of which the story of the wording is told. with_margin=False for
    pages that do not show the text.
    """
    ever = tuple(_periods_of(edition.series))
    periods = tuple(each for each in ever if each.cancelled_at is None)
    open_periods = [each for each in periods if each.edition_id == edition.pk and is_commentable(each, now)]
    # A comment was made in a period: of a document that never had one, as most recorded ones, none is looked for.
    margin = margin_of(edition, public, has_comments=bool(ever)) if with_margin else None
    total = len(margin.comments) if margin else public_comments(edition.series, {}).count()
    address = f"{edition.address}comments/"
    open_period = open_periods[0] if open_periods else None
    scope = scope_of(open_period) if open_period else None
    return Reading(edition, address, periods, open_period, total, scope, margin)


@prepared
def _periods_of(series: str) -> QuerySet[Period]:
    return Period.objects.filter(edition__series=series).with_edition()


def public_comments(series: str, wanted: Mapping[str, Any]) -> CommentQuerySet:
    """Public first-level comments of a document. wanted: cleaned filter values by name; unknown ones are ignored.

    on: an anchor of the edition that a comment was written on; with in, of that edition, and comments are found by
    where they stand there.
    """
    found = Comment.objects.public().filter(series=series, parent=None)
    if (anchor := wanted.get("on")) and (read := wanted.get("in")):
        public = list(Edition.objects.filter(series=series).public().defer("document").order_by("number"))
        edition = next((each for each in public if each.number == read), None)
        margin = margin_of(edition, public) if edition else None
        found = found.filter(pk__in=[each.pk for each in margin.places.get(anchor, ())] if margin else [])
    elif anchor:
        whole = Q(targets__scope=Scope.DOCUMENT) if anchor == "document" else Q(targets__passage__anchor=anchor)
        found = found.filter(whole).distinct()
    if edition := wanted.get("edition"):
        found = found.filter(submission__period__edition__number=edition)
    if kind := wanted.get("kind"):
        found = found.filter(kind=kind)
    if outcome := wanted.get("outcome"):
        newest = Disposition.objects.published().filter(comment__series=series)
        chosen: dict[int, str] = {}
        for comment_id, name in newest.values_list("comment_id", "outcome"):
            chosen.setdefault(comment_id, name)
        if outcome == "none":
            found = found.exclude(pk__in=chosen)
        else:
            found = found.filter(pk__in=[pk for pk, name in chosen.items() if name == outcome])
    return found.order_by("number")


def totals_of(documents: Collection[str]) -> dict[str, int]:
    """How many public first-level comments each of these series has; those without any are left out. One query."""
    if not documents:
        return {}
    found = Comment.objects.public().filter(series__in=documents, parent=None)
    return dict(found.order_by("series").values_list("series").annotate(total=Count("pk")))


def shown(comments: Iterable[Comment], current: Edition | None) -> list[ShownComment]:
    """Comments with all they show, in a fixed number of queries. They must come from `for_reading()`."""
    chosen = list(comments)
    replies: dict[int, list[Comment]] = defaultdict(list)
    for reply in Comment.objects.public().filter(parent__in=chosen).for_reading().order_by("number"):
        replies[reply.parent_id or 0].append(reply)
    places = _places_now(chosen, current)
    return [_shown(comment, places, current, replies.get(comment.pk, ())) for comment in chosen]


def _places_now(comments: Sequence[Comment], current: Edition | None) -> dict[int, TargetMapping]:
    if current is None:
        return {}
    found = TargetMapping.objects.filter(target__comment__in=comments, edition=current).select_related("passage")
    return {mapping.target_id: mapping for mapping in found}


def _shown(
    comment: Comment, places: Mapping[int, TargetMapping], current: Edition | None, replies: Sequence[Comment]
) -> ShownComment:
    edition = comment.submission.period.edition
    targets: list[Target] = comment.shown_targets  # type: ignore[attr-defined]
    return ShownComment(
        comment=comment,
        name=comment.submission.display_name,
        targets=tuple(_shown_target(target, edition, places.get(target.pk), current) for target in targets),
        diff=proposed_diff(comment, targets),
        answers=tuple(comment.published_dispositions),  # type: ignore[attr-defined]
        replies=tuple(_shown(reply, places, current, ()) for reply in replies),
    )


def _shown_target(
    target: Target, edition: Edition, mapping: TargetMapping | None, current: Edition | None
) -> ShownTarget:
    passage = target.passage
    if passage is None:
        return ShownTarget(target.marked_label, edition.permanent_address, "", edition.language)
    address = f"{edition.permanent_address}#{passage.anchor}"
    now = None
    if mapping and mapping.passage and current:
        found = mapping.passage
        label = f"¶ {found.number}" if found.number else tongue(found.text, found.language)
        now = (label, f"{current.permanent_address}#{mapping.passage.anchor}")
    lost = mapping is not None and mapping.passage is None and mapping.method == Method.ORPHAN
    return ShownTarget(
        target.marked_label, address, target.quote or passage.text, passage.language, now, lost, passage.anchor
    )


def proposed_diff(comment: Comment, targets: Sequence[Target]) -> tuple[Piece, ...]:
    """The proposed wording against the first paragraph it is about; nothing where the words are not public."""
    if not comment.proposed or not comment.shows_text:
        return ()
    passage = next((target.passage for target in targets if target.passage and target.passage.number), None)
    return tuple(word_diff(passage.text if passage else "", comment.proposed, comment.language))
