"""Changes to a Word file as a reviewer makes them, by script: tracked words, struck and new paragraphs, comments."""

import io
import random
import zipfile
from copy import deepcopy

from lxml import etree

from formats.docx.package import W
from formats.docx_writing.elements import add, add_text

_COMMENTS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
_KIND = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
GENERATED = {"PassageNumber", "CaptionNumber"}
"""Styles of what the library writes beside the words of a text."""


class Edited:
    """A file under change. Nothing of it is known but what is written in it."""

    def __init__(self, content: bytes) -> None:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            self.parts = {name: archive.read(name) for name in archive.namelist()}
        self.body = etree.fromstring(self.parts["word/document.xml"])
        self.comments: list[tuple[str, str]] = []
        self._count = 1000

    def paragraphs(self) -> list[etree._Element]:
        """Those of passages, in cells too."""
        return [one for one in self.body.iter(f"{W}p") if one.find(f"{W}bookmarkStart") is not None]

    def paragraph(self, said: str) -> etree._Element:
        return next(one for one in self.body.iter(f"{W}p") if said in text_in(one))

    def mark(self, tag: str, author: str = "A. Delegate") -> etree._Element:
        self._count += 1
        made = etree.Element(W + tag)
        made.set(f"{W}id", str(self._count))
        made.set(f"{W}author", author)
        made.set(f"{W}date", f"2099-01-02T{self._count // 60 % 24:02}:{self._count % 60:02}:00Z")
        return made

    def replace(self, run: etree._Element, place: int, old: str, new: str) -> None:
        """Strikes the letters `old` at a place of a run and puts `new` behind them; either may be ""."""
        text = "".join(one.text or "" for one in run.iter(f"{W}t"))
        before, after = text[:place], text[place + len(old) :]
        pieces = []
        if before:
            pieces.append(self._run(run, before))
        if old:
            struck = self.mark("del")
            struck.append(self._run(run, old, "delText"))
            pieces.append(struck)
        if new:
            put = self.mark("ins")
            put.append(self._run(run, new))
            pieces.append(put)
        if after:
            pieces.append(self._run(run, after))
        parent = run.getparent()
        assert parent is not None
        at = parent.index(run)
        parent[at : at + 1] = pieces

    def strike(self, paragraph: etree._Element) -> None:
        """All of it, with its end."""
        for run in [run for run in paragraph.iter(f"{W}r") if run.find(f"{W}t") is not None]:
            parent = run.getparent()
            assert parent is not None
            struck = self.mark("del")
            parent.replace(run, struck)
            for one in run.iter(f"{W}t"):
                one.tag = f"{W}delText"
            struck.append(run)
        self.end_of(paragraph, "del")

    def new_behind(self, paragraph: etree._Element, text: str) -> None:
        """As Word writes it when somebody presses Enter at the end and goes on: the old end is the new paragraph's."""
        self.end_of(paragraph, "ins")
        made = etree.Element(f"{W}p")
        put = self.mark("ins")
        made.append(put)
        add_text(add(put, "r"), text)
        paragraph.addnext(made)

    def comment(self, paragraph: etree._Element, text: str, author: str = "B. Reader") -> None:
        number = str(len(self.comments))
        self.comments.append((text, author))
        start, end = etree.Element(f"{W}commentRangeStart"), etree.Element(f"{W}commentRangeEnd")
        start.set(f"{W}id", number)
        end.set(f"{W}id", number)
        runs = [one for one in paragraph if one.tag in (f"{W}r", f"{W}ins", f"{W}del", f"{W}hyperlink")]
        runs[0].addprevious(start)
        paragraph.append(end)
        add(add(paragraph, "r"), "commentReference", id=number)

    def without_bookmarks(self) -> None:
        for one in list(self.body.iter(f"{W}bookmarkStart", f"{W}bookmarkEnd")):
            one.getparent().remove(one)

    def content(self) -> bytes:
        parts = self.parts | {"word/document.xml": etree.tostring(self.body)}
        if self.comments:
            root = etree.Element(f"{W}comments", nsmap={"w": W.strip("{}")})
            for number, (text, author) in enumerate(self.comments):
                one = add(root, "comment", id=str(number), author=author, date="2099-01-02T03:04:05Z", initials="B")
                add_text(add(add(one, "p"), "r"), text)
            parts["word/comments.xml"] = etree.tostring(root)
            link = f'<Relationship Id="rIdC" Type="{_COMMENTS}" Target="comments.xml"/></Relationships>'
            rels = "word/_rels/document.xml.rels"
            parts[rels] = parts[rels].replace(b"</Relationships>", link.encode())
            kind = f'<Override PartName="/word/comments.xml" ContentType="{_KIND}"/></Types>'
            parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"</Types>", kind.encode())
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        return out.getvalue()

    def _run(self, like: etree._Element, text: str, tag: str = "t") -> etree._Element:
        made = etree.Element(f"{W}r")
        look = like.find(f"{W}rPr")
        if look is not None:
            made.append(deepcopy(look))
        add_text(made, text)
        for one in made.iter(f"{W}t"):
            one.tag = W + tag
        return made

    def end_of(self, paragraph: etree._Element, tag: str) -> None:
        look = paragraph.find(f"{W}pPr")
        if look is None:
            look = etree.Element(f"{W}pPr")
            paragraph.insert(0, look)
        add(look, "rPr").append(self.mark(tag))


def text_in(paragraph: etree._Element) -> str:
    """Its letters now, changes accepted."""
    return "".join(one.text or "" for run in said_in(paragraph) for one in run.iter(f"{W}t"))


def said_in(paragraph: etree._Element) -> list[etree._Element]:
    """Runs with letters of the passage."""
    found = []
    for run in paragraph.iter(f"{W}r"):
        style = run.find(f"{W}rPr/{W}rStyle")
        if run.find(f"{W}t") is not None and (style is None or style.get(f"{W}val") not in GENERATED):
            found.append(run)
    return found


def edit_at_random(edited: Edited, draw: random.Random, most: int) -> dict[str, str]:
    """Words replaced, struck or put in, one or more a paragraph. Names of bookmarks -> the text as it is then."""
    expected: dict[str, str] = {}
    done = 0
    for paragraph in edited.paragraphs():
        if done >= most or draw.random() < 0.2:
            continue
        before = done
        for run in draw.sample(said_in(paragraph), min(2, len(said_in(paragraph)))):
            text = "".join(one.text or "" for one in run.iter(f"{W}t"))
            words = [word for word in text.split(" ") if word]
            if not words:
                continue
            old = draw.choice(words)
            kind = draw.choice(("replace", "strike", "insert"))
            new = "" if kind == "strike" else f"changed{done}"
            edited.replace(
                run, text.index(old), "" if kind == "insert" else old, new + (" " if kind == "insert" else "")
            )
            done += 1
        if done == before:
            continue
        mark = paragraph.find(f"{W}bookmarkStart")
        assert mark is not None
        expected[str(mark.get(f"{W}name"))] = text_in(paragraph)
    return expected
