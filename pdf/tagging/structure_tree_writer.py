"""Write the structure tree into a PDF: elements, parent tree, identifiers (ISO 32000-1, 14.7.2 and 14.7.4)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from reportlab.pdfbase.pdfdoc import PDFArray, PDFDictionary, PDFName, PDFObject, PDFObjectReference, PDFString

from pdf.tagging.structure_tree import ROLES, Node, Slot


class _Element(PDFObject):  # type: ignore[misc]
    """A structure element in its final bytes; a PDFDictionary a piece would double the time of a long document."""

    __RefOnly__ = 1

    def __init__(self) -> None:
        self.body = b""

    def format(self, document: Any) -> bytes:
        return self.body


def utf16(text: str) -> str:
    """A PDF text string in hexadecimal, big-endian with a byte order mark."""
    return f"<FEFF{text.encode('utf-16-be', 'replace').hex().upper()}>"


def _attributes(node: Node) -> str:
    dictionaries = []
    for owner, values in node.attributes.items():
        parts = [f"/O /{owner}"]
        for name, value in values.items():
            if isinstance(value, str):
                parts.append(f"/{name} /{value}")
            elif isinstance(value, list):
                parts.append(f"/{name} [{' '.join(format(number, 'g') for number in value)}]")
            else:
                parts.append(f"/{name} {value:g}")
        dictionaries.append(f"<<{' '.join(parts)}>>")
    return dictionaries[0] if len(dictionaries) == 1 else f"[{' '.join(dictionaries)}]"


CELLS = frozenset({"TD", "TH"})
"""Elements that stand also where they hold nothing: a row without its empty cells would have fewer than the others."""


class StructureWriter:
    """Turns a tree of `Node`s into objects of one document.

    pages: object references of the pages in order. parents: page number -> nodes by marked-content id.
    annotations: StructParent key -> node.
    """

    def __init__(self, document: Any, pages: Sequence[Any]) -> None:
        self.document = document
        self.pages = [self._number(document.Reference(page)) for page in pages]
        self.elements: dict[Node, int] = {}
        self.identifiers: dict[str, int] = {}
        self.tags: set[str] = set()

    def _number(self, reference: PDFObjectReference) -> int:
        return int(self.document.idToObjectNumberAndVersion[reference.name][0])

    def write(self, root: Node, parents: Mapping[int, Sequence[Node]], annotations: Mapping[int, Node]) -> None:
        """Hang the tree on the document's catalogue."""
        document = self.document
        tree = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        tree_number = self._number(document.Reference(tree, "StructTreeRoot"))
        tree["K"] = PDFArray([PDFObjectReference(f"SE{self._element(root, tree_number)}")])
        numbers: list[Any] = []
        for page in range(1, len(self.pages) + 1):
            row = _Element()
            row.body = f"[{' '.join(f'{self.elements[node]} 0 R' for node in parents.get(page, ()))}]".encode()
            numbers += [page - 1, document.Reference(row)]
        for key in sorted(annotations):
            numbers += [key, self._reference(annotations[key])]
        tree["ParentTree"] = document.Reference(PDFDictionary({"Nums": PDFArray(numbers)}), "ParentTree")
        tree["ParentTreeNextKey"] = max([len(self.pages), *(key + 1 for key in annotations)])
        if self.identifiers:
            names: list[Any] = []
            for name in sorted(self.identifiers):
                names += [PDFString(name), PDFObjectReference(f"SE{self.identifiers[name]}")]
            tree["IDTree"] = PDFDictionary({"Names": PDFArray(names)})
        if roles := {tag: PDFName(ROLES[tag]) for tag in sorted(ROLES) if tag in self.tags}:
            tree["RoleMap"] = PDFDictionary(roles)
        document.Catalog.StructTreeRoot = tree
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _reference(self, node: Node) -> PDFObjectReference:
        return PDFObjectReference(f"SE{self.elements[node]}")

    def _mark(self, page: int, mark: int, home: int) -> str:
        """A marked content: a bare number on the element's own page, else with its page."""
        return str(mark) if page == home else f"<</Type /MCR /Pg {self.pages[page - 1]} 0 R /MCID {mark}>>"

    def _element(self, node: Node, parent: int) -> int:
        element = _Element()
        self.tags.add(node.tag)
        # The name of an object carries its number, so that references can be spelled without a look-up.
        number = self.elements[node] = int(self.document.objectcounter) + 1
        self.document.Reference(element, f"SE{number}")
        home = next((kid.marks[0][0] for kid in node.kids if isinstance(kid, Slot) and kid.marks), 0)
        kids = list(self._kids(node, number, home))
        parts = [f"/S /{node.tag} /P {parent} 0 R", f"/K {kids[0]}" if len(kids) == 1 else f"/K [{' '.join(kids)}]"]
        if home:
            parts.append(f"/Pg {self.pages[home - 1]} 0 R")
        texts = (("Alt", node.alt), ("Lang", node.language), ("T", node.title), ("ID", node.identifier))
        for key, value in (*texts, ("ActualText", node.spoken)):
            if value:
                parts.append(f"/{key} {f'({value})' if key in ('Lang', 'ID') else utf16(value)}")
        if node.attributes:
            parts.append(f"/A {_attributes(node)}")
        if node.identifier:
            self.identifiers[node.identifier] = number
        element.body = f"<<{' '.join(parts)}>>".encode("ascii")
        return number

    def _kids(self, node: Node, number: int, home: int) -> Iterator[str]:
        """home: the page of the element's first own text, 0 if it has none."""
        for kid in node.kids:
            if isinstance(kid, Node):
                if kid.is_drawn() or kid.tag in CELLS:
                    yield f"{self._element(kid, number)} 0 R"
            elif isinstance(kid, Slot):
                for page, mark in kid.marks:
                    yield self._mark(page, mark, home)
            else:
                yield f"<</Type /OBJR /Obj {kid.number} 0 R /Pg {self.pages[kid.page - 1]} 0 R>>"
