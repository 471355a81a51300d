"""What reviewers did to a Word file: each paragraph before and after their tracked changes, and their comments. Pure.

Written apart from `formats.docx.reader`, which takes a file as if all changes were accepted. `review` tells every
change in words; what it sees in the file and cannot place is told as `lost`, never dropped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import StrEnum

from formats.docx.comments import Remark, remarks
from formats.docx.equations import linear
from formats.docx.ledger_words import PLACES, element_words
from formats.docx.package import MC, M, Package, W, switched, value
from formats.docx.styles import Styles
from formats.draft import Unreadable, UnreadableFile
from formats.office.archive import Element
from formats.office.bookmarks import is_bookmark_of_passage
from formats.office.paragraph_roles import Role
from formats.office.passage_numbers import PassageNumbers
from formats.office.symbols import at_place

CELL_SIGN = " | "
_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_CHANGES = _INSERTED | _DELETED
_MOVES = frozenset({f"{W}moveTo", f"{W}moveFrom"})
_AGAIN = frozenset({f"{MC}Fallback"})
"""What says once more, for older programs, what stands before it."""
_FORMATS = frozenset(
    W + name
    for name in (
        "rPrChange", "pPrChange", "sectPrChange", "numberingChange", "cellIns", "cellDel", "cellMerge",
        "tblPrChange", "tblPrExChange", "tblGridChange", "trPrChange", "tcPrChange",
    )
)  # fmt: skip
_LETTERS = {f"{W}tab": " ", f"{W}ptab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
_PICTURES = frozenset({f"{W}drawing", f"{W}pict", f"{W}object"})
_NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
_NUMBER = re.compile(r"^\s*¶\s*\d{1,6}\s*")
"""The number of a passage where a program lost the style that told what it is."""
MOST_QUOTE = 400


class Shape(StrEnum):
    """What of the text a paragraph is, as far as the file says it. LABEL: words of the library beside a passage."""

    TEXT = "text"
    HEADING = "heading"
    TITLE = "title"
    LABEL = "label"
    ROW = "row"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One paragraph, row of a table or note. bookmarks: of passages that begin in it, usually one.

    before: its words as they were before the tracked changes, "" for a new one. after: with all of them accepted, ""
    for a deleted one; a line end where a paragraph was parted. authors: of its changes. marked_in: of a note, the place
    among all paragraphs of the one that its mark stands in. is_moved: it was taken from here, or put here, as a whole.
    """

    bookmarks: tuple[str, ...]
    before: str
    after: str
    authors: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()
    shape: Shape = Shape.TEXT
    marked_in: int | None = None
    is_moved: bool = False

    @property
    def signs(self) -> int:
        said = sum(len(each.text) + len(each.quote) + len(each.author) for each in self.remarks)
        return max(len(self.before), len(self.after)) + sum(map(len, self.authors)) + said


@dataclass(frozen=True, slots=True)
class Review:
    """lost: words of changes and comments that stand where no paragraph of the text is, such as a running head or the
    number of a paragraph.

    formatting: how many tracked changes are of looks, or of the cells of tables. pictures: how many put in or took out
    a picture or an embedded object.
    """

    paragraphs: tuple[Reviewed, ...]
    lost: tuple[str, ...] = ()
    formatting: int = 0
    pictures: int = 0

    @property
    def signs(self) -> int:
        """The length of everything that the file says, of what changed the longer wording."""
        return sum(map(len, self.lost)) + sum(one.signs for one in self.paragraphs)


_SHAPES = {Role.HEADING: Shape.HEADING, Role.TITLE: Shape.TITLE, Role.SUBTITLE: Shape.TITLE}


@dataclass(slots=True)
class _Text:
    """A paragraph as it is read. joined_before: its end was inserted. joined_after: its end was deleted.

    own_numbers: what the library writes before a passage. numbers: letters put into these, or taken from them, and
    whether put. marks: notes marked in it, by kind and id.
    """

    bookmarks: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    authors: dict[str, None] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)  # words it stands on, by id
    joined_before: bool = False
    joined_after: bool = False
    shape: Shape = Shape.TEXT
    own_numbers: PassageNumbers = field(default_factory=PassageNumbers)
    numbers: list[tuple[bool, str]] = field(default_factory=list)
    marks: list[tuple[str, str]] = field(default_factory=list)
    is_moved: bool = False

    @property
    def is_new(self) -> bool:
        return bool(self.said_after) and not self.said_before

    def add(self, other: "_Text") -> None:
        """What belongs to both, their words aside."""
        self.bookmarks += other.bookmarks
        self.authors |= other.authors
        self.numbers += other.numbers
        self.marks += other.marks
        for number, words in other.comments.items():
            self.comments.setdefault(number, []).extend(words)

    @property
    def said_before(self) -> str:
        return _NUMBER.sub("", "".join(self.before)).strip()

    @property
    def said_after(self) -> str:
        return _NUMBER.sub("", "".join(self.after)).strip()


