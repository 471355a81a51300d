"""Which passage each change and comment of a Word file is about, and the wording that it proposes. Pure.

Passages are found by the bookmarks that the library's own file has; where a program lost them, or the text was copied
into another file, by the alignment of the texts. A file of an older edition is placed in the one that is open now.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Generic, TypeVar

from editions.comparison.alignment import align
from editions.comparison.similarity import SHORT, Comparable
from editions.comparison.word_diff import bag, fold, words
from editions.document.caption_numbers import without_number
from editions.document.passages import PassageKind
from formats.docx.comments import Remark
from formats.docx.tracked_changes import Review, Reviewed, Shape
from formats.office.bookmarks import bookmark_of

P = TypeVar("P", bound=Comparable)
LEAST_OF_THE_TEXT = 0.1
"""Share of a file's paragraphs that must be found in the text, where none says itself which it is."""
LIKE_HERE = 0.4
"""Share of words that two paragraphs between the same neighbours have in common, from which they count as one."""
MOST_PAIRS = 2_500
_BEHIND_LABELS = (": ", ". ")
"""What stands between the words of the library, such as "Addressee" or "Figure 3", and those of a passage."""
_KINDS = {Shape.HEADING: PassageKind.HEADING, Shape.ROW: PassageKind.ROW, Shape.NOTE: PassageKind.NOTE}


@dataclass(frozen=True, slots=True)
class Found(Generic[P]):
    """What a file says of one place. passage: None for what belongs to no passage, such as the title.

    before, after: the wording that was changed and what it became; after is "" where all of it was struck. Both are ""
    where only remarks were made. is_older: the text has changed since the edition that the file was made of. is_moved:
    it was struck here to stand elsewhere. notes: new footnotes that are marked in it.
    """

    passage: P | None
    before: str = ""
    after: str = ""
    remarks: tuple[Remark, ...] = ()
    authors: tuple[str, ...] = ()
    is_older: bool = False
    is_moved: bool = False
    notes: tuple[str, ...] = ()

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Matched(Generic[P]):
    """found: in the order of the file, and then passages that it lacks. changes, remarks: how many the file holds; each
    is in one of found.

    settled: changes that the text has by now. absent: how many passages the file lacks, where they are so many that it
    must be an extract. is_other: hardly a paragraph of it is of this text. broken_notes: footnotes whose
    words the program that saved the file lost or put in the place of others. lost, formatting, pictures: see
    `formats.docx.tracked_changes.Review`.
    """

    found: tuple[Found[P], ...]
    settled: int = 0
    lost: tuple[str, ...] = ()
    formatting: int = 0
    pictures: int = 0
    absent: int = 0
    is_other: bool = False
    broken_notes: int = 0


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """One of the file, or of an edition, as the alignment compares it."""

    key: str
    kind: str
    text: str
    path: tuple[str, ...] = ()


def matched(
    review: Review, current: Sequence[P], former: Sequence[Sequence[P]] = (), title: Sequence[str] = ()
) -> Matched[P]:
    """current: passages of the edition that is commented on. former: of those before it, newest first. title: what
    stands above the text, its title and subtitle."""
    return _Matching(review, current, former, [plain(words) for words in title]).matched()


