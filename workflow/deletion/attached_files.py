"""Attached files of drafts that were removed for good: their bytes go, their rows stay. Checks all others."""

from collections.abc import Iterator

from django.db.models import Q

from files.by_hash import digest_of
from workflow.attachments.models import AttachmentVersion
from workflow.deletion.models import RecycledDraft
from workflow.transitions.models import Process


def forget_files(process: Process) -> None:
    """Delete the bytes of every file of a draft that is removed for good, but for those that another document has too.

    The rows stay, frozen: what was attached, by whom, with its check sum. May be repeated.
    """
    for version in AttachmentVersion.objects.filter(attachment__process=process):
        others = AttachmentVersion.objects.filter(file=version.file.name).exclude(attachment__process=process)
        if not others.exclude(_forgotten()).exists():
            version.file.delete(save=False)


def _forgotten() -> Q:
    """Versions whose files went, or are about to go, with a draft that was removed for good."""
    return Q(attachment__process__page=None, attachment__process__recyclings__end=RecycledDraft.End.REMOVED)


def findings() -> Iterator[str]:
    """One sentence per attached file that is missing or is not what was uploaded. None = sound."""
    kept = AttachmentVersion.objects.exclude(_forgotten())
    for version in kept.select_related("attachment").iterator(chunk_size=100):
        try:
            with version.file.open("rb") as file:
                if digest_of(file) != version.sha256:
                    yield f"{version}: the file is not the one that was uploaded"
        except OSError:
            yield f"{version}: the file is missing"
