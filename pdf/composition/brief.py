"""The one-page brief of an edition: what it is about, its key points, what stays open, and where to read it. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from reportlab.platypus.flowables import Flowable

from editions.document.model import Block, Document, Paragraph, Section, SectionKind
from editions.document.passages import plain
from pdf.composition.front_matter import Front
from pdf.composition.inline_marks import plain_span
from pdf.layout.columns_and_footnotes import keep_headings
from pdf.layout.page_templates import Sheets
from pdf.layout.paragraphs import END, Label, Look
from pdf.layout.paragraphs import Paragraph as Set
from pdf.layout.styles import INDENT, Type, paper
from pdf.painting import attachment_and_compression
from pdf.print_job import PrintJob
from pdf.render import Rendered, about, drawn, running
from pdf.tagging.structure_tree import Node, list_attributes
from pdf.text.typefaces import DocumentFonts
from pdf.text.typesetter import Typesetter

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


def render_brief(job: PrintJob) -> Rendered:
    """Print a brief on one page, leaving items out from the end until it fits."""
    text = brief_of(job.document, job.metadata["summary"])
    while True:
        setter = Typesetter(DocumentFonts())
        raw, pages = _drawn(job, text, setter)
        if pages == 1 or (not text.size and len(text.summary) < LONGEST_POINT):
            return Rendered(attachment_and_compression.finished(raw), pages, tuple(setter.replaced))
        text = text.shorter()


def _drawn(job: PrintJob, text: Brief, setter: Typesetter) -> tuple[bytes, int]:
    type_ = Type(job.document.language)
    direction = int(job.document.direction == "rtl")
    root = Node("Document", language=job.document.language)
    front = Front(job, setter, type_, direction)
    story: list[Flowable] = [*front.masthead(root), *front.banners(root)]
    if text.summary:
        story.append(front.prose(text.summary, root, language=job.document.language))
        story[-1].before = 10.0
    for heading, items in ((front.words["key_points"], text.points), (front.words["open_questions"], text.questions)):
        if items:
            story += [front.subheading(heading, root, "H2"), *_list(items, front, root)]
    story.append(front.citation(root))
    story = keep_headings(story)
    line = replace(running(job), numbers_lines=False)

    def sheets() -> Sheets:
        return Sheets(paper(job.paper), line, setter, type_, direction)

    described = replace(about(job), title=f"{front.words['brief']}: {job.document.title}", part=2)
    return drawn(story, root, sheets, described)


def _list(items: Sequence[str], front: Front, parent: Node) -> Iterator[Set]:
    type_, language = front.type, front.language
    node = Node("L", parent, attributes=list_attributes(False))
    indent = type_.body.indent + INDENT
    look = Look(type_.body.leading, after=3.0, indent=indent, hyphenated=True)
    for item in items:
        entry = Node("LI", node)
        bullet = Label([plain_span("•", type_.body_ink, Node("Lbl", entry), language)], indent - 7.0, END)
        yield Set(
            [plain_span(item, type_.body_ink, Node("LBody", entry), language)],
            look,
            front.setter,
            front.direction,
            [bullet],
        )
