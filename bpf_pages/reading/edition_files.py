"""An edition as a file to take along: Word, EPUB, Markdown, plain text, Akoma Ntoso.

Drawn when asked for, the same bytes each time.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import cast

from django.db.models import Min
from django.urls import reverse

from core.http.site_urls import absolute
from editions.document.model import Block, Figure, Section, SectionKind
from editions.models import Edition
from files.images.published import bytes_up_to
from formats import akoma_ntoso, docx_writing, epub
from formats.cover import Cover
from formats.markdown import writing as markdown
from formats.plain import writing as plain
from formats.redline import redline
from pdf.composition.body import COUNTED
from pdf.composition.strings import detail_name, kind_name, standing_name, words_in

MOST_PICTURES = 30 * 1024 * 1024
"""Bytes of pictures in one file; further ones are told by their descriptions."""
DRAWN_BY = 3
"""Raised with every change of what a writer writes, so that a kept copy is asked for anew."""


def cover_of(edition: Edition) -> Cover:
    language = edition.language
    metadata = edition.metadata
    return Cover(
        identifier=edition.identifier,
        address=absolute(edition.permanent_address),
        status=standing_name(edition.stage, metadata, language),
        authors=tuple(metadata["authors"]) or (metadata["forum"]["title"],),
        published_at=edition.published_at,
        kinds={kind: kind_name(kind, language) for kind in SectionKind},
        details={name: detail_name(name, language) for name in _detail_names(edition)},
        counted=COUNTED,
        newest=absolute(edition.address),
        sha256=edition.sha256,
        licence=metadata["licence"],
        doi=edition.doi,
        begun_at=_begun_at(edition),
        words=cast(Mapping[str, str], words_in(language)),
    )


def _begun_at(edition: Edition) -> datetime | None:
    return Edition.objects.filter(series=edition.series).aggregate(first=Min("published_at"))["first"]


def _detail_names(edition: Edition) -> set[str]:
    return {detail.name for section in _sections(edition.content.blocks) for detail in section.details}


def _sections(blocks: tuple[Block, ...]) -> Iterator[Section]:
    for block in blocks:
        if isinstance(block, Section):
            yield block
            yield from _sections(block.blocks)


class _Pictures:
    """The bytes of figures, as far as one file takes them."""

    def __init__(self) -> None:
        self._left = MOST_PICTURES

    def __call__(self, figure: Figure) -> bytes:
        found = bytes_up_to(self._left, figure.source)
        self._left -= len(found)
        return found


def _word(edition: Edition) -> bytes:
    return docx_writing.write(edition.content, cover_of(edition), _Pictures())


def _book(edition: Edition) -> bytes:
    return epub.write(edition.content, cover_of(edition), _Pictures())


def _akoma_ntoso(edition: Edition) -> bytes:
    return akoma_ntoso.write(edition.content, cover_of(edition), _picture_address)


def _markdown(edition: Edition) -> bytes:
    return markdown.write(edition.content, cover_of(edition), _picture_address)


def _picture_address(figure: Figure) -> str:
    return absolute(reverse("bpf_pages:image", args=[figure.source])) if figure.source else ""


def _text(edition: Edition) -> bytes:
    return plain.write(edition.content, cover_of(edition))


_WRITERS: dict[str, Callable[[Edition], bytes]] = {
    "docx": _word, "epub": _book, "md": _markdown, "txt": _text, "akn.xml": _akoma_ntoso,
}  # fmt: skip


def content_of(edition: Edition, ending: str) -> bytes:
    return _WRITERS[ending](edition)


def redline_of(old: Edition, new: Edition) -> bytes:
    """Two editions as a Word file with tracked changes: accepted it is the newer one, refused the older one."""
    language = new.language
    compared = words_in(language)["compared"].format(new=new.identifier, old=old.identifier)
    details = _detail_names(old) | _detail_names(new)
    cover = replace(cover_of(new), status=compared, details={name: detail_name(name, language) for name in details})
    return docx_writing.write_redline(redline(old.content, new.content), cover, _Pictures())