def review(content: bytes) -> Review:
    """Raises UnreadableFile."""
    package = Package(content)
    body = package.body.find(f"{W}body") if package.body is not None else None
    if body is None:
        raise UnreadableFile(Unreadable.BROKEN)
    return _Reviewer(package).review(body)


class _Reviewer:
    def __init__(self, package: Package) -> None:
        self._package = package
        self._styles = Styles(next((package.tree(part) for part in package.related("styles")), None))
        self._remarks = remarks(package)
        self._seen: set[Element] = set()
        self._open: set[str] = set()  # comments whose words go on
        self._placed: set[str] = set()
        self._waiting: list[str] = []  # bookmarks between paragraphs
        self._trees: dict[str, Element | None] = {package.main: package.body}
        self._change: list[bool] = []  # of what is read, outermost first: True for an insertion
        self._in_numbers: list[str] = []  # changes of what is the library's own
        self._pictures = 0
        self._rows_open = 0
        self._told_marks: dict[tuple[str, str], int] = {}  # notes, and the place of the paragraph that marks each
        self._changed_marks: dict[tuple[str, str], list[bool]] = {}
        self._told_count = 0

    def review(self, body: Element) -> Review:
        found = list(self._settled(self._read(body)))
        for kind in ("footnotes", "endnotes"):
            for root in map(self._tree, self._package.related(kind)):
                for note in root if root is not None else ():
                    found += self._note(note, kind)
        lost, formatting = self._lost(body)
        return Review(tuple(found), tuple(lost), formatting, self._pictures)

    def _note(self, note: Element, kind: str) -> Iterator[Reviewed]:
        """A note goes and comes with its mark, whatever the file says of its words."""
        key = kind, value(note, "id")
        self._change = list(self._changed_marks.get(key, ()))
        texts = list(self._read(note))
        self._change = []
        marked_in = self._told_marks.get(key)
        for one in self._settled(iter(texts)):
            yield replace(one, shape=Shape.NOTE, marked_in=marked_in)

    def _tree(self, part: str) -> Element | None:
        """One tree a part: what was seen in it is told from what was not by the elements themselves."""
        if part not in self._trees:
            self._trees[part] = self._package.tree(part)
        return self._trees[part]

    # Paragraphs

    def _read(self, container: Element) -> Iterator[_Text]:
        for one in container:
            if one.tag == f"{W}p":
                yield self._paragraph(one)
            elif one.tag == f"{W}tbl":
                yield from self._rows(one)
            elif self._between(one, self._waiting):
                continue
            elif one.tag in _CHANGES:
                self._seen.add(one)
                self._change.append(one.tag in _INSERTED)
                yield from self._read(one)
                self._change.pop()
            elif one.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}smartTag"):
                yield from self._read(one)

    def _between(self, one: Element, bookmarks: list[str]) -> bool:
        """What begins or ends between paragraphs, rows or cells: bookmarks, and the words of comments."""
        if one.tag == f"{W}bookmarkStart":
            self._bookmark(one, bookmarks)
        elif one.tag == f"{W}commentRangeStart":
            self._open.add(value(one, "id"))
        elif one.tag == f"{W}commentRangeEnd":
            self._open.discard(value(one, "id"))
        else:
            return False
        return True

    def _rows(self, table: Element) -> Iterator[_Text]:
        for row in table.iter(f"{W}tr", f"{W}bookmarkStart", f"{W}commentRangeStart", f"{W}commentRangeEnd"):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue
            if row.tag != f"{W}tr":
                if row.getparent() is table:
                    self._between(row, self._waiting)
                continue
            properties = row.find(f"{W}trPr")
            marks = [one for one in properties if one.tag in _CHANGES] if properties is not None else []
            self._seen.update(marks)
            self._change += [one.tag in _INSERTED for one in marks]
            whole = _Text(self._taken(), shape=Shape.ROW)
            self._rows_open += 1
            cells = [list(self._read(cell)) for cell in self._cells(row, whole.bookmarks)]
            self._rows_open -= 1
            del self._change[len(self._change) - len(marks) :]
            for text in (text for cell in cells for text in cell):
                whole.add(text)
            whole.authors |= {value(one, "author"): None for one in marks}
            for name in ("before", "after"):
                said = ["\n".join(filter(None, (getattr(text, f"said_{name}") for text in cell))) for cell in cells]
                if any(said):
                    setattr(whole, name, [CELL_SIGN.join(said)])
            if not self._rows_open:
                self._unnamed(whole)
            yield whole

    def _cells(self, row: Element, bookmarks: list[str]) -> Iterator[Element]:
        for one in row.iter():
            if one.tag == f"{W}tc" and next(one.iterancestors(f"{W}tr")) is row:
                yield one
            elif one.getparent() is row:
                self._between(one, bookmarks)

    def _taken(self) -> list[str]:
        taken, self._waiting = self._waiting, []
        return taken

    def _paragraph(self, paragraph: Element) -> _Text:
        text = _Text(self._taken(), shape=self._shape(paragraph))
        for comment in self._open:
            text.comments[comment] = []
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        for one in mark if mark is not None else ():
            if one.tag in _CHANGES:
                self._seen.add(one)
                text.authors[value(one, "author")] = None
                text.joined_before |= one.tag in _INSERTED
                text.joined_after |= one.tag in _DELETED
                text.is_moved |= one.tag in _MOVES
        self._inline(paragraph, text)
        if not self._rows_open:
            self._unnamed(text)
        return text

    def _unnamed(self, text: _Text) -> None:
        """A bookmark of words that are new came with them from elsewhere: it names what they were taken from."""
        if text.is_new:
            self._placed.difference_update(text.bookmarks)
            text.bookmarks = []

    def _shape(self, paragraph: Element) -> Shape:
        style = value(paragraph.find(f"{W}pPr/{W}pStyle"))
        if self._styles.is_label(style):
            return Shape.LABEL
        return _SHAPES.get(self._styles.meaning(style).role, Shape.TEXT) if style else Shape.TEXT

    def _inline(self, element: Element, text: _Text) -> None:
        for one in element:
            tag = one.tag
            if tag == f"{W}r":
                self._run(one, text)
            elif tag in _CHANGES:
                self._seen.add(one)
                text.authors[value(one, "author")] = None
                self._change.append(tag in _INSERTED)
                self._inline(one, text)
                self._change.pop()
            elif self._between(one, text.bookmarks):
                if tag == f"{W}commentRangeStart":
                    text.comments.setdefault(value(one, "id"), [])
            elif tag == f"{MC}AlternateContent":
                first = next(iter(one), None)
                if first is not None:
                    self._inline(first, text)
            elif tag == f"{M}oMath":
                self._say(linear(one), text)
            elif tag not in (f"{W}pPr", f"{W}rPr"):
                self._inline(one, text)

    def _run(self, run: Element, text: _Text) -> None:
        style = value(run.find(f"{W}rPr/{W}rStyle"))
        if style and (number := self._styles.number_style(style)):
            for one in run:
                self._say_number(number, _letters(one), text)
            return
        if switched(run.find(f"{W}rPr/{W}vanish")):
            return
        for one in run:
            if said := _letters(one):
                self._say(said, text)
            elif one.tag == f"{W}commentReference":
                text.comments.setdefault(value(one, "id"), [])
            elif one.tag in _NOTES:
                key = _NOTES[one.tag], value(one, "id")
                text.marks.append(key)
                self._changed_marks[key] = list(self._change)
            elif self._change and (one.tag in _PICTURES or one.find(f".//{W}drawing") is not None):
                self._pictures += next(one.iter(f"{W}txbxContent"), None) is None  # its words are told

    def _say_number(self, style: str, letters: str, text: _Text) -> None:
        """Letters in the style of a number: what of them is the number's is no part of either text."""
        was_inserted = True in self._change
        number, words = text.own_numbers.parted(style, letters, was_put=was_inserted)
        if self._change and number:
            text.numbers.append((was_inserted, number))
        if words:
            self._say(words, text)

    def _say(self, letters: str, text: _Text) -> None:
        """Into both texts, or the one in which the innermost changes leave it: what one person put in and another took
        out stands in neither."""
        was_inserted, was_deleted = True in self._change, False in self._change
        if not was_inserted:
            text.before.append(letters)
            for comment in self._open:
                text.comments.setdefault(comment, []).append(letters)
        if not was_deleted:
            text.after.append(letters)

    def _bookmark(self, mark: Element, into: list[str]) -> None:
        name = value(mark, "name")
        if is_bookmark_of_passage(name) and name not in self._placed:
            self._placed.add(name)
            into.append(name)

    # What they say together

    def _settled(self, texts: Iterator[_Text]) -> Iterator[Reviewed]:
        """Paragraphs that were parted or joined by a change of the end between them, each as what it was before."""
        waiting: list[_Text] = []
        carried: _Text | None = None
        for text in texts:
            if text.shape == Shape.ROW:  # no change of an end reaches into a table, or out of one
                yield from self._together(waiting, carried)
                waiting, carried = [], None
                yield self._told(text)
                continue
            if waiting and text.bookmarks and any(one.bookmarks for one in waiting):
                yield from self._together(waiting, carried)  # two passages are no parts of one
                waiting, carried = [], None
            waiting.append(text)
            if text.joined_before:
                continue
            new, whole = _parted(waiting)
            yield from map(self._told, new)
            waiting = []
            if carried is not None:
                whole, carried = self._joined(carried, whole), None
            if text.joined_after and whole.said_after:
                carried = whole
                continue
            yield self._told(whole)
        yield from self._together(waiting, carried)

    def _together(self, waiting: list[_Text], carried: _Text | None) -> Iterator[Reviewed]:
        """What is left where nothing more follows that it could be one with."""
        if waiting:
            new, whole = _parted(waiting)
            yield from map(self._told, new)
            yield self._told(self._joined(carried, whole) if carried else whole)
        elif carried is not None:
            yield self._told(carried)

    def _joined(self, first: _Text, second: _Text) -> _Text:
        """Two that became one: told as one with the bookmarks of both."""
        whole = _Text(
            before=[first.said_before, "\n", second.said_before],
            after=[*first.after, *second.after],
            shape=first.shape,
        )
        whole.add(first)
        whole.add(second)
        return whole

    def _told(self, text: _Text) -> Reviewed:
        remarks = []
        for number, words in text.comments.items():
            found = self._remarks.pop(number, None)
            if found is not None:
                quote = found.quote or " ".join("".join(words).split())
                remarks.append(replace(found, quote=quote[:MOST_QUOTE]))
        for was_put, letters in text.numbers:
            if letters.strip() and (text.said_before if was_put else text.said_after):  # else it came or went with it
                self._in_numbers.append(letters.strip())
        self._told_marks |= dict.fromkeys(text.marks, self._told_count)
        self._told_count += 1
        authors = tuple(name for name in text.authors if name)
        before, after = text.said_before, text.said_after
        is_moved = text.is_moved and not (before and after)
        return Reviewed(tuple(text.bookmarks), before, after, authors, tuple(remarks), text.shape, is_moved=is_moved)

    def _lost(self, body: Element) -> tuple[list[str], int]:
        """Changes that were met nowhere above, and comments that stand on no paragraph."""
        lost = [remark.text for remark in self._remarks.values()] + self._in_numbers
        formatting = 0
        parts = [part for kind in PLACES if kind != "comments" for part in self._package.related(kind)]
        trees = [self._tree(part) for part in dict.fromkeys(parts)]
        for root in (body, *(tree for tree in trees if tree is not None)):
            for one in root.iter(*_CHANGES, *_FORMATS):
                if one.tag in _FORMATS:
                    formatting += 1
                elif one not in self._seen and not any(
                    above in self._seen or above.tag in _AGAIN for above in one.iterancestors()
                ):
                    said = " ".join(source.text.strip() for source in element_words(one, "text"))
                    lost += [said] if said.strip() else []
        return lost, formatting


def _letters(one: Element) -> str:
    """What a part of a run says in letters, "" for nothing."""
    if one.tag in (f"{W}t", f"{W}delText"):
        return str(one.text or "")
    if one.tag == f"{W}sym":
        return at_place(value(one, "font"), value(one, "char"))[0]
    return _LETTERS.get(one.tag, "")


def _parted(texts: list[_Text]) -> tuple[list[_Text], _Text]:
    """One paragraph of before that has become several, and paragraphs that are new before it."""
    start = next((place for place, text in enumerate(texts) if not text.is_new), len(texts) - 1)
    new, texts = texts[:start], texts[start:]
    if len(texts) == 1:
        return new, texts[0]
    whole = _Text(shape=texts[0].shape)
    for place, text in enumerate(texts):
        whole.add(text)
        whole.before += text.before
        is_apart = place > 0 and not texts[place - 1].joined_after  # its end was put in by one, taken out by another
        whole.after += [*(["\n"] if is_apart and whole.after and text.after else []), *text.after]
    whole.joined_after = texts[-1].joined_after
    return new, whole
