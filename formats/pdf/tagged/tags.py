"""The tag tree of a PDF as nodes, with the words and pictures its marks name. Pure.

ISO 32000: an element's kind is /S, by way of /RoleMap; its content are numbers of marked content on a page, further
elements, and references to annotations.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from formats.draft import Reason
from formats.html.tree import INLINE, LEFT_OUT, PAGE, TEXT, Node, mark_blocks
from formats.office.paragraph_roles import Role
from formats.office.style_names import meaning_of
from formats.pdf.over_pages import leave_out_second_heads
from formats.pdf.page.annotations import address_of, text_of
from formats.pdf.page.model import Image, Page, Word
from formats.pdf.tagged.unlabelled import BEGIN, SIZE
from formats.pdf.text_nodes import cut_joined, joined_text, label_text, picture_node, text_nodes
from formats.plain.list_and_heading_markers import marker_of
from formats.web.joining import LIGATURES, Vocabulary

DEEPEST = 80
LONGEST_NUMBER, LONGEST_LETTERS = 5, 2  # characters of a label that is a bullet or a number, and letters in a row
NEAR_BOX = 8.0  # points in all between a picture and the box its figure says it has
MOST_ELEMENTS = 400_000
_NAMES = {
    "Document": "div", "DocumentFragment": "div", "Part": "div", "Art": "div", "Sect": "div", "Div": "div",
    "Aside": "div", "Index": "div", "P": "p", "H": "h2", "L": "ul", "LI": "li", "LBody": "span",
    "Table": "table", "THead": "thead", "TBody": "tbody", "TFoot": "tfoot", "TR": "tr", "TH": "th", "TD": "td",
    "BlockQuote": "blockquote", "Figure": "figure", "Code": "code", "Em": "em", "Strong": "strong", "Link": "a",
    "BibEntry": "span", "Sub": "span",
}  # fmt: skip


@dataclass
class TagReader:
    file: pikepdf.Pdf
    pages: list[Page]
    vocabulary: Vocabulary
    used: set[tuple[int, int]] = field(default_factory=set)
    notes: list[Node] = field(default_factory=list)
    _count: int = 0
    _turned: int = -1
    leaf: Node | None = None  # the last text of the open block
    items: list[dict[str, str]] = field(default_factory=list)  # that are open: where each begins
    cell: list[tuple[int, list[Node]]] = field(default_factory=list)  # what was read of the open cell, by page

    def __post_init__(self) -> None:
        self.numbers = {page.obj.objgen: number for number, page in enumerate(self.file.pages)}
        self.words: dict[tuple[int, int], list[Word]] = {}
        for page in self.pages:
            for word in page.words:
                if word.tag >= 0 and not word.artifact:
                    self.words.setdefault((page.number, word.tag), []).append(word)
        self.images = {
            (page.number, image.tag): image for page in self.pages for image in page.images if image.tag >= 0
        }
        self.untagged = {page.number: [image for image in page.images if image.tag < 0] for page in self.pages}
        root = self.file.Root.get("/StructTreeRoot")
        self.root = root if isinstance(root, pikepdf.Dictionary) else pikepdf.Dictionary()
        roles = self.root.get("/RoleMap")
        self.roles = roles if isinstance(roles, pikepdf.Dictionary) else pikepdf.Dictionary()

    def body(self) -> Node:
        body = Node("body")
        body.adopt(self.children(self.root.get("/K"), -1, "", 0, "body"))
        mark_blocks(body)
        return body

    def children(self, kids: Any, page: int, language: str, depth: int, outer: str) -> list[Node]:
        nodes: list[Node] = []
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            self._count += 1
            if self._count > MOST_ELEMENTS or depth > DEEPEST:
                break
            nodes.extend(self.kid(kid, page, language, depth, outer))
        return nodes

    def kid(self, kid: Any, page: int, language: str, depth: int, outer: str) -> list[Node]:
        if isinstance(kid, int):
            return self.marked(page, kid, outer)
        if not isinstance(kid, pikepdf.Dictionary):
            return []
        own = kid.get("/Pg")
        page = self.numbers.get(own.objgen, page) if isinstance(own, pikepdf.Dictionary) else page
        kind = str(kid.get("/Type", ""))
        if kind == "/MCR":
            number = kid.get("/MCID")
            return self.marked(page, number, outer) if isinstance(number, int) else []
        if kind == "/OBJR" or "/S" not in kid:
            return []
        return self.element(kid, page, depth, outer)

    def marked(self, page: int, number: int, outer: str) -> list[Node]:
        if (page, number) in self.used:
            return []
        self.used.add((page, number))
        words = self.words.get((page, number), [])
        nodes: list[Node] = []
        if words and page > self._turned:
            nodes += [Node(PAGE, str(number + 1)) for number in range(self._turned + 1, page + 1)]
            self._turned = page
        image = self.images.get((page, number))
        if image is not None and outer == "figure":
            nodes.append(picture_node(image, page))
        before = self.space_before(words, nodes) if outer not in ("table", "tr") else ""
        if words:
            self.open_begin(words, page)
        found = text_nodes(words, self.vocabulary, heading=outer[:1] == "h" and outer[1:].isdigit())
        nodes += [*([Node(TEXT, before)] if before else []), *found]
        for node in found:
            self.leaf = next((inner for inner in node.walk() if inner.tag == TEXT), self.leaf)
        if outer in ("th", "td"):
            self.cell.append((page, nodes))
        return nodes

    def space_before(self, words: list[Word], nodes: list[Node]) -> str:
        """What stands between the last words of the block and these. nodes: takes a finding of a word cut there."""
        if not words or not words[0].space:
            return ""
        text = words[0].text.translate(LIGATURES)
        if self.leaf is not None and words[0].line_break:
            joined = cut_joined(self.leaf.text, text, self.vocabulary)
            if joined is not None:
                self.leaf.text = joined[0]
                nodes.append(joined[1])
                return ""
            if not self.vocabulary.needs_space(self.leaf.text, text):
                return ""
        return " "

    def open_begin(self, words: list[Word], page: int) -> None:
        """Notes where the open item begins, from the side where its page is read."""
        if self.items and not self.items[-1]:
            turned = self.pages[page].right_to_left
            self.items[-1] = {BEGIN: f"{-words[0].x1 if turned else words[0].x0:.1f}", SIZE: f"{words[0].style.size}"}

    def role(self, element: Any) -> str:
        name = str(element.get("/S", "")).lstrip("/")
        for _ in range(10):
            if name in _NAMES or name in _OTHERS or (name[:1] == "H" and name[1:].isdigit()):
                break
            mapped = self.roles.get(f"/{name}") if name else None
            if not isinstance(mapped, pikepdf.Name) or str(mapped) == f"/{name}":
                break
            name = str(mapped).lstrip("/")
        return name

    def role_in(self, element: Any, outer: str) -> str:
        role = self.role(element)
        return "BlockQuote" if role == "P" and outer in _HOLDS_QUOTES and _is_quote(element) else role

    def element(self, element: Any, page: int, depth: int, outer: str) -> list[Node]:
        role = self.role_in(element, outer)
        language = text_of(element.get("/Lang"))
        tag = _heading(role) or _NAMES.get(role, "span")
        if role == "Title":
            tag = "p"
        elif role == "Caption":
            tag = {"table": "caption", "figure": "figcaption"}.get(outer, "p")
        elif role in ("Note", "FENote"):
            tag = "div"
        elif outer in ("ul", "ol") and role != "LI" and self.has_label(element):
            tag = "li"
        inside = tag if tag not in ("span", "code", "em", "strong", "a") else outer
        node = Node(tag, "", {"lang": language} if language else {})
        if tag in ("th", "td"):
            self.cell = []
        if tag == "li":
            self.items.append({})
        if tag not in INLINE:
            self.leaf = None
        node.adopt(self.children(element.get("/K"), page, language, depth + 1, inside))
        if tag == "li":
            node.attributes |= self.items.pop()
        if tag not in INLINE:
            self.leaf = None
        return self.placed(node, role, element, outer, page)

    def placed(self, node: Node, role: str, element: Any, outer: str, page: int) -> list[Node]:  # noqa: C901  one kind a case
        """The node of an element as it stands in the tree, by its kind."""
        match role:
            case "Title":
                node.attributes["class"] = "title"
            case "Caption" if node.tag == "p":
                node.attributes["class"] = "caption"
            case "Artifact":
                return [_told(node, Reason.RUNNING_HEAD)]
            case "TOC" | "TOCI":
                return [_told(node, Reason.CONTENTS_LIST)]
            case "Lbl" if outer == "li":
                words = node.words()
                if not _is_word(words) or marker_of(f"{label_text(words)} x") is not None:
                    return [_told(node, Reason.LIST_NUMBER)]
                node.tag = "strong"
                return [node, Node(TEXT, " ")]
            case "Lbl" if outer == "div" and len(node.words()) <= 8:
                node.attributes["class"] = "label"
            case "L":
                _number(node, element)
            case "Link":
                if not node.words():
                    return node.children
                node.attributes["href"] = self.address(element)
                for inner in node.walk():
                    if inner is not node and inner.tag == "a":
                        inner.tag, inner.attributes = "span", {}
                if not node.attributes["href"]:
                    node.tag = "span"
            case "TH" | "TD":
                self.spans(node, element)
                leave_out_second_heads(self.cell)
            case "Figure" | "Formula":
                return self.figure(node, element, page, role)
            case "Note" | "FENote":
                node.attributes["class"] = "pdf-note"
            case "Reference":
                node.attributes["class"] = "reference"
        if not node.children and (said := text_of(element.get("/ActualText"))) and role not in ("TD", "TH", "TR"):
            node.adopt([Node(TEXT, said)])
        return [node]

    def address(self, element: Any) -> str:
        kids = element.get("/K")
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if (
                isinstance(kid, pikepdf.Dictionary)
                and isinstance(kid.get("/Obj"), pikepdf.Dictionary)
                and (href := address_of(kid["/Obj"]))
            ):
                return href
        return ""

    def spans(self, node: Node, element: Any) -> None:
        for one in _attributes(element):
            for name, key in (("rowspan", "/RowSpan"), ("colspan", "/ColSpan")):
                if isinstance(one.get(key), int):
                    node.attributes[name] = str(one[key])

    def has_label(self, element: Any) -> bool:
        """Whether it is an item that its program gave another kind."""
        kids = element.get("/K")
        return any(
            isinstance(kid, pikepdf.Dictionary) and "/S" in kid and self.role(kid) == "Lbl"
            for kid in (kids if isinstance(kids, pikepdf.Array) else [kids])
        )

    def in_box(self, element: Any, page: int) -> Image | None:
        """The picture that no mark names, in the place a figure says it has."""
        for one in _attributes(element):
            box = one.get("/BBox")
            if isinstance(box, pikepdf.Array) and len(box) == 4:
                x0, y0, x1, y1 = (float(number) for number in box)
                for image in self.untagged.get(page, ()):
                    if abs(image.x0 - x0) + abs(image.y0 - y0) + abs(image.x1 - x1) + abs(image.y1 - y1) < NEAR_BOX:
                        self.untagged[page].remove(image)
                        return image
        return None

    def figure(self, node: Node, element: Any, page: int, role: str) -> list[Node]:
        alt = " ".join((text_of(element.get("/Alt")) or text_of(element.get("/ActualText"))).split())
        pictures = [inner for inner in node.walk() if inner.tag == "img"]
        if role == "Formula":
            node.tag = "span"
            return [node] if node.words() else [Node(TEXT, alt)]
        for picture in pictures[:1]:
            picture.attributes["alt"] = alt
        if not pictures and (alt or not node.words()):
            image = self.in_box(element, page)
            picture = picture_node(image, page)
            picture.attributes["alt"] = alt
            node.adopt([picture])
        return [node]


_OTHERS = frozenset({
    "Span", "NonStruct", "Private", "Lbl", "TOC", "TOCI", "Note", "FENote", "Reference", "Quote", "Caption",
    "Title", "Artifact", "Annot", "Form", "Formula", "Ruby", "RB", "RT", "RP", "Warichu",
})  # fmt: skip


def _heading(role: str) -> str:
    return f"h{min(int(role[1:]), 6)}" if role[:1] == "H" and role[1:].isdigit() and int(role[1:][:4]) > 0 else ""


_HOLDS_QUOTES = frozenset({"body", "div"})


def _is_quote(element: Any) -> bool:
    """Whether a paragraph is one of quotations by the name of its style, which LibreOffice gives the element."""
    meaning = meaning_of(str(element.get("/S", "")).lstrip("/"))
    return meaning is not None and meaning.role == Role.QUOTE


def _attributes(element: Any) -> list[Any]:
    found = element.get("/A")
    return [
        one for one in (found if isinstance(found, pikepdf.Array) else [found]) if isinstance(one, pikepdf.Dictionary)
    ]


def _is_word(label: str) -> bool:
    """Whether what a list has as its label says something, where others have a bullet or a number."""
    return len(label) > LONGEST_NUMBER or any(len(run) > LONGEST_LETTERS for run in re.findall(r"[^\W\d_]+", label))


def _told(node: Node, reason: Reason) -> Node:
    words = "\n".join(_lines(node)) if reason == Reason.CONTENTS_LIST else node.words()
    turned = [inner for inner in node.walk() if inner.tag == PAGE]
    told = Node(LEFT_OUT, words, reason=reason)
    if not turned:
        return told
    holder = Node("span")
    holder.adopt([*turned, told])
    return holder


def _lines(node: Node) -> Iterator[str]:
    """The entries of a contents list, of those in it too."""
    own = Node(node.tag)
    for child in node.children:
        if child.tag == LEFT_OUT:
            yield from [said] if (said := own.words().strip()) else []
            yield child.text
            own = Node(node.tag)
        else:
            own.children.append(child)
    yield from [said] if (said := own.words().strip()) else []


def _number(node: Node, element: Any) -> None:
    """Whether a list is ordered: by its attribute, else by its first label."""
    labels = [inner.text for inner in node.walk() if inner.tag == LEFT_OUT and inner.reason == Reason.LIST_NUMBER]
    marker = marker_of(f"{label_text(labels[0].strip())} x") if labels else None
    said = ""
    for one in _attributes(element):
        if "/ListNumbering" in one:
            said = str(one["/ListNumbering"]).lstrip("/")
    ordered = said in ("Decimal", "UpperRoman", "LowerRoman", "UpperAlpha", "LowerAlpha", "Ordered") or bool(
        marker and marker.ordered
    )
    if ordered:
        node.tag = "ol"
        kind = {"UpperRoman": "I", "LowerRoman": "i", "UpperAlpha": "A", "LowerAlpha": "a"}.get(said, "")
        kind = kind or ({"a": "a", "i": "i"}.get(marker.kind.strip("().")[:1], "") if marker else "")
        if kind:
            node.attributes["type"] = kind
        if marker and marker.number > 1:
            node.attributes["start"] = str(marker.number)


def left_over(pages: list[Page], used: set[tuple[int, int]]) -> dict[int, list[Word]]:
    """By page: words that no tag names, artifacts among them."""
    return {
        page.number: rest
        for page in pages
        if (rest := [word for word in page.words if word.artifact or (page.number, word.tag) not in used])
    }


def lines_of(words: list[Word]) -> list[str]:
    lines: list[list[Word]] = []
    for word in words:
        if not lines or word.line_break:
            lines.append([])
        lines[-1].append(word)
    return [joined_text(line) for line in lines]
