"""Keys of the blocks of a draft: counted in reading order, so that the same file gives the same keys."""

from itertools import count


class Keys:
    """`b1`, `b2`, … one sequence a draft. They last until the draft is stored, where the editor gives its own."""

    def __init__(self) -> None:
        self._numbers = count(1)

    def new(self) -> str:
        return f"b{next(self._numbers)}"
