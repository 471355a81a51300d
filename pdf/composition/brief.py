"""Compose the one-page brief of an edition: what it is about, key points, open questions, where to read it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.platypus.flowables import Flowable

from editions.document.model import Block, Document, Paragraph, Section, SectionKind
from editions.document.passages import plain
from pdf.composition.front_matter import FrontMatter
from pdf.composition.inline_marks import plain_span
from pdf.layout.columns_and_footnotes import keep_headings
from pdf.layout.context import LayoutContext
from pdf.layout.paragraphs import Label
from pdf.layout.paragraphs import Paragraph as Set
from pdf.layout.passes import Story
from pdf.layout.styles import END, INDENT, Look
from pdf.placed_document import PlacedDocument
from pdf.print_job import PrintJob
from pdf.tagging.structure_tree import Node, list_attributes

KEY_KINDS = (
    SectionKind.FINDING,
    SectionKind.RECOMMENDATION,
    SectionKind.POLICY_MEASURE,
    SectionKind.PRACTICE,
    SectionKind.CASE_STUDY,
)
OPEN_KINDS = (SectionKind.OPEN_QUESTION, SectionKind.CHALLENGE, SectionKind.ALTERNATIVE, SectionKind.FUTURE_WORK)
MOST_POINTS = 9
LONGEST_POINT = 240  # characters; a longer one ends after a word
LONGEST_SUMMARY = 1100


@dataclass(frozen=True, slots=True)
class Brief:
    """The text of a brief. points, questions: in the document's order."""

    summary: str
    points: tuple[str, ...]
    questions: tuple[str, ...]

    @property
    def size(self) -> int:
        return len(self.points) + len(self.questions)

    def shorter(self) -> "Brief":
        """One item less, taken from the longer list; then less of the summary."""
        if len(self.points) >= len(self.questions) and self.points:
            return replace(self, points=self.points[:-1])
        if self.questions:
            return replace(self, questions=self.questions[:-1])
        return replace(self, summary=shortened(self.summary, len(self.summary) * 2 // 3))


def shortened(text: str, most: int) -> str:
    """At most so many characters, ended after a whole word."""
    if len(text) <= most:
        return text
    cut = text[:most].rsplit(" ", 1)[0] or text[:most]
    return f"{cut.rstrip(' ,;:')} …"


def brief_of(document: Document, summary: str) -> Brief:
    """What the document itself says in short: its typed blocks by their titles, else by their first words."""
    sections = list(_sections(document.blocks))
    own = next((section for section in sections if section.kind == SectionKind.SUMMARY), None)
    words = " ".join(_paragraphs(own.blocks)) if own else summary
    if not words:
        words = next(iter(_paragraphs(document.blocks)), "")
    points = [_point(section) for section in sections if section.kind in KEY_KINDS]
    questions = [_point(section) for section in sections if section.kind in OPEN_KINDS]
    return Brief(
        shortened(words, LONGEST_SUMMARY),
        tuple(point for point in points if point)[:MOST_POINTS],
        tuple(question for question in questions if question)[:MOST_POINTS],
    )


def _sections(blocks: Sequence[Block]) -> Iterator[Section]:
    for block in blocks:
        if isinstance(block, Section):
            yield block
            yield from _sections(block.blocks)


def _paragraphs(blocks: Sequence[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Paragraph):
            yield plain(block.runs)
        elif isinstance(block, Section):
            yield from _paragraphs(block.blocks)


def _point(section: Section) -> str:
    words = plain(section.title) or next(iter(_paragraphs(section.blocks)), "")
    return shortened(words, LONGEST_POINT)


def compose_brief(job: PrintJob) -> PlacedDocument:
    """A brief on one page, with items left out from the end until it fits."""
    text = brief_of(job.document, job.metadata["summary"])
    while True:
        placed = _story(job, text).placed()
        if placed.page_count == 1 or (not text.size and len(text.summary) < LONGEST_POINT):
            return placed
        text = text.shorter()


def _story(job: PrintJob, text: Brief) -> Story:
    language = job.document.language
    context = LayoutContext(language, job.document.direction, job.paper)
    root = Node("Document", language=language)
    front = FrontMatter(job, context)
    blocks: list[Flowable] = [*front.masthead(root), *front.banners(root)]
    if text.summary:
        blocks.append(front.prose(text.summary, root, language=language))
        blocks[-1].before = 10.0
    for heading, items in ((front.words["key_points"], text.points), (front.words["open_questions"], text.questions)):
        if items:
            blocks += [front.subheading(heading, root, "H2"), *_list(items, front, root)]
    blocks.append(front.citation(root))
    heads = replace(front.running_heads(), numbers_lines=False)
    info = replace(front.document_info(), title=f"{front.words['brief']}: {job.document.title}", part=2)
    return Story(keep_headings(blocks), root, context, heads, info)


def _list(items: Sequence[str], front: FrontMatter, parent: Node) -> Iterator[Set]:
    styles, language = front.styles, front.language
    node = Node("L", parent, attributes=list_attributes(False))
    indent = styles.body.indent + INDENT
    look = Look(styles.body.leading, after=3.0, indent=indent, hyphenated=True)
    for item in items:
        entry = Node("LI", node)
        bullet = Label([plain_span("•", styles.body_ink, Node("Lbl", entry), language)], indent - 7.0, END)
        spans = [plain_span(item, styles.body_ink, Node("LBody", entry), language)]
        yield Set(spans, look, front.context, [bullet])
