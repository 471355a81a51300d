"""Word's equations as a line of text that can be read out: `x^2`, `(a+b)/2`, `√(n)`. Pure.

The signs are those of the linear form that Word itself offers; the source is kept beside the text.
"""

from collections.abc import Iterator

from formats.docx.package import M, W
from formats.office.archive import Element

_ACCENTS = {
    "\u0302",
    "\u0303",
    "\u0304",
    "\u0305",
    "\u0307",
    "\u0308",
    "\u20d7",
    "\u030c",
    "\u0306",
    "\u0301",
    "\u0300",
}
DEEPEST = 40  # levels; beyond, the letters alone


def linear(element: Element, depth: int = 0) -> str:
    """The text of an `m:oMath`, or of any part of one."""
    if depth > DEEPEST:
        return "".join(str(one.text or "") for one in element.iter(f"{M}t"))
    text = "".join(_part(child, depth + 1) for child in element)
    if depth:
        return text
    letters = ["".join(_letters(run)) for run in element.iter(f"{M}r")]
    # A form that the standard does not have, such as a sum with two bases, must not cost a letter.
    return text.strip() if _spelled(text) == _spelled("".join(letters)) else " ".join(letters).strip()


def _spelled(text: str) -> list[str]:
    return sorted(filter(str.isalnum, text))


def _part(element: Element, depth: int) -> str:
    name = element.tag
    if name == f"{M}r":
        return "".join(_letters(element))
    shape = _SHAPES.get(name)
    if shape is not None:
        return shape(element, depth)
    if name.endswith("Pr") or not name.startswith((M, W)):
        return ""
    return linear(element, depth)


def _letters(run: Element) -> Iterator[str]:
    for one in run:
        if one.tag in (f"{M}t", f"{W}t"):
            yield str(one.text or "")
        elif one.tag in (f"{W}tab", f"{W}br"):
            yield " "


def _of(element: Element, name: str, depth: int) -> str:
    found = element.find(M + name)
    return linear(found, depth).strip() if found is not None else ""


def _grouped(text: str) -> str:
    return (
        text
        if len(text) <= 1 or text.isalnum() or (text[0] + text[-1] == "()" and "(" not in text[1:])
        else f"({text})"
    )


def _sign(element: Element, properties: str, name: str, otherwise: str) -> str:
    found = element.find(f"{M}{properties}/{M}{name}")
    return otherwise if found is None else str(found.get(f"{M}val") or "")


def _fraction(element: Element, depth: int) -> str:
    over, under = _of(element, "num", depth), _of(element, "den", depth)
    if _sign(element, "fPr", "type", "") == "noBar":
        return f"({over} ¦ {under})"
    return f"{_grouped(over)}/{_grouped(under)}"


def _raised(element: Element, depth: int) -> str:
    return f"{_of(element, 'e', depth)}^{_grouped(_of(element, 'sup', depth))}"


def _lowered(element: Element, depth: int) -> str:
    return f"{_of(element, 'e', depth)}_{_grouped(_of(element, 'sub', depth))}"


def _both(element: Element, depth: int) -> str:
    low, high = _grouped(_of(element, "sub", depth)), _grouped(_of(element, "sup", depth))
    return f"{_of(element, 'e', depth)}_{low}^{high}"


def _before(element: Element, depth: int) -> str:
    low, high = _grouped(_of(element, "sub", depth)), _grouped(_of(element, "sup", depth))
    return f"_{low}^{high} {_of(element, 'e', depth)}"


def _root(element: Element, depth: int) -> str:
    degree, under = _of(element, "deg", depth), _of(element, "e", depth)
    return f"√({degree}&{under})" if degree else f"√({under})"


def _sum(element: Element, depth: int) -> str:
    low, high = _of(element, "sub", depth), _of(element, "sup", depth)
    sign = _sign(element, "naryPr", "chr", "∫")
    return (
        f"{sign}{f'_{_grouped(low)}' if low else ''}{f'^{_grouped(high)}' if high else ''} {_of(element, 'e', depth)}"
    )


def _brackets(element: Element, depth: int) -> str:
    inner = [linear(one, depth).strip() for one in element.iterfind(f"{M}e")]
    opened, closed = _sign(element, "dPr", "begChr", "("), _sign(element, "dPr", "endChr", ")")
    return f"{opened}{_sign(element, 'dPr', 'sepChr', '|').join(inner)}{closed}"


def _function(element: Element, depth: int) -> str:
    return f"{_of(element, 'fName', depth)} {_grouped(_of(element, 'e', depth))}"


def _limit(mark: str, element: Element, depth: int) -> str:
    return f"{_of(element, 'e', depth)}{mark}{_grouped(_of(element, 'lim', depth))}"


def _accent(element: Element, depth: int) -> str:
    sign, under = _sign(element, "accPr", "chr", "\u0302"), _of(element, "e", depth)
    return f"{under}{sign}" if sign in _ACCENTS and len(under) == 1 else f"{sign}({under})".lstrip("".join(_ACCENTS))


def _matrix(element: Element, depth: int) -> str:
    rows = (
        " & ".join(linear(one, depth).strip() for one in row.iterfind(f"{M}e")) for row in element.iterfind(f"{M}mr")
    )
    return f"[{'; '.join(rows)}]"


def _equations(element: Element, depth: int) -> str:
    return "; ".join(linear(one, depth).strip() for one in element.iterfind(f"{M}e"))


def _bar(element: Element, depth: int) -> str:
    return f"¯({_of(element, 'e', depth)})"


_SHAPES = {
    f"{M}f": _fraction,
    f"{M}sSup": _raised,
    f"{M}sSub": _lowered,
    f"{M}sSubSup": _both,
    f"{M}sPre": _before,
    f"{M}rad": _root,
    f"{M}nary": _sum,
    f"{M}d": _brackets,
    f"{M}func": _function,
    f"{M}limLow": lambda element, depth: _limit("_", element, depth),
    f"{M}limUpp": lambda element, depth: _limit("^", element, depth),
    f"{M}acc": _accent,
    f"{M}bar": _bar,
    f"{M}m": _matrix,
    f"{M}eqArr": _equations,
}