class _Matching(Generic[P]):
    """One file. last: the passage that was read last. ahead: new paragraphs that belong before the next one."""

    def __init__(self, review: Review, current: Sequence[P], former: Sequence[Sequence[P]], title: list[str]) -> None:
        self._review = review
        self._current = current
        self._title = title
        self._base = _base(review, [current, *former])
        self._places = _places(review, current, self._base)
        self._by_bookmark = {bookmark_of(passage.key): passage for passage in current}
        self._known = {bookmark_of(passage.key): text_of(passage) for passage in self._base}
        self._texts = {text_of(passage) for passage in current}
        self._former_texts = {text_of(passage) for passages in (self._base, *former) for passage in passages}
        self._seen = {name for one in review.paragraphs for name in one.bookmarks}
        self._is_ours = self._holds(self._base)
        self._keeps_labels = any(one.shape == Shape.LABEL for one in review.paragraphs)
        self._found: list[Found[P]] = []
        self._of: dict[str, int] = {}  # places in found, by the key of the passage
        self._last: P | None = None
        self._ahead: list[Reviewed] = []
        self._lost = list(review.lost)
        self._settled = 0
        self._has_broken_notes = _has_broken_notes(review, self._base)
        self._speaking = _speaking_copies(review, self._places)
        self._broken_notes = 0

    def matched(self) -> Matched[P]:
        for place, one in enumerate(self._review.paragraphs):
            self._take(place, one)
        for one in self._ahead:
            self._keep_behind(self._last if self._last is not None and _is_worded(self._last) else None, one)
        absent = self._take_missing()
        return Matched(
            tuple(self._found),
            self._settled,
            tuple(self._lost),
            self._review.formatting,
            self._review.pictures,
            absent,
            self._is_other(),
            self._broken_notes,
        )

    def _take(self, place: int, one: Reviewed) -> None:
        if one.shape == Shape.NOTE and one.after and not one.before:
            passage = self._places.get(place if one.marked_in is None else one.marked_in)
            self._keep(Found(passage, "", "", one.remarks, one.authors, notes=(plain(one.after),)))
            return
        passage = self._place(place, one)
        text = next((self._known[name] for name in one.bookmarks if name in self._known), "")
        if passage is not None and not text:
            text = self._known.get(bookmark_of(passage.key)) or text_of(passage)
        before, after = _wording(one, text, passage.kind if passage is not None else "")
        if self._has_broken_notes and one.shape == Shape.NOTE and one.before == one.after:
            self._broken_notes += before != after or passage is None
            before = after = text
        if passage is None and one.shape == Shape.TITLE and plain(after) in self._title:
            self._settled += before != after
            before = after
        elif passage is None:
            before, after = self._apart(one, before, after)
        elif before != after and after == text_of(passage):
            self._settled += 1
            before = after
        if passage is None and after and not before:
            self._new(one)
            return
        if before != after or one.remarks:
            is_older = passage is not None and before != after and before != text_of(passage)
            self._keep(Found(passage, before, after, one.remarks, one.authors, is_older, one.is_moved and not after))
        if passage is not None:
            self._last = passage
            self._take_ahead(passage)
            self._take_joined(one, passage)

    def _place(self, place: int, one: Reviewed) -> P | None:
        """The passage of a paragraph; none of a note of which another copy says what becomes of it."""
        passage = self._places.get(place)
        is_mute = passage is not None and self._speaking.get(passage.key, place) != place
        return None if is_mute and one.before != one.after else passage

    def _apart(self, one: Reviewed, before: str, after: str) -> tuple[str, str]:
        """The wording of a paragraph that is none of the text. What was struck and the text has no more is settled;
        what nobody marked as new, and is, is new all the same."""
        if before and not after:
            is_known = before in self._former_texts or any(name in self._known for name in one.bookmarks)
            if is_known and before not in self._texts:
                self._settled += 1
                return before, before
        elif before and before == plain(after) and self._is_ours:
            if one.shape == Shape.TITLE:
                is_title = not self._title or before in self._title
                return (before if is_title else self._title[0]), before
            if self._is_of_the_library(one, before):
                return before, before
            if self._keeps_labels or one.shape in _KINDS or _size(before) >= SHORT:
                return "", after  # else it may be a label of the library that lost its style
            self._lost.append(before)
        return before, after

    def _is_of_the_library(self, one: Reviewed, text: str) -> bool:
        """Words that a file of the library has beside the passages: labels, and the description of a picture that Word
        cannot show."""
        if one.shape == Shape.LABEL or text in self._former_texts or text in self._title:
            return True
        said = text.removeprefix("[").removesuffix("]")
        return text.startswith("[") and any(
            passage.kind == PassageKind.FIGURE and passage.text.endswith(said) for passage in self._base
        )

    def _new(self, one: Reviewed) -> None:
        """A new paragraph belongs behind the one before it, if wordings are proposed for that: else before the next."""
        last = self._last
        of_rows = last is not None and last.kind == PassageKind.ROW
        if last is None or not _is_worded(last) or of_rows != (one.shape == Shape.ROW):
            self._ahead.append(one)
            return
        self._keep_behind(last, one)

    def _keep_behind(self, passage: P | None, one: Reviewed) -> None:
        before, after = self._said_of(passage) if passage is not None else ("", "")
        self._keep(Found(passage, before, f"{after}\n{_lines(one.after)}".strip(), one.remarks, one.authors))

    def _take_ahead(self, passage: P) -> None:
        if not self._ahead or not _is_worded(passage):
            return
        for one in reversed(self._ahead):
            before, after = self._said_of(passage)
            self._keep(Found(passage, before, f"{_lines(one.after)}\n{after}".strip(), one.remarks, one.authors))
        self._ahead = []

    def _said_of(self, passage: P) -> tuple[str, str]:
        """The wording that is proposed for a passage so far."""
        place = self._of.get(passage.key)
        if place is None or not self._found[place].is_changed:
            return text_of(passage), text_of(passage)
        return self._found[place].before, self._found[place].after

    def _take_joined(self, one: Reviewed, passage: P) -> None:
        """What became part of the passage before it stands no more where it stood."""
        for name in one.bookmarks:
            other = self._by_bookmark.get(name)
            if other is not None and other.key != passage.key and (text := text_of(other)):
                self._keep(Found(other, text, "", (), one.authors))

    def _keep(self, one: Found[P]) -> None:
        """Adds to what is said of the same passage."""
        place = self._of.get(one.passage.key) if one.passage is not None else None
        if place is None or one.passage is None:
            if one.passage is not None:
                self._of[one.passage.key] = len(self._found)
            self._found.append(one)
            return
        old = self._found[place]
        changed = one if one.is_changed else old
        self._found[place] = Found(
            one.passage, changed.before, changed.after, old.remarks + one.remarks,
            tuple(dict.fromkeys(old.authors + one.authors)), old.is_older or one.is_older,
            old.is_moved or one.is_moved, old.notes + one.notes,
        )  # fmt: skip

    # The file as a whole

    def _holds(self, passages: Sequence[P]) -> bool:
        """Whether the file has most of the text: then what it lacks was taken out, and what it has besides put in."""
        worded = [passage for passage in passages if text_of(passage)]
        return 2 * (len(worded) - len(self._missing())) > len(worded)

    def _missing(self) -> list[P]:
        placed = {passage.key for passage in self._places.values()}
        return [
            passage
            for passage in self._base
            if text_of(passage) and passage.key not in placed and bookmark_of(passage.key) not in self._seen
        ]

    def _take_missing(self) -> int:
        missing = [self._by_bookmark[name] for name in map(_bookmark, self._missing()) if name in self._by_bookmark]
        if not self._is_ours:
            return len(missing)
        for passage in missing:
            if self._has_broken_notes and passage.kind == PassageKind.NOTE:
                self._broken_notes += 1
            else:
                self._keep(Found(passage, text_of(passage), ""))
        return 0

    def _is_other(self) -> bool:
        long = sum(_size(one.before or one.after) >= SHORT for one in self._review.paragraphs)
        return bool(long) and len(self._places) < long * LEAST_OF_THE_TEXT and not (self._seen & self._known.keys())


