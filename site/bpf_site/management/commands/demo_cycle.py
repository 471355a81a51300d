"""Show how a document lives: a fictitious forum of 2099, taken through every state."""

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from bpf_site.demo.cast import assemble
from bpf_site.demo.cycle import play


class Command(BaseCommand):
    help = "Take a fictitious 2099 forum through every state by real moves. Idempotent; needs load_library first."

    def handle(self, *args: Any, verbosity: int = 1, **options: Any) -> None:
        play(assemble(), timezone.now(), self.stdout.write if verbosity else lambda line: None)
        call_command("tick", stdout=self.stdout, verbosity=0)
