"""Running text of the body: passages with their ¶ numbers, headings with theirs, footnotes and places to link to."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from editions.comparison.alignment import PieceKind
from editions.document.caption_numbers import Captioned, caption_numbers
from editions.document.model import Note, Runs, SectionKind
from editions.document.passages import Passage, passages, plain
from formats.redline import Redline
from pdf.composition.inline_marks import Inliner, link_span, plain_span
from pdf.composition.matter_base import Matter, level_of
from pdf.composition.strings import has_words, primary, words_in
from pdf.composition.table_of_contents import Entry
from pdf.layout.paragraphs import Block, Label, Paragraph
from pdf.layout.styles import END, INDENT, NUMBER_COLUMN, Look, bold
from pdf.tagging.structure_tree import Node
from pdf.text.spans import Ink, Span

TYPED_NUMBER = re.compile(r"(?:\d{1,2}(?:\.\d{1,2})*[.)]?|[IVXLC]+[.)])\s+\S")
"""How a heading begins that has a number of its own; a text in which half of them have is not numbered again."""

NUMBER_EDGE = NUMBER_COLUMN - 16.0  # where ¶ numbers end
DEEPEST = NUMBER_COLUMN + 9 * INDENT  # lists nested deeper are indented no further


@dataclass
class Place:
    """Where in the document a block stands: element that takes it, column it starts at, rail beside it."""

    node: Node
    indent: float = NUMBER_COLUMN
    rail: tuple[float, float, float] | None = None

    def within(self, node: Node, step: float = 0.0) -> "Place":
        return Place(node, min(self.indent + step, DEEPEST), self.rail)


@dataclass
class RunningText(Matter):
    """Builds the flowables of one document's body. `contents` collects its headings, `captions` those of its figures
    and tables that have a number.

    prefix: of every anchor and identifier, where several documents share a file. depth: levels its headings go down.
    redline: where the text is that of two editions, with what changed.
    """

    prefix: str = ""
    depth: int = 0
    contents: list[Entry] = field(default_factory=list)
    captions: dict[Captioned, list[Entry]] = field(default_factory=lambda: {kind: [] for kind in Captioned})
    redline: Redline | None = None

    def __post_init__(self) -> None:
        document = self.job.document
        self.passages: Mapping[str, Passage] = {passage.key: passage for passage in passages(document)}
        if self.redline:
            self.passages = self.redline.passages
        self.notes: dict[str, Note] = {note.key: note for note in document.notes}
        self.note_blocks: dict[str, Block] = {}
        self.inliner = Inliner(
            document.language, {note.key: n for n, note in enumerate(document.notes, 1)}, self.prefix
        )
        self.caption_numbers = caption_numbers(document, self.is_removed)
        self.counters = [0] * 5
        self.kind_counts: Counter[SectionKind] = Counter()
        headings = [passage.text for passage in self.passages.values() if not passage.number]
        typed = sum(bool(TYPED_NUMBER.match(text)) for text in headings)
        self.numbers_headings = len(headings) > 2 and 2 * typed < len(headings)
        self.changed = self.job.comparison.changed if self.job.comparison else frozenset()
        if self.redline:
            self.changed = self.redline.touched

    @property
    def words_language(self) -> str:
        """The language of the little that is added to the text; English where the text's is none of the six."""
        return self.language if has_words(self.language) else primary(self.language)

    def change_of(self, key: str) -> PieceKind:
        return self.redline.change_of(key) if self.redline else PieceKind.EQUAL

    def is_removed(self, key: str) -> bool:
        """Whether a passage stands in the older of two editions only; it has none of the numbers of the newer."""
        return self.change_of(key) == PieceKind.DELETED

    def number_label(self, key: str, parent: Node, shift: float = 0.0) -> list[Label]:
        """The ¶ number that readers cite, shared with the web page's anchors. shift: points from the column's edge."""
        passage = self.passages[key]
        if not passage.number or self.is_removed(key):
            return []
        span = plain_span(str(passage.number), self.styles.number_ink, parent, "en")
        return [Label([span], NUMBER_EDGE + shift, END)]

    def set_text(
        self,
        key: str,
        runs: Runs,
        node: Node,
        place: Place,
        look: Look,
        ink: Ink,
        labels: Sequence[Label] = (),
        before: Sequence[Span] = (),
        label: str = "",
    ) -> Paragraph:
        """A numbered passage; `before`, `label`: spans and words that the page itself puts in front of it."""
        numbers = self.number_label(key, node)
        look = replace(look, indent=place.indent)
        if label:
            before = [*before, plain_span(label, bold(ink), node, self.words_language)]
        for span in before:
            span.phrase = span.language if span.language != self.passages[key].language else ""
        spans = [*before, *self.inliner.spans(runs, ink, node)]
        direction = level_of(self.passages[key].language)
        block = Paragraph(spans, look, self.context, [*labels, *numbers], self.note_of, direction)
        return self._finished(block, key, place)

    def _finished(self, block: Paragraph, key: str, place: Place) -> Paragraph:
        passage = self.passages[key]
        block.anchors = (self.place_name(passage.anchor), *self.mark_places(block.spans))
        block.is_changed = key in self.changed
        block.rail = place.rail
        self.make_notes(block.spans, place.node)
        return block

    def caption_label(self, key: str, runs: Runs) -> str:
        """What stands before a caption: "Table 3. ", or nothing. The list of tables gets its line."""
        found = self.caption_numbers.get(key)
        if found is None:
            return ""
        label = words_in(self.words_language)[found.kind.value].format(number=found.number)
        self.captions[found.kind].append((1, f"{label}.", runs, self.place_name(self.passages[key].anchor)))
        return f"{label}. "

    def note_of(self, key: str) -> Block | None:
        return self.note_blocks.get(key)

    def place_name(self, name: str) -> str:
        return f"{self.prefix}{name}"

    def mark_places(self, spans: Sequence[Span]) -> tuple[str, ...]:
        """Where footnotes lead back to."""
        return tuple(self.place_name(f"mark-{span.note}") for span in spans if span.note)

    def make_notes(self, spans: Sequence[Span], parent: Node) -> None:
        """Footnotes stand in the tree after the passage that holds their mark, though they print at the page's foot."""
        for span in spans:
            if not span.note or span.note in self.note_blocks or span.note not in self.notes:
                continue
            note = self.notes[span.note]
            node = Node("Note", parent, identifier=self.place_name(f"note-{self.inliner.note_numbers[note.key]}"))
            number = str(self.inliner.note_numbers[note.key])
            ink = self.styles.note_ink
            back = link_span(
                number,
                self.styles.number_ink,
                Node("Lbl", node),
                self.language,
                place=self.place_name(f"mark-{note.key}"),
            )
            labels = [Label([back], NUMBER_COLUMN - 8.0, END)]
            block = Paragraph(self.inliner.spans(note.runs, ink, node), self.styles.note, self.context, labels)
            block.anchors = (self.place_name(f"note-{note.key}"), self.place_name(self.passages[note.key].anchor))
            self.note_blocks[note.key] = block

    def set_heading(self, key: str, runs: Runs, place: Place) -> Paragraph:
        passage = self.passages[key]
        level = passage.level
        node = Node(f"H{min(level + 1 + self.depth, 6)}", place.node)
        number = "" if self.is_removed(key) else self._section_number(level)
        ink = self.styles.heading_ink(level)
        before = [plain_span(f"{number}\u2002", ink, node, "en")] if number else []
        look = self.styles.heading(level)
        if place.rail:
            look = replace(look, indent=NUMBER_COLUMN)
        spans = [*before, *self.inliner.spans(runs, ink, node)]
        direction = level_of(passage.language)
        block = self._finished(Paragraph(spans, look, self.context, (), self.note_of, direction), key, place)
        block.keeps_with_next = True
        title = passage.text or "–"
        anchor = self.place_name(passage.anchor)
        block.bookmark = (f"{number} {title}" if number else title, anchor, level - 1 + self.depth)
        self.contents.append((level, number, runs, anchor))
        return block

    def chapters(self) -> Iterator[tuple[str, str, str]]:
        """Anchor, words and language of every heading of the first level, for the heads of the pages."""
        language_of = {self.place_name(found.anchor): found.language for found in self.passages.values()}
        for level, number, runs, anchor in self.contents:
            if level == 1 and (title := plain(runs)):
                yield anchor, f"{number}\u2002{title}" if number else title, language_of[anchor]

    def _section_number(self, level: int) -> str:
        if not self.numbers_headings or level > 3:
            return ""
        self.counters[level - 1] += 1
        self.counters[level:] = [0] * (5 - level)
        return ".".join(str(count) for count in self.counters[:level])
