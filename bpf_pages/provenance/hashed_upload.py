"""Upload handler that hashes a file while it comes in: its bytes are neither kept, nor written to disk, nor parsed."""

import hashlib
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

HEAD = 4096
"""Bytes of the beginning that are held: where a `document.json` says which edition it is."""


class HashedUpload(UploadedFile):
    """What is left of a file that was sent. sha256: hexadecimal. size: in bytes. head: at most `HEAD` first bytes."""

    def __init__(self, sha256: str, size: int, head: bytes, **facts: Any) -> None:
        super().__init__(size=size, **facts)
        self.sha256, self.head = sha256, head


class HashingHandler(FileUploadHandler):
    """The only handler of a request that sends files to be recognised."""

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self._hash, self._head = hashlib.sha256(), b""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        self._hash.update(raw_data)
        if len(self._head) < HEAD:
            self._head += raw_data[: HEAD - len(self._head)]

    def file_complete(self, file_size: int) -> HashedUpload:
        return HashedUpload(
            self._hash.hexdigest(), file_size, self._head, name=self.file_name, content_type=self.content_type
        )
