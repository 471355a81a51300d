"""Two editions as one text that reads like the document: headings, lists and tables as they are, changed words marked,
what is unchanged folded away. Drawn by the drawing of a document, of a text in which every change is marked.

What changed stands in two cells. The second holds both wordings, and is alone where there is no room for two; beside it
stands the older text, and then the style hides what the other cell shows (css/pages/comparison.css).
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bpf_pages.rendering.document_html import Drawing, joined
from core.rendering.html import format_html
from editions.comparison.alignment import PieceKind
from editions.document.model import Block, Document, Heading, Run, Runs, Section
from editions.document.passages import Passage, passages
from formats.redline import Redline, change_of, keys_of

_ANCHORS = re.compile(r' (?:id|aria-labelledby)="[^"]*"')
TAGS = {PieceKind.DELETED: "del", PieceKind.INSERTED: "ins"}


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where the two editions stand, and their numbers."""

    old: str
    new: str


def compared(change: Redline, addresses: Addresses, *, only_changes: bool = False) -> SafeString:
    """The body and the notes. Every passage has its anchor of the newer edition, and `a-` and that of the older one.

    only_changes: what is the same in both is left out, and not folded.
    """
    drawing = _Compared(change, change.document, addresses, only_changes=only_changes)
    return joined([*drawing.blocks(change.document.blocks), drawing.notes()])


def compared_runs(runs: Runs) -> SafeString:
    """A title that changed."""
    return joined(_marked(run, format_html("{}", run.text)) for run in runs)


