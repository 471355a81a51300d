"""Files in a bucket of S3, or of whatever speaks its protocol, so that web hosts need no common disk."""

import re
from pathlib import PurePosixPath
from typing import Any

from django.conf import settings
from storages.backends.s3 import S3Storage

BY_CONTENT = re.compile(r"[0-9a-f]{64}")


class ObjectStore(S3Storage):
    """Nobody is sent to the bucket, which may stay closed: every file passes a view of ours."""

    def get_default_settings(self) -> dict[str, Any]:
        ours = {
            "bucket_name": settings.S3_BUCKET, "endpoint_url": settings.S3_ENDPOINT or None,
            "region_name": settings.S3_REGION or None, "access_key": settings.S3_ACCESS_KEY or None,
            "secret_key": settings.S3_SECRET_KEY or None, "file_overwrite": False,
        }  # fmt: skip
        return {**super().get_default_settings(), **ours}

    def url(self, name: str, *args: object, **kwargs: object) -> str:
        return f"{settings.MEDIA_URL}{name}"

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """A bucket takes a second file of one name without a word, and two hosts may choose one at once. So a name is
        drawn, unless it is the hash of the content."""
        path = PurePosixPath(name)
        if not BY_CONTENT.fullmatch(path.stem):
            name = self.get_alternative_name(str(path.with_suffix("")), path.suffix)
        return str(super().get_available_name(name, max_length))
