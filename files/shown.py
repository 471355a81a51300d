"""Which kept files the world may read: those that an edition or a live page shows. Declared by whoever publishes."""

from collections.abc import Iterable

from django.db import transaction

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