def _bookmark(passage: Comparable) -> str:
    return bookmark_of(passage.key)


def _is_worded(passage: object) -> bool:
    """Whether a wording can be proposed for it: headings have no number."""
    return bool(getattr(passage, "number", 0))


def text_of(passage: Comparable) -> str:
    """As a paragraph of a file says it: of a picture its caption alone."""
    runs = getattr(passage, "runs", ())
    if passage.kind == PassageKind.FIGURE and runs:
        return plain("".join(run.text for run in runs))
    return plain(passage.text)


def plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _lines(text: str) -> str:
    return "\n".join(filter(None, map(plain, text.split("\n"))))


def _size(text: str) -> int:
    """In words, as the comparison counts them: in scripts without spaces each character is one."""
    return len(words(fold(text)))


def _wording(one: Reviewed, text: str, kind: str) -> tuple[str, str]:
    """(before, after) without the label that stands before a passage in the file. text, kind: of the passage in the
    edition that the file was made of; what the file has otherwise without a tracked change was changed too."""
    before, after = plain(one.before), _lines(one.after)
    if not text:
        return (before, before) if before == plain(after) else (before, after)
    if label := _label(before, text, kind):
        before, after = text, after.removeprefix(label.strip()).strip()
    if plain(after) == text:
        return text, text
    return text, after


