"""`make run`: bring the library up to date, then serve it until interrupted."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from bpf_site.operations.first_account import ensure_editor
from bpf_site.operations.preparing import prepare
from bpf_site.operations.processes import serve_until_interrupted


class Command(BaseCommand):
    help = "Migrate, load the library of all years, build the index, and serve on PORT. Every step can be repeated."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--only-prepare", action="store_true", help="do all but serve")
        parser.add_argument(
            "--only-serve", action="store_true", help="web, worker and clock of what `prepare` prepared"
        )

    def handle(self, *args: Any, only_prepare: bool = False, only_serve: bool = False, **options: Any) -> None:
        if only_serve:
            serve_until_interrupted(settings.PORT, self.say)
            return
        if not hasattr(settings, "EDITOR_NAME"):
            raise CommandError(
                "These settings make no editor with a password: run `manage.py prepare --account ADDRESS`, then "
                "`manage.py serve --only-serve` or the services of docs/operators/install.md"
            )
        prepare(self.stdout, load=True, static=False)
        password = ensure_editor()
        self.say(f"The library:  http://127.0.0.1:{settings.PORT}/")
        self.say(f"Editors:      http://127.0.0.1:{settings.PORT}/admin/")
        self.say(f"Editor login: {settings.EDITOR_NAME} / {password}")
        self.say("A forum of 2099 to try everything on: manage.py demo_cycle, with the same BPF_DATA")
        if not only_prepare:
            serve_until_interrupted(settings.PORT, self.say)

    def say(self, text: str) -> None:
        self.stdout.write(text)
        self.stdout.flush()
