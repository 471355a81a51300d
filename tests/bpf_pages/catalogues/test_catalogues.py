"""Many outputs from a sheet: what each row says comes in once, what it cannot say is told, and nothing else suffers."""

import json
from io import BytesIO, StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from bpf_pages.catalogues import services
from bpf_pages.catalogues.columns import BY_NAME, COLUMNS
from bpf_pages.catalogues.entries import Named, read_entry
from bpf_pages.catalogues.problems import WORDS, Problem, in_words
from bpf_pages.catalogues.template_sheet import csv, xlsx
from bpf_pages.models.catalogue import Catalogue, CatalogueRow
from bpf_pages.models.forum import ForumPage
from bpf_pages.models.imported_file import ImportedFile
from bpf_pages.models.library import MeetingPage
from bpf_pages.models.outcome import OutcomePage
from bpf_pages.models.theme import ThemePage
from core.spreadsheets import read_rows
from editions.models import Edition
from tests.bpf_pages.catalogues.catalogues import ROW, TEXT, begun, brought_in, sheet, told, written, zipped
from tests.bpf_pages.importing import office
from tests.factories import ForumPageFactory, MeetingPageFactory, OutcomePageFactory
from workflow.transitions.models import Process

TODAY = timezone.now().date()
pytestmark = pytest.mark.django_db


def output(**cells: str) -> dict[str, str]:
    return cells


# --- what a row becomes -------------------------------------------------------------------------------------------


def test_recorded_output__is_public_with_its_own_date_people_and_source() -> None:
    catalogue = brought_in(output())
    (row,) = catalogue.rows.all()
    assert (catalogue.state, row.state, row.problems) == ("done", "done", [])
    page = Client().get("/library/2099/tides-and-cables/outcome/")
    text = " ".join(page.content.decode().split())
    assert page.status_code == 200
    for words in ("20 November 2099, in this library since", "Recorded outcome", "Ada Fictiva", "Lamp League",
                  "Cables lie deep in the harbour", 'href="https://example.org/cables"'):  # fmt: skip
        assert words in text
    edition = Edition.objects.get()
    assert edition.metadata["original_date"] == "2099-11-20"
    assert edition.metadata["public_source"] == "https://example.org/cables"
    assert "2099" in Client().get("/library/2099/tides-and-cables/outcome/cite.bib").content.decode()
    assert list(ForumPage.objects.get().themes.values_list("title", flat=True)) == ["Cables"]
    with row.imported.file.open() as kept:
        assert kept.read() == TEXT


def test_row_without_a_state__is_a_draft_that_nobody_sees() -> None:
    brought_in(output(state="", source="", date="", people=""))
    page = OutcomePage.objects.get()
    assert (page.title, page.kind, page.language) == ("What cables need", "outcome", "en")
    assert not Edition.objects.exists()
    assert Client().get("/library/2099/tides-and-cables/outcome/").status_code == 404


def test_second_output_of_a_forum__has_an_address_of_its_own() -> None:
    brought_in(output(), output(title="Annex on lamps", state="recorded draft", file="b.txt"), output(
        title="A summary", kind="summary", file="c.txt"
    ), files={"cables.txt": TEXT, "b.txt": b"Lamps.", "c.txt": b"Short."})  # fmt: skip
    found = {page.slug: page.kind for page in OutcomePage.objects.all()}
    assert found == {"outcome": "outcome", "annex-on-lamps": "draft", "a-summary": "summary"}
    assert ForumPage.objects.count() == 1


def test_title_and_language__may_be_told_by_the_file() -> None:
    html = b"<html lang='fr'><head><title>Les lampes</title></head><body><p>Des lampes.</p></body></html>"
    brought_in(output(title="", language="", file="a.html"), files={"a.html": html})
    page = OutcomePage.objects.get()
    assert (page.title, page.language) == ("Les lampes", "fr")


