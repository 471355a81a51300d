"""A reportlab canvas that writes tagged PDF: marked contents, artifacts, link annotations, destinations, fonts.

Whatever is painted stands inside `marked()` or `artifact()`; nothing here guesses afterwards.
"""

import zlib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase.pdfdoc import (
    PDFArray,
    PDFDictionary,
    PDFName,
    PDFObjectReference,
    PDFPageLabel,
    PDFPageLabels,
    PDFStream,
    PDFString,
)
from reportlab.pdfgen.canvas import Canvas

from pdf.placed_document import Bookmark, Decoration, Gap, Picture, Place, QRCode
from pdf.tagging.structure_tree import AnnotationMark, Node, Slot, figure_attributes
from pdf.tagging.structure_tree_writer import StructureWriter, utf16
from pdf.text.shaping_and_embedding import EmbeddedFace

Sides = tuple[float, float, float, float]

PAGE_KEYS = ("StructParents", "Tabs")
CATALOGUE_KEYS = ("OutputIntents", "AF")
PRINTED_FLAG = 4  # an annotation that is printed; PDF/A asks for it


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """See the module. root: of the structure tree. places: where the anchors stand that links and outline lead to.

    targets: of a file of PDF 2.0, the elements of those anchors. enlarged: how much larger everything is painted; what
    stands outside the pages' contents is told in full size.
    """

    def __init__(
        self,
        out: Any,
        root: Node,
        places: Mapping[str, Place],
        targets: Mapping[str, Node] | None = None,
        enlarged: float = 1.0,
    ) -> None:
        self.enlarged = enlarged
        self.targets = targets
        super().__init__(out, pdfVersion=(1, 7), pageCompression=1, invariant=1)
        self.root = root
        self.places = places
        self.parents: dict[int, list[Node]] = {}
        self.annotations: dict[int, Node] = {}
        self.outline: list[tuple[int, str, str]] = []
        self._fonts_known: set[str] = set()
        self._destinations_of: dict[str, PDFArray] = {}
        self._inner_links: list[
            tuple[PDFDictionary, str]
        ] = []  # links within and entries of the outline, and their anchor
        self._open = 0

    def _make_preamble(self) -> None:
        # reportlab sets an initial font here, Helvetica, which would be referred to and not embedded.
        self._preamble = f"{self.enlarged:g} 0 0 {self.enlarged:g} 0 0 cm"

    # Marked contents

    @contextmanager
    def marked(self, slot: Slot) -> Iterator[None]:
        """What is painted inside belongs to the slot's element."""
        page = self.getPageNumber()
        row = self.parents.setdefault(page, [])
        slot.marks.append((page, len(row)))
        self._begin(f"/{slot.node.tag} <</MCID {len(row)}>> BDC")
        row.append(slot.node)
        yield
        self._end()

    @contextmanager
    def artifact(self, kind: str = "Layout", subtype: str = "") -> Iterator[None]:
        """What is painted inside is no part of the text. kind: Pagination, Layout, Page or Background."""
        named = f" /Subtype /{subtype}" if subtype else ""
        self._begin(f"/Artifact <</Type /{kind}{named}>> BDC")
        yield
        self._end()

    def _begin(self, operator: str) -> None:
        if self._open:
            raise RuntimeError("marked contents do not nest")
        self._open = 1
        self._code.append(operator)

    def _end(self) -> None:
        self._open = 0
        self._code.append("EMC")

    # Painting

    def use(self, face: EmbeddedFace) -> str:
        """The resource name of a face, which the document embeds from now on."""
        if face.name not in self._fonts_known:
            self._fonts_known.add(face.name)
            reference = self._doc.Reference(PDFDictionary({}), face.object_name)
            self._doc.idToObject["BasicFonts"].dict[face.name] = reference
            self._doc.delayedFonts.append(face)
        return face.name

    def write(self, *operators: str) -> None:
        self._code.extend(operators)

    def decorate(self, box: Decoration) -> None:
        """Rectangles that are no part of the text."""
        with self.artifact(box.kind, box.subtype):
            for each in box.rectangles:
                red, green, blue = each.colour
                side = f"{each.x:.2f} {each.y:.2f} {each.width:.2f} {each.height:.2f}"
                self._code.append(f"{red:g} {green:g} {blue:g} rg {side} re f")

    def picture(self, box: Picture) -> None:
        self._box(box.slot.node, box.x, box.y, box.width, box.height)
        with self.marked(box.slot):
            self.drawImage(ImageReader(box.image), box.x, box.y, box.width, box.height)

    def qr_code(self, code: QRCode) -> None:
        """The dark cells as one path."""
        side = code.size / len(code.modules)
        cells = [
            f"{code.x + column * side:.3f} {code.y + code.size - (row + 1) * side:.3f} {side:.3f} {side:.3f} re"
            for row, modules in enumerate(code.modules)
            for column, is_dark in enumerate(modules)
            if is_dark
        ]
        red, green, blue = code.colour
        self._box(code.slot.node, code.x, code.y, code.size, code.size)
        with self.marked(code.slot):
            self._code.append(f"{red:g} {green:g} {blue:g} rg {' '.join(cells)} f")

    def _box(self, node: Node, x: float, y: float, width: float, height: float) -> None:
        """Where a picture stands, as its element tells it."""
        sides = (x, y, x + width, y + height)
        node.attributes = figure_attributes(tuple(side * self.enlarged for side in sides))

    def gap(self, box: Gap) -> None:
        self.saveState()
        self.translate(box.x, box.y)
        self.restoreState()

    # Annotations, destinations, outline

    def link(self, node: Node, box: Sides, text: str, *, address: str = "", place: str = "") -> None:
        """A link annotation over a box, joined to its element. One of address (a URI) and place (an anchor)."""
        key = 1_000_000 + len(self.annotations)
        annotation = PDFDictionary(
            {
                "Type": PDFName("Annot"),
                "Subtype": PDFName("Link"),
                "Rect": PDFArray([round(side * self.enlarged, 2) for side in box]),
                "Border": PDFArray([0, 0, 0]),
                "F": PRINTED_FLAG,
                "Contents": _Text(text),
                "StructParent": key,
            }
        )
        if address:
            uri = PDFString(quote(address, safe="%:/?#[]@!$&'()*+,;=~"))
            annotation["A"] = PDFDictionary({"S": PDFName("URI"), "URI": uri})
        else:
            annotation["Dest"] = self._destination(place)
            if self.targets is not None:
                self._inner_links.append((annotation, place))
        name = f"L{len(self.annotations)}"
        self._addAnnotation(annotation, name)
        reference = self._doc.refAnnotation(name)
        number = self._doc.idToObjectNumberAndVersion[reference.name][0]
        node.kids.append(AnnotationMark(self.getPageNumber(), number))
        self.annotations[key] = node

    def _destination(self, key: str) -> PDFObjectReference:
        array = self._destinations_of.setdefault(key, PDFArray([]))
        return self._doc.Reference(array)

    def bookmark(self, entry: Bookmark) -> None:
        """An entry of the outline; levels that would skip one are drawn in."""
        deepest = self.outline[-1][0] + 1 if self.outline else 0
        self.outline.append((min(entry.level, deepest), entry.title, entry.key))

    # Pages and the end

    def showPage(self) -> None:
        if self._open:
            raise RuntimeError("a marked content was left open")
        number = self.getPageNumber()
        super().showPage()
        page = self._doc.Pages.pages[-1]
        page.Contents, page.stream = _compressed(page.stream), None  # now, not at the end of a long document
        page.__NoDefault__ = [*page.__NoDefault__, *PAGE_KEYS]  # reportlab writes only the keys it knows
        page.StructParents = number - 1
        page.Tabs = PDFName("S")

    def save(self) -> None:
        """Write the file."""
        if self._code:
            self.showPage()
        document = self._doc
        document.Catalog.__NoDefault__ = [*document.Catalog.__NoDefault__, *CATALOGUE_KEYS]
        document.Catalog.__Refs__ = list(document.Catalog.__NoDefault__)
        self._finish_destinations()
        self._finish_outline()
        writer = StructureWriter(document, document.Pages.pages, self.targets)
        writer.write(self.root, self.parents, self.annotations)
        if self.targets is not None:
            self._lead_to_elements(writer)
        labels = PDFPageLabels()
        labels.addPageLabel(0, PDFPageLabel("ARABIC", 1))
        document.Catalog.PageLabels = labels
        self.setViewerPreference("DisplayDocTitle", "true")
        super().save()

    def _finish_destinations(self) -> None:
        for key, array in self._destinations_of.items():
            array.sequence[:] = self._arrival(key)

    def _arrival(self, key: str, target: Any = None) -> list[Any]:
        """A destination (ISO 32000-1, 12.3.2): the page of an anchor, or another target, and the height on it."""
        place = self.places.get(key, Place(1, 800.0))
        target = target or self._doc.Reference(self._doc.Pages.pages[place.page - 1])
        return [target, PDFName("XYZ"), 0, round(place.top * self.enlarged, 2), 0]

    def _lead_to_elements(self, writer: StructureWriter) -> None:
        """In PDF 2.0 a link within the file names an element (ISO 14289-2, 8.8). The place on the page stays beside it,
        for readers that look for no element."""
        for origin, key in self._inner_links:
            element = PDFObjectReference(f"SE{writer.element_at(key)}")
            origin["A"] = PDFDictionary(
                {
                    "S": PDFName("GoTo"),
                    "D": origin.dict.pop("Dest"),
                    "SD": PDFArray(self._arrival(key, element)),
                }
            )

    def _finish_outline(self) -> None:
        """reportlab's own outline asks for destinations of its own making; these are ours."""
        if not self.outline:
            return
        entries = [PDFDictionary({"Title": _Text(title)}) for _, title, _ in self.outline]
        references = [self._doc.Reference(entry) for entry in entries]
        root = PDFDictionary({"Type": PDFName("Outlines")})
        root_reference = self._doc.Reference(root)
        for entry, (_, _, key) in zip(entries, self.outline, strict=True):
            entry["Dest"] = PDFArray(self._arrival(key))
            if self.targets is not None:
                self._inner_links.append((entry, key))
        self._hang(root, root_reference, 0, entries, references, 0, len(entries))
        self._doc.Outlines = _Outline(root)
        self._doc.Catalog.Outlines = root_reference
        self.showOutline()

    def _hang(
        self,
        parent: PDFDictionary,
        parent_reference: PDFObjectReference,
        level: int,
        entries: Sequence[PDFDictionary],
        references: Sequence[PDFObjectReference],
        start: int,
        end: int,
    ) -> None:
        children = [index for index in range(start, end) if self.outline[index][0] == level]
        if not children:
            return
        parent["First"], parent["Last"] = references[children[0]], references[children[-1]]
        parent["Count"] = len(children) if level == 0 else -len(children)  # below the first level closed
        previous = None
        for index, following in zip(children, [*children[1:], end], strict=True):
            entries[index]["Parent"] = parent_reference
            if previous is not None:
                entries[index]["Prev"] = references[previous]
                entries[previous]["Next"] = references[index]
            previous = index
            self._hang(entries[index], references[index], level + 1, entries, references, index + 1, following)


def _compressed(operators: str) -> PDFStream:
    content = zlib.compress(operators.encode("latin-1"))
    return PDFStream(dictionary=PDFDictionary({"Filter": PDFName("FlateDecode")}), content=content)


class _Text(PDFString):  # type: ignore[misc]
    """A text string in UTF-16, whatever letters it holds."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text

    def format(self, document: Any) -> bytes:
        return utf16(self.text).encode("ascii")


class _Outline:
    """Stands where reportlab looks for its own outline at the end, which is not used."""

    ready = 1

    def __init__(self, root: PDFDictionary) -> None:
        self.root = root

    def prepare(self, document: Any, canvas: Any) -> None:
        """Nothing is left to do."""
