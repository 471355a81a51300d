"""Headings, paragraphs, quotations and preformatted text of an HTML file, by element and by Office's classes. Pure."""

import re
from dataclasses import replace

from editions.document.model import Heading, Mark, Paragraph, Quote, Runs, text_of_runs
from formats.draft import Reason
from formats.html.blocks.reader import BlockReader
from formats.html.blocks.texts import without_dash
from formats.html.tree import Node
from formats.web.runs import Style, joined_lines
from formats.web.structure import heading_runs

HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_TITLES = frozenset({"msotitle", "title", "doc-title", "firstheading"})
_SUBTITLES = frozenset({"msosubtitle", "subtitle"})
_CAPTIONS = re.compile(r"msocaption|caption|wp-caption-text|thumbcaption|figure-caption", re.IGNORECASE)
_QUOTES = frozenset({"msoquote", "msointensequote", "quotations", "quote"})
_RUNNING_HEADS = frozenset({"msoheader", "msofooter"})
_CONTENTS = re.compile(r"mso(?:toc\d|tocheading|tof|tableoffigures)|contents-?(?:heading|\d)", re.IGNORECASE)


def block(reader: BlockReader, node: Node, style: Style) -> None:
    reader.end_line()
    names = {name.lower() for name in node.classes}
    if names & _RUNNING_HEADS or node.css.get("mso-element") in ("header", "footer"):
        reader.drafting.leave_out(Reason.RUNNING_HEAD, node.words(), "", reader.here())
    elif any(_CONTENTS.fullmatch(name) for name in names):
        reader.drafting.leave_out(Reason.CONTENTS_LIST, node.words(), "", reader.here())
    elif _is_heading(reader, node):
        heading(reader, node, style)
    elif not node.holds_blocks and names & (_TITLES | _SUBTITLES) and _head_of_file(reader, node, names, style):
        return
    elif not node.holds_blocks and any(_CAPTIONS.fullmatch(name) for name in names):
        key = reader.drafting.new_key()
        text, after = reader.as_line(node.children, style, key)
        reader.captions.add(key)
        reader.out.extend([Paragraph(key, text), *after])
    elif names & _QUOTES and node.tag == "p":
        _office_quote(reader, node, style)
    else:
        reader.visit(node.children, style)
        reader.end_line()


def _is_heading(reader: BlockReader, node: Node) -> bool:
    return not node.holds_blocks and (
        node.attributes.get("role") == "heading"
        or (node.css.get("mso-outline-level", "").isdigit() and node.tag == "p")
    )


def _head_of_file(reader: BlockReader, node: Node, names: set[str], style: Style) -> bool:
    """Whether it is the title or subtitle, which stands at the beginning and once."""
    is_title = bool(names & _TITLES)
    if reader.out or (reader.title if is_title else reader.subtitle) or (not is_title and not reader.title):
        return False
    text, after = reader.as_line(node.children, style, reader.drafting.here())
    if not text_of_runs(text).strip() or any(run.note for run in text):
        reader.out.extend([Paragraph(reader.drafting.new_key(), text), *after])
        return True
    if is_title:
        reader.title = text_of_runs(text)
    else:
        reader.subtitle = text_of_runs(text)
    reader.out.extend(after)
    return True


def _office_quote(reader: BlockReader, node: Node, style: Style) -> None:
    key = reader.drafting.new_key()
    text, after = reader.as_line(node.children, style, key)
    if all(Mark.EMPHASIS in run.marks for run in text if run.text.strip()):  # Word's own look of a quotation
        text = tuple(replace(run, marks=run.marks - {Mark.EMPHASIS}) for run in text)
    last = reader.out[-1] if reader.out else None
    if isinstance(last, Quote) and last.key.isdigit() and int(last.key) == int(key) - 1:
        reader.out[-1] = replace(last, runs=joined_lines([last.runs, text]))
    elif text:
        reader.out.append(Quote(key, text))
    reader.out.extend(after)


def heading(reader: BlockReader, node: Node, style: Style) -> None:
    reader.end_line()
    names = {name.lower() for name in node.classes} | {node.attributes.get("id", "").lower()}
    if names & _TITLES and not node.holds_blocks and _head_of_file(reader, node, {"title"}, style):
        return
    said = node.attributes.get("aria-level", "") or node.css.get("mso-outline-level", "")
    level = HEADINGS.get(node.tag) or (int(said) if said.isdigit() and len(said) < 3 else 2)
    key = reader.drafting.new_key()
    text, after = reader.as_line(node.children, replace(style, marks=frozenset()), key)
    reader.out.extend([Heading(key, min(max(level, 1), 6), heading_runs(text)), *after])


def preformatted(reader: BlockReader, node: Node, style: Style) -> None:
    reader.end_line()
    if node.holds_blocks:
        reader.visit(node.children, style)
        reader.end_line()
        return
    apart, reader.lines_apart = reader.lines_apart, False
    reader.visit(node.children, style.with_mark(Mark.CODE))
    reader.end_line()
    reader.lines_apart = apart


def quotation(reader: BlockReader, node: Node, style: Style) -> None:
    reader.end_line()
    key = reader.drafting.new_key()
    attribution: Runs = ()
    footers = [child for child in node.children if child.tag == "footer"]
    if footers:
        attribution, _ = reader.as_line([inner for footer in footers for inner in footer.children], style, key)
        attribution = without_dash(attribution)
    with reader.apart() as found:
        reader.visit([child for child in node.children if child not in footers], style)
    lines: list[Runs] = []
    for block in found:
        if isinstance(block, Paragraph) or (isinstance(block, Quote) and not block.attribution):
            lines.append(block.runs)
        else:
            _quote(reader, key, lines, ())
            key, lines = reader.drafting.new_key(), []
            reader.out.append(block)
    _quote(reader, key, lines, attribution)


def _quote(reader: BlockReader, key: str, lines: list[Runs], attribution: Runs) -> None:
    if lines or attribution:
        reader.out.append(Quote(key, joined_lines(lines), attribution))
