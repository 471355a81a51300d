"""Lay a story out twice: once to find on which page everything stands, once to place its boxes."""

from collections.abc import Iterator
from dataclasses import dataclass

from reportlab.platypus.flowables import Flowable

from pdf.layout.context import LayoutContext
from pdf.layout.page_recorder import PageRecorder
from pdf.layout.page_templates import PageTemplates, RunningHeads
from pdf.placed_document import DocumentInfo, PlacedDocument, PlacedPage
from pdf.tagging.structure_tree import Node


@dataclass(frozen=True)
class Story:
    """What is to be laid out. blocks: in reading order; emptied while they are placed, so that none is kept longer."""

    blocks: list[Flowable]
    root: Node
    context: LayoutContext
    heads: RunningHeads
    info: DocumentInfo
    attachment: bytes = b""

    def placed(self) -> PlacedDocument:
        """The measuring pass is made now, the placing pass while the pages are taken."""
        measured = PageRecorder()
        for _ in PageTemplates(self.context, self.heads).pages(list(self.blocks), measured):
            pass
        return PlacedDocument(
            info=self.info,
            root=self.root,
            is_right_to_left=bool(self.context.direction),
            page_count=measured.page_number - 1,
            places=measured.places,
            elements=measured.elements,
            pages=self._pages(measured),
            replaced=self.context.typesetter.replaced,
            attachment=self.attachment,
            scale=self.context.page.scale,
        )

    def _pages(self, measured: PageRecorder) -> Iterator[PlacedPage]:
        placing = PageRecorder(measured.places, measured.page_number - 1)
        yield from PageTemplates(self.context, self.heads).pages(self.blocks, placing)
        if placing.places != measured.places:
            raise RuntimeError("the placing pass came out otherwise than the measuring pass")
