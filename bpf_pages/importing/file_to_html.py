"""One file into HTML. Pure: bytes in, HTML out, nothing is fetched and nothing is written. Runs in a child process
(`reading_job`), after `core.archives` has counted what an archive unpacks to.

Word files are read by mammoth, which keeps what a paragraph is (heading, list, table, footnote) and leaves out how it
looks. Images become data: addresses, so that the HTML holds everything.
"""

import io
import re
import zipfile
from dataclasses import dataclass
from enum import StrEnum
from html import escape
from pathlib import PurePath

import mammoth

WORD_PART = "word/document.xml"
_TRACKED = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo) ")
_COMMENTED = re.compile(rb"<w:commentReference ")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n\s*")


class Format(StrEnum):
    WORD = "docx"
    HTML = "html"
    TEXT = "txt"


SUFFIXES = {
    ".docx": Format.WORD,
    ".html": Format.HTML,
    ".htm": Format.HTML,
    ".xhtml": Format.HTML,
    ".txt": Format.TEXT,
}


class Unreadable(StrEnum):
    """Why a file cannot be read. The words for people are in `foreign_files.REFUSALS`."""

    FORMAT = "format"
    BROKEN = "broken"
    TOO_LARGE = "too large"
    TOO_PACKED = "too packed"
    TOO_COSTLY = "too costly"


class UnreadableFile(ValueError):
    def __init__(self, why: Unreadable) -> None:
        super().__init__(str(why))
        self.why = why


class Remark(StrEnum):
    """What a person should know about a file that was read. The words for people are in `services.REMARKS`."""

    TRACKED = "tracked changes"
    COMMENTS = "comments"
    ENCODING = "encoding"


@dataclass(frozen=True, slots=True)
class ReadFile:
    html: str
    remarks: tuple[Remark, ...] = ()


def read_file(name: str, content: bytes) -> ReadFile:
    """name: the file's name, whose ending says the format. Raises UnreadableFile."""
    match SUFFIXES.get(PurePath(name.lower()).suffix):
        case Format.WORD:
            return _word(content)
        case Format.HTML:
            text, remarks = _decoded(content)
            return ReadFile(text, remarks)
        case Format.TEXT:
            text, remarks = _decoded(content)
            return ReadFile(plain_text_html(text), remarks)
        case _:
            raise UnreadableFile(Unreadable.FORMAT)


def plain_text_html(text: str) -> str:
    """Paragraphs are parted by empty lines; a line break inside one is where the sender's program cut the line."""
    parts = (" ".join(part.split()) for part in _PARAGRAPH.split(text.replace("\r\n", "\n").replace("\r", "\n")))
    return "".join(f"<p>{escape(part, quote=False)}</p>" for part in parts if part)


def _decoded(content: bytes) -> tuple[str, tuple[Remark, ...]]:
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return content.decode(encoding), ()
        except UnicodeDecodeError:
            continue
    return content.decode("cp1252", errors="replace"), (Remark.ENCODING,)


def _word(content: bytes) -> ReadFile:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            main = archive.read(WORD_PART)
        html = mammoth.convert_to_html(io.BytesIO(content)).value
    except MemoryError:
        raise
    except Exception as error:  # a broken archive or XML fails in many ways, all of which mean the same to a person
        raise UnreadableFile(Unreadable.BROKEN) from error
    remarks = [Remark.TRACKED] if _TRACKED.search(main) else []
    return ReadFile(html, (*remarks, Remark.COMMENTS) if _COMMENTED.search(main) else tuple(remarks))