def test_forum_and_theme__that_are_here_are_found_by_any_of_their_names() -> None:
    meeting = MeetingPageFactory(year=2099)
    ForumPageFactory(
        parent=meeting, title="Cables", slug="cables", code="CABLES", former_titles="Ropes of old\nTides and cables"
    )
    brought_in(output(), output(forum="ropes OF old", title="B", file="b.txt"), output(
        forum="CABLES", title="C", file="c.txt"
    ), files={"cables.txt": TEXT, "b.txt": b"b", "c.txt": b"c"})  # fmt: skip
    assert ForumPage.objects.count() == 1
    assert OutcomePage.objects.count() == 3


def test_summary_of_the_project__is_not_the_output_itself() -> None:
    forum = ForumPageFactory(parent=MeetingPageFactory(year=2099), title="Tides and cables", slug="tides-and-cables")
    OutcomePageFactory(parent=forum, title="What cables need", slug="outcome", is_project_summary=True)
    assert told(brought_in(output())) == [("done", [])]
    assert Client().get(f"/library/2099/{forum.slug}/what-cables-need/").status_code == 200


# --- what does not come in ----------------------------------------------------------------------------------------

WRONG = {
    Problem.YEAR: output(year="1999"),
    Problem.FORUM: output(forum=""),
    Problem.FORUM_NAME: output(forum="!"),
    Problem.THEME_NAME: output(theme="?"),
    Problem.TITLE: output(title="x" * 300),
    Problem.KIND: output(kind="leaflet"),
    Problem.DATE: output(date="04/05/2015"),
    Problem.DATE_AHEAD: output(date="2098-01-01"),
    Problem.LANGUAGE: output(language="Klingon"),
    Problem.STATE: output(state="published"),
    Problem.KIND_OF_STATE: output(kind="draft"),
    Problem.PEOPLE: output(people="x" * 400),
    Problem.SOURCE: output(source=""),
    Problem.SOURCE_LONG: output(source="x" * 1001),
    Problem.NO_FILE: output(file=""),
    Problem.FILE_MISSING: output(file="nowhere.docx"),
    Problem.FILES_ALIKE: output(file="twice.txt"),
}


@pytest.mark.parametrize("problem", WRONG, ids=str)
def test_wrong_row__is_told_before_anything_comes_in_and_keeps_no_other_out(problem: Problem) -> None:
    files = {"cables.txt": TEXT, "a/twice.txt": b"a", "b/twice.txt": b"b"}
    catalogue = begun(WRONG[problem] | output(title=WRONG[problem].get("title", "Wrong")), output(), files=files)
    assert told(catalogue) == [("problem", [problem]), ("waiting", [])]
    (said,) = in_words(catalogue.rows.first().problems)
    assert said
    assert "%s" not in said
    services.start(catalogue)
    services.go_on(catalogue)
    assert told(catalogue) == [("problem", [problem]), ("done", [])]
    assert OutcomePage.objects.count() == 1


def test_every_problem__has_words_for_people() -> None:
    assert set(WORDS) == set(Problem)


def test_same_output_in_two_rows__is_told() -> None:
    assert told(begun(output(), output(title="WHAT cables need"))) == [("waiting", []), ("problem", ["twice"])]


def test_file_that_cannot_be_read__is_told_and_comes_in_once_it_is_replaced() -> None:
    catalogue = brought_in(output(file="a.txt"), files={"a.txt": b"PK\x03\x04 broken"})
    assert told(catalogue) == [("problem", ["unreadable"])]
    assert "cannot be read" in in_words(catalogue.rows.get().problems)[0]
    again = brought_in(output(file="a.txt"), files={"a.txt": TEXT})  # the same sheet is the same catalogue
    assert again == catalogue
    assert told(catalogue) == [("done", [])]


def test_fault_of_ours_in_one_row__lets_the_others_come_in(monkeypatch: pytest.MonkeyPatch) -> None:
    stock = services.read_waiting

    def breaking(imported: ImportedFile) -> None:
        if imported.name == "b.txt":
            raise RuntimeError("fictitious")
        stock(imported)

    monkeypatch.setattr(services, "read_waiting", breaking)
    rows = [output(title=name, file=f"{name}.txt") for name in "abc"]
    files = {f"{name}.txt": name.encode() for name in "abc"}
    catalogue = brought_in(*rows, files=files)
    assert told(catalogue) == [("done", []), ("problem", ["fault"]), ("done", [])]


