"""Where files live that no address serves."""

from django.conf import settings
from django.core.files.storage import FileSystemStorage


def private_files() -> FileSystemStorage:
    """Originals of comments that came from elsewhere. No URL leads here; an admin view hands them out."""
    return FileSystemStorage(location=settings.PRIVATE_ROOT, base_url=None)
