"""Which passage each change and comment of a Word file is about, and the wording that it proposes. Pure.

Passages are found by the bookmarks that the library's own file has; where a program lost them, or the text was copied
into another file, by the alignment of the texts. A file of an older edition is placed in the one that is open now.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from editions.comparison.alignment import align
from editions.comparison.matching import Comparable
from editions.document.passages import PassageKind
from formats.docx.review import Remark, Review, Reviewed
from formats.office.bookmarks import bookmark_of

P = TypeVar("P", bound=Comparable)


@dataclass(frozen=True, slots=True)
class Found(Generic[P]):
    """What a file says of one place. passage: None for what belongs to no passage, such as the title.

    before, after: the wording that was changed and what it became; after is "" where all of it was struck. Both are ""
    where only remarks were made. is_older: the text has changed since the edition that the file was made of.
    """

    passage: P | None
    before: str = ""
    after: str = ""
    remarks: tuple[Remark, ...] = ()
    authors: tuple[str, ...] = ()
    is_older: bool = False

    @property
    def is_changed(self) -> bool:
        return self.before != self.after


@dataclass(frozen=True, slots=True)
class Matched(Generic[P]):
    """found: in the order of the file. changes, remarks: how many the file holds; each is in one of found.

    settled: changes that the text has by now. lost, formatting: see `formats.docx.review.Review`.
    """

    found: tuple[Found[P], ...]
    settled: int = 0
    lost: tuple[str, ...] = ()
    formatting: int = 0


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """One of the file, as the alignment compares it."""

    key: str
    kind: str
    text: str
    path: tuple[str, ...] = ()


def matched(review: Review, current: Sequence[P], former: Sequence[Sequence[P]] = ()) -> Matched[P]:
    """current: passages of the edition that is commented on. former: of those before it, newest first."""
    base = _base(review, [current, *former])
    places = _places(review, current, base)
    known = {bookmark_of(passage.key): text_of(passage) for passage in base}
    settled = 0
    found: list[Found[P]] = []
    last: P | None = None
    for place, one in enumerate(review.paragraphs):
        passage = places.get(place)
        text = next((known[name] for name in one.bookmarks if name in known), "")
        before, after = _wording(one, text)
        if passage is not None:
            last = passage
            if before != after and after == text_of(passage):
                settled += 1
                before = after
        elif not before and after and last is not None:  # a new paragraph belongs behind the one before it
            _add_behind(found, last, one, after)
            continue
        if before != after or one.remarks:
            is_older = passage is not None and before != after and before != text_of(passage)
            found.append(Found(passage, before, after, one.remarks, one.authors, is_older))
    return Matched(tuple(found), settled, review.lost, review.formatting)


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


def _wording(one: Reviewed, text: str) -> tuple[str, str]:
    """(before, after) without the label that stands before a passage in the file. text: of the passage in the edition
    that the file was made of; what the file has otherwise without a tracked change was changed too."""
    before, after = plain(one.before), _lines(one.after)
    if not text:
        return (before, before) if before == plain(after) else (before, after)
    label = before.removesuffix(text) if before.endswith(text) else ""
    if label:
        before, after = text, after.removeprefix(label.strip()).strip()
    if plain(after) == text:
        return text, text
    return text, after


def _base(review: Review, editions: list[Sequence[P]]) -> Sequence[P]:
    """The edition that the file was made of: the one with most of its paragraphs word by word."""

    def same(passages: Sequence[P]) -> int:
        texts = {bookmark_of(passage.key): text_of(passage) for passage in passages}
        return sum(
            plain(one.before).endswith(texts[name])
            for one in review.paragraphs
            for name in one.bookmarks
            if texts.get(name)
        )

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
        else:
            rest.append(place)
    wanted = [place for place in rest if _asks(review.paragraphs[place]) or review.paragraphs[place].bookmarks]
    if not any(_asks(review.paragraphs[place]) for place in wanted):
        return found
    return found | dict(_aligned(review, current, of_base, found, rest))


def _asks(one: Reviewed) -> bool:
    return bool(one.remarks) or plain(one.before) != plain(one.after)


def _aligned(
    review: Review, current: Sequence[P], of_base: dict[str, P], found: dict[int, P], rest: list[int]
) -> Iterator[tuple[int, P]]:
    """Places of paragraphs without a bookmark that the edition has, by the order and likeness of all texts."""
    kinds = {passage.text: passage.kind for passage in current}
    old: list[Comparable] = []
    new: list[Comparable] = list(current)
    by_key = {passage.key: passage for passage in current}
    for place, one in enumerate(review.paragraphs):
        base = next((of_base[name] for name in one.bookmarks if name in of_base), None)
        text = base.text if base is not None else found[place].text if place in found else plain(one.before)
        kind = base.kind if base else found[place].kind if place in found else kinds.get(text, PassageKind.PARAGRAPH)
        key = found[place].key if place in found else f"word {place}"
        if text:
            old.append(_Paragraph(key, kind, text))
    taken = {passage.key for passage in found.values()}
    alignment = align(old, new)
    for place in rest:
        link = alignment.find(f"word {place}")
        if link is not None and link.new is not None and link.new.key not in taken:
            yield place, by_key[link.new.key]


def _add_behind(found: list[Found[P]], passage: P, one: Reviewed, text: str) -> None:
    """To what is proposed for the passage before it."""
    last = found[-1] if found else None
    if last is not None and last.passage is passage:
        before = last.before if last.is_changed else text_of(passage)
        after = last.after if last.is_changed else before
        found[-1] = Found(
            passage, before, f"{after}\n{text}".strip(), last.remarks + one.remarks,
            tuple(dict.fromkeys(last.authors + one.authors)), last.is_older,
        )  # fmt: skip
    else:
        before = text_of(passage)
        found.append(Found(passage, before, f"{before}\n{text}", one.remarks, one.authors))
