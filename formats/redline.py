"""Two editions of a document as one text in which every change is marked. Pure.

With all changes accepted it is the newer edition, with all of them refused the older one, block by block. A passage
that went to another list, table or section is removed there and added here: changes are marked in reading order.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import TypeVar

from editions.comparison.alignment import Method, PieceKind, align
from editions.comparison.word_diff import token_diff, tokens
from editions.document.model import (
    Block,
    Detail,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Note,
    Paragraph,
    Quote,
    Row,
    Run,
    Runs,
    Section,
    SectionKind,
    Table,
)  # fmt: skip
from editions.document.passages import Passage, passages, plain

OLD = "-"
"""What the keys of removed passages begin with, so that none is that of a passage of the newer edition."""
Part = Block | Item | Row | Detail
P = TypeVar("P", bound=Part)


@dataclass(frozen=True, slots=True)
class ChangedRun(Run):
    """A run that only one of the two editions has, or both (EQUAL)."""

    change: PieceKind = PieceKind.EQUAL


@dataclass(frozen=True, slots=True)
class Redline:
    """document: both texts, its runs are ChangedRuns. title, subtitle: likewise, of the whole.

    changes: keys of passages and sections that are added or removed as a whole. passages: by key, as they are in their
    own edition, the newer one where they are in both. former: by key of a passage in both, as it was in the older one.
    ordinals: of sections by key, the how many of its kind each is in its own edition. touched: keys of passages with
    any change.
    """

    document: Document
    title: Runs
    subtitle: Runs
    changes: Mapping[str, PieceKind]
    passages: Mapping[str, Passage]
    former: Mapping[str, Passage]
    ordinals: Mapping[str, int]
    touched: frozenset[str]

    def change_of(self, key: str) -> PieceKind:
        return self.changes.get(key, PieceKind.EQUAL)

    def count(self, kind: PieceKind) -> int:
        """Passages that are as a whole of this kind: those reworded, for EQUAL."""
        if kind == PieceKind.EQUAL:
            return len([key for key in self.touched if key not in self.changes])
        return len([key for key, change in self.changes.items() if change == kind and key in self.passages])


def change_of(run: Run) -> PieceKind:
    return run.change if isinstance(run, ChangedRun) else PieceKind.EQUAL


def redline(old: Document, new: Document) -> Redline:
    return _Merge(old, new).done()


@dataclass(slots=True)
class _Merge:
    old: Document
    new: Document
    partner: dict[str, str] = field(default_factory=dict)  # key of an old passage -> of the new one that it became
    changes: dict[str, PieceKind] = field(default_factory=dict)
    touched: set[str] = field(default_factory=set)

    def done(self) -> Redline:
        older, newer = list(passages(self.old)), list(passages(self.new))
        for link in align(older, newer).links:
            if link.new is not None and link.method != Method.MERGED and link.old.kind == link.new.kind:
                self.partner[link.old.key] = link.new.key
        blocks = self._blocks(self.old.blocks, self.new.blocks)
        document = Document(self.new.title, self.new.language, blocks, self.new.subtitle, self._notes())
        found = {passage.key: passage for passage in newer}
        for passage in older:
            key = OLD + passage.key
            if key in self.changes:
                found[key] = replace(passage, key=key, anchor=f"removed-{passage.anchor}")
        ordinals = dict(_ordinals(self.new.blocks, ""))
        for key, ordinal in _ordinals(self.old.blocks, OLD):
            ordinals.setdefault(key, ordinal)
        title, subtitle = (
            self._runs((Run(was),), (Run(now),))
            for was, now in ((self.old.title, self.new.title), (self.old.subtitle, self.new.subtitle))
        )
        former = {self.partner[passage.key]: passage for passage in older if passage.key in self.partner}
        return Redline(document, title, subtitle, self.changes, found, former, ordinals, frozenset(self.touched))

    # What corresponds

    def _merged(
        self, olds: Sequence[P], news: Sequence[P], alike: Callable[[P, P], bool], both: Callable[[P, P], P]
    ) -> tuple[P, ...]:
        """The parts of both in one order. both: makes one of two that correspond."""
        made: list[P] = []
        here = there = 0
        for i, j in (*self._pairs(olds, news, alike), (len(olds), len(news))):
            made += (self._whole(part, PieceKind.DELETED) for part in olds[here:i])
            made += (self._whole(part, PieceKind.INSERTED) for part in news[there:j])
            if i < len(olds):
                made.append(both(olds[i], news[j]))
            here, there = i + 1, j + 1
        return tuple(made)

    def _pairs(self, olds: Sequence[P], news: Sequence[P], alike: Callable[[P, P], bool]) -> list[tuple[int, int]]:
        """Places old and new of parts that share passages, one to one, in the order of both; and of what holds others
        and shares none, as an empty section, by its own key."""
        at = {key: place for place, part in enumerate(news) for key in keys_of(part)}
        best: dict[int, tuple[int, int]] = {}  # place in news -> (passages shared, place in olds)
        for place, part in enumerate(olds):
            shared = Counter(at[new] for key in keys_of(part) if (new := self.partner.get(key, "")) in at)
            for there, count in shared.most_common():
                if type(part) is type(news[there]) and alike(part, news[there]):
                    if count > best.get(there, (0, 0))[0]:
                        best[there] = (count, place)
                    break
        taken = {place for _count, place in best.values()}
        by_key = {part.key: place for place, part in enumerate(news) if isinstance(part, Section | ListBlock | Table)}
        for place, part in enumerate(olds):
            there = by_key.get(part.key, -1)
            is_free = there >= 0 and place not in taken and there not in best
            if is_free and type(part) is type(news[there]) and alike(part, news[there]):
                best[there] = (0, place)
        return _in_order(sorted((place, there) for there, (_count, place) in best.items()))

    # Blocks

    def _blocks(self, olds: tuple[Block, ...], news: tuple[Block, ...]) -> tuple[Block, ...]:
        return self._merged(olds, news, _alike, self._block)

    def _block(self, old: Block, new: Block) -> Block:
        match old, new:
            case Heading(), Heading():
                return replace(new, runs=self._text(new.key, old.runs, new.runs))
            case Paragraph(), Paragraph():
                return replace(new, runs=self._text(new.key, old.runs, new.runs))
            case ListBlock(), ListBlock():
                return replace(new, items=self._items(old.items, new.items))
            case Table(), Table():
                return self._table(old, new)
            case Figure(), Figure():
                return replace(new, caption=self._text(new.key, old.caption, new.caption))
            case Quote(), Quote():
                by = self._text(new.key, old.attribution, new.attribution)
                return replace(new, runs=self._text(new.key, old.runs, new.runs), attribution=by)
            case Section(), Section():
                return replace(
                    new,
                    title=self._text(new.key, old.title, new.title),
                    details=self._merged(old.details, new.details, lambda a, b: a.name == b.name, self._detail),
                    blocks=self._blocks(old.blocks, new.blocks),
                )
        raise TypeError(type(new))

    def _detail(self, old: Detail, new: Detail) -> Detail:
        return replace(new, runs=self._text(new.key, old.runs, new.runs))

    def _items(self, olds: tuple[Item, ...], news: tuple[Item, ...]) -> tuple[Item, ...]:
        return self._merged(olds, news, _alike_items, self._item)

    def _item(self, old: Item, new: Item) -> Item:
        runs = self._text(new.key, old.runs, new.runs)
        ordered = new.ordered if new.items else old.ordered
        return replace(new, runs=runs, items=self._items(old.items, new.items), ordered=ordered)

    def _table(self, old: Table, new: Table) -> Table:
        caption = self._text(new.key, old.caption, new.caption) if plain(new.caption) else new.caption
        heads = self._rows(old.rows[: old.header_rows], new.rows[: new.header_rows])
        body = self._rows(old.rows[old.header_rows :], new.rows[new.header_rows :])
        return replace(new, caption=caption, rows=(*heads, *body), header_rows=len(heads))

    def _rows(self, olds: tuple[Row, ...], news: tuple[Row, ...]) -> tuple[Row, ...]:
        return self._merged(olds, news, lambda a, b: len(a.cells) == len(b.cells), self._row)

    def _row(self, old: Row, new: Row) -> Row:
        cells = tuple(self._text(new.key, was, now) for was, now in zip(old.cells, new.cells, strict=True))
        return replace(new, cells=cells)

    def _notes(self) -> tuple[Note, ...]:
        """The newer edition's, and behind them those that only the older one has."""
        older = {note.key: note for note in self.old.notes}
        kept = {new: older[key] for key, new in self.partner.items() if key in older}
        made = []
        for note in self.new.notes:
            if note.key in kept:
                made.append(replace(note, runs=self._text(note.key, kept[note.key].runs, note.runs)))
            else:
                made.append(self._note(note, PieceKind.INSERTED))
        gone = [note for note in self.old.notes if self.partner.get(note.key) not in {note.key for note in made}]
        return (*made, *(self._note(note, PieceKind.DELETED) for note in gone))

    def _note(self, note: Note, change: PieceKind) -> Note:
        return replace(note, key=self._key(note.key, change), runs=self._marked(note.runs, change))

    # Whole parts that only one edition has

    def _key(self, key: str, change: PieceKind) -> str:
        made = OLD + key if change == PieceKind.DELETED else key
        self.changes[made] = change
        self.touched.add(made)
        return made

    def _whole(self, part: P, change: PieceKind) -> P:
        key = self._key(part.key, change)
        runs = self._marked
        match part:
            case Heading() | Paragraph() | Detail():
                return replace(part, key=key, runs=runs(part.runs, change))
            case Quote():
                return replace(part, key=key, runs=runs(part.runs, change), attribution=runs(part.attribution, change))
            case Item():
                items = tuple(self._whole(item, change) for item in part.items)
                return replace(part, key=key, runs=runs(part.runs, change), items=items)
            case ListBlock():
                return replace(part, key=key, items=tuple(self._whole(item, change) for item in part.items))
            case Row():
                return replace(part, key=key, cells=tuple(runs(cell, change) for cell in part.cells))
            case Table():
                rows = tuple(self._whole(row, change) for row in part.rows)
                return replace(part, key=key, caption=runs(part.caption, change), rows=rows)
            case Figure():
                return replace(part, key=key, caption=runs(part.caption, change))
            case Section():
                return replace(
                    part,
                    key=key,
                    title=runs(part.title, change),
                    details=tuple(self._whole(detail, change) for detail in part.details),
                    blocks=tuple(self._whole(block, change) for block in part.blocks),
                )
        raise TypeError(type(part))

    # Runs

    def _marked(self, runs: Runs, change: PieceKind) -> Runs:
        return tuple(_changed(self._as_new(run) if change == PieceKind.DELETED else run, change) for run in runs)

    def _as_new(self, run: Run) -> Run:
        """A run of the older edition in the newer one's terms: its language, its notes."""
        language = run.language or self.old.language
        note = run.note and self.partner.get(run.note, OLD + run.note)
        return replace(run, language="" if language == self.new.language else language, note=note)

    def _text(self, key: str, old: Runs, new: Runs) -> Runs:
        """The runs of a passage that both have."""
        made = self._runs(old, new)
        if any(change_of(run) != PieceKind.EQUAL for run in made):
            self.touched.add(key)
        return made

    def _runs(self, old: Runs, new: Runs) -> Runs:
        before = tuple(map(self._as_new, old))
        if before == new:
            return self._marked(new, PieceKind.EQUAL)
        made: list[ChangedRun] = []
        for equal, was, now in token_diff(list(_tokens(before)), list(_tokens(new)), _text_of):
            if not equal:
                made += (_changed(run, PieceKind.DELETED) for run in was)
            made += (_changed(run, PieceKind.EQUAL if equal else PieceKind.INSERTED) for run in now)
        return tuple(_joined(made))


