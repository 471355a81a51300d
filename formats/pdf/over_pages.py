"""Tables and lists that go on over a page, and were written as two: put together again. Pure."""

from formats.draft import Reason
from formats.html.left_out import left_out
from formats.html.tree import LEFT_OUT, PAGE, TEXT, Node
from formats.pdf.text_nodes import SENTENCE_END

SAME_EDGES = 4.0  # points between the columns of two parts of one table
LONG = 60  # letters of what is a text rather than a line of its own
_LISTS = frozenset({"ul", "ol"})
EDGES = "data-edges"  # attribute of a table: where its columns begin on the page


def put_together(body: Node) -> None:
    for outer in list(body.walk()):
        if outer.tag in _LISTS or outer.tag in ("table", "tr"):
            continue
        _tables_in(outer)
        _lists_in(outer)
        _paragraphs_in(outer)


def _pairs(outer: Node, tags: frozenset[str]) -> list[tuple[Node, list[Node], Node]]:
    """Children with these tags that follow each other, and the signs between them."""
    found: list[tuple[Node, list[Node], Node]] = []
    last: Node | None = None
    between: list[Node] = []
    for child in outer.children:
        if child.tag in tags:
            if last is not None:
                found.append((last, between, child))
            last, between = child, []
        elif last is not None and _is_sign(child):
            between.append(child)
        else:
            last = None
    return found


def _is_sign(node: Node) -> bool:
    if node.tag in (PAGE, LEFT_OUT) or "pdf-note" in node.classes:
        return True
    return not node.words(left_out=False) and not any(inner.tag == "img" for inner in node.walk())


# Paragraphs


def _paragraphs_in(outer: Node) -> None:
    first: dict[int, Node] = {}
    for one, between, other in _pairs(outer, frozenset({"p", "blockquote"})):
        whole = first.get(id(one), one)
        if whole.tag != other.tag or whole.classes or other.classes or not _is_rest(whole, between, other):
            continue
        last = [child for child in whole.children if child.tag == "p"][-1:] if whole.tag == "blockquote" else [whole]
        more = [child for child in other.children if child.tag == "p"] if whole.tag == "blockquote" else [other]
        if not last or not more:
            continue
        signs = [node for node in between if node.tag in (PAGE, LEFT_OUT)]
        for node in signs:
            node.replace_with()
        last[0].adopt([*signs, Node(TEXT, " "), *more[0].children])
        whole.adopt(more[1:])
        other.replace_with()
        first[id(other)] = whole


def _is_rest(whole: Node, between: list[Node], other: Node) -> bool:
    """Whether a text that ends a page without an end goes on with what begins the next."""
    begins = [node for node in between if node.tag == PAGE]
    for node in other.walk():
        if node.tag == PAGE:
            begins.append(node)
        elif node.tag == TEXT and node.text.strip():
            break
    words, more = whole.words(left_out=False), other.words(left_out=False)
    if not begins or not words or not more or SENTENCE_END.search(words):
        return False
    first = more[0]
    return first.islower() or (len(words) > LONG and first.upper() == first.lower())


# Tables


def _tables_in(outer: Node) -> None:
    first: dict[int, Node] = {}
    for one, between, other in _pairs(outer, frozenset({"table"})):
        whole = first.get(id(one), one)
        if not _rows(whole) and _rows(other):
            captions = [child for child in whole.children if child.tag == "caption"]
            other.children[:0] = captions
            for caption in captions:
                caption.parent = other
            whole.replace_with()
        elif _go_on(whole, between, other):
            _append(whole, between, other)
            first[id(other)] = whole


def _rows(table: Node) -> list[Node]:
    return [node for node in table.walk() if node.tag == "tr" and _table_of(node) is table]


def _table_of(row: Node) -> Node | None:
    return next((outer for outer in row.ancestors() if outer.tag == "table"), None)


def _cells(row: Node) -> list[Node]:
    return [child for child in row.children if child.tag in ("td", "th")]


def _is_head(row: Node) -> bool:
    cells = _cells(row)
    return bool(cells) and all(cell.tag == "th" for cell in cells)


def _go_on(whole: Node, between: list[Node], other: Node) -> bool:
    rows, more = _rows(whole), _rows(other)
    if not rows or not more or len(_cells(rows[0])) != len(_cells(more[0])):
        return False
    begins = [node for node in more[0].walk() if node.tag == PAGE] + [node for node in between if node.tag == PAGE]
    if not begins or any(child.tag == "caption" and child.words() for child in other.children):
        return False
    if not _same_edges(whole, other):
        return False
    return _same_words(rows[0], more[0]) or (_is_head(rows[0]) and not _is_head(more[0]))


def _same_words(one: Node, other: Node) -> bool:
    return [cell.words(left_out=False) for cell in _cells(one)] == [
        cell.words(left_out=False) for cell in _cells(other)
    ]


