"""Compose an edition: a print job becomes a document whose every box has its place. The first of two steps to a PDF."""

from dataclasses import replace

from reportlab.platypus.doctemplate import NextPageTemplate
from reportlab.platypus.flowables import CondPageBreak, Flowable, PageBreak, Spacer

from pdf.composition.back_matter import BackMatter
from pdf.composition.body import Body, on_wide_pages
from pdf.composition.front_matter import FrontMatter
from pdf.composition.table_of_contents import CONTENTS_DEPTH, CONTENTS_FROM, CONTENTS_ROOM, OWN_PAGE_FROM
from pdf.layout.columns_and_footnotes import keep_headings
from pdf.layout.context import LayoutContext
from pdf.layout.passes import Story
from pdf.placed_document import PlacedDocument
from pdf.print_job import PrintJob
from pdf.tagging.structure_tree import Node


def compose(job: PrintJob) -> PlacedDocument:
    context = LayoutContext(job.document.language, job.document.direction, job.paper)
    front, body, ending = FrontMatter(job, context), Body(job, context), BackMatter(job, context)
    root = Node("Document", language=context.language)
    blocks = _blocks(front, body, ending, root)
    story = Story(
        blocks=blocks,
        root=root,
        context=context,
        heads=replace(front.running_heads(), sections=tuple(body.chapters())),
        info=front.document_info(),
        attachment=b"" if job.is_draft and not job.is_pdf_2 else job.source_json,
    )
    return story.placed()


def _blocks(front: FrontMatter, body: Body, ending: BackMatter, root: Node) -> list[Flowable]:
    opening, toc, main, back = (Node("Sect", root) for _ in range(4))
    text = body.flowables(main)
    story: list[Flowable] = [*front.masthead(opening), *front.banners(opening), front.status(opening)]
    story += [*front.changes(opening), front.citation(opening)]
    entries = [entry for entry in body.contents if entry[0] <= CONTENTS_DEPTH]
    if len(entries) >= CONTENTS_FROM:
        story += [CondPageBreak(CONTENTS_ROOM), *front.contents(entries, toc), *front.caption_lists(body, toc)]
    if len(entries) >= OWN_PAGE_FROM:
        story.append(PageBreak())
    else:
        story += [CondPageBreak(90), Spacer(1, 14)]  # a spacer that just does not fit would stop the build
    story += [*text, *ending.declaration(back), *ending.sessions(back)]
    story += [*ending.contributors(back), *ending.sources(back)]
    if annex := ending.dispositions(back):
        story += on_wide_pages(keep_headings(annex))
    story += ending.replaced(back, body.passages.values())
    while isinstance(story[-1], PageBreak | NextPageTemplate):
        story.pop()  # an annex at the end must not open one more page, which would be empty
    return keep_headings(story)
