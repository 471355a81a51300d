"""Footnotes, and remarks of reviewers, as office programs, Wikipedia, pandoc and Markdown write them in HTML. Pure.

A note is a place that a mark links to and that links back to the mark, or where both say what they are. The mark
becomes a node `#note` or `#remark`, the note itself leaves the tree.
"""

import itertools
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime

from formats.draft import Reason
from formats.html.comments import RemarkBody, author_of, leave_out_lost_remarks, names_of
from formats.html.left_out import is_declared_note, left_out
from formats.html.tree import LEFT_OUT, NOTE, REMARK, TEXT, Node

MOST_LINKS = 20_000
NEAREST = 3  # elements around the place of a note in which it may say that it is one
_REMARK = re.compile(r"_?(?:cmnt|msocom|com_)_?\d", re.IGNORECASE)
_NUMBER_ONLY = re.compile(
    r"[\s\[\](){}.:^*†‡§¶↑↩︎\ufe0e\ufe0f\xa0]*(?:note\s*)?(?:\d{1,4}|[a-z]{1,3}|[ivxlcdm]{1,8}|[A-Z]{1,4}\d{1,4})?[\s\[\](){}.:^*†‡§¶↑↩︎\ufe0e\ufe0f\xa0]*",
    re.IGNORECASE,
)
_BLOCKS_OF_NOTES = frozenset({"div", "li", "aside", "section", "dd", "td"})
_NOTE_NAME = re.compile(r"(?:foot|end)?note|^_?(?:s?d?|o?)(?:ftn|edn|fn|footnote|endnote)|mso|cite", re.IGNORECASE)
_OFFICE_NAME = re.compile(r"(?:ftnt|cmnt|_ftn|_edn|_msocom_|sd(?:foot|end)note)\d+")
_NO_NOTE = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "table"})


@dataclass(slots=True)
class Notes:
    """bodies: by number of the note, in the order of their first marks. remarks: by number."""

    bodies: list[Node] = field(default_factory=list)
    remarks: list[RemarkBody] = field(default_factory=list)


@dataclass(slots=True)
class _Mark:
    link: Node
    names: set[str]
    target: Node
    place: int
    declared: Node | None = None  # the note, where it and the mark say what they are


def take_notes(body: Node) -> Notes:
    notes = Notes()
    order = {id(node): place for place, node in enumerate(body.walk())}
    ends = _ends(body, order)
    marks = _marks(body, order)
    targets = {id(mark.target) for mark in marks}
    held = _counts(body, targets)
    marked = _counts(body, {id(mark.link) for mark in marks})
    numbers: dict[int, int] = {}
    for mark in marks:
        if id(mark.target) in numbers:
            _replace_mark(mark, numbers[id(mark.target)], notes)
            continue
        whole = mark.declared or _whole_note(mark, body, held, marked, order, ends)
        back = _back_links(whole, mark.names)
        if whole is None or not (back or mark.declared) or _within(mark.link, whole, order, ends):
            continue
        if mark.declared is not None and not back:
            _leave_out_number(whole, mark.link.words())
        for link in back + _other_ways_back(whole):
            _drop_back_link(link)
        if _is_remark(mark):
            notes.remarks.append(_remark(whole, mark))
            numbers[id(mark.target)] = -len(notes.remarks)
        else:
            _take_out(whole)
            notes.bodies.append(whole)
            numbers[id(mark.target)] = len(notes.bodies)
        _replace_mark(mark, numbers[id(mark.target)], notes)
    leave_out_lost_remarks(body, notes.remarks)
    return notes


def _ends(body: Node, order: dict[int, int]) -> dict[int, int]:
    """By id(): place of the last node in it."""
    ends = dict(order)
    for node in reversed(list(body.walk())):
        if node.children:
            ends[id(node)] = max(ends[id(node)], ends[id(node.children[-1])])
    return ends


def _within(node: Node, outer: Node, order: dict[int, int], ends: dict[int, int]) -> bool:
    return order[id(outer)] <= order[id(node)] <= ends[id(outer)]


