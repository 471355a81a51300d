"""Restore a backup into an empty place: see docs/operators/running.md."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bpf_site.operations.archive.layout import BadArchive
from bpf_site.operations.backups.restoring import chosen, restore
from bpf_site.operations.copy_database import CannotMove
from bpf_site.operations.preparing import collect_static
from consultation.privacy.replay import replay


class Command(BaseCommand):
    help = "Fill an empty BPF_DATA and database from a backup, do erasures again, make what it lacks, verify it all."
    requires_system_checks: list[str] = []  # they may ask a database that is not there yet

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("folder", type=Path, help="the folder of backups, or one backup in it")
        parser.add_argument("--at", default="", help="how the name of the backup begins, such as 20991129; the newest")
        parser.add_argument("--only-check", action="store_true", help="read the backup and compare all hashes")

    def handle(self, *args: Any, folder: Path, at: str, only_check: bool = False, **options: Any) -> None:
        try:
            backup = chosen(folder, at)
            self.stdout.write(f"{backup.path}: whole")
            if only_check:
                return
            restore(backup, self.stdout.write)
        except (BadArchive, CannotMove, OSError) as error:
            raise CommandError(f"{error}. The database was not touched.") from error
        call_command("migrate", interactive=False, verbosity=0)  # where the program is newer than the backup
        if erased := replay(timezone.now()):
            self.stdout.write(f"erased again: {erased} people")
        collect_static()
        call_command("update_index", stdout=self.stdout, verbosity=0)
        call_command("rebuild_index", afresh=True, stdout=self.stdout, verbosity=0)
        call_command("verify_library", stdout=self.stdout)
        for name in backup.manifest["missing_files"]:
            self.stdout.write(f"it went while the backup was made, and is not in it: {name}")
