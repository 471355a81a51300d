"""Back up database and files of this instance while it serves: see docs/operators/running.md."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from bpf_site.monitoring import heartbeats
from bpf_site.operations.archive.layout import BadArchive
from bpf_site.operations.backups.writing import KEPT, back_up
from bpf_site.operations.tables import need_tables


class Command(BaseCommand):
    help = "Back up database and files into a folder of backups, in which a file that did not change is kept once."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("folder", type=Path, help="on another disk or machine; 0700, since it holds everything")
        parser.add_argument("--keep", type=int, default=KEPT, help=f"how many backups stay, the newest ({KEPT})")

    def handle(self, *args: Any, folder: Path, keep: int, **options: Any) -> None:
        need_tables()
        if keep < 1:
            raise CommandError("--keep: at least the backup that is made now stays")
        try:
            with heartbeats.told(heartbeats.BACKUP):
                made = back_up(folder, timezone.now(), self.stdout.write, kept=keep)
        except (BadArchive, OSError, DatabaseError) as error:
            raise CommandError(f"{error}. There is no new backup; older ones are as they were.") from error
        self.stdout.write(f"{made}")
        self.stdout.write("Secrets are not in it: keep a copy of secrets.env, or of what sets SECRET_KEY, elsewhere.")
