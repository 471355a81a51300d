"""Whether a raised number is a power rather than the mark of a note, by what stands before it. Pure."""

import re

_OF_A_FORMULA = re.compile(r"(?:\d|(?<![^\W_])[^\W\d_]|[)\]=×·]|[=×·]\s?\w{1,3})$")
"""What a power stands behind: a digit, a letter alone, a few of a formula, a bracket. A note stands behind a word or a
sentence."""
_UNITS = re.compile(r"(?<![^\W_])(?:[kcdm]?m|ft|in|yd|км|м|см)$")


def may_be_power(before: str) -> bool:
    """before: the text up to the number, blanks at its end taken off."""
    return bool(_OF_A_FORMULA.search(before) or _UNITS.search(before))
