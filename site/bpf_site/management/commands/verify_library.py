"""Check hashes, log, index and files against the database, and mend what can be made again."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import accounts.verification
import bpf_pages.archives.verification
import consultation.verification
import editions.verification
import pdf.printing.verification
import search.indexing.verification
import workflow.verification
from bpf_site.monitoring import heartbeats
from bpf_site.operations.tables import need_tables


@dataclass(frozen=True, slots=True)
class Room:
    """mend: makes again what can be made again, and answers in words what it did. What is the truth cannot be."""

    name: str
    findings: Callable[[], Iterator[str]]
    mend: Callable[[], Iterator[str]] | None = None


ROOMS = (
    Room("editions", editions.verification.findings),
    Room("workflow", workflow.verification.findings),
    Room("consultation", consultation.verification.findings),
    Room("accounts", accounts.verification.findings),
    Room("search", search.indexing.verification.findings, search.indexing.verification.mend),
    Room("pdf", pdf.printing.verification.findings, pdf.printing.verification.mend),
    Room("archives", bpf_pages.archives.verification.findings, bpf_pages.archives.verification.mend),  # of PDFs too
)


class Command(BaseCommand):
    help = "Check hashes, log, index and kept files against the database; exit code 1 names every fault."

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument(
            "--mend", action="store_true", help="make lost files and the index again, then check once more"
        )

    def handle(self, *args: Any, mend: bool = False, **options: Any) -> None:
        need_tables()
        with heartbeats.told(heartbeats.VERIFIED):
            if faults := sum(self._look(room, mend=mend) for room in ROOMS):
                raise CommandError(f"{faults} faults")

    def _look(self, room: Room, *, mend: bool) -> int:
        """How many faults are left."""
        found = list(room.findings())
        if found and mend and room.mend is not None:
            self.stdout.write(f"{room.name}: {len(found)} faults, which are being mended")
            for did in room.mend():
                self.stdout.write(f"  {did}")
            found = list(room.findings())
        self.stdout.write(f"{room.name}: {'sound' if not found else f'{len(found)} faults'}")
        for fault in found:
            self.stdout.write(f"  {fault}")
        return len(found)
