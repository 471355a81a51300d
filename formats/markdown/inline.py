"""Signs within a line that CommonMark does not know: wiki links, marked words, formulas, what editors marked, and
attributes behind what they are of. Pure."""

import re

from markdown_it import MarkdownIt
from markdown_it.rules_block.table import escapedSplit
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

MARK = "dialect_mark"
"""Type of a token that is left out and told: what stands in it is said to programs."""
_WIKI = re.compile(r"(!?)\[\[([^\[\]|\n]{1,500})(?:\|([^\[\]\n]{0,500}))?\]\](?![(\[])")
_ATTRIBUTES = re.compile(r"\{(?::[ \t]*)?(?:[#.][^\s{}]|[\w-]{1,40}=)[^{}\n]{0,400}\}|\{:[ \t]*[^{}\n]{1,400}\}|\{-\}")
_SPAN = re.compile(rf"\[([^\[\]\n]{{1,500}})\](?={_ATTRIBUTES.pattern})")
_CLOSES = ")]>`*_~^"
_MARKED = re.compile(r"==(?=[^\s=])([^\n]{1,500}?)(?<=[^\s=])==(?![\w=])")
_FORMULA = re.compile(r"\$\$[^$]{1,2000}\$\$|\$(?=[^\s$])(?:\\.|[^$\\\n]){1,500}(?<=[^\s\\])\$(?![\d$])")
_REVIEWED = re.compile(
    r"\{(?:\+\+(?P<added>.{1,2000}?)\+\+|--(?P<deleted>.{1,2000}?)--|==(?P<marked>.{1,2000}?)==|"
    r">>(?P<comment>.{1,2000}?)<<|~~(?P<old>.{0,2000}?)~>(?P<new>.{0,2000}?)~~)\}",
    re.DOTALL,
)
"""CriticMarkup: what editors add, delete, mark and remark on in the text itself."""
MOST_BRACKETS = 2_000  # that open something in one paragraph
_OPENS = re.compile(r"[!^]?\[\^?")
_BEFORE_ROW = re.compile(r"[ \t>]*")


def dialect_plugin(parser: MarkdownIt) -> None:
    parser.core.ruler.before("inline", "cells_beyond_the_heads", _cells_beyond_the_heads)
    parser.inline.ruler.before("strikethrough", "reviewed", _reviewed)
    parser.inline.ruler.before("strikethrough", "marked", _marked)
    parser.inline.ruler.before("strikethrough", "formula", _formula)
    parser.inline.ruler.before("link", "closed_by_nothing", _closed_by_nothing)
    parser.inline.ruler.before("link", "wiki_link", _wiki_link)
    parser.inline.ruler.before("link", "bracketed_span", _bracketed_span)
    parser.inline.ruler.before("link", "attributes", _attributes)
    parser.add_render_rule(MARK, lambda renderer, tokens, place, options, env: "")


def _cells_beyond_the_heads(state: StateCore) -> None:
    """A row with more cells than the first: Markdown drops them, here they go on with the last one."""
    lines = state.src.split("\n")
    columns = 0
    cells: list[Token] = []
    for token in state.tokens:
        if token.type in ("thead_open", "tr_open"):
            columns, cells = (0 if token.type == "thead_open" else columns), []
        elif token.type == "th_open":
            columns += 1
        elif token.type == "inline" and columns:
            cells.append(token)
        elif token.type == "tr_close" and len(cells) == columns and cells[0].map:
            said = escapedSplit(_BEFORE_ROW.sub("", lines[cells[0].map[0]], count=1).strip())
            said = said[said[:1] == [""] : len(said) - (said[-1:] == [""])]
            cells[-1].content = " | ".join([cells[-1].content, *map(str.strip, said[columns:])])
        elif token.type == "table_close":
            columns = 0


def _closed_by_nothing(state: StateInline, silent: bool) -> bool:
    """A bracket behind which no other closes, or one of far too many: each would be looked for to the end."""
    match = _OPENS.match(state.src, state.pos)
    if not match:
        return False
    seen = state.env.setdefault("brackets", {})
    last, tried = seen.get(state.src) or (state.src.rfind("]"), 0)
    seen[state.src] = (last, tried + 1)
    if last >= match.end() and tried < MOST_BRACKETS:
        return False
    if not silent:
        state.pending += match[0]
    state.pos = match.end()
    return True


def _marked(state: StateInline, silent: bool) -> bool:
    """`==words==`: the words."""
    match = _MARKED.match(state.src, state.pos) if state.src[state.pos] == "=" else None
    if not match or (state.pos and (state.src[state.pos - 1].isalnum() or state.src[state.pos - 1] in "=_")):
        return False
    if not silent:
        _say(state, match.span(1))
    state.pos = match.end()
    return True


def _formula(state: StateInline, silent: bool) -> bool:
    """`$x^2$`, as pandoc has it, word for word: its signs mark nothing. A price is followed by a digit or a blank."""
    match = _FORMULA.match(state.src, state.pos) if state.src[state.pos] == "$" else None
    if not match:
        return False
    if not silent:
        state.push("text", "", 0).content = match[0].replace("\n", " ")
    state.pos = match.end()
    return True


def _reviewed(state: StateInline, silent: bool) -> bool:
    match = _REVIEWED.match(state.src, state.pos) if state.src[state.pos] == "{" else None
    if not match:
        return False
    if not silent:
        if match["comment"]:
            state.push(
                "html_inline", "", 0
            ).content = f"<!--{match['comment'].replace('--', '- -').replace('>', ' ')}-->"
        for group, tag in (("added", "ins"), ("deleted", "del"), ("marked", ""), ("old", "del"), ("new", "ins")):
            if match[group]:
                _say(state, match.span(group), tag)
    state.pos = match.end()
    return True


def _say(state: StateInline, span: tuple[int, int], tag: str = "") -> None:
    """What stands there, with all marks in it, within a tag."""
    end = state.posMax
    if tag:
        state.push("html_inline", "", 0).content = f"<{tag}>"
    state.pos, state.posMax = span
    state.md.inline.tokenize(state)
    state.posMax = end
    if tag:
        state.push("html_inline", "", 0).content = f"</{tag}>"


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