def _marks(body: Node, order: dict[int, int]) -> list[_Mark]:
    places: dict[str, Node] = {}
    links: list[tuple[Node, str]] = []
    for node in body.walk():
        for name in (node.attributes.get("id"), node.attributes.get("name") if node.tag == "a" else None):
            if name:
                places.setdefault(name, node)
        if node.tag == "a" and "#" in node.attributes.get("href", "")[:500]:
            links.append((node, node.attributes["href"].rpartition("#")[2]))
    found = []
    for link, wanted in links[:MOST_LINKS]:
        href = link.attributes["href"]
        target = places.get(wanted)
        if target is None or (not href.startswith("#") and (":" in href or wanted not in places)):
            continue
        names = {name for name in (names_of(link) | (names_of(link.parent) if link.parent else set())) if name}
        declared = _declared_note(link, target)
        if (
            (names or declared)
            and order[id(link)] < order[id(target)]
            and link.attributes.get("role") != "doc-backlink"
        ):
            found.append(_Mark(link, names, target, order[id(link)], declared))
    return found


def _declared_note(link: Node, target: Node) -> Node | None:
    says = link.attributes.get("role") == "doc-noteref" or "noteref" in link.attributes.get("epub:type", "").split()
    around = itertools.chain((target,), itertools.islice(target.ancestors(), NEAREST))
    return next(filter(is_declared_note, around), None) if says else None


def _leave_out_number(whole: Node, number: str) -> None:
    """The number a note begins with, where it is that of its mark."""
    first = next((node for node in whole.walk() if node.tag == TEXT and node.text.strip()), None)
    bare = re.escape(number.strip("[]().: "))
    match = re.match(rf"\s*[\[(]?{bare}[\])]?[.:]?(?:\s+|$)", first.text) if first is not None and bare else None
    if first is not None and match:
        told = Node(LEFT_OUT, match[0].strip(), reason=Reason.NOTE_NUMBER)
        first.replace_with(told, Node(TEXT, first.text[match.end() :]))


def _counts(body: Node, wanted: set[int]) -> dict[int, int]:
    """By id(): how many of the wanted nodes it is or holds."""
    counts: dict[int, int] = {}
    for node in reversed(list(body.walk())):
        counts[id(node)] = counts.get(id(node), 0) + (id(node) in wanted)
        if node.parent is not None:
            counts[id(node.parent)] = counts.get(id(node.parent), 0) + counts[id(node)]
    return counts


def _whole_note(
    mark: _Mark, body: Node, held: dict[int, int], marked: dict[int, int], order: dict[int, int], ends: dict[int, int]
) -> Node | None:
    """From the place a mark leads to, up to the element that holds this note and nothing else."""
    whole = mark.target
    while (
        whole.tag in ("a", "span", "sup", "b", "strong", "font", "i", "em", "cite", "small", "u", "ins")
        and whole.parent is not None
    ):
        whole = whole.parent
    while (
        whole.parent is not None
        and whole.parent is not body
        and whole.parent.tag not in ("body", "html", "main", "article")
    ):
        outer = whole.parent
        if (
            held.get(id(outer)) != held.get(id(whole))
            or _within(mark.link, outer, order, ends)
            or marked.get(id(outer))
            or (whole.tag == "li" and outer.tag in ("ol", "ul"))  # the only note of a list of notes
        ):
            break
        alone = all(child is whole or not child.words() for child in outer.children)
        named = outer.tag in _BLOCKS_OF_NOTES and (_is_named_note(outer) or _is_of_an_office_program(mark, outer))
        if not alone and (not named or any(inner.tag in _NO_NOTE for inner in outer.walk())):
            break
        whole = outer
    return (
        whole
        if whole is not body and whole.parent is not None and whole.tag not in ("tr", "tbody", "table", "ol", "ul")
        else None
    )


def _is_named_note(node: Node) -> bool:
    names = [*node.classes, node.attributes.get("id", ""), node.css.get("mso-element", "")]
    return any(_NOTE_NAME.search(name) for name in names)


def _is_of_an_office_program(mark: _Mark, outer: Node) -> bool:
    """They put each note into a <div> of its own, which the note begins."""
    name = mark.link.attributes["href"].rpartition("#")[2]
    first = next((child for child in outer.children if child.words()), None)
    holds_it = first is not None and any(inner is mark.target for inner in first.walk())
    return outer.tag == "div" and bool(_OFFICE_NAME.match(name)) and holds_it


