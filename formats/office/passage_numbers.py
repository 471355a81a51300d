"""Tells the numbers that the library writes before a passage from words that stand in their style. Pure.

A word typed or struck right behind "¶ 3 " or "Table 2. " takes the style of what it stands beside, in Word and in
LibreOffice; it is a word of the passage all the same.
"""

import re
from dataclasses import dataclass, field

from formats.office.style_names import PASSAGE_NUMBER

_SIGN = "¶"
_WHOLE = re.compile(r"\D*\d{1,6}\.?\s+")
"""A number of the library's own with the space that ends it."""


@dataclass(slots=True)
class PassageNumbers:
    """Those of one paragraph: its own, and that of a caption. said: as far as each was read, by its style. put: styles
    of those that a tracked change puts in as a whole, as it does with a new passage."""

    said: dict[str, str] = field(default_factory=dict)
    put: set[str] = field(default_factory=set)

    def parted(self, style: str, letters: str, *, was_put: bool = False) -> tuple[str, str]:
        """(letters of the number, letters of the passage) in what stands in the style of a number. was_put: by a
        change, and so of the passage, unless it puts in a number as such or goes into one that is not whole."""
        before = self.said.get(style, "")
        if was_put and not before:
            if style == PASSAGE_NUMBER and not letters.lstrip().startswith(_SIGN):
                return "", letters
            self.put.add(style)
        elif was_put and style not in self.put:
            return ("", letters) if _WHOLE.match(before) else (letters, "")
        found = _WHOLE.match(before + letters)
        end = max(0, found.end() - len(before)) if found else len(letters)
        self.said[style] = before + letters[:end]
        return letters[:end], letters[end:]
