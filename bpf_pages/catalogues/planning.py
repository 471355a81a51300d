"""The dry run: what each row of a catalogue would make here, or why it would not. Reads the tree, writes rows alone."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from bpf_pages.catalogues.entries import Entry, read_entry, slug_of
from bpf_pages.catalogues.problems import Problem
from bpf_pages.models.catalogue import Catalogue, CatalogueFile, CatalogueRow
from bpf_pages.models.fields import lines_of
from bpf_pages.models.forum import ForumPage
from bpf_pages.models.imported_file import ImportedFile
from bpf_pages.models.library import MeetingPage
from bpf_pages.models.outcome import OutcomePage
from bpf_pages.models.theme import ThemePage

State = CatalogueRow.State
SETTLED = frozenset({State.DONE, State.HELD})


@dataclass
class Planner:
    """Judges the rows of one catalogue. It looks up each thing once, so it is made anew for each run."""

    catalogue: Catalogue
    today: date
    forums: dict[int, list[ForumPage]] = field(default_factory=dict)
    rows_by_output: dict[Any, int] = field(default_factory=dict)

    def judge(self, row: CatalogueRow) -> Entry:
        """Set state, problems and plan of a row that nothing has come of yet. Saves nothing."""
        entry, problems = read_entry(row.cells, self.today)
        row.problems, row.plan, row.page = [], {}, None
        forum = self.forum(entry) if entry.year and entry.forum else None
        problems += self._twice(row, entry)
        if not problems and forum and (here := already_here(forum, entry, self._digest(entry))):
            row.state, row.page = State.HERE, here
            return entry
        problems += self._file_problems(entry)
        row.problems = [[str(problem), detail] for problem, detail in problems]
        row.state = State.PROBLEM if problems else State.WAITING
        row.plan = self._plan(entry, forum)
        return entry

    def notes(self, row: CatalogueRow) -> None:
        """That a row is brought in: one further down that says the same is told so."""
        self._twice(row, read_entry(row.cells, self.today)[0])

    def forum(self, entry: Entry) -> ForumPage | None:
        if entry.year not in self.forums:
            self.forums[entry.year] = forums_of(entry.year)
        return forum_called(entry.forum, self.forums[entry.year])

    def file(self, name: str) -> list[CatalogueFile]:
        """The files that a cell may mean: that of this path, else those of this name in whatever folder."""
        wanted = _alike(name)
        exact = [file for file in self.files if _alike(file.name) == wanted]
        return exact[:1] or [file for file in self.files if _last(_alike(file.name)) == _last(wanted)]

    @cached_property
    def files(self) -> list[CatalogueFile]:
        return list(self.catalogue.files.filter(asked="").exclude(file=""))

    @cached_property
    def themes(self) -> list[ThemePage]:
        return list(ThemePage.objects.order_by("pk"))

    def theme(self, name: str) -> ThemePage | None:
        called = (name.casefold(), slug_of(name))
        return next(
            (each for each in self.themes if each.title.casefold() == called[0] or each.slug == called[1]), None
        )

    def _forums(self, year: int) -> list[ForumPage]:
        if year not in self.forums:
            meeting = MeetingPage.objects.filter(year=year).first()
            self.forums[year] = list(ForumPage.objects.child_of(meeting).order_by("pk")) if meeting else []
        return self.forums[year]

    def _twice(self, row: CatalogueRow, entry: Entry) -> list[tuple[Problem, str]]:
        if not entry.title:
            return []
        output = (entry.year, slug_of(entry.forum), entry.title.casefold(), entry.language)
        first = self.rows_by_output.setdefault(output, row.number)
        return [(Problem.TWICE, str(first))] if first != row.number else []

    def _file_problems(self, entry: Entry) -> list[tuple[Problem, str]]:
        if entry.file:
            found = self.file(entry.file)
            if len(found) > 1:
                return [(Problem.FILES_ALIKE, entry.file)]
            return [] if found else [(Problem.FILE_MISSING, entry.file)]
        if not self.catalogue.fetches:
            return [(Problem.NO_FILE, "")]
        return [] if entry.address else [(Problem.ADDRESS, entry.source)]

    def _digest(self, entry: Entry) -> str:
        found = self.file(entry.file) if entry.file else []
        return found[0].sha256 if len(found) == 1 else ""

    def _plan(self, entry: Entry, forum: ForumPage | None) -> dict[str, Any]:
        """new: what would be made above the document. summary: address of what this project wrote about the output."""
        new = []
        if entry.year and not MeetingPage.objects.filter(year=entry.year).exists():
            new.append(["year", str(entry.year)])
        if entry.forum and forum is None:
            new.append(["forum", entry.forum])
        if entry.theme and theme_called(entry.theme, self.themes) is None:
            new.append(["theme", entry.theme])
        return {"new": new, "fetch": "" if entry.file else entry.address, "recorded": entry.is_recorded}


def forums_of(year: int) -> list[ForumPage]:
    meeting = MeetingPage.objects.filter(year=year).first()
    return list(ForumPage.objects.child_of(meeting).order_by("pk")) if meeting else []


def all_themes() -> list[ThemePage]:
    return list(ThemePage.objects.order_by("pk"))


def forum_called(name: str, forums: Iterable[ForumPage]) -> ForumPage | None:
    """By its title of today or of former days, its code, or the last part of its address."""
    return next((forum for forum in forums if _is_called(forum, name)), None)


def theme_called(name: str, themes: Iterable[ThemePage]) -> ThemePage | None:
    called, slug = name.casefold(), slug_of(name)
    return next((each for each in themes if each.title.casefold() == called or each.slug == slug), None)


def already_here(forum: ForumPage, entry: Entry, digest: str) -> OutcomePage | None:
    """A document of the forum with this title and language, or made of this very file. A summary that the library's
    project wrote about the output is not the output."""
    own = OutcomePage.objects.child_of(forum).filter(is_project_summary=False)
    for page in own if entry.title else ():
        if page.title.casefold() == entry.title.casefold() and entry.language in ("", page.language):
            return page
    taken = ImportedFile.objects.filter(forum=forum, sha256=digest, state=ImportedFile.State.TAKEN, replaces=False)
    known = taken.exclude(page=None).select_related("page").first() if digest else None
    return known.page if known else None


def plan_rows(catalogue: Catalogue, today: date) -> None:
    """Judge every row that has no document yet, and keep what was found. A row that a worker brings in meanwhile is
    left as the worker says."""
    planner = Planner(catalogue, today)
    for row in catalogue.rows.all():
        before = row.state
        if before in SETTLED and row.page_id:
            planner.notes(row)
            continue
        planner.judge(row)
        found = {name: getattr(row, name) for name in ("state", "problems", "plan", "page")}
        CatalogueRow.objects.filter(pk=row.pk, state=before).update(**found)


def _is_called(forum: ForumPage, name: str) -> bool:
    called = [forum.title, forum.slug, forum.code, forum.title_as_set, *lines_of(forum.former_titles)]
    return name.casefold() in {each.casefold() for each in called} or slug_of(name) == forum.slug


def _alike(name: str) -> str:
    """Names of files as people mean them: é is one letter or two, folders are parted either way, case says nothing."""
    return unicodedata.normalize("NFC", name).replace("\\", "/").strip("./ ").casefold()


def _last(path: str) -> str:
    return path.rpartition("/")[2]