def _changed(run: Run, change: PieceKind) -> ChangedRun:
    """Addresses within the text are those of the newer edition: removed words lead nowhere in it."""
    leads_inside = run.href.startswith("#") and change == PieceKind.DELETED
    return ChangedRun(run.text, run.marks, "" if leads_inside else run.href, run.language, run.note, change)


def _tokens(runs: Runs) -> Iterator[Run]:
    for run in runs:
        if run.note:
            yield run
        else:
            yield from (replace(run, text=token) for token in tokens(run.text))


def _text_of(run: Run) -> str:
    return run.text


def _joined(runs: list[ChangedRun]) -> Iterator[ChangedRun]:
    """Alike neighbours as one."""
    for style, same in groupby(runs, lambda run: replace(run, text="")):
        if style.note:
            yield from same
        else:
            yield replace(style, text="".join(run.text for run in same))


def _alike(old: Block, new: Block) -> bool:
    """Whether two blocks of one type can be one in which words changed: all else about them is the same."""
    match old, new:
        case Heading(), Heading():
            return old.level == new.level
        case ListBlock(), ListBlock():
            return old.ordered == new.ordered
        case Table(), Table():
            widths = {len(row.cells) for row in (*old.rows, *new.rows)}
            one, other = ((each.header_rows, each.header_column, bool(plain(each.caption))) for each in (old, new))
            return len(widths) == 1 and one == other
        case Figure(), Figure():
            same = replace(old, key="", caption=()) == replace(new, key="", caption=())
            return same and bool(plain(old.caption)) == bool(plain(new.caption))
        case Quote(), Quote():
            return bool(plain(old.attribution)) == bool(plain(new.attribution))
        case Section(), Section():
            return old.kind == new.kind and bool(plain(old.title)) == bool(plain(new.title))
    return True


