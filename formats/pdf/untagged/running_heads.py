"""Running heads, page numbers, and pictures that every page has. Pure."""

import re
from collections import Counter

from formats.pdf.page.model import Image, Page
from formats.pdf.untagged.lines import Line

EDGE = 0.12  # of a page's height: where running heads stand
LARGEST = 1.1  # of the usual size of type
NUMBER = "\0"  # the shape of a line that is but a number, however it is set
_NUMBER_ONLY = re.compile(
    r"\W*(?:page|seite|página|стр\.?|第|صفحة)?\s*(?:\d{1,4}|[٠-٩]{1,4}|[ivxl]{1,6})\s*(?:(?:of|/|\||de|von|sur|из)\s*\d{1,4}|页|頁)?\W*",
    re.IGNORECASE,
)


def take_running_heads(pages: list[Page], by_page: dict[int, list[Line]]) -> list[Line]:
    """Lines at the top or bottom that stand at the same place on other pages, and page numbers; taken from by_page.

    What begins with a raised number is a note. What is set larger than the text, and counts, may be headings.
    """
    sizes: Counter[float] = Counter()
    for line in (line for lines in by_page.values() for line in lines):
        sizes[line.size] += len(line.text)
    usual = sizes.most_common(1)[0][0] if sizes else 0.0
    shapes: Counter[tuple[str, int]] = Counter()
    edges: dict[int, list[Line]] = {}
    for page in pages:
        ranked = sorted(by_page[page.number], key=lambda line: -line.y0)
        near = [
            line
            for line in {id(line): line for line in ranked[:3] + ranked[-3:]}.values()
            if (line.y0 > page.height * (1 - EDGE) or line.y1 < page.height * EDGE) and not line.words[0].raised
        ]
        edges[page.number] = near
        shapes.update({(_shape(line, usual), round(line.y0 / 4)) for line in near})
        shapes.update({(NUMBER, round(line.y0 / 4)) for line in near if _NUMBER_ONLY.fullmatch(line.text)})
    wanted = max(2, len(pages) // 4) if len(pages) > 2 else 2
    taken: list[Line] = []
    for page in pages:
        lines, near = by_page[page.number], edges[page.number]
        heads = [line for line in near if _often(shapes, line, _shape(line, usual)) >= wanted]
        rest = _without(lines, heads)
        for line in _without(near, heads):
            usual_type = line.size <= LARGEST * usual or _often(shapes, line, NUMBER) >= wanted
            if usual_type and _NUMBER_ONLY.fullmatch(line.text) and not _is_beside_others(line, rest):
                heads.append(line)
        by_page[page.number] = _without(lines, heads)
        taken += heads
    return taken


def _often(shapes: Counter[tuple[str, int]], line: Line, shape: str) -> int:
    """On how many pages a shape stands where a line does."""
    return max(shapes[shape, round(line.y0 / 4) + shift] for shift in (-1, 0, 1))


def _without(lines: list[Line], others: list[Line]) -> list[Line]:
    known = set(map(id, others))
    return [line for line in lines if id(line) not in known]


def _is_beside_others(line: Line, lines: list[Line]) -> bool:
    """Whether a number stands in a row of a table, whose other cells say more than that."""
    return any(
        min(line.y1, other.y1) - max(line.y0, other.y0) > 0.5 * min(line.y1 - line.y0, other.y1 - other.y0)
        for other in lines if not _NUMBER_ONLY.fullmatch(other.text)
    )  # fmt: skip


def _shape(line: Line, usual: float) -> str:
    """What running heads of several pages have in common: a short one may count."""
    text = " ".join(line.text.split())
    counts = len(text) < 60 and line.size <= LARGEST * usual
    return re.sub(r"\d+", "0", text) if counts else text[:120]


def repeated_images(pages: list[Page]) -> frozenset[int]:
    """By id(): pictures at the same place of several pages: a logo at the edge, or what lies behind most pages."""
    places = Counter((round(image.x0), round(image.y0), round(image.x1)) for page in pages for image in page.images)

    def is_repeated(image: Image, page: Page) -> bool:
        often = places[(round(image.x0), round(image.y0), round(image.x1))]
        at_edge = image.y0 > page.height * (1 - EDGE) or image.y1 < page.height * EDGE
        return often > max(1, len(pages) // 4) if at_edge else often > max(2, 0.8 * len(pages))

    return frozenset(id(image) for page in pages for image in page.images if is_repeated(image, page))
