"""What a PDF says and shows, read from its contents and its structure tree alone, by no code of the printing's own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pikepdf

from tests.pdf.every_form.sample import Said, tidy

NUMBER_SIZE = 7.6  # points of ¶ numbers
RAISED = 7.0  # points by which a letter's baseline moves at most within a line
SKIPPED = {"Lbl", "L", "Note", "Reference"}


@dataclass(frozen=True)
class Letter:
    """text: what a glyph stands for. left, baseline, size: points."""

    text: str
    left: float
    baseline: float
    size: float


Stretch = tuple[str, list[Letter]]
"""Language, and letters in the order of reading."""


@dataclass
class Content:
    """What is painted under one number. pictures: with the width and height at which they are drawn."""

    letters: list[Letter] = field(default_factory=list)
    pictures: list[tuple[Any, float, float]] = field(default_factory=list)


@dataclass
class Element:
    """tag, language, alt: as the structure tree has them. kids: elements and contents, in their order."""

    tag: str
    language: str
    alt: str = ""
    kids: list["Element | Content"] = field(default_factory=list)

    def walk(self) -> Iterator["Element"]:
        yield self
        for kid in self.kids:
            if isinstance(kid, Element):
                yield from kid.walk()

    def stretches(self) -> Iterator[Stretch]:
        """The letters of the element itself and of what stands in its lines."""
        for kid in self.kids:
            if isinstance(kid, Content):
                yield self.language, kid.letters
            elif kid.tag not in SKIPPED:
                yield from kid.stretches()

    @property
    def pictures(self) -> list[tuple[Any, float, float]]:
        return [picture for kid in self.kids if isinstance(kid, Content) for picture in kid.pictures]


class Printed:
    """One file. notes: anchors of its notes. said: as the edition's. lines: by anchor, the letters of each line."""

    def __init__(self, file: pikepdf.Pdf, notes: list[str]) -> None:
        self.root = _tree(file)
        self.said: Said = {}
        self.lines: dict[str, list[list[Letter]]] = {}
        self._read(iter(notes))

    def figures(self) -> list[Element]:
        return [element for element in self.root.walk() if element.tag == "Figure"]

    def _read(self, notes: Iterator[str]) -> None:
        headings, number = 0, ""
        for element in self._body().walk():
            stretches = list(element.stretches())
            if re.fullmatch("H[1-6]", element.tag):
                headings += 1
                self._take(f"h{headings}", [_behind_section_number(stretches)])
            elif element.tag == "Note":
                self._take(next(notes), [stretches])
            elif element.tag == "TR":
                cells = [list(cell.stretches()) for cell in element.kids if isinstance(cell, Element)]
                self._take(f"p{_number(cells[0])}", [_behind_number(cell) for cell in cells])
            elif element.tag in ("P", "LBody", "Caption"):
                if label := _number(stretches):
                    number = label
                    self._take(f"p{number}", [_behind_number(stretches)])
                elif number:  # the attribution of a quote; the dash before it is the page's
                    self._take(f"p{number}-by", [[(language, letters[:]) for language, letters in stretches[1:]]])

    def _body(self) -> Element:
        """What of the document holds its first passage."""
        parts = [part for part in self.root.kids if isinstance(part, Element)]
        return next(part for part in parts if any(_number(list(one.stretches())) == "1" for one in part.walk()))

    def _take(self, name: str, parts: list[list[Stretch]]) -> None:
        if name not in self.said:
            self.lines[name] = [line for part in parts for line in _lines(part)]
            self.said[name] = tidy([_broken(part) for part in parts])


def _text(letters: list[Letter]) -> str:
    return "".join(letter.text for letter in letters)


def _is_number(letters: list[Letter]) -> bool:
    return bool(letters) and abs(letters[0].size - NUMBER_SIZE) < 0.01 and _text(letters).strip().isdigit()


def _number(part: list[Stretch]) -> str:
    """The ¶ number in it, "" for none."""
    return next((_text(letters).strip() for _, letters in part if _is_number(letters)), "")


def _behind_number(part: list[Stretch]) -> list[Stretch]:
    """What the page puts before the text is not of it: the name of a fact, "Table 3."."""
    place = next((place for place, (_, letters) in enumerate(part) if _is_number(letters)), -1)
    rest = part[place + 1 :]
    return rest[1:] if rest and re.fullmatch(r"(Figure|Table|الشكل|الجدول) \d+\. ", _text(rest[0][1])) else rest


