"""What a reader makes of a foreign file: a neutral document, what it left out and why, and what is doubtful.

Pure. Each reader is one folder with two functions that know nothing of each other:

    read(content: bytes, name: str) -> Draft        the document, as a person would see it
    words(content: bytes) -> Iterator[Source]       every word of the file, hidden and deleted ones included

`formats.ledger` sets the second against the first; what neither kept nor left out with a reason is an error of ours.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from editions.document.model import Document


class Unreadable(StrEnum):
    """Why a file cannot be read. The words for people stand where they are shown."""

    FORMAT = "format"
    BROKEN = "broken"
    TOO_LARGE = "too large"
    LOCKED = "locked"  # by a password
    SCANNED = "scanned"  # pictures of pages, without text
    TOO_PACKED = "too packed"  # it unpacks to far more than its size
    TOO_COSTLY = "too costly"  # more time or memory than reading may take
    OTHER_WRITER = "other word processor"  # Word before 2007, WordPerfect, Pages
    SHEET = "sheet"
    SLIDES = "slides"
    CALENDAR = "calendar"  # or cards of addresses
    OUTLOOK_MAIL = "mail of Outlook"
    PACKED = "packed files"
    PICTURE = "picture"
    LINK_FILE = "link to a file"


class UnreadableFile(ValueError):
    def __init__(self, why: Unreadable) -> None:
        super().__init__(str(why))
        self.why = why


class Reason(StrEnum):
    """Why words of a file are not in the draft."""

    RUNNING_HEAD = "running head"  # headers, footers and page numbers
    CONTENTS_LIST = "contents list"
    COMMENT = "comment"
    DELETION = "deletion"  # tracked
    HIDDEN = "hidden"
    NAVIGATION = "navigation"  # menus and other parts of a page around its text
    LIST_NUMBER = "list number"  # written by the list itself
    NOTE_NUMBER = "note number"
    FIELD_CODE = "field code"
    DOUBLE = "double"  # the same words in another form, as a fallback of a text box
    METADATA = "metadata"
    QUOTED_MAIL = "quoted mail"
    PICTURE = "picture"  # words in or of a picture, chart or drawing that was not taken
    EMBEDDED = "embedded file"


class Thing(StrEnum):
    """What a Source tells of: words, or one thing that the ledger counts."""

    WORDS = "words"
    LINK = "links"
    PICTURE = "pictures"
    CELL = "table cells"  # with words in it
    HEADING = "headings"
    LIST_ITEM = "list items"


@dataclass(frozen=True, slots=True)
class Source:
    """Words of a file as they lie in it. place: for people, such as "footnotes" or "page 3".

    thing: what is counted, one Source each; only the text of WORDS is compared. The text of a HEADING is its level.
    """

    text: str
    place: str = ""
    thing: Thing = Thing.WORDS


@dataclass(frozen=True, slots=True)
class LeftOut:
    """place: for people. key: of the block before which it stood; "" at the beginning or where it has no place."""

    reason: Reason
    text: str
    place: str = ""
    key: str = ""


class NoteKind(StrEnum):
    COMMENT = "comment"
    INSERTION = "insertion"
    DELETION = "deletion"


@dataclass(frozen=True, slots=True)
class ReviewNote:
    """A reviewer's comment or tracked change, on the block with this key. text: what it says, inserts or deletes."""

    kind: NoteKind
    text: str
    key: str
    author: str = ""
    at: datetime | None = None


class Doubt(StrEnum):
    """What a person should look at. Words for people stand where they are shown; a Finding's `detail` fills them."""

    ENCODING = "encoding"  # no charset was declared and the bytes fit none for certain
    HEADINGS_FROM_FIRST_ROW = "first row as headings"
    MERGED_CELLS = "merged cells"
    PICTURE_NOT_FETCHED = "picture not fetched"
    PICTURE_KIND = "kind of picture not taken"  # detail: the kind, such as EMF
    PICTURE_REPEATED = "picture on several pages"  # or marked as decoration, and left out; detail: number of the page
    PICTURE_UNREADABLE = "picture unreadable"
    PICTURE_WITHOUT_ALT = "picture without description"
    EQUATION = "equation"  # detail: the readable text; its source is in Draft.equations
    SIGN_UNKNOWN = "sign of a symbol font unknown"  # and left out; detail: the font and its place there
    LIST_NUMBERING = "list numbering"  # numbers kept as text; detail: the first that is not 1, 2, 3
    LINK_MENDED = "link mended"
    LINK_LEFT_OUT = "link left out"  # detail: the target that leads nowhere outside its author's machine
    HEADING_GUESSED = "heading guessed"
    WORDS_JOINED = "words joined"  # a hyphen at the end of a line was taken away
    COLUMNS_GUESSED = "columns guessed"
    NESTED_TABLE = "table in a table"  # detail: its first words; it became text of its cell
    FONT_WITHOUT_LETTERS = "font without letters"  # a PDF font that maps to no characters
    RECOGNISED = "recognised"  # words that a program read off pictures of pages; detail: how many pages
    ATTACHMENT = "attachment"  # of a mail, not read; detail: its name and kind
    DELETIONS_UNMARKED = "deletions unmarked"  # detail: a program that writes tracked deletions as plain text


@dataclass(frozen=True, slots=True)
class Finding:
    doubt: Doubt
    detail: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """name: as `Figure.source` of the draft names it. content: as it lay in the file, not decoded yet."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Equation:
    """text: readable, as it stands in the draft. source: OMML or MathML."""

    key: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Draft:
    """document: keys are of formats.block_keys, figures name their picture and have no digest or size yet; its title is
    that of the file, "" where it names none.

    pages: key of the first block of each page, for a format with pages. language: "" where the file says none.
    author, written_at: from the file's own properties. told_things: how many of each `Thing` stood in what was left
    out, where its reader counts them.
    """

    document: Document
    left_out: tuple[LeftOut, ...] = ()
    review_notes: tuple[ReviewNote, ...] = ()
    findings: tuple[Finding, ...] = ()
    pictures: tuple[Picture, ...] = ()
    equations: tuple[Equation, ...] = ()
    pages: tuple[str, ...] = ()
    language: str = ""
    author: str = ""
    written_at: datetime | None = None
    told_things: tuple[tuple[Thing, int], ...] = ()
