"""Mails (EML) and mailboxes (mbox): what was written, apart from what was quoted, signed and attached. Pure."""

from formats.mail.ledger_words import words
from formats.mail.reading import read

__all__ = ["read", "words"]
