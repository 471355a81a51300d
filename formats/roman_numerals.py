"""Roman numerals, written and read. Pure."""

LARGEST = 32_767  # beyond, digits
_SIGNS = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_WORTH = {letters: worth for worth, letters in _SIGNS if len(letters) == 1}


def roman(number: int) -> str:
    """1 to 32,767 in small letters; others as digits."""
    if not 0 < number <= LARGEST:
        return str(number)
    found = ""
    for worth, letters in _SIGNS:
        found += letters * (number // worth)
        number %= worth
    return found


def roman_value(text: str) -> int:
    """What the letters stand for, large or small; 0 if one of them is none of these numerals."""
    values = [_WORTH.get(letter, 0) for letter in text.lower()]
    if not all(values):
        return 0
    return sum(-value if value < after else value for value, after in zip(values, [*values[1:], 0], strict=True))
