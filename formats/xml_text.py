"""Text of people as text of XML: what XML cannot hold is left away. Pure."""

import re

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold (XML 1.0, 2.2)."""


def lines(text: str) -> list[str]:
    """Its lines, whatever ends them; at least one."""
    return _ILLEGAL.sub("", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")


def one_line(text: str) -> str:
    """For an attribute or a property: on one line, with single spaces."""
    return " ".join(_ILLEGAL.sub("", text).split())
