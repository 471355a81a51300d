"""Which function reads which element of HTML."""

from collections.abc import Callable
from dataclasses import replace

from formats.draft import Doubt, Equation, Reason
from formats.html import mathematics
from formats.html.blocks import figures, lists, paragraphs, tables
from formats.html.blocks.reader import BlockReader
from formats.html.comments import RemarkBody
from formats.html.tree import LEFT_OUT, NOTE, REMARK, Node, is_block
from formats.web.drafting import Drafting
from formats.web.runs import Style


def block_reader(
    drafting: Drafting,
    note_keys: dict[str, str],
    remarks: list[RemarkBody],
    base: str = "",
    *,
    says_remarks: bool = False,
) -> BlockReader:
    """A reader at the beginning of a file. base: address that its relative links start from.

    note_keys: number of a note in the tree -> key of the note in the draft. says_remarks: comments of the file are a
    reviewer's, as LibreOffice writes them.
    """
    return BlockReader(_read, drafting, note_keys, remarks, base, says_remarks)


def _read(reader: BlockReader, node: Node, style: Style) -> None:
    read = _ELEMENTS.get(node.tag)
    if read is not None:
        read(reader, node, style)
    elif is_block(node):
        paragraphs.block(reader, node, style)
    else:
        reader.visit(node.children, reader.linked(node, style))


def _formula(reader: BlockReader, node: Node, style: Style) -> None:
    if node.attributes.get("display") == "block" and not reader.line:
        reader.end_line()
    for note in mathematics.annotations(node):
        reader.drafting.leave_out(Reason.DOUBLE, note.words(), "", reader.here())
    text = mathematics.readable(node)
    for inner in [found for found in node.walk() if found.tag in (LEFT_OUT, NOTE, REMARK)]:
        reader.sign(replace(inner, holds_blocks=False), style)
    if not text:
        return
    reader.say(text, style)
    key = reader.here()
    reader.drafting.equations.append(Equation(key, text, mathematics.source(node)))
    reader.drafting.find(Doubt.EQUATION, text, key)


def _rule(reader: BlockReader, node: Node, style: Style) -> None:
    reader.end_line()


def _quoted_words(reader: BlockReader, node: Node, style: Style) -> None:
    reader.say("“", style)
    reader.visit(node.children, style)
    reader.say("”", style)


def _choice(reader: BlockReader, node: Node, style: Style) -> None:
    """A box to tick, and whether it is ticked."""
    if node.attributes.get("type", "").strip().lower() in ("checkbox", "radio"):
        reader.say("☒ " if "checked" in node.attributes else "☐ ", style)


def _nothing(reader: BlockReader, node: Node, style: Style) -> None:
    return


_ELEMENTS: dict[str, Callable[[BlockReader, Node, Style], None]] = {
    **dict.fromkeys(paragraphs.HEADINGS, paragraphs.heading),
    **dict.fromkeys(("pre", "xmp", "listing", "plaintext"), paragraphs.preformatted),
    "blockquote": paragraphs.quotation,
    **dict.fromkeys(("ul", "ol", "menu", "dir"), lists.list_block), "dl": lists.definitions,
    "table": tables.table, "figure": figures.figure, "img": figures.picture,
    "math": _formula, "hr": _rule, "input": _choice, "q": _quoted_words, "wbr": _nothing,
}  # fmt: skip
