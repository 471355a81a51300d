"""A file becomes the working text of an outcome document: a draft like any other, which nobody sees until a move.

An editor uploads it (`begin`), the worker reads it (`read_waiting`), the editor looks at what was read and what was
left out, and takes it in (`take`). Until then nothing of it is in the document.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Mapping
from datetime import datetime
from html import unescape
from pathlib import PurePath
from time import monotonic
from typing import Any
from uuid import uuid4

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import transaction
from django.utils.html import escape, strip_tags
from django.utils.text import slugify
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from wagtail.images import get_image_model
from wagtail.models import Comment as EditorsComment

from bpf_pages.conversion.block_keys import keyed
from bpf_pages.importing.choices import Choices, settled
from bpf_pages.importing.foreign_files import DOUBTS, read
from bpf_pages.models.forum import ForumPage
from bpf_pages.models.imported_file import ImportedFile
from bpf_pages.models.outcome import OutcomePage, document_code
from editions.document.identifiers import numbered_slug
from editions.document.passages import passages
from files import by_hash
from files.images.forms import SizedBytes
from files.images.published import keep
from files.images.services import UnreadableImage, cleaned
from formats.draft import Doubt, NoteKind, Unreadable, UnreadableFile
from formats.reading import FILE_LIMIT
from workflow.access.forum_files import ensure_collection
from workflow.transitions.services import process_of

MOST_NUMBERED = 200  # documents of one forum whose titles begin alike
MOST_SECONDS = 45  # for all images of a file; those after are said to be unreadable
MOST_NOTES = 500  # of reviewers that are taken along
_FIRST_HEADING = re.compile(r"<h2[^>]*>(.*?)</h2>")
NOTES = {
    NoteKind.COMMENT: _("Comment"),
    NoteKind.INSERTION: _("Inserted"),
    NoteKind.DELETION: _("Deleted"),
}


def begin(
    forum: ForumPage, name: str, content: bytes, *, user: Any, at: datetime, page: OutcomePage | None = None,
    title: str = "", slug: str = "", language: str = "en",
) -> ImportedFile:  # fmt: skip
    """Keep a file to be read. page: the document whose text it is to replace. Raises UnreadableFile if it is too large,
    and ValidationError where the slug is taken."""
    if len(content) > FILE_LIMIT:
        raise UnreadableFile(Unreadable.TOO_LARGE)
    if slug and forum.get_children().filter(slug=slug).exists():
        raise ValidationError({"slug": _now("A document of this forum has this slug already.")})
    digest = hashlib.sha256(content).hexdigest()
    imported = ImportedFile(
        forum=forum, page=page, replaces=page is not None, title=title, slug=slug, language=language, name=name[-200:],
        sha256=digest, size=len(content), by=user, at=at,
    )  # fmt: skip
    file = ContentFile(content)
    imported.file.name = by_hash.keep(imported.file.storage, digest, PurePath(name).suffix.lower()[:10], file)
    imported.save()
    return imported


def read_waiting(imported: ImportedFile) -> None:
    """Read the file in a child, clean its pictures, and keep what was found. Idempotent; writes no document."""
    if imported.state != ImportedFile.State.WAITING:
        return
    with imported.file.open() as file:
        content = file.read()
    try:
        found, pictures = read(imported.name, content)
    except UnreadableFile as error:
        imported.state, imported.why = ImportedFile.State.REFUSED, str(error.why)
    else:
        found["images"] = _images(found, pictures, imported)
        imported.state, imported.reading = ImportedFile.State.READ, found
    imported.save(update_fields=["state", "why", "reading"])


def take(
    imported: ImportedFile, *, user: Any, at: datetime, with_notes: bool = False, facts: Mapping[str, Any] | None = None
) -> OutcomePage:
    """What was read becomes a new document of the forum, or the working text of the document it was brought in for.

    facts: further fields of a new document. with_notes: reviewers' comments and tracked changes become notes of the
    editors on their blocks, which nobody else sees. Raises ValidationError where title or slug cannot be taken, or it
    was brought in before.
    """
    with transaction.atomic():
        locked = ImportedFile.objects.select_for_update().get(pk=imported.pk)
        if locked.state != ImportedFile.State.READ:
            raise ValidationError({"__all__": _now("This file was brought in already, or is not read yet.")})
        reading = settled(locked.reading, Choices.of(locked.choices))
        body = _stored(reading)
        page = _replaced(locked, body, user) if locked.replaces else _made(locked, body, facts or {})
        if with_notes:
            _add_notes(page, body, reading["notes"], user)
        page.save_revision(user=user, log_action=True)
        locked.page, locked.state, locked.taken_at = page, ImportedFile.State.TAKEN, at
        locked.save(update_fields=["page", "state", "taken_at"])
    return page


def choose(imported: ImportedFile, choices: Choices) -> None:
    """Keep what is to be taken in and left out besides. Raises ValidationError where it was brought in already."""
    with transaction.atomic():
        locked = ImportedFile.objects.select_for_update().get(pk=imported.pk)
        if locked.state != ImportedFile.State.READ:
            raise ValidationError({"__all__": _now("This file was brought in already, or is not read yet.")})
        locked.choices = choices.within(locked.reading).as_json()
        locked.save(update_fields=["choices"])


def _made(imported: ImportedFile, body: list[dict[str, Any]], facts: Mapping[str, Any]) -> OutcomePage:
    title = (imported.title or imported.reading["title"] or _taken_from(body) or PurePath(imported.name).stem)[:255]
    slug = imported.slug or free_slug(imported.forum, title)
    page = OutcomePage(title=title, slug=slug, language=imported.language, live=False, **facts)
    page.body = _filled(body)
    imported.forum.add_child(instance=page)
    process_of(page)
    return page


def _taken_from(body: list[dict[str, Any]]) -> str:
    """The first heading, where it stands alone on its level above all others: it leaves the text to become the title.
    "" where there is none. A numbered one is a chapter."""
    texts = [block for block in body if block["type"] == "text"]
    first = _FIRST_HEADING.match(body[0]["value"]) if body and body[0]["type"] == "text" else None
    headings = sum(block["value"].count("<h2") for block in texts)
    if first is None or headings != 1 or not any("<h3" in block["value"] for block in texts):
        return ""
    title = " ".join(unescape(strip_tags(first[1])).split())
    if not title or title[0].isdigit():
        return ""
    body[0]["value"] = body[0]["value"][first.end() :]
    return title


def _replaced(imported: ImportedFile, body: list[dict[str, Any]], user: Any) -> OutcomePage:
    if imported.page is None:
        raise ValidationError({"__all__": _now("The document was deleted meanwhile.")})
    draft: OutcomePage = imported.page.get_latest_revision_as_object()
    draft.body = _filled(body)
    return draft


def _add_notes(page: OutcomePage, body: list[dict[str, Any]], notes: list[dict[str, Any]], user: Any) -> None:
    """As Wagtail's own comments, which the editor shows beside their block."""
    for note in [note for note in notes if note["place"] is not None][:MOST_NOTES]:
        said = f"{NOTES[NoteKind(note['kind'])]}: {note['text']}"
        who = ", ".join(filter(None, [note["author"], note["at"][:10]]))
        before = [block for block in body[: note["place"] + 1] if block["value"]]
        if not before:
            continue
        path = f"body.{before[-1]['id']}"
        text = f"{said}\n({who})" if who else said
        page.wagtail_admin_comments.add(EditorsComment(user=user, text=text, contentpath=path))


