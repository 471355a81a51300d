"""Take in an archive of another instance, on whatever database: see docs/operators/running.md."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from bpf_site.operations.archive.layout import BadArchive
from bpf_site.operations.archive.reading import take_in
from bpf_site.operations.copy_database import CannotMove
from bpf_site.operations.preparing import collect_static
from consultation.privacy.replay import replay


class Command(BaseCommand):
    help = "Fill this library, which has been migrated and is empty, from a folder that export_library wrote."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            came = take_in(folder, self.stdout.write)
        except (BadArchive, CannotMove) as error:
            raise CommandError(f"{error}. Nothing was taken in.") from error
        except (OSError, DatabaseError) as error:
            raise CommandError(f"{error}. No row was taken in: the same command begins again.") from error
        self.stdout.write(f"{came} rows came; now whoever was erased here, the indexes, and what came is verified")
        if erased := replay(timezone.now()):
            self.stdout.write(f"erased again: {erased} people")
        collect_static()
        call_command("update_index", stdout=self.stdout, verbosity=0)
        call_command("rebuild_index", stdout=self.stdout, verbosity=0)
        call_command("verify_library", stdout=self.stdout)
        self.stdout.write("Nobody can sign in yet: set a password with `manage.py changepassword NAME`.")
