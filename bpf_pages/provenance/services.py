"""Find by its SHA-256 what a file is: a printing, sealed or not, a volume, or the text of an edition."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from bpf_pages.reading.edition_json import json_of
from editions.models import Edition
from pdf.printing import yearbooks
from pdf.printing.models import USUAL, Form, Printing, Seal, Status, Volume

MOST_FOUND = 20
"""Editions that share one text are steps of one document, and a document has fewer."""

OF_TEXT = re.compile(rb'"sha256": "([0-9a-f]{64})"')

PRINTED_AS: dict[str, Promise] = {
    USUAL: _("The PDF"),
    Form.LETTER: _("The PDF on US Letter paper"),
    Form.LARGE: _("The PDF in large print"),
    Form.LARGE_LETTER: _("The PDF in large print on US Letter paper"),
    Form.PDF_2: _("The PDF of version 2.0"),
}
SEALED = _("The sealed PDF")
SERVED_JSON = _("The text as a file for programs (document.json)")
TEXT = _("The text itself, in the form over which its check sum is taken")


@dataclass(frozen=True, slots=True)
class FoundEdition:
    """An edition that a file is of. Of a withdrawn one nothing is said beyond what its address says.

    form: what the file is. newest: the public edition that took its place, or that is read now; None where this is it
    or none is public. address: of the very file; "" where it has none of its own. made_at: when it was printed.
    is_outdated: whether another file says what is true of the edition now.
    """

    edition: Edition
    newest: Edition | None
    form: Promise | str = ""
    address: str = ""
    made_at: datetime | None = None
    is_outdated: bool = False
    seal: Seal | None = None


@dataclass(frozen=True, slots=True)
class FoundVolume:
    """A file of several editions. editions: of a redline the two it compares, none of a yearbook. is_of_now: whether
    today's file at its address has the same editions in the same standing. address: "" where nothing stands there."""

    volume: Volume
    is_of_now: bool
    address: str
    editions: tuple[FoundEdition, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What a SHA-256 is of; both empty where it is not known here."""

    editions: tuple[FoundEdition, ...]
    volumes: tuple[FoundVolume, ...]

    def __bool__(self) -> bool:
        return bool(self.editions or self.volumes)


def recognised(sha256: str, head: bytes = b"") -> Found:
    """sha256: hexadecimal, in small letters. head: the first bytes of the file, where there is one."""
    texts = Edition.objects.filter(sha256=sha256).order_by("-number")[:MOST_FOUND]
    printings = Printing.objects.printed().filter(sha256=sha256).select_related("edition")[:MOST_FOUND]
    volumes = Volume.objects.filter(sha256=sha256, status=Status.PRINTED)[:MOST_FOUND]
    seals = Seal.objects.made().filter(sha256=sha256).select_related("printing__edition")[:MOST_FOUND]
    editions = (
        *(_of_printing(row) for row in printings),
        *(_of_seal(row) for row in seals),
        *(_of_edition(edition, TEXT, f"{edition.permanent_address}document.json") for edition in texts),
        *_served_json(sha256, head),
    )
    return Found(editions, tuple(_of_volume(row) for row in volumes))


def _of_edition(edition: Edition, form: Promise, address: str = "", printing: Printing | None = None) -> FoundEdition:
    newest = None if edition.is_current else Edition.objects.filter(series=edition.series).public().current().first()
    if not edition.is_public:
        return FoundEdition(edition, newest)
    made_at = printing.printed_at if printing else None
    outdated = printing is not None and not printing.is_of_now(edition)
    return FoundEdition(edition, newest, form, address, made_at, outdated)


def _of_printing(row: Printing) -> FoundEdition:
    return _of_edition(row.edition, PRINTED_AS[row.form], f"{row.edition.address}printings/{row.sha256}.pdf", row)


def _of_seal(row: Seal) -> FoundEdition:
    edition = row.printing.edition
    found = _of_edition(edition, SEALED, f"{edition.permanent_address}sealed.pdf", row.printing)
    return replace(found, seal=row) if edition.is_public else found


def _served_json(sha256: str, head: bytes) -> Iterator[FoundEdition]:
    """A document.json names the hash of its text near its beginning; whether the file is what is served for that
    edition, its own hash says. Nothing in the file is believed."""
    named = OF_TEXT.search(head)
    if named is None:
        return
    for edition in Edition.objects.public().filter(sha256=named[1].decode())[:MOST_FOUND]:
        if hashlib.sha256(json_of(edition)).hexdigest() == sha256:
            yield _of_edition(edition, SERVED_JSON, f"{edition.permanent_address}document.json")


def _of_volume(row: Volume) -> FoundVolume:
    held = yearbooks.editions_in(row.kind, row.key)
    is_of_now = bool(held) and row.contents == yearbooks.contents_hash(held)
    if row.kind == Volume.Kind.REDLINE:
        compared = yearbooks.compared(row.key)
        address = f"{compared[0].address}compare/{compared[0].number}/{compared[1].number}/redline.pdf" if held else ""
        return FoundVolume(row, is_of_now, address, tuple(_of_edition(each, _("One of the two")) for each in compared))
    path = f"/library/{row.key}/yearbook.pdf" if row.kind == Volume.Kind.YEAR else f"/themes/{row.key}/outcomes.pdf"
    return FoundVolume(row, is_of_now, path if held else "")
