"""Mails as they lie in a file: messages, their headers and the parts a person reads. Pure.

The standard library takes a message apart; what its headers and texts say is decoded here, since mails lie about it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email import message_from_bytes
from email.errors import MessageError
from email.header import decode_header
from email.message import Message
from email.policy import compat32
from email.utils import parseaddr, parsedate_to_datetime

from core.charset import Decoded, decoded
from formats.draft import Unreadable, UnreadableFile

LARGEST = 200_000_000  # bytes
MOST_MESSAGES = 5000
MOST_PARTS = 1000  # of a message
DEEPEST = 30  # parts in parts
HEADERS = ("Subject", "From", "To", "Cc", "Date")
_LETTERS = frozenset({"message/rfc822", "message/global"})
_BOUNDARY = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
_BETWEEN = re.compile(rb"(?:\A|\r?\n\r?\n)From [^\r\n]{1,400}\r?\n(?=[A-Za-z][\w-]{0,70}:)")
_ESCAPED_FROM = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_FIRST_LINE = re.compile(rb"(?:\xef\xbb\xbf)?(?:From [^\r\n]{1,400}\r?\n)?(?:>?From |[!-9;-~]{1,200}:)")


@dataclass(frozen=True, slots=True)
class TextPart:
    """flowed: cut at line ends that a space before them marks; joined: without that space (RFC 3676, DelSp).

    address: where a page was found, "" where the mail does not say.
    """

    text: Decoded
    is_html: bool
    flowed: bool = False
    joined: bool = False
    address: str = ""


@dataclass(slots=True)
class Mail:
    """texts: by alternative, each a list of the same words in other forms, the richest last."""

    headers: dict[str, str]
    texts: list[list[TextPart]] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)
    letters: list["Mail"] = field(default_factory=list)  # mails that are attached to it
    pictures: dict[str, tuple[str, bytes]] = field(default_factory=dict)  # by the address pages use: kind and bytes

    @property
    def author(self) -> str:
        name, address = parseaddr(self.headers.get("From", ""))
        return " ".join((name or address).split())

    @property
    def written_at(self) -> datetime | None:
        try:
            found = parsedate_to_datetime(self.headers.get("Date", ""))
        except (TypeError, ValueError, IndexError, OverflowError):
            return None
        return found if found.tzinfo else found.replace(tzinfo=UTC)


def mails(content: bytes) -> Iterator[Mail]:
    """Raises UnreadableFile for what is no mail."""
    return (mail for mail, _raw in mails_with_bytes(content))


def mails_with_bytes(content: bytes) -> Iterator[tuple[Mail, bytes]]:
    """The same, each with the bytes that it was read from."""
    if len(content) > LARGEST:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    if not _FIRST_LINE.match(content):
        raise UnreadableFile(Unreadable.FORMAT)
    for number, message in enumerate(messages(content)):
        if number >= MOST_MESSAGES:
            raise UnreadableFile(Unreadable.TOO_LARGE)
        yield _mail(message), message


def messages(content: bytes) -> Iterator[bytes]:
    starts = [match.end() for match in _BETWEEN.finditer(content)]
    if not content.startswith(b"From ") or not starts:
        yield content.removeprefix(b"\xef\xbb\xbf")
        return
    ends = [match.start() for match in _BETWEEN.finditer(content)][1:]
    for start, end in zip(starts, [*ends, len(content)], strict=True):
        yield _ESCAPED_FROM.sub(b"", content[start:end])


def _mail(content: bytes) -> Mail:
    try:
        message = _message(content)
        mail = _headed(message)
        _collect(message, mail, 0)
    except (RecursionError, MessageError) as error:
        raise UnreadableFile(Unreadable.BROKEN) from error
    return mail


def _message(content: bytes) -> Message:
    if len(_BOUNDARY.findall(content)) > MOST_PARTS:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    return message_from_bytes(content, policy=compat32)


def _headed(message: Message) -> Mail:
    return Mail({name: said for name in HEADERS if (said := _header(message, name))})


def _header(message: Message, name: str) -> str:
    for key, value in message.raw_items():
        if key.lower() == name.lower():
            return decoded_header(str(value))
    return ""


def decoded_header(value: str) -> str:
    value = value.encode("utf-8", "surrogateescape").decode("utf-8", "surrogateescape")
    if any("\udc80" <= letter <= "\udcff" for letter in value):
        value = decoded(value.encode("utf-8", "surrogateescape")).text
    try:
        parts = decode_header(value)
    except (MessageError, ValueError):
        return " ".join(value.split())
    text = "".join(part if isinstance(part, str) else decoded(part, charset or "").text for part, charset in parts)
    return " ".join(text.split())


def _collect(part: Message, mail: Mail, depth: int) -> None:
    kind = part.get_content_type()
    if depth > DEEPEST:
        raise UnreadableFile(Unreadable.BROKEN)
    if kind in _LETTERS and depth:
        inner = part.get_payload()
        if isinstance(inner, list) and inner and isinstance(inner[0], Message):
            _letter(_decoded(part, inner[0]), mail, depth)
    elif kind.startswith("message/") and depth:  # of a program, such as why a mail did not arrive
        mail.attachments.append(f"part ({kind})")
    elif part.is_multipart():
        children = [child for child in part.get_payload() if isinstance(child, Message)]
        if kind == "multipart/alternative":
            _alternatives(children, mail, depth)
        else:
            for child in children:
                _collect(child, mail, depth + 1)
    else:
        _leaf(part, mail, kind, depth)


def _letter(message: Message, mail: Mail, depth: int) -> None:
    mail.letters.append(_headed(message))
    _collect(message, mail.letters[-1], depth + 1)


def _decoded(part: Message, inner: Message) -> Message:
    """The mail in a part. Some programs code it, which the standard forbids for mails; it then lies as letters in what
    was taken for its text."""
    coding = str(part.get("Content-Transfer-Encoding") or "").strip().lower()
    if coding not in ("base64", "quoted-printable") or inner.keys() or inner.is_multipart():
        return inner
    inner["Content-Transfer-Encoding"] = coding
    content = inner.get_payload(decode=True)
    return _message(content if isinstance(content, bytes) else b"")


def _alternatives(children: list[Message], mail: Mail, depth: int) -> None:
    """The same words in several forms: one place in the order of texts."""
    before = len(mail.texts)
    for child in children:
        _collect(child, mail, depth + 1)
    forms = [form for alternative in mail.texts[before:] for form in alternative]
    mail.texts[before:] = [sorted(forms, key=lambda form: form.is_html)] if forms else []


def _leaf(part: Message, mail: Mail, kind: str, depth: int) -> None:
    name = decoded_header(str(part.get_filename() or ""))
    attached = part.get_content_disposition() == "attachment"
    content = part.get_payload(decode=True)
    content = content if isinstance(content, bytes) else b""
    if kind in ("text/plain", "text/html") and not attached and not (name and part.get_content_disposition()):
        charset = str(part.get_param("charset") or "")
        flowed = str(part.get_param("format") or "").lower() == "flowed"
        joined = str(part.get_param("delsp") or "").lower() == "yes"
        mail.texts.append([TextPart(decoded(content, charset), kind == "text/html", flowed, joined, _location(part))])
        return
    identity = str(part.get("Content-ID") or "").strip().strip("<>")
    addresses = [one for one in (identity and f"cid:{identity}", _location(part)) if one]
    if name.lower().endswith(".eml") and _FIRST_LINE.match(content):
        _letter(_message(content), mail, depth)
    elif kind.startswith("image/") and addresses:
        mail.pictures.update(dict.fromkeys(addresses, (kind, content)))
    elif kind != "text/plain" or name or attached:
        mail.attachments.append(f"{name or 'part'} ({kind}, {len(content)} bytes)")


def _location(part: Message) -> str:
    """Where a part was found (RFC 2557), without the blanks of folded lines; "" where the mail does not say."""
    return "".join(str(part.get("Content-Location") or "").split())
