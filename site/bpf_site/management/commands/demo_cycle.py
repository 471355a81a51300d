"""Show how a document lives: a fictitious forum of 2099, taken through every state."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import DatabaseError
from django.utils import timezone

from bpf_pages.models.library import LibraryPage
from bpf_site.demo.cycle import play
from bpf_site.demo.forum_and_people import assemble


class Command(BaseCommand):
    help = "Take a fictitious 2099 forum through every state by real moves. Idempotent; needs load_library first."

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        if not _is_loaded():
            raise CommandError(
                "There is no library yet. Run `manage.py load_library` first (`make run` does it for you)."
            )
        play(assemble(), timezone.now(), self.stdout.write if verbosity else lambda line: None)
        call_command("tick", stdout=self.stdout, verbosity=0)


def _is_loaded() -> bool:
    try:
        return LibraryPage.objects.exists()
    except DatabaseError:  # not even the tables are there
        return False
