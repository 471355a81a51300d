"""Documents of the library that a text links to. Kept under the hash of their bytes: what an edition links to stays,
whoever replaces or deletes the document afterwards."""

from pathlib import PurePosixPath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from files.by_hash import digest_of
from files.kinds import CONTENT_TYPES

FOLDER = "linked"
MOST_BYTES = 100 * 1024 * 1024


def kept_name(document: Any) -> str:
    """The name of the copy in the default storage, made now if there is none; "" if the file is gone. Idempotent."""
    try:
        with document.file.open("rb") as file:
            if file.size > MOST_BYTES:
                return ""
            content = file.read()
    except (OSError, ValueError):
        return ""
    ending = PurePosixPath(document.filename).suffix.lower().removeprefix(".")
    name = f"{FOLDER}/{digest_of(content)}.{ending if ending in CONTENT_TYPES else 'bin'}"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(content))
    return name