def _back_links(whole: Node | None, names: set[str]) -> list[Node]:
    if whole is None:
        return []
    return [
        node for node in whole.walk()
        if node.tag == "a" and "#" in node.attributes.get("href", "") and node.attributes["href"].rpartition("#")[2] in names  # noqa: E501
    ]  # fmt: skip


def _other_ways_back(whole: Node) -> list[Node]:
    """To further marks of the same note."""
    return [
        node for node in whole.walk()
        if node.tag == "a" and (node.attributes.get("role") == "doc-backlink" or any(name.startswith("footnote-back") for name in node.classes))  # noqa: E501
    ]  # fmt: skip


def _drop_back_link(link: Node) -> None:
    wiki = next((outer for outer in link.ancestors() if "mw-cite-backlink" in outer.classes), None)
    if wiki is not None:
        left_out(wiki, Reason.NOTE_NUMBER)
        return
    if link.tag != "a":
        return
    holder = link
    while (
        holder.parent is not None
        and holder.parent.tag in ("sup", "span", "b", "font", "i", "em")
        and holder.parent.words() == link.words()
    ):
        holder = holder.parent
    if _NUMBER_ONLY.fullmatch(link.words()):
        left_out(holder, Reason.NOTE_NUMBER)
    else:
        link.attributes.pop("href", None)


def _is_remark(mark: _Mark) -> bool:
    names = (names_of(mark.target) | {mark.link.attributes["href"].rpartition("#")[2]}) - {""}
    return any(_REMARK.match(name) for name in names)


def _remark(whole: Node, mark: _Mark) -> RemarkBody:
    author, at = author_of((*whole.walk(), *mark.link.ancestors())), None
    reference = _reference_before(mark.link)
    if reference is not None:
        at = word_date(reference.css.get("mso-comment-date", ""))
    text = whole.words(left_out=False)
    left_out(whole, Reason.COMMENT)
    return RemarkBody(text, author, at)


def _reference_before(link: Node) -> Node | None:
    """Word's `mso-comment-reference`, which stands shortly before the mark and has its number: `AB_1`."""
    outer = link
    number = link.attributes.get("href", "").rpartition("_")[2]
    for _ in range(6):
        if outer.parent is None:
            return None
        before = []
        for sibling in outer.parent.children:
            if sibling is outer:
                break
            before.append(sibling)
        for sibling in reversed(before[-4:]):
            for node in sibling.walk():
                said = node.css.get("mso-comment-reference", "").strip().rpartition("_")[2]
                if "mso-comment-date" in node.css and said in ("", number):
                    return node
        outer = outer.parent
    return None


def word_date(text: str) -> datetime | None:
    """Of `20200131T1205`, Word's own; it names no zone."""
    try:
        return datetime.strptime(text.strip()[:13], "%Y%m%dT%H%M").replace(tzinfo=UTC)
    except ValueError:
        return None


def _take_out(whole: Node) -> None:
    """The note leaves its place, and so does a list or rule that held nothing but notes."""
    outer = whole.parent
    if outer is not None:
        outer.children = [child for child in outer.children if child is not whole]
    whole.parent = None


def _replace_mark(mark: _Mark, number: int, notes: Notes) -> None:
    """A superscript, brackets or span that hold only the mark go with it; their words are told as left out."""
    holder = mark.link
    while (
        holder.parent is not None
        and holder.parent.tag in ("sup", "span", "small", "font", "b", "i", "em", "strong")
        and _NUMBER_ONLY.fullmatch(holder.parent.words())
        and _marks_in(holder.parent) <= 1
    ):
        holder = holder.parent
    words = holder.words()
    kind, text = (NOTE, str(number)) if number > 0 else (REMARK, str(-number))
    sign = Node(kind, text)
    if _NUMBER_ONLY.fullmatch(words):
        told = Node(LEFT_OUT, words, reason=Reason.NOTE_NUMBER if number > 0 else Reason.COMMENT)
        holder.replace_with(told, sign)
    else:  # a link over words of the text: they stay
        mark.link.attributes.pop("href", None)
        holder.replace_with(holder, sign)


def _marks_in(node: Node) -> int:
    return sum(inner.tag == "a" and bool(inner.attributes.get("href")) for inner in node.walk()) + sum(
        inner.tag in (NOTE, REMARK) for inner in node.walk()
    )
