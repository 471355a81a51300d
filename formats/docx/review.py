"""What reviewers did to a Word file: each paragraph before and after their tracked changes, and their comments. Pure.

Written apart from `formats.docx.reader`, which takes a file as if all changes were accepted. `review` tells every
change in words; what it sees in the file and cannot place is told as `lost`, never dropped.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from formats.docx.package import MC, Package, W, switched, value
from formats.docx.styles import Styles
from formats.docx.words import PLACES, element_words
from formats.draft import Unreadable, UnreadableFile
from formats.office.archive import Element
from formats.office.bookmarks import is_bookmark_of_passage

CELL_SIGN = " | "
_INSERTED = frozenset({f"{W}ins", f"{W}moveTo"})
_DELETED = frozenset({f"{W}del", f"{W}moveFrom"})
_CHANGES = _INSERTED | _DELETED
_FORMATS = frozenset(W + name for name in ("rPrChange", "pPrChange", "tblPrChange", "sectPrChange", "tcPrChange"))
_LETTERS = {f"{W}tab": " ", f"{W}br": "\n", f"{W}cr": "\n", f"{W}noBreakHyphen": "\u2011"}
_NUMBER = re.compile(r"^\s*¶\s*\d{1,6}\s*")
"""The number of a passage where a program lost the style that told what it is."""
MOST_QUOTE = 400


@dataclass(frozen=True, slots=True)
class Remark:
    """A comment. quote: the words it was put on, as they were before the changes."""

    text: str
    author: str
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One paragraph, row of a table or note. bookmarks: of passages that begin in it, usually one.

    before: its words as they were before the tracked changes, "" for a new one. after: with all of them accepted, ""
    for a deleted one; a line end where a paragraph was parted. authors: of its changes.
    """

    bookmarks: tuple[str, ...]
    before: str
    after: str
    authors: tuple[str, ...] = ()
    remarks: tuple[Remark, ...] = ()


@dataclass(frozen=True, slots=True)
class Review:
    """lost: words of changes and comments that stand where no paragraph of the text is, such as a running head or the
    number of a paragraph.

    formatting: how many tracked changes are of looks alone.
    """

    paragraphs: tuple[Reviewed, ...]
    lost: tuple[str, ...] = ()
    formatting: int = 0


