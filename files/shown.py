"""Which kept files the world may read: those that an edition or a live page shows. Declared by whoever publishes."""

from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from django.core.files.storage import default_storage
from django.db import transaction

from files.by_hash import digest_of
from files.models import ShownFile

PREFIXES = ("figures/", "linked/")


def show(by: str, names: Iterable[str]) -> None:
    """Nothing changes where `by` shows just these. Callers hold the transaction that makes them public."""
    wanted = {name for name in names if name}
    if wanted:
        rows = [ShownFile(name=name, shown_by=by) for name in sorted(wanted)]
        ShownFile.objects.bulk_create(rows, ignore_conflicts=True)


@transaction.atomic
def show_only(by: str, names: Iterable[str]) -> None:
    """These and no others: a live page changed."""
    wanted = set(names)
    ShownFile.objects.filter(shown_by=by).exclude(name__in=wanted).delete()
    show(by, wanted)


def hide(by: str) -> None:
    ShownFile.objects.filter(shown_by=by).delete()


def is_shown(name: str) -> bool:
    return ShownFile.objects.filter(name=name).exists()


def findings() -> Iterator[str]:
    """One sentence per shown file that is missing, or is not of the hash that is its name. None = sound."""
    for name in ShownFile.objects.filter(name__regex="^(figures|linked)/").values_list("name", flat=True).distinct():
        try:
            with default_storage.open(name) as file:
                digest = digest_of(file)
        except OSError:
            yield f"{name}: something public shows this file, and it is missing"
            continue
        if digest != PurePosixPath(name).stem:
            yield f"{name}: the file does not have the hash that is its name"