def _alike_items(old: Item, new: Item) -> bool:
    return old.ordered == new.ordered or not old.items or not new.items


def keys_of(part: Part) -> Iterator[str]:
    """Of the passages in it."""
    match part:
        case Heading() | Paragraph() | Quote() | Row() | Detail() | Figure():
            yield part.key
        case Item():
            yield part.key
            for item in part.items:
                yield from keys_of(item)
        case ListBlock():
            for item in part.items:
                yield from keys_of(item)
        case Table():
            yield part.key
            yield from (row.key for row in part.rows)
        case Section():
            yield part.key
            yield from (detail.key for detail in part.details)
            for block in part.blocks:
                yield from keys_of(block)


def _in_order(pairs: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most pairs that rise on both sides. pairs: sorted (old, new), each new place once.

    Longest increasing subsequence by patience sorting: C. Schensted, Canadian Journal of Mathematics 13 (1961).
    """
    ends: list[int] = []  # smallest new place in which a run of each length ends
    last: list[int] = []  # which pair that is
    before: list[int] = []
    for place, (_old, new) in enumerate(pairs):
        length = bisect_left(ends, new)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [new]
        last[length : length + 1] = [place]
    found: list[tuple[int, int]] = []
    place = last[-1] if last else -1
    while place >= 0:
        found.append(pairs[place])
        place = before[place]
    return found[::-1]


def _ordinals(blocks: Sequence[Block], beginning: str) -> Iterator[tuple[str, int]]:
    counts: Counter[SectionKind] = Counter()
    for section in _sections(blocks):
        counts[section.kind] += 1
        yield beginning + section.key, counts[section.kind]


def _sections(blocks: Sequence[Block]) -> Iterator[Section]:
    for block in blocks:
        if isinstance(block, Section):
            yield block
            yield from _sections(block.blocks)