def test_text_that_a_person_must_compare_first__stays_a_draft() -> None:
    latin = "Lämpchen für Küsten".encode("latin-1")
    catalogue = brought_in(output(file="a.txt"), files={"a.txt": latin})
    assert told(catalogue) == [("held", ["look"])]
    assert not Edition.objects.exists()
    assert OutcomePage.objects.get().original_date == "2099-11-20"


def test_guard_that_refuses_to_record__leaves_the_draft_with_the_reason() -> None:
    """An image without a description may not become public."""
    catalogue = brought_in(output(file="a.txt"), files={"a.txt": office.word_file(office.picture(""))})
    state, problems = told(catalogue)[0]
    assert (state, problems) == ("held", ["not recorded"])
    assert "description" in in_words(catalogue.rows.get().problems)[0]


# --- stopped and begun again --------------------------------------------------------------------------------------


class Killed(BaseException):
    """As a worker is: nothing of ours catches it."""


@pytest.mark.parametrize("at", ["read_waiting", "begin_file", "_place", "take", "record_once"])
def test_run_that_was_killed__goes_on_and_makes_nothing_twice(monkeypatch: pytest.MonkeyPatch, at: str) -> None:
    rows = [output(title=f"Output {n}", file=f"{n}.txt") for n in range(4)]
    catalogue = begun(*rows, files={f"{n}.txt": f"Words {n}.".encode() for n in range(4)})
    stock, calls = getattr(services, at), []

    def dying(*args: object, **given: object) -> object:
        calls.append(args)
        if len(calls) == 3:
            raise Killed
        return stock(*args, **given)

    monkeypatch.setattr(services, at, dying)
    services.start(catalogue)
    with pytest.raises(Killed):
        services.go_on(catalogue)
    assert [state for state, _problems in told(catalogue)] == ["done", "done", "waiting", "waiting"]
    assert not services.free_rows(catalogue, timezone.now()).filter(number=3).exists()  # taken up, and left
    services.start(catalogue)
    services.go_on(catalogue)
    assert told(catalogue) == [("done", [])] * 4
    assert OutcomePage.objects.count() == Edition.objects.count() == Process.objects.count() == 4
    assert ImportedFile.objects.count() == 4
    assert ForumPage.objects.count() == MeetingPage.objects.count() == 1


def test_two_workers_at_once__bring_each_row_in_once() -> None:
    catalogue = begun(output())
    services.start(catalogue)
    first, second = (CatalogueRow.objects.get() for _each in range(2))
    for row in (first, second):
        services._bring_in_or_say(row, services.client_of(1))
    assert OutcomePage.objects.count() == 1


def test_catalogue_whose_worker_is_gone__is_found_by_the_scheduler() -> None:
    catalogue = begun(output())
    services.start(catalogue)
    now = timezone.now()
    assert not services.left_behind(now).exists()
    assert services.left_behind(now + services.CLAIM * 2).get() == catalogue


def test_corrected_sheet__brings_in_what_was_wrong_and_finds_what_is_here() -> None:
    catalogue = brought_in(output(), output(title="B", year="20999", file="b.txt"),
                           files={"cables.txt": TEXT, "b.txt": b"b"})  # fmt: skip
    assert told(catalogue) == [("done", []), ("problem", ["year"])]
    services.replace_sheet(catalogue, "corrected.csv", sheet(output(), output(title="B", file="b.txt")))
    services.look_through(catalogue, timezone.now())
    services.start(catalogue)
    services.go_on(catalogue)
    assert told(catalogue) == [("here", []), ("done", [])]
    assert OutcomePage.objects.count() == 2