def _same_edges(one: Node, other: Node) -> bool:
    said = [[float(part) for part in node.attributes.get(EDGES, "").split()] for node in (one, other)]
    if len(said[0]) != len(said[1]):
        return not (said[0] and said[1])
    return all(abs(a - b) <= SAME_EDGES for a, b in zip(*said, strict=True))


def _append(whole: Node, between: list[Node], other: Node) -> None:
    rows = _rows(whole)
    more = _rows(other)
    signs = [node for node in between if node.tag in (PAGE, LEFT_OUT)]
    if _same_words(rows[0], more[0]):
        turned = [node for node in more[0].walk() if node.tag == PAGE]
        words = more[0].words()
        signs += [*turned, Node(LEFT_OUT, words, reason=Reason.DOUBLE)]
        more = more[1:]
    for node in signs:
        if node.parent is not None:
            node.replace_with()
    cell = next(iter(_cells(more[0])), None) if more else next(iter(_cells(rows[-1])), None)
    if cell is not None:
        place = 0 if more else len(cell.children)
        cell.children[place:place] = signs
        for node in signs:
            node.parent = cell
    whole.adopt(more)
    other.replace_with()


# Heads of a table that its program wrote once, for each page that shows them


def leave_out_second_heads(parts: list[tuple[int, list[Node]]]) -> None:
    """parts: what a cell says, page by page; what says the same again on a later page is left out."""
    said: dict[int, list[Node]] = {}
    for page, nodes in parts:
        said.setdefault(page, []).extend(nodes)
    pages = list(said)
    words = [" ".join(" ".join(node.words() for node in said[page]).split()) for page in pages]
    if len(pages) < 2 or not words[0] or any(text != words[0] for text in words[1:]):
        return
    for page in pages[1:]:
        first = True
        for node in said[page]:
            if node.tag == PAGE:
                continue
            if first and node.words():
                left_out(node, Reason.DOUBLE, words[0])
                node.holds_blocks, first = False, False
            elif node.tag != LEFT_OUT:
                node.tag, node.text, node.children = TEXT, " ", []


# Lists


def _lists_in(outer: Node) -> None:
    first: dict[int, Node] = {}
    for one, between, other in _pairs(outer, _LISTS):
        whole = first.get(id(one), one)
        if whole.tag == other.tag and _begins_inside(other) and _items(whole):
            for node in between:
                if node.tag in (PAGE, LEFT_OUT):
                    node.replace_with()
                    _items(whole)[-1].adopt([node])
            _continue(whole, other)
            other.replace_with()
            first[id(other)] = whole


def _items(node: Node) -> list[Node]:
    return [child for child in node.children if child.tag == "li"]


def _begins_inside(node: Node) -> bool:
    """Whether its first item has no sign of its own, and so is the rest of one."""
    items = _items(node)
    numbered = [item for item in items if _number(item) is not None]
    return bool(items) and _number(items[0]) is None and (bool(numbered) or not _own(items[0]) or len(items) == 1)


def _number(item: Node) -> Node | None:
    for node in _own(item):
        for inner in node.walk():
            if inner.tag == LEFT_OUT and inner.reason == Reason.LIST_NUMBER:
                return inner
    return None


def _own(item: Node) -> list[Node]:
    """What an item says itself, without the lists in it."""
    return [child for child in item.children if child.tag not in _LISTS and (child.words() or child.tag == PAGE)]


def _continue(whole: Node, other: Node) -> None:
    """The items of other, of which the first is the rest of the last one of whole."""
    while True:
        begun, *rest = [child for child in other.children if child.tag != TEXT or child.text.strip()]
        last = _items(whole)[-1]
        rest = [child for child in rest if child is not begun]
        below = [child for child in begun.children if child.tag in _LISTS]
        while rest and rest[0].tag in _LISTS:
            below.append(rest.pop(0))
        inner = _last_list(whole, last)
        own = [child for child in begun.children if child.tag not in _LISTS]
        if inner is None:
            last.adopt(own)
        else:
            inner.adopt([]) if not _says(own) else _items(inner)[-1].adopt(own)
        whole.adopt(rest)
        if not below:
            return
        first, *more = below
        if inner is not None and _begins_inside(first) and inner.tag == first.tag:
            last.adopt(more) if more else None
            whole, other = inner, first
            continue
        if inner is not None and inner.tag == first.tag:
            inner.adopt(first.children)
            last.adopt(more)
        else:
            last.adopt(below)
        return


def _says(nodes: list[Node]) -> bool:
    return any(node.words() or any(inner.tag == PAGE for inner in node.walk()) for node in nodes)


def _last_list(whole: Node, last: Node) -> Node | None:
    inside = [child for child in last.children if child.tag in _LISTS]
    after = whole.children[whole.children.index(last) + 1 :]
    beside = [child for child in after if child.tag in _LISTS]
    found = (beside or inside)[-1:]
    return found[0] if found and _items(found[0]) else None
