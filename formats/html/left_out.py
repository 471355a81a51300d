"""What of an HTML file is no text of it: hidden, comments, deletions, and the page around the text. Pure.

Each such element becomes a node `#left-out` where it stood, so that the reader can tell what stood before which block.
"""

import re
from collections import Counter
from collections.abc import Iterator

from formats.draft import Reason, Thing
from formats.html.styles import is_hidden, is_off_screen
from formats.html.tree import COMMENT, LEFT_OUT, TEXT, Node, is_block

NO_WORDS = frozenset({"script", "style"})
_NEVER_SHOWN = frozenset({
    "template", "noscript", "iframe", "noembed", "noframes", "video", "audio", "datalist", "applet",
})  # fmt: skip
_FORM = frozenset(
    {"select", "button", "textarea", "option", "optgroup", "form-navigation", "dialog", "menu-navigation"}
)
_AROUND_ROLES = frozenset({
    "navigation", "banner", "contentinfo", "search", "complementary", "menu", "menubar", "dialog", "toolbar",
})  # fmt: skip
_NOTE_ROLES = re.compile(r"doc-(?:foot|end)notes?|note|doc-tip")
_NOTE_TYPES = frozenset({"footnote", "endnote", "rearnote", "note"})  # of EPUB
_WIKI_AROUND = frozenset({
    "mw-editsection", "navbox", "vertical-navbox", "sidebar", "noprint", "catlinks", "printfooter",
    "mw-jump-link", "mw-indicators", "mw-hidden-catlinks", "navbar", "mw-empty-elt", "authority-control",
    "metadata", "ambox",
})  # fmt: skip
_CONTENTS = frozenset({"toc", "toccolours", "table-of-contents", "vector-toc"})
_OF_THE_CLIPBOARD = frozenset({"StartFragment", "EndFragment"})
_CONDITIONAL = re.compile(r"\s*\[(?:if\b[^\]]{0,200}\]|endif\])>?", re.IGNORECASE)
HEADING = re.compile(r"h[1-6]")
_INTO_ITSELF = re.compile(
    r"#(?:_?ftn|_?edn|_?Toc|sdfootnote|sdendnote|cite_(?:note|ref)|fn(?:ref)?[:\d_-])", re.IGNORECASE
)
_TAGS = re.compile(r"<[^<>]*>|<!\[endif\]|\[endif\]", re.IGNORECASE)


def comment_words(text: str) -> str:
    """The words of a comment. One with a condition for a program holds tags, which are no words."""
    if _CONDITIONAL.match(text):
        text = _TAGS.sub(
            " ",
            re.sub(
                r"<(style|script)\b.*?</\1\s*>",
                " ",
                _CONDITIONAL.sub("", text, count=1),
                flags=re.DOTALL | re.IGNORECASE,
            ),
        )
    text = " ".join(text.split())
    return text if re.search(r"\w", text) and text not in _OF_THE_CLIPBOARD else ""


def is_conditional(text: str) -> bool:
    return bool(_CONDITIONAL.match(text))


def left_out(node: Node, reason: Reason, text: str | None = None) -> Node:
    """node, turned into what is left out in its place."""
    words = _all_words(node) if text is None else text
    node.things = things_in(node)
    breaks = is_block(node) or node.holds_blocks
    node.tag, node.text, node.reason, node.children, node.holds_blocks = LEFT_OUT, words, reason, [], breaks
    return node


def things_in(top: Node) -> Counter[Thing]:
    """What stands in it besides words, what was left out of it before included."""
    found: Counter[Thing] = Counter()
    for node in top.walk():
        found.update(node.things or ())
        if node.tag == "a":
            found[Thing.LINK] += leads_out(node.attributes.get("href", "")) and bool(node.words())
        elif node.tag == "img":
            found[Thing.PICTURE] += 1
        elif node.tag in ("td", "th"):
            found[Thing.CELL] += bool(node.words())
        elif node.tag == "li":
            found[Thing.LIST_ITEM] += bool(node.words())
        elif HEADING.fullmatch(node.tag):
            found[Thing.HEADING] += bool(node.words())
    return found


def leads_out(href: str) -> bool:
    """Whether a link leads anywhere but into its own file, as those of notes and contents lists do."""
    href = href.strip()
    return bool(href) and not href.startswith("#") and not _INTO_ITSELF.search(href)


def _all_words(node: Node) -> str:
    """With those of comments in it, and without scripts."""
    for inner in node.walk():
        if inner.tag in NO_WORDS:
            inner.children = []
        elif inner.tag == COMMENT:
            inner.tag, inner.text, inner.holds_blocks = LEFT_OUT, comment_words(inner.text), True
    return node.words()


