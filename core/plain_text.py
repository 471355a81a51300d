"""User text as it is stored: plain, NFC, without invisible controls. Escaping happens where it is drawn. Pure."""

import re
import unicodedata

BIDI_CONTROLS = re.compile("[\u202a-\u202e\u2066-\u2069]")
"""Embeddings, overrides and isolates: they can make a name or a file name read backwards. Letters need none."""
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]|[\ud800-\udfff]")


def tidy_text(text: str) -> str:
    """Several lines: line ends as \\n, controls replaced by a visible sign: no word is lost, none is hidden."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", with_visible_controls(text)).strip()


def with_visible_controls(text: str) -> str:
    """Controls and halves of signs replaced by the sign that says so: no database and no answer takes them."""
    return _CONTROLS.sub("\ufffd", text)


def tidy_line(text: str) -> str:
    """One line: white space folded to single spaces, controls and direction overrides taken out."""
    text = BIDI_CONTROLS.sub("", _CONTROLS.sub(" ", text))
    return " ".join(unicodedata.normalize("NFC", text).split())


def is_one_line(text: str) -> bool:
    """Whether a text has no line end or other control in it: a header of a mail, or a cell, could be split by one."""
    return not re.search("[\x00-\x1f\x7f-\x9f\u2028\u2029]", text)


def printable(text: str) -> str:
    """Without lone surrogates, which no answer could carry back."""
    return text.encode("utf-8", "ignore").decode()


def whole_number(text: str) -> int | None:
    """What a field or address says that holds the number of a row or a page: at most nine digits, of any script. Python
    refuses to read thousands of them, and no database looks for so large a number."""
    return int(text) if text.isdecimal() and len(text) < 10 else None


def shortened(text: str, most: int) -> str:
    """At most so many signs, with an ellipsis where something is left out: between words, where one ends in the last
    third; languages that write no spaces are cut anywhere."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    whole = kept if text[most - 1].isspace() else kept.rpartition(" ")[0]
    return (whole if len(whole) >= most * 2 // 3 else kept).rstrip(" ,;:.-–(") + "…"
