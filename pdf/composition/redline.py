"""Compose a redline: two editions of a document in one text, in which every change is marked. Pure."""

from dataclasses import dataclass, replace

from reportlab.platypus.flowables import Flowable, Spacer

from editions.comparison.alignment import PieceKind
from editions.document.model import Runs
from formats.redline import Redline, change_of
from pdf.composition.body import Body
from pdf.composition.front_matter import FrontMatter
from pdf.composition.redline_signs import SIGNS
from pdf.layout.columns_and_footnotes import keep_headings
from pdf.layout.context import LayoutContext
from pdf.layout.panels import Panel
from pdf.layout.paragraphs import Block, Paragraph
from pdf.layout.passes import Story
from pdf.placed_document import PlacedDocument
from pdf.print_job import PrintJob
from pdf.tagging.structure_tree import Node


@dataclass(frozen=True, slots=True)
class RedlineJob:
    """job: of the newer edition, with the images of both. older, older_address: identifier and address of the other.

    address: where the two are compared on the web.
    """

    job: PrintJob
    change: Redline
    older: str
    older_address: str
    address: str


def compose_redline(asked: RedlineJob) -> PlacedDocument:
    job = replace(asked.job, document=asked.change.document, comparison=None)
    context = LayoutContext(job.document.language, job.document.direction, job.paper)
    front, body = FrontMatter(job, context), Body(job, context, redline=asked.change)
    root = Node("Document", language=context.language)
    opening, main = Node("Sect", root), Node("Sect", root)
    blocks: list[Flowable] = [*front.masthead(opening), _key(asked, front, body, opening), Spacer(1, 14)]
    blocks += body.flowables(main)
    compared = _compared(asked, front)
    heads = replace(
        front.running_heads(), head_start=compared, head_end="", foot_start=front.ltr(asked.address.split("://")[-1]),
        draft_mark="", numbers_lines=False,
    )  # fmt: skip
    plain = front.words["compared"].format(new=job.identifier, old=asked.older)
    info = replace(
        front.document_info(),
        title=f"{plain}: {job.document.title}",
        description=plain,
        identifier=asked.address,
        part=2,
    )
    return Story(keep_headings(blocks), root, context, heads, info).placed()


def _compared(asked: RedlineJob, front: FrontMatter) -> str:
    return front.words["compared"].format(new=front.ltr(asked.job.identifier), old=front.ltr(asked.older))


def _key(asked: RedlineJob, front: FrontMatter, body: Body, parent: Node) -> Panel:
    """What is compared, how changes are marked, and how many there are."""
    section = Node("Sect", parent)
    counts = front.words["changes_text"].format(
        former=front.ltr(asked.older),
        added=asked.change.count(PieceKind.INSERTED),
        changed=asked.change.count(PieceKind.EQUAL),
        removed=asked.change.count(PieceKind.DELETED),
    )
    blocks: list[Block] = [front.heading(_compared(asked, front), section, "redline", small=True)]
    removed, added = (front.ltr(" ".join(SIGNS[kind])) for kind in (PieceKind.DELETED, PieceKind.INSERTED))
    key = front.words["redline_key"].format(removed=removed, added=added)
    blocks += [front.panel_line(key, section), front.panel_line(counts, section)]
    blocks += [
        _words(runs, front, body, section) for runs in (asked.change.title, asked.change.subtitle) if _differs(runs)
    ]
    rows = [(asked.older, asked.older_address), (asked.job.identifier, asked.job.address)]
    blocks += front.facts([(name, front.ltr(address), address) for name, address in rows], section)
    return Panel(blocks, front.context)


def _differs(runs: Runs) -> bool:
    return any(change_of(run) != PieceKind.EQUAL and run.text.strip() for run in runs)


def _words(runs: Runs, front: FrontMatter, body: Body, parent: Node) -> Paragraph:
    """A title that changed."""
    look = replace(front.styles.fact, after=3.0)
    return Paragraph(body.inliner.spans(runs, front.styles.fact_ink, Node("P", parent)), look, front.context)
