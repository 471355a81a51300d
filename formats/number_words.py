"""Numbers as lists draw them: digits, letters, Roman numerals and those of other scripts. Pure."""

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
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


def roman(number: int) -> str:
    if not 0 < number <= LARGEST:
        return str(number)
    found = ""
    for worth, letters in _ROMAN:
        found += letters * (number // worth)
        number %= worth
    return found


def han(number: int) -> str:
    """一 to 九十九; beyond, digit by digit."""
    if not 0 < number < 100:
        return "".join(_HAN[int(digit)] for digit in str(number))
    tens, ones = divmod(number, 10)
    return ("" if tens < 2 else _HAN[tens]) + ("十" if tens else "") + (_HAN[ones] if ones or not tens else "")


def ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def drawn(number: int, form: str) -> str:
    """form: a number format of WordprocessingML. One that is not known here is drawn in digits."""
    match form:
        case "lowerLetter":
            return latin(number)
        case "upperLetter":
            return latin(number).upper()
        case "lowerRoman":
            return roman(number)
        case "upperRoman":
            return roman(number).upper()
        case "decimalZero":
            return f"{number:02d}"
        case "ordinal":
            return ordinal(number)
        case "russianLower":
            return latin(number, _RUSSIAN)
        case "russianUpper":
            return latin(number, _RUSSIAN).upper()
        case "arabicAlpha":
            return latin(number, _ARABIC)
        case "arabicAbjad":
            return latin(number, _ABJAD)
        case (
            "chineseCounting"
            | "chineseCountingThousand"
            | "japaneseCounting"
            | "ideographDigital"
            | "taiwaneseCounting"
        ):
            return han(number)
        case "decimalEnclosedCircle" if 0 < number <= 20:
            return chr(0x2460 + number - 1)
        case "none":
            return ""
    return str(number)
