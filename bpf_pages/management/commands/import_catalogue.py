"""Bring in many outputs from a sheet and the files that it names."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth import get_user_model
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from bpf_pages.catalogues.problems import in_words
from bpf_pages.catalogues.services import add_files, begin, go_on, look_through, start
from bpf_pages.catalogues.template_sheet import csv, xlsx
from bpf_pages.models.catalogue import Catalogue, CatalogueRow
from bpf_pages.tree.past_outputs import loader

MOST_FILES = 20_000  # that are looked at in the folder
State = CatalogueRow.State


class Command(BaseCommand):
    help = (
        "Bring in one output for each row of a sheet (XLSX, ODS, CSV or JSON). The same sheet again goes on where it "
        "was stopped, and makes nothing twice. --template writes a sheet to fill in, with each column explained."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("sheet", type=Path)
        parser.add_argument("folder", type=Path, nargs="?", help="where the files lie; by default beside the sheet")
        parser.add_argument("--fetch", action="store_true", help="download rows without a file from their source")
        parser.add_argument("--dry-run", action="store_true", help="say what each row would do, and bring in nothing")
        parser.add_argument("--template", action="store_true", help="write the sheet to fill in (.xlsx or .csv)")
        parser.add_argument("--user", default=None, help="of the Secretariat, to stand in the record; else the loader")

    def handle(self, *args: Any, **options: Any) -> None:
        sheet: Path = options["sheet"]
        if options["template"]:
            self._write_template(sheet)
            return
        catalogue = self._catalogue(sheet, options)
        look_through(catalogue, timezone.now())
        if catalogue.state == Catalogue.State.REFUSED:
            raise CommandError(f"{sheet}: {catalogue.why}")
        add_files(catalogue, self._files(options["folder"] or sheet.parent, catalogue))
        look_through(catalogue, timezone.now())
        if catalogue.unused:
            self.stdout.write(f"Columns that mean nothing here: {', '.join(catalogue.unused)}")
        if not options["dry_run"]:
            start(catalogue)
            while go_on(catalogue):
                self._progress(catalogue)
        self._report(catalogue, dry=options["dry_run"])

    def _catalogue(self, sheet: Path, options: dict[str, Any]) -> Catalogue:
        try:
            content = sheet.read_bytes()
        except OSError as error:
            raise CommandError(f"{sheet}: {error.strerror}") from error
        return begin(
            sheet.name, content, user=self._user(options["user"]), at=timezone.now(), fetches=options["fetch"]
        )  # fmt: skip

    def _files(self, folder: Path, catalogue: Catalogue) -> Iterator[tuple[str, File[bytes]]]:
        """The files of the folder whose names stand in the sheet; none that lies elsewhere and is only linked to."""
        if not folder.is_dir():
            raise CommandError(f"{folder}: no such folder")
        cells = (str(row.cells.get("file", "")) for row in catalogue.rows.all())
        wanted = {cell.replace("\\", "/").rpartition("/")[2].casefold() for cell in cells} - {""}
        for count, path in enumerate(sorted(folder.rglob("*"))):
            if count >= MOST_FILES:
                raise CommandError(f"{folder}: more than {MOST_FILES} files")
            if path.name.casefold() in wanted and path.is_file() and not path.is_symlink():
                with path.open("rb") as opened:
                    yield path.relative_to(folder).as_posix(), File(opened)

    def _progress(self, catalogue: Catalogue) -> None:
        waiting, total = catalogue.rows.waiting().count(), catalogue.rows.count()
        if waiting:
            self.stdout.write(f"{total - waiting} of {total}")

    def _report(self, catalogue: Catalogue, *, dry: bool) -> None:
        for row in catalogue.rows.select_related("page"):
            self.stdout.write(f"{row.number}. {_told(row, dry=dry)}: {row.page.title if row.page else row.title}")
            for problem in in_words(row.problems):
                self.stdout.write(f"   - {problem}")
        counts = Counter(_told(row, dry=dry) for row in catalogue.rows.all())
        self.stdout.write("; ".join(f"{count} {told}" for told, count in counts.items()))

    def _write_template(self, sheet: Path) -> None:
        if sheet.exists():
            raise CommandError(f"{sheet} is there already; nothing was written.")
        sheet.write_bytes(csv() if sheet.suffix.lower() == ".csv" else xlsx())
        self.stdout.write(f"Written: {sheet}")

    def _user(self, name: str | None) -> Any:
        if name is None:
            return loader()
        try:
            return get_user_model().objects.get(username=name)
        except get_user_model().DoesNotExist as error:
            raise CommandError(f"There is no user “{name}”.") from error


def _told(row: CatalogueRow, *, dry: bool) -> str:
    match row.state:
        case State.WAITING:
            new = ", ".join(f"new {kind} {name}" for kind, name in row.plan.get("new", []))
            return "would come in" + (f" ({new})" if new else "") if dry else "waits"
        case State.DONE:
            return "brought in"
        case State.HELD:
            return "brought in as a draft, to be looked at"
        case State.HERE:
            return "here already"
    return "has a problem"