def test_corrected_sheet__sent_while_the_first_comes_in__waits_to_be_started(monkeypatch: pytest.MonkeyPatch) -> None:
    catalogue = begun(output(), output(title="B", file="b.txt"), files={"cables.txt": TEXT, "b.txt": b"b"})
    stock = services.read_waiting

    def interrupted(imported: ImportedFile) -> None:
        other = Catalogue.objects.get(pk=catalogue.pk)
        services.replace_sheet(other, "other.csv", sheet(output(title="C")))
        services.look_through(other, timezone.now())
        stock(imported)

    monkeypatch.setattr(services, "read_waiting", interrupted)
    services.start(catalogue)
    services.go_on(catalogue)
    assert told(catalogue) == [("waiting", [])]
    assert catalogue.rows.get().title == "C"
    assert not OutcomePage.objects.exists()


# --- sheets -------------------------------------------------------------------------------------------------------

JSON = json.dumps({"outputs": [{
    "year": 2099, "forum": "Tides and cables", "original date": "2099-11", "state": "recorded final",
    "source address": "https://example.org/", "file": "cables.txt",
    "people": [{"name": "Ada Fictiva", "role": "Facilitator", "organisation": "Lamp League"}, "Bo Fictivo"],
}]}).encode()  # fmt: skip


def test_sheet_in_json__says_the_same() -> None:
    cells = read_rows("a.json", JSON, job=services.SHEET_JOB)
    assert dict(zip(*cells, strict=True))["people"] == "Facilitator: Ada Fictiva (Lamp League); Bo Fictivo"
    catalogue = services.begin("a.json", JSON, user=None, at=timezone.now())
    services.look_through(catalogue, timezone.now())
    entry, problems = read_entry(catalogue.rows.get().cells, TODAY)
    assert not problems
    assert entry.people == (Named("Ada Fictiva", "Facilitator", "Lamp League"), Named("Bo Fictivo"))
    assert entry.date == "2099-11"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"Title,File\nx,y\n", "Not found: Year, Forum"),
        (b"", "Not found"),
        (b"Year,Forum\n", "no row below"),
        (b"PK\x03\x04 broken", "not a sheet"),
        (b'{"a": [1]}', "not a sheet"),
        (b"[" * 100_000, "not a sheet"),
        (b"Year,Forum\n" + b"2099,x\n" * 5_001, "more than 5000 rows"),
    ],
)
def test_sheet_that_is_none__is_refused_in_words(content: bytes, said: str) -> None:
    catalogue = services.begin("a.csv", content, user=None, at=timezone.now())
    services.look_through(catalogue, timezone.now())
    assert catalogue.state == Catalogue.State.REFUSED
    assert said in catalogue.why


@pytest.mark.parametrize(
    ("typed", "iso"),
    [("2015", "2015"), ("2015-11", "2015-11"), ("2015-11-20", "2015-11-20"), ("20.11.2015", "2015-11-20"),
     ("1. 2. 2015", "2015-02-01"), ("2015-11-20 00:00:00", "2015-11-20"), ("2015-1-2", "2015-01-02"),
     ("20/11/2015", "2015-11-20"), ("11/20/2015", "2015-11-20"), ("42328", "2015-11-20"), ("04/05/2015", ""),
     ("2015-02-30", ""), ("20000", ""), ("13/13/2015", ""), ("November", ""), ("2015-13", "")],
)  # fmt: skip
def test_date__as_a_sheet_may_write_it(typed: str, iso: str) -> None:
    entry, problems = read_entry(ROW | {"date": typed}, TODAY)
    assert entry.date == iso
    assert [problem for problem, _detail in problems] == ([] if iso else [Problem.DATE])


def test_year__of_a_cell_that_is_a_day__is_that_of_the_day() -> None:
    assert read_entry(ROW | {"year": "2099-11-20"}, TODAY)[0].year == 2099