def _label(before: str, text: str, kind: str) -> str:
    """Of a caption or a fact of a typed block: what the library wrote before it. All else that stands before the words
    of a passage was put in."""
    rest = before.partition(": ")[2] if kind == PassageKind.DETAIL else without_number(before)
    label = before.removesuffix(rest) if rest else ""
    return "" if text.startswith(label) else label


def _has_broken_notes(review: Review, base: Sequence[Comparable]) -> bool:
    """Whether a footnote of the text stands in the file more than once, or a mark leads to one without words, which
    nobody tracked.

    LibreOffice 7 does so when it opens a file that has comments before its footnotes.
    """
    notes = [one for one in review.paragraphs if one.shape == Shape.NOTE and one.before == one.after]
    if any(one.marked_in is not None and not one.before for one in notes):
        return True
    marks = Counter(run.note for passage in base for run in getattr(passage, "runs", ()) if run.note)
    there: Counter[str] = Counter()
    for passage in base:
        if passage.kind == PassageKind.NOTE:
            there[text_of(passage)] += max(marks[passage.key], 1)
    return any(count > there[text] > 0 for text, count in Counter(plain(one.before) for one in notes).items())


def _base(review: Review, editions: list[Sequence[P]]) -> Sequence[P]:
    """The edition that the file was made of: the one with most of its paragraphs word by word."""

    named = [(plain(one.before), one.bookmarks) for one in review.paragraphs if one.bookmarks]

    def same(passages: Sequence[P]) -> int:
        texts = {bookmark_of(passage.key): text_of(passage) for passage in passages}
        return sum(before.endswith(texts[name]) for before, names in named for name in names if texts.get(name))

    return max(editions, key=same)  # the first of those that are alike, which is the newest


def _places(review: Review, current: Sequence[P], base: Sequence[P]) -> dict[int, P]:
    """The passage of each paragraph, by the paragraph's place."""
    by_bookmark = {bookmark_of(passage.key): passage for passage in current}
    of_base = {bookmark_of(passage.key): passage for passage in base}
    found: dict[int, P] = {}
    rest: list[int] = []
    for place, one in enumerate(review.paragraphs):
        named = next((by_bookmark[name] for name in one.bookmarks if name in by_bookmark), None)
        if named is not None:
            found[place] = named
        elif plain(one.before) and one.shape not in (Shape.TITLE, Shape.LABEL):
            rest.append(place)
    if rest:
        found |= dict(_aligned(review, current, of_base, found, rest))
        found |= dict(_between(review, current, found, rest))
        found |= dict(_further_copies(review, current, found))
    return found | dict(_in_the_text_by_now(review, current, found))


def _between(review: Review, current: Sequence[P], found: dict[int, P], rest: list[int]) -> Iterator[tuple[int, P]]:
    """Paragraphs that stand between the same two as passages of their kind do, as many as these: written anew, or too
    short to be known again."""
    order = {passage.key: place for place, passage in enumerate(current)}
    taken = {passage.key for passage in found.values()}
    ends = [(-1, -1), *sorted((place, order[passage.key]) for place, passage in found.items())]
    ends.append((len(review.paragraphs), len(current)))
    for (start, first), (end, last) in pairwise(ends):
        places = [place for place in rest if start < place < end and place not in found]
        between = [one for one in current[first + 1 : last] if one.key not in taken and text_of(one)] if places else []
        if len(places) == len(between) and all(
            _may_be(review.paragraphs[place].shape, one) for place, one in zip(places, between, strict=True)
        ):
            yield from zip(places, between, strict=True)
        elif len(places) * len(between) <= MOST_PAIRS:
            yield from _alike(review, places, between)


