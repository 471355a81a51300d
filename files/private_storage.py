"""Where files live that no address serves: originals, attached files, printings."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage, Storage, storages

PRIVATE = "private"
"""Name of the storage in the settings: a folder, or an object store that all web hosts share."""


class PrivateFolder(FileSystemStorage):
    """PRIVATE_ROOT, on a disk."""

    @property
    def base_location(self) -> Any:
        return Path(settings.PRIVATE_ROOT)

    @property
    def location(self) -> Any:  # kept by Django; the root differs from test to test
        return str(self.base_location.absolute())


class PrivateFiles(Storage):
    """A folder of the private storage, whatever that is. Has no `url` and no `path`: every download passes a view that
    asks who may have the file, and code that needs a file on disk makes a copy."""

    def __init__(self, folder: str = "") -> None:
        self.prefix = f"{folder}/" if folder else ""

    @property
    def _kept(self) -> Storage:
        return storages[PRIVATE]

    def _open(self, name: str, mode: str = "rb") -> Any:
        return self._kept.open(self.prefix + name, mode)

    def _save(self, name: str, content: Any) -> str:
        kept: Any = self._kept
        return self._own(kept._save(self.prefix + name, content))

    def _own(self, name: str) -> str:
        return name.removeprefix(self.prefix)

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        longest = max_length and max_length + len(self.prefix)
        return self._own(self._kept.get_available_name(self.prefix + name, longest))

    def delete(self, name: str) -> None:
        self._kept.delete(self.prefix + name)

    def exists(self, name: str) -> bool:
        return self._kept.exists(self.prefix + name)

    def size(self, name: str) -> int:
        return self._kept.size(self.prefix + name)


def private_files() -> PrivateFiles:
    """Originals of comments that came from elsewhere, and files with a comment; views hand them out."""
    return PrivateFiles()
