"""Numbers as lists draw them: digits, letters, Roman numerals and those of other scripts. Pure."""

from collections.abc import Callable

from formats.roman_numerals import roman

_RUSSIAN = "абвгдежзиклмнопрстуфхцчшщэюя"
_ARABIC = "أبتثجحخدذرزسشصضطظعغفقكلمنهوي"
_ABJAD = "أبجدهوزحطيكلمنسعفصقرشتثخذضظغ"
_HAN = "〇一二三四五六七八九"
LARGEST = 32_767  # what Word counts to
LONGEST_LETTERS = 30  # a, …, z, aa, …: beyond, digits


def latin(number: int, letters: str = "abcdefghijklmnopqrstuvwxyz") -> str:
    """a to z, then aa to zz, as Word goes on."""
    if not 0 < number <= len(letters) * LONGEST_LETTERS:
        return str(number)
    return letters[(number - 1) % len(letters)] * ((number - 1) // len(letters) + 1)


def han(number: int) -> str:
    """一 to 九十九; beyond, digit by digit."""
    if not 0 < number < 100:
        return "".join(_HAN[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _HAN[tens]) + ("十" if tens else "") + (_HAN[ones] if ones or not tens else "")


def ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


_FORMS: dict[str, Callable[[int], str]] = {
    "lowerLetter": latin,
    "upperLetter": lambda number: latin(number).upper(),
    "lowerRoman": roman,
    "upperRoman": lambda number: roman(number).upper(),
    "decimalZero": lambda number: f"{number:02d}",
    "ordinal": ordinal,
    "russianLower": lambda number: latin(number, _RUSSIAN),
    "russianUpper": lambda number: latin(number, _RUSSIAN).upper(),
    "arabicAlpha": lambda number: latin(number, _ARABIC),
    "arabicAbjad": lambda number: latin(number, _ABJAD),
    "chineseCounting": han,
    "chineseCountingThousand": han,
    "taiwaneseCounting": han,
    "japaneseCounting": han,
    "ideographDigital": han,
    "decimalEnclosedCircle": lambda number: chr(0x245F + number) if 0 < number <= 20 else str(number),
    "none": lambda number: "",
}
"""By the names that WordprocessingML has for them."""


def drawn(number: int, form: str) -> str:
    """A number in a form; one that is not known here is drawn in digits."""
    return _FORMS.get(form, str)(number)
