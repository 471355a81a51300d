"""Check hashes, log, index and files against the database."""

from collections.abc import Callable, Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import accounts.verification
import consultation.verification
import editions.verification
import pdf.printing.verification
import search.indexing.verification
import workflow.verification

CHECKS: tuple[tuple[str, Callable[[], Iterator[str]]], ...] = (
    ("editions", editions.verification.findings),
    ("workflow", workflow.verification.findings),
    ("consultation", consultation.verification.findings),
    ("accounts", accounts.verification.findings),
    ("search", search.indexing.verification.findings),
    ("pdf", pdf.printing.verification.findings),
)


class Command(BaseCommand):
    help = "Check hashes, log, index and PDF files against the database; exit code 1 names every fault."

    def handle(self, *args: Any, **options: Any) -> None:
        faults = 0
        for room, findings in CHECKS:
            found = list(findings())
            faults += len(found)
            self.stdout.write(f"{room}: {'sound' if not found else f'{len(found)} faults'}")
            for fault in found:
                self.stdout.write(f"  {fault}")
        if faults:
            raise CommandError(f"{faults} faults")
