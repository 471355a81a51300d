"""Move the library to another database: see docs/scaling.md."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from bpf_site.operations.copy_database import CannotMove, add_source, move
from bpf_site.settings.environment import env


class Command(BaseCommand):
    help = "Copy every row from another database into the one of DATABASE_URL, which has been migrated and is empty."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("source", help="URL of the database to move from, such as sqlite:////srv/bpf/bpf.sqlite3")

    def handle(self, *args: Any, source: str, **options: Any) -> None:
        try:
            add_source(env.db_url_config(source))
            copied = move(self.stdout.write)
        except CannotMove as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{copied} rows moved; now the indexes, and what was moved is verified")
        call_command("update_index", stdout=self.stdout, verbosity=0)
        call_command("rebuild_index", stdout=self.stdout, verbosity=0)
        call_command("verify_library", stdout=self.stdout)
