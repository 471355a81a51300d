"""The image files of editions. Kept under the hash of their bytes, apart from the editors' image library: replacing or
deleting an image there must not change what was published.
"""

from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from files.by_hash import digest_of


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
    digest = digest_of(content)
    name = f"figures/{digest}{PurePosixPath(image.file.name).suffix.lower()}"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(content))
    return FigureFile(name, image.width, image.height, digest)
