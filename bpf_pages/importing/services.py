"""A file becomes the working text of an outcome document: a draft like any other, which nobody sees until a move."""

import hashlib
import io
from collections import Counter
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils.html import escape
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from PIL import Image as PillowImage
from wagtail.images import get_image_model

from bpf_pages.conversion.block_keys import keyed
from bpf_pages.importing.file_to_html import Remark, Unreadable, UnreadableFile, read_file
from bpf_pages.importing.html_to_parts import Body, Doubt, Grid, Part, Picture, Quotation, Text, parts_of
from bpf_pages.models.forum import ForumPage
from bpf_pages.models.outcome import OutcomePage, document_code
from editions.document.identifiers import numbered_slug
from editions.document.passages import passages
from workflow.transitions.services import process_of

MOST_NUMBERED = 200  # documents of one forum whose titles begin alike
FILE_LIMIT = 50_000_000  # bytes; the largest real outcome, with its images, has about 12 million
IMAGE_TYPES = {"PNG": ".png", "JPEG": ".jpg", "GIF": ".gif", "WEBP": ".webp"}

REFUSALS = {
    Unreadable.FORMAT: _(
        "Only Word documents (.docx), web pages (.html) and plain text (.txt) can be brought in. "
        "In another program, save the document as .docx first."
    ),
    Unreadable.BROKEN: _("The file cannot be read. Open it in the program that wrote it, save it again, and retry."),
    Unreadable.TOO_LARGE: _("The file is too large. Leave out images, or divide it into several documents."),
}
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
    body, remarks = _read(name, content)
    title = (title or body.title or PurePath(name).stem)[:255]
    with transaction.atomic():  # begins when everything is read: who holds the right to write reads no file
        page = OutcomePage(title=title, slug=slug or _free_slug(forum, title), language=language, live=False)
        page.body, doubts = _stored(body, user)
        forum.add_child(instance=page)
        process_of(page)
        page.save_revision(user=user, log_action=True)
    return _imported(page, remarks, (*body.doubts, *doubts))


def import_into(page: OutcomePage, name: str, content: bytes, *, user: Any) -> Imported:
    """The file's text in place of the working text, which stays in the page's history. Raises UnreadableFile."""
    body, remarks = _read(name, content)
    with transaction.atomic():
        draft = page.get_latest_revision_as_object()
        draft.body, doubts = _stored(body, user)
        draft.save_revision(user=user, log_action=True)
    return _imported(draft, remarks, (*body.doubts, *doubts))


def _read(name: str, content: bytes) -> tuple[Body, tuple[Remark, ...]]:
    if len(content) > FILE_LIMIT:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    read = read_file(name, content)
    try:
        return parts_of(read.html), read.remarks
    except RecursionError as error:
        raise UnreadableFile(Unreadable.BROKEN) from error


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


def _stored(body: Body, user: Any) -> tuple[list[dict[str, Any]], tuple[tuple[Doubt, str], ...]]:
    """The parts as StreamField stores them. Images are put into the image library, each file once."""
    doubts: list[tuple[Doubt, str]] = []
    blocks: list[dict[str, Any]] = []
    for part in body.parts:
        if isinstance(part, Picture) and (image := _image(part, user)) is None:
            doubts.append((Doubt.PICTURE_UNREADABLE, part.alt))
            blocks.extend(_block("text", f"<p>{escape(part.alt)}</p>") for _ in range(bool(part.alt)))
        elif isinstance(part, Picture):
            blocks.append(_block("figure", {"image": image.pk, "alt": part.alt[:1000], "caption": ""}))
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


def _image(picture: Picture, user: Any) -> Any:
    """The image of the library with these bytes, added if it is not there; None if they are no image of the web."""
    model = get_image_model()
    digest = hashlib.sha1(picture.content, usedforsecurity=False).hexdigest()  # as Wagtail knows its files
    if known := model.objects.filter(file_hash=digest).first():
        return known
    try:
        with PillowImage.open(io.BytesIO(picture.content)) as image:
            suffix = IMAGE_TYPES[image.format or ""]
            image.verify()
    except (OSError, KeyError, SyntaxError, ValueError, PillowImage.DecompressionBombError):
        return None
    title = picture.alt[:200] or str(_("Image of an imported document"))
    file = ContentFile(picture.content, f"imported-{digest[:12]}{suffix}")
    added = model(title=title, uploaded_by_user=user, file=file, file_hash=digest, file_size=len(picture.content))
    added.save()
    return added
