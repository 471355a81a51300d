"""Write the structure tree into a PDF: elements, parent tree, identifiers (ISO 32000-1, 14.7.2 and 14.7.4).

Of a file of PDF 2.0 (ISO 32000-2, 14.7.4 and 14.8.6) also what elements refer to and the namespace of their types.
"""

from collections import defaultdict
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


NAMESPACE_2 = "http://iso.org/pdf2/ssn"
NAMES_IN_2 = {"Note": "FENote"}
"""Types that PDF 2.0 has in place of those of PDF 1.7; readers that do not know them are told the former."""
ONLY_IN_1 = frozenset({"BlockQuote", "Del", "Ins", "Reference", "TOC", "TOCI"})
"""Types that the namespace of PDF 2.0 leaves out, and our own: they stay in that of PDF 1.7, used beside it."""


class StructureWriter:
    """Turns a tree of `Node`s into objects of one document.

    pages: object references of the pages in order. parents: page number -> nodes by marked-content id.
    annotations: StructParent key -> node. targets: of a file of PDF 2.0, the elements that anchors lead to; None: it is
    one of PDF 1.7.
    """

    def __init__(self, document: Any, pages: Sequence[Any], targets: Mapping[str, Node] | None = None) -> None:
        self.document = document
        self.pages = [self._number(document.Reference(page)) for page in pages]
        self.elements: dict[Node, int] = {}
        self.identifiers: dict[str, int] = {}
        self.tags: set[str] = set()
        self.targets = targets
        self._root = Node("Document")
        self._namespace = 0
        self._bodies: dict[int, _Element] = {}
        self._referring: list[Node] = []

    def _number(self, reference: PDFObjectReference) -> int:
        return int(self.document.idToObjectNumberAndVersion[reference.name][0])

    def write(self, root: Node, parents: Mapping[int, Sequence[Node]], annotations: Mapping[int, Node]) -> None:
        """Hang the tree on the document's catalogue."""
        document, self._root = self.document, root
        tree = PDFDictionary({"Type": PDFName("StructTreeRoot")})
        tree_number = self._number(document.Reference(tree, "StructTreeRoot"))
        if self.targets is not None:
            namespace = PDFDictionary({"Type": PDFName("Namespace"), "NS": PDFString(NAMESPACE_2)})
            reference = document.Reference(namespace, "Namespace2")
            self._namespace = self._number(reference)
            tree["Namespaces"] = PDFArray([reference])
        tree["K"] = PDFArray([PDFObjectReference(f"SE{self._element(root, tree_number)}")])
        self._refer()
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
        known = ROLES if self.targets is None else ROLES | {NAMES_IN_2[tag]: tag for tag in NAMES_IN_2}
        if roles := {tag: PDFName(known[tag]) for tag in sorted(known) if tag in self.tags}:
            tree["RoleMap"] = PDFDictionary(roles)
        document.Catalog.StructTreeRoot = tree
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _refer(self) -> None:
        """Say what elements refer to, now that all have their numbers. A note refers back to each of its marks (ISO
        14289-2, 8.2.5.14)."""
        found: dict[int, list[int]] = defaultdict(list)
        for node in self._referring:
            if target := self._nearest(node.refers_to):
                found[self.elements[node]].append(self.elements[target])
                if target.tag == "Note":
                    found[self.elements[target]].append(self.elements[node])
        for number, targets in found.items():
            element, references = self._bodies[number], " ".join(f"{target} 0 R" for target in targets)
            element.body = element.body.removesuffix(b">>") + f" /Ref [{references}]>>".encode("ascii")

    def element_at(self, anchor: str) -> int:
        """The object number of the element that an anchor leads to, or of the nearest above it that is in the file."""
        return self.elements[self._nearest(anchor) or self._root]

    def _nearest(self, anchor: str) -> Node | None:
        node = (self.targets or {}).get(anchor)
        while node is not None and node not in self.elements:
            node = node.parent
        return node

    def _reference(self, node: Node) -> PDFObjectReference:
        return PDFObjectReference(f"SE{self.elements[node]}")

    def _mark(self, page: int, mark: int, home: int) -> str:
        """A marked content: a bare number on the element's own page, else with its page."""
        return str(mark) if page == home else f"<</Type /MCR /Pg {self.pages[page - 1]} 0 R /MCID {mark}>>"

    def _element(self, node: Node, parent: int) -> int:
        element = _Element()
        self.tags.add(self._type(node))
        # The name of an object carries its number, so that references can be spelled without a look-up.
        number = self.elements[node] = int(self.document.objectcounter) + 1
        self.document.Reference(element, f"SE{number}")
        home = next((kid.marks[0][0] for kid in node.kids if isinstance(kid, Slot) and kid.marks), 0)
        kids = list(self._kids(node, number, home))
        parts = [
            f"/S /{self._type(node)} /P {parent} 0 R",
            f"/K {kids[0]}" if len(kids) == 1 else f"/K [{' '.join(kids)}]",
        ]
        if home:
            parts.append(f"/Pg {self.pages[home - 1]} 0 R")
        texts = (("Alt", node.alt), ("Lang", node.language), ("T", node.title), ("ID", node.identifier))
        for key, value in (*texts, ("ActualText", node.spoken)):
            if value:
                parts.append(f"/{key} {f'({value})' if key in ('Lang', 'ID') else utf16(value)}")
        if self._namespace and node.tag not in ONLY_IN_1:
            parts.append(f"/NS {self._namespace} 0 R")
        if self.targets is not None:
            self._bodies[number] = element
            if node.refers_to:
                self._referring.append(node)
        if node.attributes:
            parts.append(f"/A {_attributes(node)}")
        if node.identifier:
            self.identifiers[node.identifier] = number
        element.body = f"<<{' '.join(parts)}>>".encode("ascii")
        return number

    def _type(self, node: Node) -> str:
        return node.tag if self.targets is None else NAMES_IN_2.get(node.tag, node.tag)

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
