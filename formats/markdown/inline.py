"""Signs within a line that CommonMark does not know: wiki links, and attributes behind what they are of. Pure."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline

MARK = "dialect_mark"
"""Type of a token that is left out and told: what stands in it is said to programs."""
_WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]{1,500})(?:\|([^\[\]\n]{0,500}))?\]\](?![(\[])")
_ATTRIBUTES = re.compile(r"\{(?::[ \t]*)?(?:[#.][^\s{}]|[\w-]{1,40}=)[^{}\n]{0,400}\}|\{:[ \t]*[^{}\n]{1,400}\}|\{-\}")
_SPAN = re.compile(rf"\[([^\[\]\n]{{1,500}})\](?={_ATTRIBUTES.pattern})")
_CLOSES = ")]>`*_~^"


def dialect_plugin(parser: MarkdownIt) -> None:
    parser.inline.ruler.before("link", "wiki_link", _wiki_link)
    parser.inline.ruler.before("link", "bracketed_span", _bracketed_span)
    parser.inline.ruler.before("link", "attributes", _attributes)
    parser.add_render_rule(MARK, lambda renderer, tokens, place, options, env: "")


def _wiki_link(state: StateInline, silent: bool) -> bool:
    match = _WIKI.match(state.src, state.pos)
    if not match or not match[2].strip():
        return False
    if not silent:
        target, said = match[2].strip(), (match[3] or match[2]).strip()
        if match[1]:
            image = state.push("image", "img", 0)
            image.attrs = {"src": target, "alt": ""}
            image.children, image.content = [], ""
        else:
            state.push("link_open", "a", 1).attrs = {"href": target}
            state.push("text", "", 0).content = said
            state.push("link_close", "a", -1)
    state.pos = match.end()
    return True


def _bracketed_span(state: StateInline, silent: bool) -> bool:
    """`[words]{.class}` of pandoc: the words."""
    match = _SPAN.match(state.src, state.pos)
    if not match:
        return False
    if not silent:
        state.push("text", "", 0).content = match[1]
    state.pos = match.end()
    return True


def _attributes(state: StateInline, silent: bool) -> bool:
    """Close behind a sign that ends something, or at the end of a paragraph or heading."""
    if state.src[state.pos] != "{" or not state.pos:
        return False
    match = _ATTRIBUTES.match(state.src, state.pos)
    before = state.src[state.pos - 1]
    if not match or not (before in _CLOSES or (before.isspace() and not state.src[match.end() :].strip())):
        return False
    if not silent:
        state.push(MARK, "", 0).content = match[0]
        state.env.setdefault(MARK, []).append(match[0])
    state.pos = match.end()
    return True
