"""The passages of a working text, and where comments and rows made earlier stand in it.

The same keys and the same alignment as between editions. What is found nowhere is told so, never guessed.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from consultation.comments.models import Comment, Target
from consultation.comments.models import Mapping as TargetMapping
from consultation.working_text.models import Anchored
from editions.comparison.alignment import Alignment, align
from editions.comparison.inner_keys import inner_key
from editions.document.passages import Passage, passages
from editions.models import Edition
from workflow.transitions.governed_pages import governed
from workflow.transitions.models import Process

WHOLE = ""
"""Stands for a key where something is about the whole document."""
GONE = "?"
"""Stands for a key where the paragraph is not in the working text any more."""

A = TypeVar("A", bound=Anchored)


def working_text(process: Process) -> list[Passage]:
    """What the newest draft says, in reading order; nothing where the page is gone."""
    page = governed(process.page_id) if process.page_id else None
    return passages_of(page.get_latest_revision_as_object()) if page else []


def passages_of(text: Any) -> list[Passage]:
    """text: a GovernedPage with the words of its newest revision."""
    return list(passages(text.to_draft().document))


def label_of(passage: Passage | None) -> str:
    """What a passage is called; None: the whole document."""
    return _("Whole document") if passage is None else passage.label


def places_of(rows: Iterable[A], now: Sequence[Passage]) -> dict[int, str]:
    """{primary key of a row: key of its passage today, WHOLE or GONE}."""
    unique = Counter(passage.key for passage in now)
    texts = {passage.key: passage.text for passage in now if unique[passage.key] == 1}
    found: dict[int, str] = {}
    changed: list[A] = []
    for row in rows:
        if row.key == WHOLE:
            found[row.pk] = WHOLE
        elif texts.get(row.key) == row.before:
            found[row.pk] = row.key
        else:
            changed.append(row)
    moved = _by_inner_keys(now)
    for batch in _with_keys_once(changed):
        alignment: Alignment[Any] = align(sorted(batch, key=lambda row: row.place), now)  # type: ignore[type-var]
        for row in batch:
            # A paragraph that was written anew keeps its key: its rows show beside it, as written for other words.
            key = row.key if row.key in texts else moved.get(inner_key(row.kind, row.key))
            found[row.pk] = key or _where(alignment, row.key)
    return found


def _with_keys_once(rows: Iterable[A]) -> list[list[A]]:
    """The rows in as few lists as will do in which no key stands twice: one key twice is no key to the alignment."""
    batches: list[dict[str, A]] = []
    for row in rows:
        batch = next((each for each in batches if row.key not in each), None)
        if batch is None:
            batches.append(batch := {})
        batch[row.key] = row
    return [list(batch.values()) for batch in batches]


def _by_inner_keys(now: Sequence[Passage]) -> dict[str, str]:
    """{what goes along of a key into another block: the key there}, where it stands once."""
    inner = [(inner_key(passage.kind, passage.key), passage.key) for passage in now]
    times = Counter(name for name, _key in inner)
    return {name: key for name, key in inner if name and times[name] == 1}


def _where(alignment: Alignment[Any], key: str) -> str:
    link = alignment.find(key)
    return str(link.new.key) if link is not None and link.new is not None else GONE


def places_of_comments(comments: Iterable[Comment], process: Process, now: Sequence[Passage]) -> dict[int, list[str]]:
    """{primary key of a comment: keys of the passages that it is about today, WHOLE or GONE}, in the order of its
    targets. The comments must come from `for_reading()`.

    What a person settled for the newest edition is followed from there; else the way leads from the edition that was
    commented on.
    """
    chosen = list(comments)
    current = process.current_edition
    settled = _settled(chosen, current)
    formers = {target.passage.edition_id for each in chosen for target in _targets(each) if target.passage}
    formers |= {current.pk} if current and settled else set()
    onward = {
        edition.pk: align(list(edition.passages.all()), now)  # type: ignore[type-var, misc]
        for edition in Edition.objects.defer("document").filter(pk__in=formers)
    }
    found: dict[int, list[str]] = defaultdict(list)
    for comment in chosen:
        for target in _targets(comment):
            key = _place_of(target, onward, settled, current)
            if key not in found[comment.pk]:
                found[comment.pk].append(key)
    return {comment.pk: found[comment.pk] or [WHOLE] for comment in chosen}


def _targets(comment: Comment) -> list[Target]:
    return comment.shown_targets  # type: ignore[attr-defined, no-any-return]  # of for_reading()


def _settled(comments: Sequence[Comment], current: Edition | None) -> dict[int, Any]:
    """Target -> the passage of the newest edition that a person named, or None where they said that it is gone."""
    if current is None:
        return {}
    rows = TargetMapping.objects.filter(target__comment__in=comments, edition=current, confirmed_at__isnull=False)
    return {row.target_id: row.passage for row in rows.select_related("passage")}


def _place_of(
    target: Target, onward: Mapping[int, Alignment[Any]], settled: Mapping[int, Any], current: Edition | None
) -> str:
    if target.passage is None:
        return WHOLE
    if target.pk in settled:
        passage = settled[target.pk]
        return _where(onward[current.pk], passage.key) if passage and current else GONE
    return _where(onward[target.passage.edition_id], target.passage.key)
