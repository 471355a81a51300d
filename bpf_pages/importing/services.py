"""A file becomes the working text of an outcome document: a draft like any other, which nobody sees until a move."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from time import monotonic
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.images import get_image_model

from bpf_pages.conversion.block_keys import keyed
from bpf_pages.importing.file_to_html import Remark
from bpf_pages.importing.foreign_files import read
from bpf_pages.importing.html_to_parts import Body, Doubt, Grid, Part, Picture, Quotation, Text
from bpf_pages.models.forum import ForumPage
from bpf_pages.models.outcome import OutcomePage, document_code
from editions.document.identifiers import numbered_slug
from editions.document.passages import passages
from files.image_forms import SizedBytes
from files.images import UnreadableImage, cleaned
from files.published_images import keep
from workflow.access.forum_files import ensure_collection
from workflow.transitions.services import process_of

MOST_NUMBERED = 200  # documents of one forum whose titles begin alike
MOST_SECONDS = 45  # for all images of a file; those after are said to be unreadable
REMARKS = {
    Remark.TRACKED: _("The file holds tracked changes. Insertions were taken, deletions left out."),
    Remark.COMMENTS: _("The file holds comments. They were left out; the text they stand at was kept."),
    Remark.ENCODING: _("The letters were read as Western European. Check accents and quotation marks."),
}
DOUBTS = {
    Doubt.HEADINGS_FROM_FIRST_ROW: _("A table names no header row; its first row was taken as the headings: “%s”"),
    Doubt.MERGED_CELLS: _("A merged cell was divided; its words stand in the first place: “%s”"),
    Doubt.PICTURE_NOT_FETCHED: _("An image is not in the file and was not brought in: “%s”"),
    Doubt.PICTURE_UNREADABLE: _("An image cannot be read and was not brought in: “%s”"),
    Doubt.PICTURE_WITHOUT_ALT: _("An image has no description. Write one before the document is made public."),
}


@dataclass(frozen=True, slots=True)
class Imported:
    """remarks: sentences on what a person should look at, each once."""

    page: OutcomePage
    remarks: tuple[str, ...]
    paragraphs: int

    @property
    def told(self) -> str:
        kept = ngettext(
            "“%(title)s” was brought in as a draft with %(count)d numbered paragraph.",
            "“%(title)s” was brought in as a draft with %(count)d numbered paragraphs.",
            self.paragraphs,
        )
        return kept % {"title": self.page.title, "count": self.paragraphs}


def import_new(
    forum: ForumPage, name: str, content: bytes, *, user: Any, title: str = "", slug: str = "", language: str = "en"
) -> Imported:
    """A new document of the forum. title: by default the file's own, else its name; slug: by default from the title.

    Raises UnreadableFile, and ValidationError where title or slug cannot be taken.
    """
    body, remarks = read(name, content)
    images = _images(body, forum, user)
    title = (title or body.title or PurePath(name).stem)[:255]
    with transaction.atomic():  # begins when everything is read: who holds the right to write reads no file
        page = OutcomePage(title=title, slug=slug or _free_slug(forum, title), language=language, live=False)
        page.body, doubts = _stored(body, images)
        forum.add_child(instance=page)
        process_of(page)
        page.save_revision(user=user, log_action=True)
    return _imported(page, remarks, (*body.doubts, *doubts))


def import_into(page: OutcomePage, name: str, content: bytes, *, user: Any) -> Imported:
    """The file's text in place of the working text, which stays in the page's history. Raises UnreadableFile."""
    body, remarks = read(name, content)
    images = _images(body, page.forum, user)
    with transaction.atomic():
        draft = page.get_latest_revision_as_object()
        draft.body, doubts = _stored(body, images)
        draft.save_revision(user=user, log_action=True)
    return _imported(draft, remarks, (*body.doubts, *doubts))


def _imported(page: OutcomePage, remarks: tuple[Remark, ...], doubts: tuple[tuple[Doubt, str], ...]) -> Imported:
    told = [str(REMARKS[remark]) for remark in remarks]
    for (doubt, detail), times in Counter(doubts).items():
        text = str(DOUBTS[doubt])
        told.append((text % detail if "%s" in text else text) + (f" (×{times})" if times > 1 else ""))
    return Imported(page, tuple(told), _numbered(page))


def _numbered(page: OutcomePage) -> int:
    return sum(passage.number > 0 for passage in passages(page.as_document()))


def _free_slug(forum: ForumPage, title: str) -> str:
    """From the title; "document" where that gives fewer than two letters. Numbered where the forum has its code.

    Raises ValidationError, naming the slug, where MOST_NUMBERED documents of the forum begin like this one.
    """
    base = slugify(title)[:60].strip("-")
    base = base if len(document_code(base)) > 1 else "document"
    taken = {document_code(slug) for slug in forum.get_children().values_list("slug", flat=True)}
    for number in range(1, MOST_NUMBERED + 1):
        slug = numbered_slug(base, number)
        if document_code(slug) not in taken:
            return slug
    raise ValidationError({"slug": _("Too many documents of this forum are called alike. Choose a slug yourself.")})


def _images(body: Body, forum: ForumPage, user: Any) -> dict[bytes, int]:
    """The image of the library for the bytes of each picture that is one. Decoded in a child, kept before the draft is
    written: who holds the right to write decodes nothing."""
    found: dict[bytes, int] = {}
    until = monotonic() + MOST_SECONDS
    for content, alt in {part.content: part.alt for part in body.parts if isinstance(part, Picture)}.items():
        if monotonic() < until and (image := _image(Picture(content, alt), forum, user)):
            found[content] = image.pk
    return found


def _stored(body: Body, images: dict[bytes, int]) -> tuple[list[dict[str, Any]], tuple[tuple[Doubt, str], ...]]:
    """The parts as StreamField stores them. images: from the bytes of a picture to its image in the library."""
    doubts: list[tuple[Doubt, str]] = []
    blocks: list[dict[str, Any]] = []
    for part in body.parts:
        if isinstance(part, Picture) and part.content not in images:
            doubts.append((Doubt.PICTURE_UNREADABLE, part.alt))
            blocks.extend(_block("text", f"<p>{escape(part.alt)}</p>") for _ in range(bool(part.alt)))
        elif isinstance(part, Picture):
            value = {"image": images[part.content], "alt": part.alt[:1000], "caption": ""}
            blocks.append(_block("figure", value))
        else:
            blocks.append(_block(*_value(part)))
    return blocks, tuple(doubts)


def _block(kind: str, value: Any) -> dict[str, Any]:
    return {"type": kind, "id": str(uuid4()), "value": value}


def _value(part: Part) -> tuple[str, Any]:
    match part:
        case Text(html):
            return "text", keyed(html)
        case Quotation(html):
            return "quote", {"text": html, "attribution": ""}
        case Grid(caption, headings, rows):
            columns = [{"type": "text", "heading": heading} for heading in headings]
            table = {"columns": columns, "rows": [{"values": list(row)} for row in rows], "caption": ""}
            return "table", {"caption": f"<p>{caption}</p>" if caption else "", "table": table, "row_heads": False}
    raise TypeError(part)


def _image(picture: Picture, forum: ForumPage, user: Any) -> Any:
    """The image of the forum with these bytes, added if it is not there; None if they are no image of the web."""
    model = get_image_model()
    collection = ensure_collection(forum)
    digest = hashlib.sha1(picture.content, usedforsecurity=False).hexdigest()  # as Wagtail knows its files
    if known := model.objects.filter(file_hash=digest, collection=collection).first():
        return known
    try:
        clean = cleaned(picture.content)
    except UnreadableImage:
        return None
    title = picture.alt[:200] or str(_("Image of an imported document"))
    file = ImageFile(SizedBytes(picture.content, clean.stored), f"imported-{digest[:12]}.{clean.suffix}")
    added = model(title=title, uploaded_by_user=user, collection=collection, file_hash=digest)
    added.file, added.file_size = file, len(picture.content)
    added.save()
    keep(picture.content, clean)
    return added
