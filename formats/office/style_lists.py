"""Lists that no list of the file makes, but the names of its styles alone. Pure."""

from collections.abc import Sequence

from formats.office.paragraph_roles import Label, Line, Piece
from formats.office.style_names import StyleMeaning


def counted_by_style(style: str, meaning: StyleMeaning, pieces: Sequence[Piece], place: int = 0) -> Label:
    """A list that only a style such as "List Number" makes: it counts on while its items follow each other.

    pieces: what stands before the item. place: the level that the file says, from 0.
    """
    level = max(place, meaning.list_level - 1)
    if not meaning.ordered:
        return Label(style, level, ordered=False)
    number = 1
    for piece in reversed(pieces):
        label = piece.label if isinstance(piece, Line) else None
        if label is None and isinstance(piece, Line) and piece.continues:
            continue
        if label is None or label.level < level:
            break
        if label.series == style:
            number = int(label.text.rstrip(".")) + 1
            break
    return Label(style, level, ordered=True, text=f"{number}.")
