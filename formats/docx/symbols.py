"""Characters that Word keeps as a place in a symbol font. Pure."""

_SYMBOL = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "αβχδεφγηιϕκλμνοπθρστυϖωξψζΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ",
        strict=True,
    )
) | {
    "\xa3": "≤", "\xb3": "≥", "\xb9": "≠", "\xba": "≡", "\xbb": "≈", "\xb1": "±", "\xb4": "×", "\xb8": "÷",
    "\xb7": "•", "\xa5": "∞", "\xb6": "∂", "\xe5": "∑", "\xd5": "∏", "\xf2": "∫", "\xd6": "√", "\xae": "→",
    "\xac": "←", "\xad": "↑", "\xaf": "↓", "\xdb": "⇔", "\xde": "⇒", "\xce": "∈", "\xcc": "⊂", "\xc7": "∩",
    "\xc8": "∪", "\x22": "∀", "\x24": "∃", "\xd8": "¬", "\xd9": "∧", "\xda": "∨", "\xc6": "∅", "\xb0": "°",
}  # fmt: skip
_WINGDINGS = {
    "\xfc": "✓", "\xfb": "✗", "\xfe": "☑", "\xa8": "☐", "\xfd": "☒", "\x6f": "☐", "\xe0": "→", "\xdf": "←",
    "\xe1": "↑", "\xe2": "↓", "\xf0": "⇨", "\xa7": "▪", "\x6c": "●", "\x6e": "■", "\xd8": "➢", "\x4a": "☺",
    "\x4c": "☹", "\x2a": "✉", "\x28": "☎",
}  # fmt: skip


def symbol(font: str, code: str) -> str:
    """The character, by its font and hexadecimal place; "" for a place that is none, "�" for a sign not known here."""
    try:
        place = int(code, 16)
        char = chr(place - 0xF000 if 0xF000 <= place <= 0xF0FF else place)
    except (ValueError, OverflowError):
        return ""
    table = {"symbol": _SYMBOL, "wingdings": _WINGDINGS}.get(font.strip().lower())
    if table is not None:
        return table.get(char, char if char in "0123456789 +-=()[]{}<>/.,:;!%" else "\ufffd")
    return "\ufffd" if 0xF000 <= place <= 0xF0FF or 0xD800 <= place <= 0xDFFF else char
