"""Mails (EML) and mailboxes (mbox): what was written, apart from what was quoted, signed and attached. Pure."""

from formats.mail.reading import read
from formats.mail.words import words

__all__ = ["read", "words"]