def _alike(review: Review, places: list[int], between: list[P]) -> Iterator[tuple[int, P]]:
    """Of a few paragraphs that stand between the same two, in their order, those that share most words: what is too
    short to be known anywhere else is known here."""
    bags = [bag(words(fold(text_of(one)))) for one in between]
    best: list[tuple[float, tuple[tuple[int, P], ...]]] = [(0.0, ())] * (len(between) + 1)
    for place in places:
        one = review.paragraphs[place]
        own = bag(words(fold(without_number(plain(one.before)))))
        row = [best[0]]
        for at, passage in enumerate(between):
            share = 2 * len(own & bags[at]) / (len(own) + len(bags[at])) if own and bags[at] else 0
            found = max(best[at + 1], row[at], key=lambda each: each[0])
            if share >= LIKE_HERE and _may_be(one.shape, passage) and best[at][0] + share > found[0]:
                found = (best[at][0] + share, (*best[at][1], (place, passage)))
            row.append(found)
        best = row
    yield from best[-1][1]


def _further_copies(review: Review, current: Sequence[P], found: dict[int, P]) -> Iterator[tuple[int, P]]:
    """A note with more than one mark stands in the file once for each; one of them has its bookmark."""
    by_text = {text_of(passage): passage for passage in current if passage.kind == PassageKind.NOTE}
    for place, one in enumerate(review.paragraphs):
        if one.shape == Shape.NOTE and place not in found and (passage := by_text.get(plain(one.before))) is not None:
            yield place, passage


def _speaking_copies(review: Review, places: dict[int, P]) -> dict[str, int]:
    """By the keys of notes, which of its copies in the file says what becomes of the note: the first that was reworded,
    else the first that stays; where all were struck, the first."""

    def rank(place: int) -> tuple[bool, bool, int]:
        one = review.paragraphs[place]
        return not one.after, one.before == one.after, place

    notes = [place for place, passage in places.items() if passage.kind == PassageKind.NOTE]
    return {places[place].key: place for place in sorted(notes, key=rank, reverse=True)}


def _may_be(shape: Shape, passage: Comparable) -> bool:
    """A paragraph that lost its style may have been anything but a row or a note."""
    own = _KINDS.get(shape)
    return passage.kind == own if own else passage.kind not in (PassageKind.ROW, PassageKind.NOTE)


def _in_the_text_by_now(review: Review, current: Sequence[P], found: dict[int, P]) -> Iterator[tuple[int, P]]:
    """What is new in the file and stands in the text word by word, as in a redline of the library's own."""
    taken = {passage.key for passage in found.values()}
    by_text = {text_of(passage): passage for passage in current if passage.key not in taken}
    for place, one in enumerate(review.paragraphs):
        if place not in found and one.after and not one.before and (passage := by_text.pop(plain(one.after), None)):
            yield place, passage


def _aligned(
    review: Review, current: Sequence[P], of_base: dict[str, P], found: dict[int, P], rest: list[int]
) -> Iterator[tuple[int, P]]:
    """Places of paragraphs without a bookmark that the edition has, by the order and likeness of all texts."""
    new: list[Comparable] = [_Paragraph(one.key, one.kind, text_of(one), tuple(one.path)) for one in current]
    kinds = {one.text: one.kind for one in new}
    old: list[Comparable] = []
    by_key = {passage.key: passage for passage in current}
    for place, one in enumerate(review.paragraphs):
        base = next((of_base[name] for name in one.bookmarks if name in of_base), None) or found.get(place)
        text = text_of(base) if base is not None else plain(one.before)
        if base is None and text not in kinds:
            text = next((words for sign in _BEHIND_LABELS if (words := text.partition(sign)[2]) in kinds), text)
        kind = base.kind if base is not None else kinds.get(text) or _KINDS.get(one.shape, PassageKind.PARAGRAPH)
        key = found[place].key if place in found else f"word {place}"
        if text:
            old.append(_Paragraph(key, kind, text))
    taken = {passage.key for passage in found.values()}
    alignment = align(old, new)
    for place in rest:
        link = alignment.find(f"word {place}")
        if link is not None and link.new is not None and link.new.key not in taken:
            taken.add(link.new.key)
            yield place, by_key[link.new.key]
