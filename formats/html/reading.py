"""An HTML file into a draft: parse, leave out what is no text, make dialects plain HTML, then read blocks. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from core.charset import decoded
from editions.document.model import Block
from formats.draft import Doubt, Draft, Reason, Thing
from formats.html.blocks.elements import block_reader
from formats.html.blocks.reader import BlockReader
from formats.html.comments import make_changes_real
from formats.html.contents import leave_out_contents
from formats.html.left_out import leave_out_page_parts, leave_out_unseen
from formats.html.libreoffice import make_plain
from formats.html.lists import make_lists_real
from formats.html.notes import take_notes
from formats.html.styles import language_tag, sheet_of
from formats.html.tree import LEFT_OUT, TEXT, Node, parsed, prepared
from formats.html.typed_notes import take_typed_notes
from formats.html.typed_numbers import with_typed_bullets, with_typed_numbers
from formats.web.dates import moment
from formats.web.drafting import Drafting
from formats.web.languages import without_language
from formats.web.runs import Style
from formats.web.structure import captions_attached, guessed_headings, levels_without_gaps, titled


@dataclass(frozen=True, slots=True)
class _Head:
    title: str
    language: str
    base: str
    author: str
    written_at: datetime | None
    generator: str


def read(content: bytes, name: str) -> Draft:
    """Raises UnreadableFile."""
    found = decoded(content)
    drafting = Drafting()
    if not found.certain:
        drafting.find(Doubt.ENCODING, found.charset)
    return read_text(found.text, drafting)


def read_text(
    text: str, drafting: Drafting, *, whole_page: bool = True, said: str = "", may_type_lists: bool = True
) -> Draft:
    """HTML that is letters already. whole_page: parts around its text are left out; not so in a mail or Markdown.

    may_type_lists: numbers and bullets before paragraphs are those of lists; in Markdown they are meant as letters.

    said: the title, where the file says it elsewhere.
    """
    found = read_blocks(text, drafting, whole_page=whole_page, may_type_lists=may_type_lists)
    head, title, blocks = found.head, found.title, found.blocks
    if title:
        if head.title:
            drafting.leave_out(Reason.DOUBLE if head.title == title else Reason.METADATA, head.title, "title")
    else:
        named = titled(blocks, said or head.title, drafting)
        if head.title and named.title == head.title and len(named.blocks) < len(blocks):
            drafting.leave_out(Reason.DOUBLE, head.title, "title")  # the heading says it too
        title, blocks = named.title, named.blocks
    draft = drafting.draft(
        title, levels_without_gaps(blocks), subtitle=found.subtitle, language=head.language, author=head.author,
        written_at=head.written_at,
    )  # fmt: skip
    return without_language(draft, head.language)


@dataclass(frozen=True, slots=True)
class ReadBlocks:
    """Blocks with passing keys. title: of a paragraph that says it is the title; that of the head is apart."""

    blocks: list[Block]
    head: _Head
    title: str
    subtitle: str


def read_blocks(
    text: str,
    drafting: Drafting,
    *,
    whole_page: bool,
    leave_out_more: Callable[[Node], None] | None = None,
    address: str = "",
    may_type_lists: bool = True,
) -> ReadBlocks:
    """leave_out_more: turns further parts of the body into what is left out.

    address: where the page was found; what it says itself, of which address its links start from, goes first.
    """
    top = parsed(prepared(text))
    sheet_of(top)
    head = _head(top, address)
    leave_out_unseen(top)
    body = _body(top)
    if whole_page:
        leave_out_page_parts(top, body)
    if leave_out_more is not None:
        leave_out_more(body)
    make_changes_real(body)
    notes = take_notes(body)
    notes.bodies += take_typed_notes(body, len(notes.bodies) + 1)
    by_libreoffice = "libreoffice" in head.generator.lower()
    if by_libreoffice:
        make_plain(body, head.title)
    make_lists_real(body)
    leave_out_contents(body)
    style = Style(language=head.language)
    first = len(drafting.notes)
    keys = {str(number): f"n{first + number}" for number in range(1, len(notes.bodies) + 1)}
    reader = block_reader(drafting, keys, notes.remarks, head.base, says_remarks=by_libreoffice)
    if by_libreoffice:
        drafting.find(Doubt.DELETIONS_UNMARKED, head.generator)
    _outside(top, body, reader)
    blocks = reader.read(body, style)
    for number, note in enumerate(notes.bodies, 1):
        drafting.told_things[Thing.LIST_ITEM] += note.tag == "li"  # an item no more
        key = drafting.new_key()
        if f"n{first + number}" not in reader.marked:  # its marks stood in what was deleted
            drafting.leave_out(Reason.DELETION, note.words(), "footnotes", key)
            continue
        runs, after = reader.as_line([note] if note.tag != "li" else note.children, style, key)
        drafting.notes.append((f"n{first + number}", runs))
        blocks.extend(after)
    blocks = guessed_headings(captions_attached(blocks, reader.captions), drafting)
    if may_type_lists:
        blocks = with_typed_bullets(with_typed_numbers(blocks, drafting))
    return ReadBlocks(blocks, head, reader.title, reader.subtitle)


def _head(top: Node, address: str) -> _Head:
    said: dict[str, str] = {}
    title, language, base = "", "", ""
    for node in top.walk():
        if (
            node.tag == "title"
            and not title
            and not any(outer.tag in ("svg", "template") for outer in node.ancestors())
        ):
            title = node.words()
        elif node.tag in ("html", "body") and not language:
            language = language_tag(node.attributes.get("lang", "") or node.attributes.get("xml:lang", ""))
        elif node.tag == "meta":
            key = (
                node.attributes.get("name")
                or node.attributes.get("property")
                or node.attributes.get("http-equiv")
                or ""
            )
            said.setdefault(key.lower(), node.attributes.get("content", ""))
        elif node.tag == "base" and not base:
            base = node.attributes.get("href", "")
        elif node.tag == "link" and "canonical" in node.attributes.get("rel", "").lower().split():
            said.setdefault("canonical", node.attributes.get("href", ""))
    base = next(
        (
            found
            for found in (base, address, said.get("canonical", ""), said.get("og:url", ""))
            if re.match(r"https?://", found)
        ),
        "",
    )
    dates = (said.get(name, "") for name in ("article:published_time", "dcterms.created", "dc.date", "date", "created"))
    return _Head(
        title,
        language or language_tag(said.get("content-language", "")),
        base.strip(),
        " ".join((said.get("author") or said.get("dc.creator") or "").split()),
        next(filter(None, map(moment, dates)), None),
        said.get("generator", ""),
    )


def _body(top: Node) -> Node:
    return next((node for node in top.walk() if node.tag == "body"), top)


def _outside(top: Node, body: Node, reader: BlockReader) -> None:
    """What lies outside of the body and is neither the title nor said by nobody: comments, hidden words."""
    if body is top:
        return
    first = True
    waiting = [top]
    while waiting:
        node = waiting.pop()
        if node is body:
            continue
        if node.tag == LEFT_OUT and node.reason is not None:
            reader.drafting.leave_out(node.reason, node.text, "head")
            reader.drafting.told_things.update(node.things or ())
        elif node.tag == "title" and first:
            first = False
            continue
        elif node.tag == TEXT:
            reader.drafting.leave_out(Reason.METADATA, node.text, "head")
        waiting.extend(reversed(node.children))
