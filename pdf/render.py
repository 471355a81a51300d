"""A print job to a PDF. Pure: no database, clock, network or file but the fonts; the same job gives the same bytes."""

import gc
from collections.abc import Callable
from dataclasses import dataclass

from reportlab.platypus.doctemplate import NextPageTemplate
from reportlab.platypus.flowables import CondPageBreak, Flowable, PageBreak, Spacer

from pdf.composition.back_matter import Back
from pdf.composition.body import Body, on_wide_pages
from pdf.composition.front_matter import Front, standing_name
from pdf.composition.strings import words_in
from pdf.composition.table_of_contents import contents_lines
from pdf.layout.columns_and_footnotes import keep_headings
from pdf.layout.page_templates import Running, Sheets
from pdf.layout.styles import Type, paper
from pdf.painting import attachment_and_compression, metadata
from pdf.painting.tagged_canvas import TaggedCanvas
from pdf.print_job import PrintJob
from pdf.tagging.structure_tree import Node
from pdf.text.bidi import isolated
from pdf.text.font_coverage import missing
from pdf.text.typefaces import DocumentFonts
from pdf.text.typesetter import Typesetter

CONTENTS_FROM = 4  # headings; a shorter document is its own contents
CONTENTS_DEPTH = 3
CONTENTS_ROOM = 190  # points that must be left on a page for the list to begin there
OWN_PAGE_FROM = 16  # entries of the contents from which the body begins on a page of its own


@dataclass(frozen=True, slots=True)
class Rendered:
    """replaced: characters drawn as a box, since no typeface has them."""

    content: bytes
    pages: int
    replaced: tuple[str, ...]


def render(job: PrintJob) -> Rendered:
    """Print one edition. Layout takes a measuring pass, which finds page numbers, and a drawing pass."""
    raw, pages, replaced = _drawn(job)
    gc.collect()  # layout leaves cycles as large as the file; without them the last step needs no more memory
    return Rendered(attachment_and_compression.finished(raw, b"" if job.is_draft else job.source_json), pages, replaced)


def _drawn(job: PrintJob) -> tuple[bytes, int, tuple[str, ...]]:
    setter = Typesetter(DocumentFonts())
    type_ = Type(job.document.language)
    direction = int(job.document.direction == "rtl")
    root = Node("Document", language=job.document.language)
    story = _story(job, setter, type_, direction, root)

    def sheets() -> Sheets:
        return Sheets(paper(job.paper), running(job), setter, type_, direction)

    raw, pages = drawn(story, root, sheets, about(job))
    return raw, pages, tuple(setter.replaced)


def drawn(story: list[Flowable], root: Node, sheets: Callable[[], Sheets], about: metadata.About) -> tuple[bytes, int]:
    """Lay a story out twice. Answers the file before its last step, and the number of its pages."""
    measured = sheets().lay_out(story)
    drawing = sheets()

    def dress(canvas: TaggedCanvas) -> None:
        canvas.root = root
        metadata.put(canvas, about)

    canvas = drawing.lay_out(story, measured, dress)
    if canvas.places != measured.places:
        raise RuntimeError("the drawing pass came out otherwise than the measuring pass")
    return drawing.filename.getvalue(), canvas.getPageNumber() - 1


def _story(job: PrintJob, setter: Typesetter, type_: Type, direction: int, root: Node) -> list[Flowable]:
    front, ending = Front(job, setter, type_, direction), Back(job, setter, type_, direction)
    opening, toc, main, back = (Node("Sect", root) for _ in range(4))
    body = Body(job, setter, type_, direction)
    blocks = body.flowables(main)
    story: list[Flowable] = [*front.masthead(opening), *front.banners(opening), front.status(opening)]
    story += [*front.changes(opening), front.citation(opening)]
    entries = [entry for entry in body.contents if entry[0] <= CONTENTS_DEPTH]
    if len(entries) >= CONTENTS_FROM:
        story.append(CondPageBreak(CONTENTS_ROOM))
        story.append(front.heading(front.words["contents"], toc, "contents"))
        story += contents_lines(entries, toc, type_, setter, direction)
    if len(entries) >= OWN_PAGE_FROM:
        story.append(PageBreak())
    else:
        story += [CondPageBreak(90), Spacer(1, 14)]  # a spacer that just does not fit would stop the build
    story += [
        *blocks,
        *ending.declaration(back),
        *ending.sessions(back),
        *ending.acronyms(back),
        *ending.contributors(back),
        *ending.sources(back),
    ]
    if annex := ending.dispositions(back):
        story += on_wide_pages(keep_headings(annex))
    story += ending.replaced(back, dict.fromkeys(found.char for found in missing(job.document)))
    while isinstance(story[-1], PageBreak | NextPageTemplate):
        story.pop()  # an annex at the end must not open one more page, which would be empty
    return keep_headings(story)


def running(job: PrintJob) -> Running:
    """Heads and feet of every page of an edition."""
    words = words_in(job.document.language)
    foot = job.live_address.removeprefix("https://").removeprefix("http://")
    return Running(
        head_start=job.identifier,
        head_end=standing_name(job),
        foot_start=isolated(foot) if job.document.direction == "rtl" else foot,
        page_words=words["page"],
        draft_mark=words["draft"] if job.is_draft else "",
        numbers_lines=job.is_draft,
    )


def about(job: PrintJob) -> metadata.About:
    data = job.metadata
    return metadata.About(
        title=job.document.title,
        creators=tuple(data["authors"]) or (data["forum"]["title"],),
        description=data["summary"] or f"{standing_name(job, 'en')}, {job.identifier}",
        language=job.document.language,
        identifier=job.address,
        rights=data["licence"],
        keywords=(job.identifier, standing_name(job, "en"), *(theme["label"] for theme in data["themes"])),
        date=job.published,
        part=3 if job.source_json and not job.is_draft else 2,
    )
