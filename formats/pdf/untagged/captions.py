"""Captions of tables and pictures: short texts right beside them that are set otherwise than the text. Pure."""

import re

from formats.pdf.text_nodes import SENTENCE_END
from formats.pdf.untagged.lines import Line
from formats.pdf.untagged.measures import Measures

LONGEST = 3  # lines
SMALLER = 0.96  # than the text
NEAR = 1.6  # of the leading
_LABEL = re.compile(
    r"(?:figure|fig\.|table|chart|box|рис\.|рисунок|таблица|图|表|tableau|tabla|cuadro|figura|شكل|جدول)\s*\d",
    re.IGNORECASE,
)


def is_caption(lines: list[Line], before: Line | None, after: Line | None, measures: Measures) -> str:
    """ "above" or "below" its table or picture; "" for what is no caption."""
    if len(lines) > LONGEST:
        return ""
    labelled = bool(_LABEL.match(lines[0].text))
    above, below = _gap(lines[-1], after), _gap(before, lines[0])
    for place, thing, gap in (("below", before, below), ("above", after, above)):
        if (
            thing is None
            or gap is None
            or (thing.grid is None and thing.image is None)
            or gap > NEAR * measures.leading
        ):
            continue
        if place == "above" and thing.image is not None and not labelled:
            continue  # pictures have theirs below
        if labelled or _is_set_apart(lines, measures) or (place == "above" and _is_centred(lines, thing, measures)):
            return place
        beside = place == "above" or (thing.image is not None and thing.page == lines[0].page)
        if beside and len(lines) == 1 and not SENTENCE_END.search(lines[0].text):
            return place
    return "below" if labelled else ""


def _gap(upper: Line | None, lower: Line | None) -> float | None:
    """None where they are not one above the other on a page; a page may end between a caption and its table, or a
    picture and its caption."""
    if upper is None or lower is None:
        return None
    if upper.page != lower.page:
        parted = (upper.words and lower.grid is not None) or (upper.image is not None and lower.words)
        return 0.0 if parted and lower.page == upper.page + 1 else None
    gap = upper.y0 - lower.y1
    return gap if gap > -lower.size else None


def _is_set_apart(lines: list[Line], measures: Measures) -> bool:
    return all(line.size < SMALLER * measures.body_size for line in lines) or all(line.is_italic for line in lines)


def _is_centred(lines: list[Line], thing: Line, measures: Measures) -> bool:
    middle = thing.x0 + thing.x1
    return all(
        abs(line.x0 + line.x1 - middle) < 4 and line.x1 - line.x0 < 0.95 * (thing.x1 - thing.x0) for line in lines
    )
