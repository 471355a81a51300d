"""An OpenDocument text as a draft: body, notes, remarks and changes, and what was left out of it. Pure."""

from datetime import datetime

from editions.document.model import Document
from formats.draft import Draft, Reason
from formats.odt.blocks import OdtBlocks, read_notes
from formats.odt.job import OdtJob, OdtStory, main_language, regions_of, said
from formats.odt.ledger_words import element_words, head_words, object_words, objects, properties
from formats.odt.lists import Lists
from formats.odt.package import DC, META, OFFICE, OdtPackage
from formats.odt.styles import OdtStyles
from formats.office.draft_builder import when
from formats.office.paragraphs_to_blocks import assembled, settled_title
from formats.plain.typed_numbers import with_typed_numbers


def read(content: bytes, name: str) -> Draft:
    """Raises UnreadableFile."""
    package = OdtPackage(content)
    styles = OdtStyles(package.style_roots)
    job = OdtJob(
        package=package,
        styles=styles,
        lists=Lists(styles),
        language=main_language(package.text, styles),
        regions=regions_of(package.text),
    )
    pieces = OdtBlocks(job, OdtStory("text")).read(package.text)
    pieces += read_notes(job)
    found = assembled(with_typed_numbers(pieces, job), job.keys)
    job.findings += found.findings
    job.renamed |= found.moved
    _leave_out_rest(job)
    title = settled_title(found, properties(package), job)
    return job.draft(Document(title, job.language, found.blocks, found.subtitle, tuple(job.notes)), *_origin(package))


def _leave_out_rest(job: OdtJob) -> None:
    """Deletions whose place was left out itself, objects of what was, and running heads."""
    for region in {id(one): one for one in job.regions.values()}.values():
        if region.deleted is not None and not region.told:
            for source in element_words(region.deleted, "text"):
                job.leave_out(Reason.DELETION, source.text, source.place, "")
    for href in objects(job.package.text):
        root = job.package.object(href) if href not in job.read_objects else None
        for source in object_words(root) if root is not None else ():
            job.leave_out(Reason.PICTURE, source.text, source.place, "")
    for source in head_words(job.package):
        job.leave_out(Reason.RUNNING_HEAD, source.text, source.place, "")


def _origin(package: OdtPackage) -> tuple[str, datetime | None]:
    """Author, and when the file was last changed, or made."""
    meta = package.meta.find(f"{OFFICE}meta") if package.meta is not None else None
    author = said(meta, f"{META}initial-creator") or said(meta, f"{DC}creator")
    return author, when(said(meta, f"{DC}date")) or when(said(meta, f"{META}creation-date"))
