"""Columns with footnotes at their foot, and headings that stay with what follows. For reportlab's Platypus."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from reportlab.platypus.doctemplate import ActionFlowable, BaseDocTemplate
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.frames import Frame

from pdf.layout.context import LayoutContext
from pdf.layout.page_recorder import PageRecorder
from pdf.layout.paper_sizes import Page
from pdf.layout.paragraphs import FUZZ, Block, Paragraph
from pdf.layout.styles import RULE

NOTE_GAP = 16.0  # points between text and notes; the rule stands in the middle
FRESH_PAGE = 440.0  # points of free height from which a page counts as hardly begun
MOST_HEADS = 6  # headings in a row that are kept with what follows
NOTE_SHARE = 0.45  # of a column's height that notes may take; the rest of them goes on overleaf


@dataclass
class NoteQueue:
    """Footnotes on their way to a page's foot, shared by all columns of a document.

    placed: those of the page being filled. carried: what had no room on the page before.
    """

    placed: list[Block] = field(default_factory=list)
    carried: list[Block] = field(default_factory=list)


class NotesFrame(Frame):  # type: ignore[misc]
    """A column that keeps room at its foot for the footnotes whose marks it holds.

    A block's notes are taken from the column's height before it is placed; when it is split, room is given only to the
    notes of the part that stays, as far as that settles.
    """

    def __init__(self, page: Page, queue: NoteQueue, context: LayoutContext, name: str) -> None:
        self.queue = NoteQueue()  # reportlab resets a frame while it is made, which must not touch the shared one
        self.direction = context.direction
        left = page.end if context.direction else page.start
        super().__init__(left, page.bottom, page.column, page.height - page.top - page.bottom, 0, 0, 0, 0, id=name)
        self.queue = queue

    def _reset(self) -> None:
        super()._reset()
        self._geom()
        self.queue.placed, self.queue.carried = self.queue.carried, []
        self._y1p = self._y1 + self._room(self.queue.placed)

    def _room(self, notes: Sequence[Block]) -> float:
        """Height that notes take, in points."""
        if not notes:
            return 0.0
        height = sum(float(note.wrap(self._width, 1e6)[1]) for note in notes) + NOTE_GAP
        return min(height, NOTE_SHARE * float(self._height))

    def _add(self, flowable: Flowable, canv: PageRecorder, trySplit: int = 0) -> int:
        fresh = getattr(flowable, "notes", [])
        if not fresh:
            return int(super()._add(flowable, canv, trySplit))
        before = self._y1p
        self._y1p = self._y1 + self._room([*self.queue.placed, *fresh])
        added = int(super()._add(flowable, canv, trySplit))
        if added:
            self.queue.placed += fresh
        else:
            self._y1p = before
        return added

    add = _add

    def split(self, flowable: Flowable, canv: PageRecorder) -> list[Flowable]:
        if isinstance(flowable, Block):
            flowable.begins_page = bool(self._atTop)
        fresh = getattr(flowable, "notes", [])
        if not fresh:
            return list(super().split(flowable, canv))
        before = self._y1p
        fitting: list[Flowable] = []
        while True:
            self._y1p = self._y1 + self._room([*self.queue.placed, *fresh])
            parts = list(super().split(flowable, canv))
            self._y1p = before
            staying = getattr(parts[0], "notes", []) if parts else []
            if len(staying) > len(fresh):
                return fitting  # room for fewer notes lets one more line in, and with it its mark: keep what held
            if not parts or len(staying) == len(fresh):
                return parts
            fitting, fresh = parts, staying

    def place_notes(self, page: PageRecorder) -> None:
        """Called at the page's end. What has no room is carried to the next column."""
        if not self.queue.placed:
            return
        y = self._y1 + self._room(self.queue.placed)
        if not page.is_measuring:
            x = self._x2 - 90 if self.direction else self._x1
            page.rectangle(x, y - NOTE_GAP / 2, 90, 0.5, RULE)
        y -= NOTE_GAP
        for index, note in enumerate(self.queue.placed):
            _, height = note.wrap(self._width, 1e6)
            if y - height >= self._y1 - FUZZ:
                y -= height
                note.drawOn(page, self._x1, y)
                continue
            rest = self._place_beginning(page, note, y)
            self.queue.carried = [rest, *self.queue.placed[index + 1 :]]
            break
        self.queue.placed = []

    def _place_beginning(self, page: PageRecorder, note: Block, y: float) -> Block:
        """Place as many lines of a note as fit; answer what is left of it."""
        if not isinstance(note, Paragraph):
            return note
        count = int((y - self._y1 + FUZZ) // note.look.leading)
        if count < 1:
            return note
        first, rest = note.parts(count)
        _, height = first.wrap(self._width, 1e6)
        first.drawOn(page, self._x1, y - height)
        return rest


class RestOfNotes(ActionFlowable):  # type: ignore[misc]
    """At the end of a story: as many pages as the notes carried over still need."""

    def apply(self, document: BaseDocTemplate) -> None:
        document.frame.place_notes(document.canv)
        while document.frame.queue.carried:
            document.handle_pageBreak()
            document.clean_hanging()  # begins the page at once
            document._emptyPages = 0  # reportlab counts flowables, and takes notes alone for an endless loop
            document.frame.place_notes(document.canv)


class Together(Block):
    """Headings and the beginning of what follows them, on one page."""

    def __init__(self, heads: Sequence[Block], body: Block) -> None:
        super().__init__()
        self.heads = list(heads)
        self.body = body
        self.before, self.after = self.heads[0].before, body.after
        self.width = self.height = 0.0

    @property
    def notes(self) -> list[Block]:
        return [note for block in (*self.heads, self.body) for note in block.notes]

    @property
    def _all(self) -> list[Block]:
        return [*self.heads, self.body]

    def wrap(self, width: float, height: float) -> tuple[float, float]:
        total, after = 0.0, None
        for block in self._all:
            if after is not None:
                total += max(after, block.before)
            total += block.wrap(width, height)[1]
            after = block.after
        self.width, self.height = width, total
        return width, total

    def split(self, width: float, height: float) -> list[Flowable]:
        self.wrap(width, height)
        taken = self.height - self.body.height
        parts = self.body.split(width, height - taken) if height > taken else []
        if len(parts) < 2:
            # On a fresh page there is nothing to wait for: what cannot stay together is let go.
            return self._let_go(width, height) if self.begins_page or height > FRESH_PAGE else []
        return [Together(self.heads, parts[0]), *parts[1:]]

    def _let_go(self, width: float, height: float) -> list[Flowable]:
        """Its blocks one by one; the first of them has to fit."""
        first = self.heads[0]
        first.begins_page = self.begins_page
        if first.wrap(width, height)[1] <= height:
            return self._all
        parts = first.split(width, height)
        return [*parts, *self._all[1:]] if parts else []

    def _place(self, page: PageRecorder, x: float, y: float) -> None:
        top, after = y + self.height, None
        for block in self._all:
            if after is not None:
                top -= max(after, block.before)
            top -= block.height
            block.drawOn(page, x, top)
            after = block.after

    measured_on = place = _place


def keep_headings(blocks: Sequence[Flowable]) -> list[Flowable]:
    """A story in which every block that keeps with its next is bound to it."""
    story: list[Flowable] = []
    heads: list[Block] = []
    for block in blocks:
        if isinstance(block, Block) and block.keeps_with_next:
            heads.append(block)
            if len(heads) > MOST_HEADS:
                story.append(heads.pop(0))
        elif heads and isinstance(block, Block):
            story.append(Together(heads, block))
            heads = []
        else:
            story += [*heads, block]
            heads = []
    return story + heads