def _behind_section_number(part: list[Stretch]) -> list[Stretch]:
    return part[1:] if part and re.fullmatch(r"[\d.]+\s*", _text(part[0][1])) else part


def _lines(part: list[Stretch]) -> list[list[Letter]]:
    lines: list[list[Letter]] = []
    for letter in (letter for _, letters in part for letter in letters):
        if not lines or abs(letter.baseline - lines[-1][-1].baseline) > RAISED:
            lines.append([])
        lines[-1].append(letter)
    return lines


def _broken(part: list[Stretch]) -> list[tuple[str, str]]:
    """(language, text) with a line end wherever the next letter stands on another line."""
    made: list[tuple[str, str]] = []
    baseline: float | None = None
    for language, letters in part:
        text = ""
        for letter in letters:
            if baseline is not None and abs(letter.baseline - baseline) > RAISED:
                if text or not made:
                    text += "\n"
                else:
                    made[-1] = (made[-1][0], made[-1][1] + "\n")
            text += letter.text
            baseline = letter.baseline
        made.append((language, text))
    return made


# From the file


def _tree(file: pikepdf.Pdf) -> Element:
    contents = {page.obj.objgen: _Page(page).contents for page in file.pages}

    def element(node: Any, around: str, page: Any) -> Element:
        page = node.get("/Pg", page)
        made = Element(str(node.S)[1:], str(node.get("/Lang", around)), str(node.get("/Alt", "")))
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
            if not isinstance(kid, pikepdf.Dictionary):
                made.kids.append(contents[page.objgen][int(kid)])
            elif "/S" in kid:
                made.kids.append(element(kid, made.language, page))
            elif kid.get("/Type") != "/OBJR":
                made.kids.append(contents[kid.get("/Pg", page).objgen][int(kid.MCID)])
        return made

    top = file.Root.StructTreeRoot.K
    return element(top[0] if isinstance(top, pikepdf.Array) else top, str(file.Root.Lang), None)


class _Page:
    """A page's contents by their number in the structure tree; what is no part of the text under -1."""

    def __init__(self, page: Any) -> None:
        self.contents: dict[int, Content] = {}
        self._resources = page.Resources
        self._fonts = {name: _Font(font) for name, font in page.Resources.get("/Font", {}).items()}
        self._here = Content()
        self._box = (0.0, 0.0)
        self._font, self._size, self._pen = next(iter(self._fonts.values()), None), 0.0, (0.0, 0.0)
        for instruction in pikepdf.parse_content_stream(page):
            self._follow(str(instruction.operator), instruction.operands)

    def _follow(self, operator: str, operands: Any) -> None:
        if operator == "BDC":
            self._here = self.contents.setdefault(int(operands[1].get("/MCID", -1)), Content())
        elif operator == "cm":
            self._box = float(operands[0]), float(operands[3])
        elif operator == "Do":
            self._here.pictures.append((self._resources.XObject[str(operands[0])], *self._box))
        elif operator == "Tf":
            self._font, self._size = self._fonts[str(operands[0])], float(operands[1])
        elif operator == "Tm":
            self._pen = float(operands[4]), float(operands[5])
        elif operator == "TJ":
            for part in operands[0]:
                self._show(part)

    def _show(self, part: Any) -> None:
        x, y = self._pen
        if not isinstance(part, pikepdf.String):
            self._pen = x - float(part) * self._size / 1000, y
            return
        codes = bytes(part)
        for place in range(0, len(codes), 2):
            text, width = self._font.letter(int.from_bytes(codes[place : place + 2], "big"))  # type: ignore[union-attr]
            if text:
                self._here.letters.append(Letter(text, x, y, self._size))
            x += width * self._size / 1000
        self._pen = x, y


class _Font:
    def __init__(self, font: Any) -> None:
        pairs = re.findall(r"<([0-9A-F]{4})> <([0-9A-F]*)>\n", font.ToUnicode.read_bytes().decode("ascii"))
        self._letters = {int(code, 16): bytes.fromhex(said).decode("utf-16-be") for code, said in pairs}
        first, widths = font.DescendantFonts[0].W
        self._widths = {int(first) + place: float(width) for place, width in enumerate(widths)}

    def letter(self, code: int) -> tuple[str, float]:
        """What a code stands for, and its width in thousandths of an em."""
        return self._letters[code], self._widths[code]
