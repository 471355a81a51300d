"""Compose a yearbook: the outcomes of a year or on a theme in one file, with common contents and an index. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from reportlab.platypus.flowables import Flowable, PageBreak, Spacer

from editions.document.model import Run
from pdf.composition.body import Body
from pdf.composition.front_matter import FrontMatter
from pdf.composition.strings import words_in
from pdf.composition.table_of_contents import Entry, contents_lines
from pdf.layout.columns_and_footnotes import keep_headings
from pdf.layout.context import LayoutContext
from pdf.layout.page_templates import RunningHeads
from pdf.layout.panels import Bar
from pdf.layout.passes import Story
from pdf.placed_document import DocumentInfo, PlacedDocument
from pdf.print_job import PrintJob
from pdf.tagging.structure_tree import Node

CONTENTS_DEPTH = 1  # levels of each document's headings in the common contents


@dataclass(frozen=True, slots=True)
class VolumeJob:
    """identifier: what the file is called, such as BPF-2099. jobs: its documents, in order. date: of the newest."""

    title: str
    identifier: str
    address: str
    jobs: tuple[PrintJob, ...]
    date: datetime
    language: str = "en"


def compose_volume(volume: VolumeJob) -> PlacedDocument:
    """Documents keep their own language and direction, ¶ numbers and footnote numbers."""
    context = LayoutContext(volume.language)
    root = Node("Document", language=volume.language)
    words = words_in(volume.language)
    heads = RunningHeads(volume.identifier, volume.title, volume.address.split("://")[-1], words["page"])
    return Story(_blocks(volume, root, context), root, context, heads, _info(volume)).placed()


def _blocks(volume: VolumeJob, root: Node, context: LayoutContext) -> list[Flowable]:
    front = FrontMatter(volume.jobs[0], context)
    opening, toc, main, index = (Node("Sect", root) for _ in range(4))
    entries: list[Entry] = []
    documents: list[Entry] = []
    parts: list[Flowable] = []
    for number, job in enumerate(volume.jobs, 1):
        made = list(_part(job, f"d{number}-", main, context, entries))
        documents.append((1, "", (Run(f"{job.identifier}. {job.document.title}"),), f"d{number}-title"))
        parts += [PageBreak(), *made]
    styles = context.styles
    title = front.text(volume.title, "H1", opening, styles.title, styles.title_ink, language=volume.language)
    facts = front.facts([(front.words["address"], volume.address, volume.address)], opening)
    story: list[Flowable] = [Bar(4.0), title, *facts, *front.contents(entries, toc)]
    story += [*parts, PageBreak(), front.heading(front.words["index"], index, "index")]
    listed = sorted(documents, key=lambda entry: entry[2][0].text)
    return keep_headings([*story, *contents_lines(listed, index, context)])


def _part(job: PrintJob, prefix: str, parent: Node, context: LayoutContext, entries: list[Entry]) -> Iterator[Flowable]:
    """One document: masthead, banners and body; its headings go into the common contents."""
    language = job.document.language
    context = context.of_part(language, job.document.direction)
    node = Node("Part", parent, language=language)
    front = FrontMatter(job, context)
    body = Body(replace(job, comparison=None), context, prefix, depth=1)
    entries.append((1, "", (Run(job.document.title),), f"{prefix}title"))
    head = front.masthead(node, "H2", f"{prefix}title")
    for block in head:
        if getattr(block, "anchors", ()) == (f"{prefix}title",):
            block.bookmark = (job.document.title, f"{prefix}title", 0)
    yield from [*head, *front.banners(node)]
    yield Spacer(1, 14)
    yield from body.flowables(node)
    entries += [
        (level + 1, number, runs, anchor) for level, number, runs, anchor in body.contents if level <= CONTENTS_DEPTH
    ]


def _info(volume: VolumeJob) -> DocumentInfo:
    authors = dict.fromkeys(author for job in volume.jobs for author in job.metadata["authors"])
    return DocumentInfo(
        title=volume.title,
        creators=tuple(authors) or ("BPF Library",),
        description=f"{len(volume.jobs)} documents: {', '.join(job.identifier for job in volume.jobs[:20])}",
        language=volume.language,
        identifier=volume.address,
        rights="; ".join(dict.fromkeys(job.metadata["licence"] for job in volume.jobs if job.metadata["licence"])),
        keywords=(volume.identifier,),
        date=volume.date,
    )
