"""Compose an edition: a print job becomes a document whose every box has its place. The first of two steps to a PDF."""

from reportlab.platypus.doctemplate import NextPageTemplate
from reportlab.platypus.flowables import CondPageBreak, Flowable, PageBreak, Spacer

from pdf.composition.back_matter import BackMatter
from pdf.composition.body import Body, on_wide_pages
from pdf.composition.front_matter import FrontMatter, standing_name
from pdf.composition.strings import words_in
from pdf.composition.table_of_contents import contents_lines
from pdf.layout.columns_and_footnotes import keep_headings
from pdf.layout.context import LayoutContext, context_of
from pdf.layout.page_templates import RunningHeads
from pdf.layout.passes import Story
from pdf.placed_document import DocumentInfo, PlacedDocument
from pdf.print_job import PrintJob
from pdf.tagging.structure_tree import Node
from pdf.text.bidi import isolated

CONTENTS_FROM = 4  # headings; a shorter document is its own contents
CONTENTS_DEPTH = 3
CONTENTS_ROOM = 190  # points that must be left on a page for the list to begin there
OWN_PAGE_FROM = 16  # entries of the contents from which the body begins on a page of its own


def compose(job: PrintJob) -> PlacedDocument:
    document = job.document
    context = context_of(document.language, document.direction, job.paper)
    root = Node("Document", language=document.language)
    story = Story(
        blocks=_blocks(job, context, root),
        root=root,
        context=context,
        heads=running_heads(job),
        info=document_info(job),
        attachment=b"" if job.is_draft else job.source_json,
    )
    return story.placed()


def _blocks(job: PrintJob, context: LayoutContext, root: Node) -> list[Flowable]:
    front, ending, body = FrontMatter(job, context), BackMatter(job, context), Body(job, context)
    opening, toc, main, back = (Node("Sect", root) for _ in range(4))
    text = body.flowables(main)
    story: list[Flowable] = [*front.masthead(opening), *front.banners(opening), front.status(opening)]
    story += [*front.changes(opening), front.citation(opening)]
    entries = [entry for entry in body.contents if entry[0] <= CONTENTS_DEPTH]
    if len(entries) >= CONTENTS_FROM:
        story.append(CondPageBreak(CONTENTS_ROOM))
        story.append(front.heading(front.words["contents"], toc, "contents"))
        story += contents_lines(entries, toc, context)
    if len(entries) >= OWN_PAGE_FROM:
        story.append(PageBreak())
    else:
        story += [CondPageBreak(90), Spacer(1, 14)]  # a spacer that just does not fit would stop the build
    story += [*text, *ending.declaration(back), *ending.sessions(back), *ending.acronyms(back, body.passages.values())]
    story += [*ending.contributors(back), *ending.sources(back)]
    if annex := ending.dispositions(back):
        story += on_wide_pages(keep_headings(annex))
    story += ending.replaced(back, body.passages.values())
    while isinstance(story[-1], PageBreak | NextPageTemplate):
        story.pop()  # an annex at the end must not open one more page, which would be empty
    return keep_headings(story)


def running_heads(job: PrintJob) -> RunningHeads:
    """Heads and feet of every page of an edition."""
    words = words_in(job.document.language)
    foot = job.live_address.removeprefix("https://").removeprefix("http://")
    return RunningHeads(
        head_start=job.identifier,
        head_end=standing_name(job),
        foot_start=isolated(foot) if job.document.direction == "rtl" else foot,
        page_words=words["page"],
        draft_mark=words["draft"] if job.is_draft else "",
        numbers_lines=job.is_draft,
    )


def document_info(job: PrintJob) -> DocumentInfo:
    """What the file says about itself."""
    data = job.metadata
    return DocumentInfo(
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