def told(imported: ImportedFile) -> list[str]:
    """What a person should look at, each sentence once, with how often."""
    found = []
    for (doubt, detail), times in Counter(map(tuple, imported.reading.get("findings", []))).items():
        text = str(DOUBTS[Doubt(doubt)])
        found.append((text % detail if "%s" in text else text) + (f" (×{times})" if times > 1 else ""))
    return found


def welcome(page: OutcomePage) -> str:
    """Said when a file has become a draft."""
    count = sum(passage.number > 0 for passage in passages(page.as_document()))
    kept = ngettext(
        "“%(title)s” was brought in as a draft with %(count)d numbered paragraph.",
        "“%(title)s” was brought in as a draft with %(count)d numbered paragraphs.",
        count,
    )
    return kept % {"title": page.title, "count": count}


def free_slug(forum: ForumPage, title: str) -> str:
    """From the title; "document" where that gives fewer than two letters. Numbered where the forum has its code.

    Raises ValidationError, naming the slug, where MOST_NUMBERED documents of the forum begin like this one.
    """
    base = slugify(anyascii(title))[:60].strip("-")
    base = base if len(document_code(base)) > 1 else "document"
    taken = {document_code(slug) for slug in forum.get_children().values_list("slug", flat=True)}
    for number in range(1, MOST_NUMBERED + 1):
        slug = numbered_slug(base, number)
        if document_code(slug) not in taken:
            return slug
    raise ValidationError({"slug": _("Too many documents of this forum are called alike. Choose a slug yourself.")})


