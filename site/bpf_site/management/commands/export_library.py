"""Write the whole library as an archive that another instance takes in: see docs/operators/running.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from bpf_site.operations.archive.layout import BadArchive
from bpf_site.operations.archive.writing import export
from bpf_site.operations.tables import need_tables


class Command(BaseCommand):
    help = "Write every row and kept file into a folder, with hashes; secrets stay behind. Readers and editors go on."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        need_tables()
        try:
            missing = export(folder, timezone.now(), self.stdout.write)
        except BadArchive as error:
            raise CommandError(str(error)) from error
        except (OSError, DatabaseError) as error:
            raise CommandError(f"{error}. The archive is not whole: the same command goes on with it.") from error
        for name in missing:
            self.stdout.write(f"missing, and not in the archive: {name}")
        self.stdout.write(f"{folder} holds the library. It names people as the library does: keep it as a backup.")
