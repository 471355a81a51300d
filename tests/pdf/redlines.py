"""Two editions of a fictitious document of 2099 in which a bit of everything changed, as one job to print."""

from dataclasses import replace

from editions.document.model import Document, Item, ListBlock, Paragraph, Quote, Row, Section, SectionKind, Table
from formats.redline import redline
from pdf.composition.redline import RedlineJob
from tests.pdf import samples
from tests.pdf.samples import text


def pair(language: str) -> tuple[Document, Document]:
    """Older and newer: words, a paragraph, an item, a row, a quote and a typed block changed."""
    old = samples.document(language, 2)
    title, sentence = samples.TITLES[language], samples.SENTENCES[language]
    blocks = []
    for block in old.blocks:
        match block:
            case Paragraph(key="a0"):
                words = sentence.replace(sentence.split()[2] if " " in sentence else sentence[2:4], "2099")
                blocks += [Paragraph("new", (text(title),)), replace(block, runs=(text(f"{words} "), *block.runs[1:]))]
            case ListBlock(key="l0"):
                blocks.append(replace(block, items=(Item("new-item", (text(title),)), *block.items[:1])))
            case Table(key="t0"):
                row = Row("new-row", ((text("77"),), (text("88"),), (text(title),)))
                blocks.append(replace(block, rows=(*block.rows[:2], row, *block.rows[3:])))
            case Quote(key="q0"):
                pass
            case _:
                blocks.append(block)
    added = Section(
        "new-s", SectionKind.RECOMMENDATION, (text(title[:30]),), (), (Paragraph("new-sp", (text(sentence),)),)
    )
    return old, replace(old, title=f"{old.title} 2", blocks=(*blocks, added))


def redline_job(language: str) -> RedlineJob:
    old, new = pair(language)
    document = "https://library.example/library/2099/lamps/lamps/"
    job = samples.job(new, "comment", number=2, identifier="BPF-2099-LAMPS-E2")
    return RedlineJob(job, redline(old, new), "BPF-2099-LAMPS-E1", f"{document}editions/1/", f"{document}compare/1/2/")
