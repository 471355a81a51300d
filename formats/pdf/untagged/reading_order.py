"""The order in which lines are read: column by column, from the side where their script begins. Pure."""

from statistics import median

from formats.pdf.untagged.lines import Line

LINES_OF_EDGE = 3  # that begin at one place
STANDS_OFF = 1.5  # of the size of type, from the line before
DEEPEST = 8  # columns in columns


def in_order(lines: list[Line]) -> tuple[list[Line], bool]:
    """And whether they stand in columns. Lines get the number of their column, the same on each page."""
    parted: list[bool] = []
    said = [line for line in lines if line.words]
    turned = sum(line.is_right_to_left for line in said) * 2 > len(said)
    for line in lines:
        line.turned = turned
    return _columns(lines, 0, parted, turned=turned), bool(parted)


def _columns(lines: list[Line], column: int, parted: list[bool], *, turned: bool) -> list[Line]:
    lines = sorted(lines, key=lambda one: (-one.y1, one.x0))
    gutter = _gutter(lines) if column < DEEPEST else None
    if gutter is None:
        for one in lines:
            one.column = column
        return lines
    parted.append(True)
    ordered: list[Line] = []
    band: list[Line] = []
    ends: list[Line | None] = [*lines, None]
    for line in ends:
        if line is None or line.x0 < gutter < line.x1:
            left = [one for one in band if one.x1 <= gutter]
            right_side = [one for one in band if one.x1 > gutter]
            below = _below_columns(left, right_side) if line is None else []
            left = left[: len(left) - len(below)]
            parts = [right_side, left] if turned else [left, right_side]
            for place, part in enumerate(parts):
                ordered += _columns(part, 2 * column + 1 + place, parted, turned=turned) if part else []
            for one in [*below, *([line] if line is not None else [])]:
                one.column = column
                ordered.append(one)
            band = []
        else:
            band.append(line)
    return ordered


def _below_columns(left: list[Line], right: list[Line]) -> list[Line]:
    """Short lines below columns that end at the same height: text goes on below them over the whole width. In scripts
    from right to left such lines stand at the right, and it does not show."""
    if not right or len(left) < LINES_OF_EDGE or any(one.turned for one in left):
        return []
    foot = min(one.y0 for one in right)
    for place in range(LINES_OF_EDGE, len(left)):
        above, first = left[place - 1], left[place]
        if first.y1 < foot and abs(above.y0 - foot) < above.size:
            return left[place:] if above.y0 - first.y0 > STANDS_OFF * first.size else []
    return []


def give_edges(pages: list[list[Line]]) -> None:
    """How far each line stands from the edges of its column, as the pages of one side (left, right) have them."""
    columns: dict[tuple[int, int], list[Line]] = {}
    for lines in pages:
        for line in lines:
            if line.words:
                columns.setdefault((line.page % 2, line.column), []).append(line)
    for column in columns.values():
        few = len(column) // 50
        left = sorted(line.x0 for line in column)[few:]
        right = sorted((line.x1 for line in column), reverse=True)[few:]
        turned = sum(line.turned for line in column) * 2 > len(column)
        first, last = (left[0], _shared(right)) if turned else (_shared(left), right[0])
        for line in column:
            line.begin, line.rest = line.x0 - first, last - line.x1
            if line.turned:
                line.begin, line.rest = line.rest, line.begin


def _shared(places: list[float]) -> float:
    """The first place, from outside, at which some lines begin; one that hangs out alone is no edge."""
    for number, place in enumerate(places[: len(places) // 10 + 1]):
        if sum(abs(other - place) <= 1 for other in places[number : number + LINES_OF_EDGE]) == LINES_OF_EDGE:
            return place
    return places[0]


def _gutter(lines: list[Line]) -> float | None:
    """The middle of an empty strip from top to bottom with text of some width on both sides."""
    texts = [line for line in lines if line.words]
    if len(texts) < 8:
        return None
    left, right = min(line.x0 for line in texts), max(line.x1 for line in texts)
    if right - left < 150:
        return None
    step = 2.0
    cover = [0] * (int((right - left) / step) + 2)
    for line in texts:
        for place in range(int((line.x0 - left) / step), int((line.x1 - left) / step) + 1):
            cover[place] += 1
    allowed = 0.2 * len(texts)
    first, last = int(0.2 * len(cover)), int(0.8 * len(cover))
    best: tuple[int, int, float] | None = None
    place = first
    while place < last:
        end = place
        while end < last and cover[end] <= allowed and cover[end] == cover[place]:
            end += 1
        if end - place >= 3 and (best is None or (cover[place], place - end) < best[:2]):
            best = (cover[place], place - end, left + (place + end) / 2 * step)
        place = max(end, place + 1)
    if best is None:
        return None
    gutter = best[2]
    sides = [[line for line in texts if line.x1 <= gutter], [line for line in texts if line.x0 >= gutter]]
    wide = all(
        len(side) >= max(4, len(texts) // 5) and median(line.x1 - line.x0 for line in side) > 0.22 * (right - left)
        for side in sides
    )
    return gutter if wide else None
