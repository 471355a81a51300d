"""Every word of a Markdown file: its tokens one after the other, footnotes as plain paragraphs. Pure."""

import re
from collections.abc import Iterable, Iterator
from html import escape

from markdown_it.token import Token

from formats.draft import Source, Unreadable, UnreadableFile
from formats.html.ledger_words import words_in
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
