"""A file that came with a mail. Pure."""

from dataclasses import dataclass
from email import message_from_bytes
from email.errors import MessageError
from email.policy import compat32

from formats.draft import Unreadable, UnreadableFile
from formats.mail.messages import Mail, decoded_header, mails, messages


@dataclass(frozen=True, slots=True)
class Attached:
    """mail: without its parts. name: of the file, as its sender called it."""

    mail: Mail
    name: str
    content: bytes


def first_attached(content: bytes, ending: str) -> Attached:
    """The first file of the first message of a mail whose name ends so. Raises UnreadableFile where there is none."""
    mail = next(mails(content))  # judges what is a mail, and how much of one is read
    try:
        parts = message_from_bytes(next(messages(content)), policy=compat32).walk()
        for part in parts:
            name = decoded_header(str(part.get_filename() or ""))
            payload = part.get_payload(decode=True)
            if name.lower().endswith(ending) and isinstance(payload, bytes):
                return Attached(mail, name, payload)
    except (RecursionError, MessageError) as error:
        raise UnreadableFile(Unreadable.BROKEN) from error
    raise UnreadableFile(Unreadable.FORMAT)
