"""Pictures of an HTML file, with their captions. Pure."""

import base64
import binascii
import re
from dataclasses import replace
from urllib.parse import unquote, unquote_to_bytes

from editions.document.model import Block, Figure, Paragraph, Quote, Runs, Table
from formats.draft import Doubt, Picture
from formats.html.blocks.reader import BlockReader
from formats.html.blocks.texts import without_dash
from formats.html.tree import Node
from formats.web.runs import Style

PICTURE_KINDS = frozenset({"png", "jpeg", "jpg", "gif", "webp"})
_MADE_UP = re.compile(
    r"(?:shape|image|picture|graphics?|object|frame|bild|grafik|imagen|рисунок|图片|صورة) ?\d+", re.IGNORECASE
)
"""What office programs call a picture that nobody described."""
_DATA = re.compile(r"\s*data:\s*([\w.+-]*/[\w.+-]+)?((?:;[^,;]*)*),", re.IGNORECASE)


def figure(reader: BlockReader, node: Node, style: Style) -> None:
    reader.end_line()
    key = reader.drafting.new_key()
    words = [inner for inner in node.walk() if inner.tag == "figcaption"]
    caption: Runs = ()
    after: list[Block] = []
    if words:
        caption, after = reader.as_line(words[0].children, style, key)
        words[0].tag, words[0].children = "span", []
    found = reader.within(node.children, style)
    for place in range(len(found) - 1, -1, -1):
        block = found[place]
        if caption and isinstance(block, Figure | Table) and not block.caption:
            found[place] = replace(block, caption=caption)
            break
        if caption and isinstance(block, Quote) and not block.attribution:
            found[place] = replace(block, attribution=without_dash(caption))
            break
    else:
        if caption:
            found.append(Paragraph(key, caption))
    reader.out.extend([*found, *after])


def picture(reader: BlockReader, node: Node, style: Style) -> None:
    source = node.attributes.get("src", "")
    alt = " ".join(node.attributes.get("alt", "").split())
    alt = "" if _MADE_UP.fullmatch(alt) else alt
    if _is_tracking_dot(node):
        return
    kind, content = _data_picture(source)
    if content is None:
        said = (kind, alt) if kind else (alt, source[:200])
        doubt = Doubt.PICTURE_KIND if kind else Doubt.PICTURE_NOT_FETCHED
        if source or alt:
            reader.drafting.find(doubt, " — ".join(filter(None, said)), reader.here())
        return
    key = reader.drafting.new_key()
    name = f"picture-{len(reader.drafting.pictures) + 1}.{kind}"
    reader.drafting.pictures.append(Picture(name, content))
    if not alt:
        reader.drafting.find(Doubt.PICTURE_WITHOUT_ALT, name, key)
    figure = Figure(key, name, alt, (), 0, 0)
    if reader.line:  # a picture in a line stands behind it
        reader.end_line()
    reader.out.append(figure)


def _data_picture(source: str) -> tuple[str, bytes | None]:
    """The kind of a picture that stands in the file itself and its bytes; None for a kind not taken; "" if elsewhere."""  # noqa: E501
    match = _DATA.match(source)
    if not match:
        return "", None
    kind = (match[1] or "text/plain").lower().rpartition("/")[2]
    if kind not in PICTURE_KINDS:
        return kind, None
    try:
        rest = source[match.end() :]
        if "base64" in match[2].lower():
            content = base64.b64decode(re.sub(r"\s", "", unquote(rest)) + "==", validate=False)
        else:
            content = unquote_to_bytes(rest)
    except (binascii.Error, ValueError):
        return kind, None
    return ("jpeg" if kind == "jpg" else kind), content or None


def _is_tracking_dot(node: Node) -> bool:
    sizes = {node.attributes.get("width", ""), node.attributes.get("height", "")}
    return sizes <= {"0", "1", "1px"} and not node.attributes.get("alt", "").strip()
