"""The image files of editions. Kept under the hash of their bytes, apart from the editors' image library: replacing or
deleting an image there must not change what was published. A copy is upright and holds no metadata.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import SuspiciousOperation
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from files.by_hash import digest_of
from files.images.services import CleanImage, UnreadableImage, cleaned
from files.models import CleanedImage

FOLDER = "figures"


@dataclass(frozen=True, slots=True)
class FigureFile:
    """source: name in the default storage, "" if the image is gone. width and height: pixels."""

    source: str
    width: int = 0
    height: int = 0
    digest: str = ""


def kept_file(image: Any) -> FigureFile:
    """The kept copy of an image of the library, made now if there is none. Idempotent: its name is its hash."""
    if image is None:
        return FigureFile("")
    try:
        with image.open_file() as file:
            content = file.read()
    except OSError:
        return FigureFile("", image.width, image.height)
    row = clean_copy_of(content)
    return FigureFile(row.name, row.width, row.height, row.sha256) if row else FigureFile("", image.width, image.height)


def clean_copy_of(content: bytes) -> CleanedImage | None:
    """None where the bytes are no image that we take."""
    row = CleanedImage.objects.filter(source=digest_of(content)).exclude(name="").first()
    if row is not None and default_storage.exists(row.name):
        return row
    try:
        return keep(content, cleaned(content))
    except UnreadableImage:
        return None


def keep(content: bytes, clean: CleanImage) -> CleanedImage:
    """Store a clean copy, and that it is the copy of these bytes. Idempotent."""
    digest = digest_of(clean.content)
    name = f"{FOLDER}/{digest}.{clean.suffix}"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(clean.content))
    return note(content, name=name, sha256=digest, width=clean.width, height=clean.height)


def note(content: bytes, **facts: Any) -> CleanedImage:
    """Keep what was found of these bytes. A name of "" says that they are no image that we take."""
    sha1 = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    row, _created = CleanedImage.objects.update_or_create(source=digest_of(content), defaults=facts | {"sha1": sha1})
    return row


def clean_bytes(name: str) -> bytes | None:
    """The bytes of a kept figure as everybody may have them, and open them without fear; None if they are none.

    Figures of editions from before copies were cleaned are cleaned now, and stay as they are at their name: the hash in
    their edition is of those bytes. Raises OSError where there is no such file.
    """
    row = CleanedImage.objects.filter(name=name).first()
    if row is None:
        with default_storage.open(name) as file:
            content = file.read()
        row = clean_copy_of(content)
        if row is None:
            return None
    with default_storage.open(row.name) as file:
        found: bytes = file.read()
    return found


def bytes_up_to(most: int, name: str) -> bytes:
    """The same for whoever draws a document, which is drawn without a figure too: b"" for one that is larger than so
    many bytes, is not there, is none, or has a name that leads out of the storage."""
    try:
        if not name or default_storage.size(name) > most:
            return b""
        return clean_bytes(name) or b""
    except (OSError, SuspiciousOperation, ValueError):
        return b""
