"""Several outcomes in one file, with common contents and an index: the yearbook of a year or of a theme. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from reportlab.platypus.flowables import Flowable, PageBreak, Spacer

from editions.document.model import Run, Runs
from pdf.composition.body import Body
from pdf.composition.front_matter import Front
from pdf.composition.strings import words_in
from pdf.composition.table_of_contents import contents_lines
from pdf.layout.columns_and_footnotes import keep_headings
from pdf.layout.page_templates import Running, Sheets
from pdf.layout.panels import Bar
from pdf.layout.styles import Type, paper
from pdf.painting import attachment_and_compression
from pdf.painting.metadata import About
from pdf.print_job import PrintJob
from pdf.render import Rendered, drawn
from pdf.tagging.structure_tree import Node
from pdf.text.typefaces import DocumentFonts
from pdf.text.typesetter import Typesetter

CONTENTS_DEPTH = 1  # levels of each document's headings in the common contents

Entry = tuple[int, str, Runs, str]


@dataclass(frozen=True, slots=True)
class VolumeJob:
    """identifier: what the file is called, such as BPF-2099. jobs: its documents, in order. date: of the newest."""

    title: str
    identifier: str
    address: str
    jobs: tuple[PrintJob, ...]
    date: datetime
    language: str = "en"


def render_volume(volume: VolumeJob) -> Rendered:
    """Print a volume. Documents keep their own language and direction, ¶ numbers and footnote numbers."""
    setter = Typesetter(DocumentFonts())
    type_ = Type(volume.language)
    root = Node("Document", language=volume.language)
    words = words_in(volume.language)
    line = Running(volume.identifier, volume.title, volume.address.split("://")[-1], words["page"])

    def sheets() -> Sheets:
        return Sheets(paper("A4"), line, setter, type_, 0)

    raw, pages = drawn(_story(volume, root, setter, type_), root, sheets, _about(volume))
    return Rendered(attachment_and_compression.finished(raw), pages, tuple(setter.replaced))


def _story(volume: VolumeJob, root: Node, setter: Typesetter, type_: Type) -> list[Flowable]:
    front = Front(volume.jobs[0], setter, type_, 0)
    opening, toc, main, index = (Node("Sect", root) for _ in range(4))
    entries: list[Entry] = []
    documents: list[Entry] = []
    parts: list[Flowable] = []
    for number, job in enumerate(volume.jobs, 1):
        made = list(_part(job, f"d{number}-", main, setter, entries))
        documents.append((1, "", (Run(f"{job.identifier}. {job.document.title}"),), f"d{number}-title"))
        parts += [PageBreak(), *made]
    title = front.text(volume.title, "H1", opening, type_.title, type_.title_ink, language=volume.language)
    facts = front.facts([(front.words["address"], volume.address, volume.address)], opening)
    story: list[Flowable] = [Bar(4.0), title, *facts, front.heading(front.words["contents"], toc, "contents")]
    story += contents_lines(entries, toc, type_, setter, 0)
    story += [*parts, PageBreak(), front.heading(front.words["index"], index, "index")]
    listed = sorted(documents, key=lambda entry: entry[2][0].text)
    return keep_headings([*story, *contents_lines(listed, index, type_, setter, 0)])


def _part(job: PrintJob, prefix: str, parent: Node, setter: Typesetter, entries: list[Entry]) -> Iterator[Flowable]:
    """One document: masthead, banners and body; its headings go into the common contents."""
    language = job.document.language
    direction = int(job.document.direction == "rtl")
    node = Node("Part", parent, language=language)
    front = Front(job, setter, Type(language), direction)
    body = Body(replace(job, comparison=None), setter, Type(language), direction, prefix, depth=1)
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


def _about(volume: VolumeJob) -> About:
    authors = dict.fromkeys(author for job in volume.jobs for author in job.metadata["authors"])
    return About(
        title=volume.title,
        creators=tuple(authors) or ("BPF Library",),
        description=f"{len(volume.jobs)} documents: {', '.join(job.identifier for job in volume.jobs[:20])}",
        language=volume.language,
        identifier=volume.address,
        rights="; ".join(dict.fromkeys(job.metadata["licence"] for job in volume.jobs if job.metadata["licence"])),
        keywords=(volume.identifier,),
        date=volume.date,
    )
