"""Runs in the language of their document name none. Pure."""

from dataclasses import replace

from core.languages.scripts import apart
from editions.document.model import Block, Figure, Heading, Item, ListBlock, Paragraph, Quote, Runs, Section, Table
from formats.draft import Draft
from formats.web.runs import rejoined


def without_language(draft: Draft, language: str) -> Draft:  # noqa: C901  one block a case
    """Also in a variety of it: office programs write en-GB on one word and en-US on the next."""

    def runs(found: Runs) -> Runs:
        if not any(run.language for run in found):
            return found
        return rejoined(replace(run, language=apart(run.language, language)) for run in found)

    def items(found: tuple[Item, ...]) -> tuple[Item, ...]:
        return tuple(replace(item, runs=runs(item.runs), items=items(item.items)) for item in found)

    def block(found: Block) -> Block:
        match found:
            case Heading() | Paragraph():
                return replace(found, runs=runs(found.runs))
            case ListBlock():
                return replace(found, items=items(found.items))
            case Table():
                rows = tuple(replace(row, cells=tuple(map(runs, row.cells))) for row in found.rows)
                return replace(found, caption=runs(found.caption), rows=rows)
            case Figure():
                return replace(found, caption=runs(found.caption))
            case Quote():
                return replace(found, runs=runs(found.runs), attribution=runs(found.attribution))
            case Section():
                return replace(found, blocks=tuple(map(block, found.blocks)))

    document = draft.document
    notes = tuple(replace(note, runs=runs(note.runs)) for note in document.notes)
    return replace(draft, document=replace(document, blocks=tuple(map(block, document.blocks)), notes=notes))
