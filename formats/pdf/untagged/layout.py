"""An untagged PDF as a body of nodes, by where its words stand on the pages. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass

from formats.html.tree import Node
from formats.pdf.page.bookmarks import Bookmark
from formats.pdf.page.model import Page
from formats.pdf.untagged.aligned_tables import aligned_tables
from formats.pdf.untagged.flow import Flow
from formats.pdf.untagged.footnotes import take_footnotes
from formats.pdf.untagged.grid import Grid
from formats.pdf.untagged.lines import Line, lines_of
from formats.pdf.untagged.measures import Measures
from formats.pdf.untagged.reading_order import give_edges, in_order
from formats.pdf.untagged.ruled_tables import grids_of
from formats.pdf.untagged.running_heads import repeated_images, take_running_heads
from formats.web.joining import Vocabulary


@dataclass(frozen=True, slots=True)
class Layout:
    """column_pages: how many pages stand in columns."""

    body: Node
    column_pages: int


def laid_out(pages: list[Page], vocabulary: Vocabulary, bookmarks: Sequence[Bookmark] = ()) -> Layout:
    by_page = {page.number: lines_of(page) for page in pages}
    running: dict[int, list[Line]] = {}
    for line in take_running_heads(pages, by_page):
        running.setdefault(line.page, []).append(line)
    measures = Measures.of(list(by_page.values()))
    repeated = repeated_images(pages)
    notes: dict[int, list[list[Line]]] = {}
    ordered: list[list[Line]] = []
    column_pages = 0
    for page in pages:
        rest, notes[page.number] = take_footnotes(by_page[page.number], measures.body_size)
        rest = _with_tables(page, rest, measures.body_size)
        rest += _pictures(page, repeated, measures.body_size)
        rest, in_columns = in_order(rest)
        column_pages += in_columns
        ordered.append(rest)
    give_edges(ordered)
    lines = [line for page, own in zip(pages, ordered, strict=True) for line in (Line([], page.number), *own)]
    measures.look_at(lines, bookmarks)
    return Layout(Flow(lines, measures, vocabulary, running, notes).body(), column_pages)


def _with_tables(page: Page, lines: list[Line], size: float) -> list[Line]:
    """The lines of a page, with those of each table put into it."""
    for grid in grids_of(page):
        inside = [line for line in lines if grid.holds((line.x0 + line.x1) / 2, (line.y0 + line.y1) / 2)]
        if inside:
            for line in inside:
                for word in line.words:
                    grid.put(word)
            lines = _replaced(lines, inside, grid, page, size)
    texts = [line for line in lines if line.words]
    for grid, inside in aligned_tables(texts):
        lines = _replaced(lines, inside, grid, page, size)
    return lines


def _replaced(lines: list[Line], inside: list[Line], grid: Grid, page: Page, size: float) -> list[Line]:
    taken = {id(line) for line in inside}
    table = Line([], page.number, grid=grid, x0=grid.x0, y0=grid.y0, x1=grid.x1, y1=grid.y1, size=size)
    return [*(line for line in lines if id(line) not in taken), table]


def _pictures(page: Page, repeated: frozenset[int], size: float) -> list[Line]:
    return [
        Line([], page.number, image=image, x0=image.x0, y0=image.y0, x1=image.x1, y1=image.y1, size=size)
        for image in page.images
        if id(image) not in repeated
    ]
