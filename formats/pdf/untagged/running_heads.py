"""Running heads, page numbers, and pictures that every page has. Pure."""

import re
from collections import Counter

from formats.pdf.page.content import Image, Page
from formats.pdf.untagged.lines import Line

EDGE = 0.12  # of a page's height: where running heads stand
LARGEST = 1.1  # of the usual size of type
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
    wanted = max(2, len(pages) // 4) if len(pages) > 2 else 2
    taken: list[Line] = []
    for page in pages:
        for line in edges[page.number]:
            place = round(line.y0 / 4)
            often = max(shapes[(_shape(line, usual), place + shift)] for shift in (-1, 0, 1))
            if often >= wanted or _NUMBER_ONLY.fullmatch(line.text):
                by_page[page.number].remove(line)
                taken.append(line)
    return taken


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
