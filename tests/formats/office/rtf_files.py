"""RTF files for tests."""

from formats.draft import Draft
from formats.ledger import Ledger, account
from formats.rtf import read, words

HEAD = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times CYR;}{\f2\fcharset134 SimSun;}}"
    r"{\stylesheet{Normal;}{\s1\outlinelevel0 heading 1;}{\s2 Title;}{\s3 Quote;}{\s4 toc 1;}{\s5 caption;}"
    r"{\*\cs10 HTML Code;}}{\*\revtbl{Unknown;}{M. Okoro;}}"
)


def opened(body: str | bytes, head: str = HEAD) -> tuple[Draft, Ledger]:
    """Read, with a ledger that must balance."""
    content = head.encode() + (body if isinstance(body, bytes) else body.encode("latin-1")) + b"}"
    draft = read(content, "draft.rtf")
    ledger = account(draft, words(content))
    assert ledger.unaccounted == ()
    return draft, ledger
