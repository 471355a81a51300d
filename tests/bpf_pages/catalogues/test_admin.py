"""Catalogues in the admin: upload, see the dry run, start, watch, put right, go on. Without JavaScript."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from bpf_pages.models.catalogue import Catalogue
from bpf_pages.models.outcome import OutcomePage
from tests.bpf_pages.catalogues.catalogues import TEXT, begun, brought_in, sheet, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client, people):
    client.force_login(people["secretariat"])
    return client


def uploads(**files: bytes) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name.replace("_", "."), content) for name, content in files.items()]


def page_of(client, catalogue, **query) -> str:
    answer = client.get(reverse("bpf_pages_admin:catalogue", args=[catalogue.pk]), query)
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def send(client, *rows, files=(), **more) -> Catalogue:
    sent = {"sheet": SimpleUploadedFile("outputs.csv", sheet(*rows)), "documents": list(files)} | more
    answer = client.post(reverse("bpf_pages_admin:catalogues"), sent)
    assert answer.status_code == 302, answer.content.decode()
    return Catalogue.objects.get()


def test_sheet_and_files__are_checked_started_and_brought_in(desk) -> None:
    rows = [{}, {"title": "Lost", "file": "lost.txt"}, {"title": "Wrong", "year": "1850"}]
    catalogue = send(desk, *rows, files=uploads(cables_txt=TEXT))
    text = page_of(desk, catalogue)
    assert "Bring in 1 output" in text
    assert "2099: Tides and cables" in text
    assert re.search(r"“lost.txt” is not among the files.*?href=\"#files\"", text)
    assert re.search(r"“1850” is no year.*?href=\"#sheet\"", text)
    assert not OutcomePage.objects.exists()
    desk.post(
        reverse("bpf_pages_admin:catalogue_files", args=[catalogue.pk]), {"documents": uploads(lost_txt=b"Found.")}
    )
    assert "Bring in 2 outputs" in page_of(desk, catalogue)
    desk.post(reverse("bpf_pages_admin:start_catalogue", args=[catalogue.pk]))
    assert [state for state, _problems in told(catalogue)] == ["done", "done", "problem"]
    text = page_of(desk, catalogue)
    originals = re.findall(r"/admin/import/file/\d+/original/", text)
    assert [b"".join(desk.get(each).streaming_content) for each in originals] == [TEXT, b"Found."]
    fixed = SimpleUploadedFile("fixed.csv", sheet(*rows[:2], {"title": "Wrong", "file": "cables.txt"}))
    desk.post(reverse("bpf_pages_admin:catalogue_sheet", args=[catalogue.pk]), {"sheet": fixed})
    assert [state for state, _problems in told(catalogue)] == ["here", "here", "here"]  # by its very file
    assert OutcomePage.objects.count() == 2


def test_request__reads_no_foreign_file_itself(desk, settings, django_capture_on_commit_callbacks) -> None:
    settings.FILES_BY_WORKER = True
    with django_capture_on_commit_callbacks(execute=True):
        catalogue = send(desk, {}, files=uploads(cables_txt=TEXT))
    assert catalogue.state == "waiting"
    own = DBTaskResult.objects.filter(task_path__startswith="bpf_pages.catalogues.")
    assert own.get().task_path == "bpf_pages.catalogues.tasks.check_catalogue"
    assert "is being checked" in page_of(desk, catalogue)


def test_running__shows_how_far_it_is_and_how_to_go_on(desk) -> None:
    catalogue = begun({}, {"title": "B", "file": "b.txt"}, files={"cables.txt": TEXT, "b.txt": b"b"})
    Catalogue.objects.update(state="running")
    catalogue.rows.filter(number=1).update(state="done")
    text = page_of(desk, catalogue)
    assert '<progress max="2" value="1">' in text
    assert "1 / 2" in text
    assert "Go on" in text


def test_held_drafts__are_recorded_with_the_source_and_date_of_each_row(desk) -> None:
    catalogue = brought_in({"file": "a.txt"}, files={"a.txt": "Lämpchen für Küsten".encode("latin-1")})
    text = page_of(desk, catalogue)
    address = re.search(r'href="(/admin/workflow/bulk/[^"]+)"', text)[1].replace("&amp;", "&")
    form = desk.get(address).content.decode()
    assert 'value="https://example.org/cables"' in form
    assert 'value="2099-11-20"' in form


def test_rows__can_be_looked_at_by_what_became_of_them(desk) -> None:
    catalogue = begun({}, {"title": "Lost", "file": "lost.txt"})
    text = page_of(desk, catalogue, state="problem")
    assert "Lost" in text
    assert "What cables need" not in text
    assert "What cables need" in page_of(desk, catalogue, state="nonsense", page="x")


def test_sheet_that_is_none__says_what_is_missing_and_where_to_send_another(desk) -> None:
    wrong = SimpleUploadedFile("notes.csv", b"Name;Remark\nx;y\n")
    desk.post(reverse("bpf_pages_admin:catalogues"), {"sheet": wrong})
    text = page_of(desk, Catalogue.objects.get())
    assert "Not found: Year, Forum" in text
    fixed = SimpleUploadedFile("fixed.csv", sheet({}))
    desk.post(reverse("bpf_pages_admin:catalogue_sheet", args=[Catalogue.objects.get().pk]), {"sheet": fixed})
    assert told(Catalogue.objects.get()) == [("problem", ["file missing"])]


@pytest.mark.parametrize(
    "sent", [{}, {"sheet": SimpleUploadedFile("a.csv", b"x" * (10 * 1024 * 1024 + 1))}], ids=["nothing", "too large"]
)
def test_upload_without_a_sheet__is_refused_in_words(desk, sent) -> None:
    answer = desk.post(reverse("bpf_pages_admin:catalogues"), sent)
    assert answer.status_code == 422
    assert re.search("This field is required|larger than 10 MB", answer.content.decode())


def test_templates__are_downloaded(desk) -> None:
    assert desk.get(reverse("bpf_pages_admin:catalogue_template")).content[:2] == b"PK"
    assert "Source address" in desk.get(reverse("bpf_pages_admin:catalogue_template_csv")).content.decode()


def test_words_of_a_sheet__never_become_markup(desk) -> None:
    catalogue = begun({"title": "<script>alert(1)</script>", "forum": "<b>x</b>", "file": "<i>.txt"})
    text = page_of(desk, catalogue)
    assert "<script>alert" not in text
    assert "&lt;script&gt;" in text
    assert "<i>.txt" not in text