def _images(found: dict[str, Any], pictures: Mapping[str, bytes], imported: ImportedFile) -> dict[str, int]:
    """The image of the forum for each picture that is one; for others a finding. Decoded in a child."""
    images: dict[str, int] = {}
    until = monotonic() + MOST_SECONDS
    for part in (part for part in found["parts"] if part["kind"] == "Picture"):
        name, alt = part["source"], part["alt"]
        if name in images or name not in pictures:
            continue
        if monotonic() < until and (image := _image(pictures[name], alt, imported)):
            images[name] = image.pk
        else:
            found["findings"].append([str(Doubt.PICTURE_UNREADABLE), alt])
    return images


def _stored(reading: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The parts as StreamField stores them, one block each; one without words is empty, and left out by `_filled`."""
    blocks = (block_value(part, reading["images"]) for part in reading["parts"])
    return [{"type": kind, "id": str(uuid4()), "value": value} for kind, value in blocks]


def _filled(blocks: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [block for block in blocks if block["value"]]


def block_value(part: Mapping[str, Any], images: Mapping[str, int]) -> tuple[str, Any]:
    match part["kind"]:
        case "Text":
            return "text", keyed(part["html"])
        case "Quotation":
            return "quote", {"text": part["html"], "attribution": part["attribution"]}
        case "Picture" if part["source"] in images:
            caption = f"<p>{part['caption']}</p>" if part["caption"] else ""
            return "figure", {"image": images[part["source"]], "alt": part["alt"][:1000], "caption": caption}
        case "Picture":  # its words stay
            said = [escape(part["alt"]), part["caption"]]
            return "text", keyed("".join(f"<p>{words}</p>" for words in said if words))
        case "Grid":
            columns = [{"type": "text", "heading": heading} for heading in part["headings"]]
            rows = [{"values": list(row)} for row in part["rows"]]
            caption = f"<p>{part['caption']}</p>" if part["caption"] else ""
            table = {"columns": columns, "rows": rows, "caption": ""}
            return "table", {"caption": caption, "table": table, "row_heads": part["row_heads"]}
    raise ValueError(part["kind"])


def _image(content: bytes, alt: str, imported: ImportedFile) -> Any:
    """The image of the forum with these bytes, added if it is not there; None if they are no image of the web."""
    model = get_image_model()
    collection = ensure_collection(imported.forum)
    digest = hashlib.sha1(content, usedforsecurity=False).hexdigest()  # as Wagtail knows its files
    if known := model.objects.filter(file_hash=digest, collection=collection).first():
        return known
    try:
        clean = cleaned(content)
    except UnreadableImage:
        return None
    title = alt[:200] or str(_("Image of an imported document"))
    file = ImageFile(SizedBytes(content, clean.stored), f"imported-{digest[:12]}.{clean.suffix}")
    added = model(title=title, uploaded_by_user=imported.by, collection=collection, file_hash=digest)
    added.file, added.file_size = file, len(content)
    added.save()
    keep(content, clean)
    return added
