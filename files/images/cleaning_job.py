"""Chore: clean the images that were not cleaned at their upload."""

import hashlib

from wagtail.images import get_image_model

from files.images.published import clean_copy_of, note
from files.models import CleanedImage

MOST_AT_ONCE = 20  # images a tick: other chores wait meanwhile


def clean_waiting() -> int:
    """Clean images that nobody cleaned at their upload, so that no move has to. Answers how many were looked at."""
    images = get_image_model().objects.exclude(file_hash__in=CleanedImage.objects.values("sha1"))
    waiting = list(images[:MOST_AT_ONCE])
    for image in waiting:
        try:
            with image.open_file() as file:
                content = file.read()
            if image.file_hash != (now := hashlib.sha1(content, usedforsecurity=False).hexdigest()):
                type(image).objects.filter(pk=image.pk).update(file_hash=now)
        except OSError:
            content = b""
            type(image).objects.filter(pk=image.pk).update(
                file_hash=hashlib.sha1(b"", usedforsecurity=False).hexdigest()
            )
        if clean_copy_of(content) is None:
            note(content, name="")
    return len(waiting)
