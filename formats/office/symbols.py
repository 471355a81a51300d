"""Signs that office files keep as letters or places of a symbol font, such as Wingdings, as characters. Pure."""

_GREEK = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ", "αβχδεφγηιϕκλμνοπθρστυϖωξψζ"  # at the places of A to Z and a to z
_TABLES: dict[str, tuple[tuple[int, str], ...]] = {
    "symbol": (
        (0x21, "!∀#∃%&∋()∗+,−./0123456789:;<=>?≅"), (0x41, _GREEK[0]), (0x5B, "[∴]⊥_‾"), (0x61, _GREEK[1]),
        (0x7B, "{|}∼"), (0xA0, "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑"),
        (0xE6, "⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪"), (0xF1, "⟩∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"),
    ),
    "wingdings": (
        (0x21, "✏✂✁"), (0x28, "☎✆✉"), (0x36, "⌛"), (0x3E, "✇✍"), (0x41, "✌"), (0x43, "👍👎☜☞☝☟"), (0x4A, "☺😐☹"),
        (0x4E, "☠⚐"), (0x51, "✈☼💧❄"), (0x56, "✞"), (0x58, "✠✡☪☯ॐ☸♈♉♊♋♌♍♎♏♐♑♒♓"), (0x6C, "●"), (0x6E, "■☐"),
        (0x71, "❑❒⬧⧫◆❖⬥⌧"), (0x7A, "⌘"), (0x7D, "❝❞"), (0x80, "⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿"), (0x9E, "·•"), (0xA1, "○"),
        (0xA4, "◉◎"), (0xA7, "▪☐"), (0xAA, "✦★✶✴✹✵"), (0xB1, "⌖"), (0xB5, "✪✰"), (0xD5, "⌫⌦"), (0xD8, "➢"),
        (0xDF, "←→↑↓↖↗↙↘←➔↑↓↖↗↙↘⇦⇨⇧⇩⬄⇳"), (0xF9, "▭▫✗✓☒☑"),
    ),
    "wingdings 2": ((0x4F, "✗✓☒☑☒"), (0x97, "●"), (0xA2, "■☐")),
    "wingdings 3": ((0x66, "←→↑↓↖↗↙↘"), (0x70, "▲▼△▽◀▶◁▷"), (0x7C, "◀▶")),
    "webdings": (
        (0x33, "◀▶▲▼⏪⏩⏮⏭⏸⏹⏺"), (0x59, "♥"), (0x61, "✓"), (0x63, "☐"), (0x67, "■"), (0x69, "ℹ"), (0x6E, "●"),
        (0x72, "✗❓"),
    ),
}  # fmt: skip
"""By font: the first place of a stretch, and the characters from there on."""
SIGNS = {
    font: {first + step: char for first, chars in stretches for step, char in enumerate(chars)}
    for font, stretches in _TABLES.items()
}
_PRIVATE = range(0xF000, 0xF100)  # where Word keeps the places of such fonts
_BLANK = frozenset({*range(0x21), 0xA0, 0xAD})


def is_symbol_font(font: str) -> bool:
    return _plain(font) in SIGNS


def has_places(text: str) -> bool:
    return any(ord(char) in _PRIVATE for char in text)


def placed(text: str) -> str:
    """Letters of a symbol font at the private places that stand for the same signs."""
    return "".join(chr(_PRIVATE.start + ord(char)) if 0x21 <= ord(char) <= 0xFF else char for char in text)


def lettered(font: str, text: str) -> tuple[str, tuple[str, ...]]:
    """(the text as characters, what of it is not known here, each once), such as ("✓", ("Wingdings 0x60",)).

    In another font only what stands at a private place is a sign, and not known."""
    signs = SIGNS.get(_plain(font))
    if signs is None and not has_places(text):
        return text, ()
    found: list[str] = []
    unknown: list[str] = []
    for char in text:
        place = ord(char) - _PRIVATE.start if ord(char) in _PRIVATE else ord(char)
        if ord(char) not in _PRIVATE and (signs is None or place > 0xFF):
            found.append(char)
        elif signs is not None and place in signs:
            found.append(signs[place])
        elif place in _BLANK:
            found.append(char if ord(char) == place else " ")
        else:
            unknown.append(f"{' '.join(font.split()) or '?'} 0x{place:02X}")
    return "".join(found), tuple(dict.fromkeys(unknown))


def at_place(font: str, code: str) -> tuple[str, tuple[str, ...]]:
    """As `lettered`, of one hexadecimal place; nothing for a place that is none."""
    try:
        char = chr(int(code, 16))
    except (ValueError, OverflowError):
        return "", ()
    if "\ud800" <= char <= "\udfff":
        return "", (f"{font or '?'} 0x{ord(char):X}",)
    return lettered(font, char)


def _plain(font: str) -> str:
    return " ".join(font.split()).casefold()
