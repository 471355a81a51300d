"""A Word file as a draft: body, notes, reviewers' comments and changes, and what was left out of it. Pure."""

from datetime import datetime

from lxml import etree

from editions.document.model import Document
from formats.docx.blocks import Blocks, leave_out_part, read_notes
from formats.docx.job import Job, Story
from formats.docx.ledger_words import EMBEDDED, element_words, properties, side_parts
from formats.docx.numbering import Numbering
from formats.docx.package import Package, W, value
from formats.docx.run_style import main_language
from formats.docx.styles import Styles
from formats.draft import Draft, NoteKind, Reason, ReviewNote, Thing, Unreadable, UnreadableFile
from formats.office.archive import Element
from formats.office.draft_builder import when
from formats.office.paragraphs_to_blocks import assembled, settled_title
from formats.plain.typed_numbers import with_typed_numbers

_LEFT_OUT = {
    "headers and footers": Reason.RUNNING_HEAD,
    "building blocks": Reason.METADATA,
    EMBEDDED: Reason.EMBEDDED,
}


def read(content: bytes, name: str) -> Draft:
    """Raises UnreadableFile."""
    package = Package(content)
    body = package.body.find(f"{W}body") if package.body is not None else None
    if body is None:
        raise UnreadableFile(Unreadable.BROKEN)
    styles = Styles(_tree(package, "styles"))
    numbering = Numbering(_tree(package, "numbering"), styles)
    job = Job(package=package, styles=styles, numbering=numbering, language=main_language(body, styles))
    pieces = Blocks(job, Story(package.main, "text", package.relations(package.main))).read(body)
    pieces += read_notes(job)
    found = assembled(with_typed_numbers(pieces, job), job.keys)
    job.findings += found.findings
    job.renamed |= found.moved
    _read_comments(job)
    for part, place in side_parts(package):
        if part in job.read_chunks:
            continue
        if place in _LEFT_OUT:
            leave_out_part(job, part, place, _LEFT_OUT[place])
        elif place in ("charts", "diagrams") and part not in job.picture_names:  # of a running head or a deletion
            leave_out_part(job, part, place, Reason.PICTURE)
    title = settled_title(found, properties(package), job)
    document = Document(title, job.language, found.blocks, found.subtitle, tuple(job.notes))
    return job.draft(document, *_origin(package))


def _tree(package: Package, kind: str) -> Element | None:
    return next((package.tree(part) for part in package.related(kind)), None)


def _read_comments(job: Job) -> None:
    for part in job.package.related("comments"):
        root = job.package.tree(part)
        for one in root.iterfind(f"{W}comment") if root is not None else ():
            sources = list(element_words(one, "comments", dict(job.package.relations(part))))
            job.told_things.update(source.thing for source in sources if source.thing != Thing.WORDS)
            text = "\n".join(source.text.strip() for source in sources if source.text.strip())
            key = job.commented.get(value(one, "id"), "")
            job.leave_out(Reason.COMMENT, text, "comments", key)
            if text:
                note = ReviewNote(NoteKind.COMMENT, text, key, value(one, "author").strip(), when(value(one, "date")))
                job.review_notes.append(note)


def _origin(package: Package) -> tuple[str, datetime | None]:
    """Author, and when the file was last changed, or made."""
    root = package.tree(package.properties) if package.properties else None
    said = {etree.QName(one).localname: (one.text or "").strip() for one in root} if root is not None else {}
    return said.get("creator", ""), when(said.get("modified", "")) or when(said.get("created", ""))