class _Compared(Drawing):
    """change: of the whole text. document: what is drawn of it."""

    def __init__(
        self, change: Redline, document: Document, addresses: Addresses, *, only_changes: bool = False
    ) -> None:
        super().__init__(document, None)
        self.change = change
        self.addresses = addresses
        self.only_changes = only_changes
        self._passages = (change.passages.get(walked.key, walked) for walked in passages(document))
        self._note_anchors = {
            note.key: found.anchor for note in change.document.notes if (found := change.passages.get(note.key))
        }
        self._level = 1  # of the last heading in sight: the title of the page
        self._is_whole = False  # while something is drawn that only one of the two has
        self._marks = {note.key: number for number, note in enumerate(change.document.notes, 1)}

    def blocks(self, blocks: Iterable[Block]) -> Iterator[SafeString]:
        """Stretches of what is the same are folded; a heading stays in sight where what follows it changed."""
        if self._is_whole:
            yield from (super(_Compared, self).block(block) for block in blocks)
            return
        stretches = [(changed, list(found)) for changed, found in groupby(blocks, self.is_touched)]
        for place, (changed, stretch) in enumerate(stretches):
            if changed:
                yield from map(self.changed, stretch)
                continue
            leading = _headings_before(stretch) if place + 1 < len(stretches) else 0
            folded, shown = stretch[: len(stretch) - leading], stretch[len(stretch) - leading :]
            yield self.unchanged(folded)
            yield from (super(_Compared, self).block(block) for block in shown)

    def is_touched(self, block: Block) -> bool:
        return block.key in self.change.changes or any(key in self.change.touched for key in keys_of(block))

    def unchanged(self, blocks: Sequence[Block]) -> SafeString:
        level = self._level
        drawn = [super(_Compared, self).block(block) for block in blocks]
        self._level = level
        if not drawn or self.only_changes:
            return SafeString("")
        count = sum(key in self.change.passages for block in blocks for key in keys_of(block))
        said = ngettext("%(count)d unchanged paragraph", "%(count)d unchanged paragraphs", count) % {"count": count}
        row = '<details class="unchanged"><summary{}>{}</summary>{}</details>'
        return format_html(row, self.own, said, joined(drawn))

    def changed(self, block: Block) -> SafeString:
        whole = self.change.change_of(block.key)
        if isinstance(block, Section) and whole == PieceKind.EQUAL:
            return super().block(block)  # its parts are compared by themselves
        self._is_whole = whole != PieceKind.EQUAL
        level = self._level
        now = super().block(block)
        self._is_whole = False
        if whole == PieceKind.INSERTED:
            return self.pair("", now, "pair-added")
        if whole == PieceKind.DELETED:
            return self.pair("", now, "pair-removed")
        document = Document(self.document.title, self.document.language, (block,))
        older = _Older(self.change, document, self.addresses)
        older._level = level
        return self.pair(_without_anchors(Drawing.block(older, block)), now, "pair-changed")

    def pair(self, older: SafeString | str, now: SafeString, kind: str) -> SafeString:
        if not older:
            label = _("Added") if kind == "pair-added" else _("Removed")
            return format_html('<div class="pair {}" role="group" aria-label="{}">{}</div>', kind, label, now)
        row = (
            '<div class="pair {}"><div class="pair-old" role="group" aria-label="{}">{}</div>'
            '<div class="pair-new" role="group" aria-label="{}">{}</div></div>'
        )
        return format_html(row, kind, _("Before"), older, _("After"), now)

    def place_among_its_kind(self, block: Section) -> int:
        return self.change.ordinals[block.key]

    def notes(self) -> SafeString:
        touched = any(note.key in self.change.touched for note in self.document.notes)
        drawn = super().notes()
        if not drawn or (self.only_changes and not touched):
            return SafeString("")
        return drawn if touched else format_html(
            '<details class="unchanged"><summary{}>{}</summary>{}</details>', self.own, _("Unchanged notes"), drawn
        )  # fmt: skip

    def heading(self, runs: Runs) -> SafeString:
        """No level is skipped, though the heading above may be folded away or stand in the other text alone."""
        passage = next(self._passages)
        self._level = min(passage.level + 1, self._level + 1)
        row = '<h{0} id="{1}">{2}{3}</h{0}>'
        return format_html(row, self._level, passage.anchor, self.former_place(passage), self.runs(runs, passage))

    def number(self, passage: Passage, inside: Runs = ()) -> SafeString:
        """The number leads to the edition that has the passage. Links to a comparison name the older one's anchor."""
        is_gone = self.change.change_of(passage.key) == PieceKind.DELETED
        edition = self.addresses.old if is_gone else self.addresses.new
        return format_html(
            '{}<a class="passage-number" href="{}#{}"><span class="visually-hidden"{}>{} </span>{}</a>',
            self.former_place(passage), edition, passage.anchor.removeprefix("removed-"), self.own_beside(inside),
            _("Paragraph"), passage.number,
        )  # fmt: skip

    def former_place(self, passage: Passage) -> SafeString:
        """Where an address that names the older edition's anchor lands."""
        former = self.change.former.get(passage.key)
        anchor = former.anchor if former else passage.anchor.removeprefix("removed-")
        if former is None and not passage.anchor.startswith("removed-"):
            return format_html('<span id="b-{}"></span>', anchor)
        return format_html('<span id="a-{}"></span>', anchor)

    def runs(self, runs: Runs, passage: Passage) -> SafeString:
        return joined(_marked(run, super(_Compared, self).runs((run,), passage)) for run in runs)


class _Older(_Compared):
    """The older wording of a block, to stand beside the newer one: without what was put in."""

    def number(self, passage: Passage, inside: Runs = ()) -> SafeString:
        former = self.change.former.get(passage.key, passage)
        row = '<a class="passage-number" href="{}#{}"><span class="visually-hidden"{}>{} </span>{}</a>'
        return format_html(
            row, self.addresses.old, former.anchor, self.own_beside(inside), _("Paragraph"), former.number
        )

    def runs(self, runs: Runs, passage: Passage) -> SafeString:
        return super().runs(tuple(run for run in runs if change_of(run) != PieceKind.INSERTED), passage)


def _without_anchors(html: SafeString) -> SafeString:
    """Every quotation mark of a text is escaped where it is drawn, so what looks like an attribute is one."""
    return mark_safe(_ANCHORS.sub("", html))


def _marked(run: Run, html: SafeString) -> SafeString:
    tag = TAGS.get(change_of(run))
    return format_html("<{0}>{1}</{0}>", SafeString(tag), html) if tag and html else html


def _headings_before(stretch: Sequence[Block]) -> int:
    """How many headings stand at the end of a stretch."""
    count = 0
    while count < len(stretch) and isinstance(stretch[len(stretch) - 1 - count], Heading):
        count += 1
    return count