@dataclass(slots=True)
class _Text:
    """A paragraph as it is read. joined_before: its end was inserted. joined_after: its end was deleted."""

    bookmarks: list[str] = field(default_factory=list)
    before: list[str] = field(default_factory=list)
    after: list[str] = field(default_factory=list)
    authors: dict[str, None] = field(default_factory=dict)
    comments: dict[str, list[str]] = field(default_factory=dict)  # words it stands on, by id
    joined_before: bool = False
    joined_after: bool = False

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
        self._remarks = dict(_comments(package))
        self._seen: set[Element] = set()
        self._open: set[str] = set()  # comments whose words go on
        self._placed: set[str] = set()
        self._waiting: list[str] = []  # bookmarks between paragraphs
        self._trees: dict[str, Element | None] = {package.main: package.body}
        self._change: list[bool] = []  # of what is read, outermost first: True for an insertion
        self._in_numbers: list[str] = []  # put into numbers of passages and captions, which are the library's own

    def review(self, body: Element) -> Review:
        found = list(self._settled(self._read(body)))
        for part in (part for kind in ("footnotes", "endnotes") for part in self._package.related(kind)):
            root = self._tree(part)
            for note in root if root is not None else ():
                found += self._settled(self._read(note))
        lost, formatting = self._lost(body)
        return Review(tuple(found), tuple(lost), formatting)

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
            elif one.tag == f"{W}bookmarkStart":
                self._bookmark(one, self._waiting)
            elif one.tag in _CHANGES:
                self._seen.add(one)
                self._change.append(one.tag in _INSERTED)
                yield from self._read(one)
                self._change.pop()
            elif one.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}smartTag"):
                yield from self._read(one)

    def _rows(self, table: Element) -> Iterator[_Text]:
        for row in table.iter(f"{W}tr"):
            if next(row.iterancestors(f"{W}tbl")) is not table:
                continue
            properties = row.find(f"{W}trPr")
            marks = [one for one in properties if one.tag in _CHANGES] if properties is not None else []
            self._seen.update(marks)
            self._change += [one.tag in _INSERTED for one in marks]
            whole = _Text()
            cells = [list(self._read(cell)) for cell in row.iter(f"{W}tc") if next(cell.iterancestors(f"{W}tr")) is row]
            del self._change[len(self._change) - len(marks) :]
            for cell in cells:
                for text in cell:
                    whole.bookmarks += text.bookmarks
                    whole.authors |= text.authors
                    whole.comments |= text.comments
            whole.authors |= {value(one, "author"): None for one in marks}
            for name in ("before", "after"):
                said = ["\n".join(filter(None, (getattr(text, f"said_{name}") for text in cell))) for cell in cells]
                if any(said):
                    setattr(whole, name, [CELL_SIGN.join(said)])
            yield whole

    def _paragraph(self, paragraph: Element) -> _Text:
        text = _Text(bookmarks=self._waiting)
        self._waiting = []
        for comment in self._open:
            text.comments[comment] = []
        mark = paragraph.find(f"{W}pPr/{W}rPr")
        for one in mark if mark is not None else ():
            if one.tag in _CHANGES:
                self._seen.add(one)
                text.authors[value(one, "author")] = None
                text.joined_before |= one.tag in _INSERTED
                text.joined_after |= one.tag in _DELETED
        self._inline(paragraph, text)
        return text

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
            elif tag == f"{W}bookmarkStart":
                self._bookmark(one, text.bookmarks)
            elif tag == f"{W}commentRangeStart":
                self._open.add(value(one, "id"))
                text.comments.setdefault(value(one, "id"), [])
            elif tag == f"{W}commentRangeEnd":
                self._open.discard(value(one, "id"))
            elif tag == f"{MC}AlternateContent":
                first = next(iter(one), None)
                if first is not None:
                    self._inline(first, text)
            elif tag not in (f"{W}pPr", f"{W}rPr"):
                self._inline(one, text)

    def _run(self, run: Element, text: _Text) -> None:
        style = value(run.find(f"{W}rPr/{W}rStyle"))
        if style and self._styles.is_passage_number(style):
            if True in self._change:
                self._in_numbers.append("".join(str(one.text or "") for one in run.iter(f"{W}t")))
            return
        if switched(run.find(f"{W}rPr/{W}vanish")):
            return
        for one in run:
            if one.tag in (f"{W}t", f"{W}delText"):
                self._say(str(one.text or ""), text)
            elif one.tag in _LETTERS:
                self._say(_LETTERS[one.tag], text)
            elif one.tag == f"{W}commentReference":
                text.comments.setdefault(value(one, "id"), [])

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
            waiting.append(text)
            if text.joined_before:
                continue
            whole = _parted(waiting)
            waiting = []
            if carried is not None:
                whole, carried = self._joined(carried, whole), None
            if text.joined_after and whole.said_after:
                carried = whole
                continue
            yield self._told(whole)
        if waiting:
            whole = _parted(waiting)
            yield self._told(self._joined(carried, whole) if carried else whole)
        elif carried is not None:
            yield self._told(carried)

    def _joined(self, first: _Text, second: _Text) -> _Text:
        """Two that became one: told as one with the bookmarks of both."""
        return _Text(
            first.bookmarks + second.bookmarks,
            [first.said_before, "\n", second.said_before],
            [*first.after, *second.after],
            first.authors | second.authors,
            first.comments | second.comments,
        )

    def _told(self, text: _Text) -> Reviewed:
        remarks = []
        for number, words in text.comments.items():
            found = self._remarks.pop(number, None)
            if found is not None:
                remarks.append(Remark(found.text, found.author, " ".join("".join(words).split())[:MOST_QUOTE]))
        authors = tuple(name for name in text.authors if name)
        return Reviewed(tuple(text.bookmarks), text.said_before, text.said_after, authors, tuple(remarks))

    def _lost(self, body: Element) -> tuple[list[str], int]:
        """Changes that were met nowhere above, and comments that stand on no paragraph."""
        lost = [remark.text for remark in self._remarks.values()] + [said for said in self._in_numbers if said.strip()]
        formatting = 0
        parts = [part for kind in PLACES if kind != "comments" for part in self._package.related(kind)]
        trees = [self._tree(part) for part in dict.fromkeys(parts)]
        for root in (body, *(tree for tree in trees if tree is not None)):
            for one in root.iter(*_CHANGES, *_FORMATS):
                if one.tag in _FORMATS:
                    formatting += 1
                elif one not in self._seen and not any(above in self._seen for above in one.iterancestors()):
                    said = " ".join(source.text.strip() for source in element_words(one, "text"))
                    lost += [said] if said.strip() else []
        return lost, formatting


def _parted(texts: list[_Text]) -> _Text:
    """One paragraph of before that has become several."""
    if len(texts) == 1:
        return texts[0]
    whole = _Text()
    for text in texts:
        whole.bookmarks += text.bookmarks
        whole.before += text.before
        whole.after += [*(["\n"] if whole.after and text.after else []), *text.after]
        whole.authors |= text.authors
        whole.comments |= text.comments
    return whole


def _comments(package: Package) -> Iterator[tuple[str, Remark]]:
    for part in package.related("comments"):
        root = package.tree(part)
        for one in root.iterfind(f"{W}comment") if root is not None else ():
            sources = element_words(one, "comments", dict(package.relations(part)))
            text = "\n".join(source.text.strip() for source in sources if source.text.strip())
            if text:
                yield value(one, "id"), Remark(text, value(one, "author").strip())