def leave_out_unseen(top: Node) -> None:
    """Scripts go without a word; what no reader of the page sees is left out, with the reason."""
    for node in _each(top):
        if node.tag in NO_WORDS:
            node.children, node.tag, node.text = [], COMMENT, ""
        elif node.tag == COMMENT:
            reason = Reason.METADATA if is_conditional(node.text) else Reason.COMMENT
            left_out(node, reason, comment_words(node.text))
        elif (
            node.tag in _NEVER_SHOWN
            or (node.tag in ("title", "desc", "metadata") and _in_svg(node))
            or (
                node.tag not in ("html", "body", "head", TEXT, LEFT_OUT)
                and (is_hidden(node) or (is_off_screen(node) and not _holds_mathematics(node)))
                and not _is_mathematics(node)
            )
        ):
            left_out(node, Reason.HIDDEN)


def leave_out_page_parts(top: Node, body: Node) -> None:
    """The page around its text. A <main>, or a lone <article>, says itself where the text is."""
    wiki = next((node for node in body.walk() if "mw-parser-output" in node.classes), None)
    text = wiki or _main(body)
    if text is not None:
        _leave_out_outside(body, text)
    for node in _each(text or body):
        if node.tag in (TEXT, LEFT_OUT) or node is (text or body):
            continue
        names = set(node.classes)
        if names & _CONTENTS or node.attributes.get("id") in ("toc", "TOC") or node.attributes.get("role") == "doc-toc":
            left_out(node, Reason.CONTENTS_LIST)
        elif (wiki is not None and names & _WIKI_AROUND) or _is_around(node, inside_text=text is not None):
            left_out(node, Reason.NAVIGATION)
        elif (
            "katex-html" in names
            or "mwe-math-fallback-image-inline" in names
            or "mwe-math-fallback-image-display" in names
        ):
            left_out(node, Reason.DOUBLE)


def _each(top: Node) -> Iterator[Node]:
    """It and all below it; what became a leaf on the way is not gone into."""
    waiting = [top]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))


def _in_svg(node: Node) -> bool:
    return any(outer.tag == "svg" for outer in node.ancestors())


def _is_mathematics(node: Node) -> bool:
    """Wikipedia hides the formula behind a picture of it; the formula is what we want."""
    return any(name.startswith("mwe-math-mathml") for name in node.classes)


def _holds_mathematics(node: Node) -> bool:
    """Programs that draw formulas keep them off the page as MathML."""
    return any(inner.tag == "math" for inner in (*node.walk(), *node.ancestors()))


def _main(body: Node) -> Node | None:
    mains, articles = [], []
    for node in body.walk():
        if node.tag == "main" or node.attributes.get("role") == "main":
            mains.append(node)
        elif node.tag == "article" and not any(
            outer.tag in ("nav", "aside", "footer", "article") for outer in node.ancestors()
        ):
            articles.append(node)
    found = mains or articles
    return found[0] if len(found) == 1 and re.search(r"\w", found[0].words()) else None


def _leave_out_outside(body: Node, text: Node) -> None:
    """All outside of the text; its way up to the body stays. A heading of the page just above it is its title."""
    kept = text
    while kept is not body and kept.parent is not None:
        outer = kept.parent
        for sibling in outer.children:
            if sibling is kept or sibling.tag == LEFT_OUT:
                continue
            if _holds_notes(sibling):
                continue
            if (headline := _headline(sibling, text)) is not None:
                sibling.tag, sibling.attributes, sibling.children = "h1", {"class": "page-headline"}, headline.children
                sibling.adopt([])
                continue
            left_out(sibling, Reason.NAVIGATION)
        kept = outer


def _headline(node: Node, text: Node) -> Node | None:
    """The page's own first heading, where it stands alone in what is left out and the text has none of its level."""
    found = node if node.tag == "h1" else None
    if found is None and node.words():
        inside = [inner for inner in node.walk() if inner.tag == "h1"]
        found = inside[0] if len(inside) == 1 and inside[0].words() == node.words() else None
    return found if found is not None and not any(inner.tag == "h1" for inner in text.walk()) else None


def _holds_notes(node: Node) -> bool:
    return bool(_NOTE_ROLES.fullmatch(node.attributes.get("role", ""))) or is_declared_note(node)


def is_declared_note(node: Node) -> bool:
    """Whether it says itself that it is one note, as ARIA and EPUB do it."""
    types = node.attributes.get("epub:type", "").split()
    return node.attributes.get("role") in ("doc-footnote", "doc-endnote") or bool(_NOTE_TYPES & set(types))


def _is_around(node: Node, *, inside_text: bool) -> bool:
    role = node.attributes.get("role", "")
    if _holds_notes(node):
        return False
    if role in _AROUND_ROLES or node.tag in ("nav", "aside") or node.tag in _FORM:
        return True
    if node.tag == "footer":
        return not any(outer.tag in ("blockquote", "figure", "table") for outer in node.ancestors())
    if node.tag == "header":
        # Inside the text, or with the page's only first heading in it, a header is the head of the text.
        return not inside_text and not any(
            inner.tag in ("h1", "h2") or "title" in inner.classes for inner in node.walk()
        )
    return False
