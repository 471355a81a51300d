"""Every word of a Markdown file: its tokens one after the other, footnotes as plain paragraphs. Pure."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from markdown_it.token import Token

from formats.draft import Source, Thing, Unreadable, UnreadableFile
from formats.html.ledger_words import words_in
from formats.html.left_out import leads_out
from formats.markdown.inline import MARK
from formats.markdown.syntax import markdown_file, parser, raw_html

_LABEL = re.compile(r"\[\^[^\]\s]+\]:?")
_BETWEEN = "\n<p>\n"


def words(content: bytes) -> Iterator[Source]:
    """Raises UnreadableFile."""
    file = markdown_file(content)
    if file.front:
        yield Source(" ".join(file.front.split()), "front matter")
    for _, mark in file.marks:
        yield Source(mark, "marks")
    try:
        tokens = parser(footnotes=False).parse(_LABEL.sub("\ue000", file.text))
    except RecursionError as error:
        raise UnreadableFile(Unreadable.BROKEN) from error
    yield from words_in("".join(_said(tokens)))
    yield from _things(tokens)


def _things(tokens: list[Token]) -> Iterator[Source]:
    """What Markdown itself marks; what HTML in it does, its own words tell."""
    is_begun = False  # an item that says nothing so far
    for place, token in enumerate(tokens):
        following = tokens[place + 1] if place + 1 < len(tokens) else None
        if token.type == "heading_open":
            yield Source(token.tag[1:], thing=Thing.HEADING)
        elif token.type == "list_item_open":
            is_begun = True
        elif token.type == "list_item_close":
            is_begun = False
        elif is_begun and token.type in ("inline", "fence", "code_block", "html_block") and token.content.strip():
            is_begun = False
            yield Source("", thing=Thing.LIST_ITEM)
        elif token.type in ("td_open", "th_open") and following is not None and following.content.strip():
            yield Source("", thing=Thing.CELL)
        for inner in token.children or ():
            if inner.type == "link_open" and leads_out(str(inner.attrs.get("href", ""))):
                yield Source("", thing=Thing.LINK)
            elif inner.type == "image":
                yield Source("", thing=Thing.PICTURE)


def _said(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type == "inline":
            yield from _inline(token.children or [])
            yield _BETWEEN
        elif token.type == "html_block":
            yield raw_html(token.content)
        elif token.type in ("fence", "code_block"):
            yield escape(token.content) + _BETWEEN


def _inline(tokens: Iterable[Token]) -> Iterator[str]:
    for token in tokens:
        if token.type in ("text", "code_inline"):
            yield escape(token.content)
        elif token.type == MARK:  # close behind a word, and none of its letters
            yield f" {escape(token.content)} "
        elif token.type == "html_inline":
            yield raw_html(token.content)
        elif token.type in ("softbreak", "hardbreak"):
            yield "\n"