@given(st.fixed_dictionaries({name: st.text(max_size=40) for name in BY_NAME}))
def test_any_row__is_an_entry_or_its_problems_are_named(cells: dict[str, str]) -> None:
    entry, problems = read_entry(cells, TODAY)
    assert problems or (entry.year and entry.forum)
    assert all(in_words([[str(problem), detail] for problem, detail in problems]))


def test_template__explains_each_column_and_is_itself_a_sheet_that_comes_in() -> None:
    book = load_workbook(BytesIO(xlsx()))
    assert [row[0].value for row in book["Columns"].iter_rows(min_row=2)] == [column.heading for column in COLUMNS]
    assert all(row[1].value for row in book["Columns"].iter_rows(min_row=2))
    assert book["Outputs"]["A2"].value == 2099
    for name, content in (("a.xlsx", xlsx()), ("a.csv", csv())):
        catalogue = services.begin(name, content, user=None, at=timezone.now())
        services.look_through(catalogue, timezone.now())
        assert told(catalogue) == [("problem", ["file missing"])]
        assert catalogue.unused == []


def test_archive__is_unpacked_with_its_folders_and_without_what_a_mac_adds() -> None:
    names = {"2099/tides.txt": b"Tides.", "__MACOSX/2099/._tides.txt": b"x", "2099/é.txt": b"e", ".DS_Store": b"x"}
    rows = [output(title="Tides", file="2099\\TIDES.txt"), output(title="E", file="e\u0301.txt")]
    catalogue = brought_in(*rows, files={"all.zip": zipped(names)})
    assert told(catalogue) == [("done", []), ("done", [])]
    assert sorted(catalogue.files.values_list("name", flat=True)) == ["2099/tides.txt", "2099/é.txt"]


@pytest.mark.parametrize("content", [b"PK\x03\x04 cut", zipped({"a.txt": b"0" * 30_000_000})], ids=["cut", "bomb"])
def test_archive_that_cannot_be_unpacked__is_told_and_costs_little(content: bytes) -> None:
    catalogue = begun(output(file="a.txt"), files={"all.zip": content})
    assert "cannot be read" in catalogue.files.get().detail
    assert told(catalogue) == [("problem", ["file missing"])]


# --- the command --------------------------------------------------------------------------------------------------


def run(*args: object) -> str:
    out = StringIO()
    call_command("import_catalogue", *map(str, args), stdout=out)
    return out.getvalue()


def test_command__says_row_by_row_what_it_would_do_and_then_does_it_once(tmp_path) -> None:
    rows = [output(file="reports/cables.txt"), output(title="Lost", file="lost.txt")]
    path = written(tmp_path, rows, {"reports/cables.txt": TEXT})
    said = run(path, "--dry-run")
    assert "1. would come in (new year 2099, new forum Tides and cables, new theme Cables): What cables need" in said
    assert "2. has a problem: Lost\n   - “lost.txt” is not among the files" in said
    assert not MeetingPage.objects.exists()
    said = run(path, tmp_path)
    assert "1. brought in: What cables need" in said
    assert "1 brought in; 1 has a problem" in said
    (tmp_path / "lost.txt").write_bytes(b"Found again.")
    assert "2 brought in" in run(path)
    run(path)
    assert OutcomePage.objects.count() == 2
    path.write_bytes(path.read_bytes() + b"\r\n")  # another sheet to the byte, and the same outputs
    assert "2 here already" in run(path)
    assert ThemePage.objects.count() == ForumPage.objects.count() == 1


def test_command__takes_no_file_that_is_only_linked_to(tmp_path) -> None:
    (tmp_path / "secret").write_text("Secret words of 2099.")
    folder = tmp_path / "sheets"
    folder.mkdir()
    (folder / "cables.txt").symlink_to(tmp_path / "secret")
    assert "is not among the files" in run(written(folder, [output()], {}))


def test_command__writes_the_template_and_nothing_over_what_is_there(tmp_path) -> None:
    path = tmp_path / "t.xlsx"
    run(path, "--template")
    assert path.read_bytes()[:2] == b"PK"
    with pytest.raises(CommandError, match="there already"):
        run(path, "--template")
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "none.csv")
