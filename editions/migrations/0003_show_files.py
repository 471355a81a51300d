"""What editions of former days show stays readable: their figures, and documents they link to by number."""

from typing import Any

from django.db import migrations

from editions.shown_files import FORMER_LINK, names_in


def show_files(apps: Any, schema_editor: Any) -> None:
    ShownFile = apps.get_model("files", "ShownFile")
    editions = apps.get_model("editions", "Edition").objects.filter(withdrawn_at=None)
    for edition in editions.only("identifier", "document").iterator(chunk_size=50):
        names = names_in(edition.document) | {f"documents/{number}" for number in _numbers(edition.document)}
        rows = [ShownFile(name=name, shown_by=f"edition {edition.identifier}") for name in sorted(names)]
        ShownFile.objects.bulk_create(rows, ignore_conflicts=True)


def _numbers(value: Any) -> set[str]:
    if isinstance(value, list):
        return set().union(*map(_numbers, value))
    if not isinstance(value, dict):
        return set()
    found = FORMER_LINK.search(str(value.get("href", "")))
    return set().union({found[1]} if found else set(), *map(_numbers, value.values()))


class Migration(migrations.Migration):
    dependencies = [("editions", "0002_frozen"), ("files", "0001_shown_files")]

    operations = [migrations.RunPython(show_files, migrations.RunPython.noop)]
