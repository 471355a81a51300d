"""A draft from a foreign file: every word arrives or is told, nothing is in the document before a person says so."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import slugify
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st
from wagtail.images import get_image_model

from bpf_pages.importing import services
from bpf_pages.importing.foreign_files import DOUBTS, REASONS, REFUSALS, read
from bpf_pages.importing.originals import attach_original
from bpf_pages.importing.services import NOTES, begin, read_waiting, take, told
from bpf_pages.importing.source_locations import PLACES, said_place
from bpf_pages.models.imported_file import ImportedFile
from bpf_pages.models.outcome import OutcomePage
from editions.document.identifiers import code_from, numbered_slug
from editions.document.passages import passages
from editions.models import Edition
from formats.docx.ledger_words import PLACES as docx_places
from formats.draft import Doubt, NoteKind, Reason, Unreadable
from formats.odt.ledger_words import _ASIDE as odt_places
from formats.rtf.ledger_words import _PLACES as rtf_places
from tests.bpf_pages.importing import office
from tests.workflow.moves import brought_to
from workflow.states import State
from workflow.transitions.services import perform, process_of


def word_document(*more: str) -> bytes:
    return office.word_file(
        office.paragraph(office.run("Tides and cables"), properties='<w:pStyle w:val="Title"/>'),
        office.paragraph(office.run("Cables lie "), office.run("deep", "<w:b/>"), office.footnote_mark(2)),
        office.heading(2, "What was seen"),
        office.item("first"),
        office.item("second"),
        office.table(("Place", "Depth"), ("North", "40 m")),
        *more,
        footnotes={2: "By the harbour's own measure."},
    )


def waiting(people, name: str, content: bytes, **given) -> ImportedFile:
    imported = begin(people.forum, name, content, user=given.pop("user", None), at=timezone.now(), **given)
    read_waiting(imported)
    return imported


def brought_in(people, name: str, content: bytes, **given) -> OutcomePage:
    imported = waiting(people, name, content, **given)
    return take(imported, user=imported.by, at=timezone.now())


def texts(page) -> list[str]:
    return [passage.text for passage in passages(page.as_document())]


def test_everything_a_reader_may_say__has_words_for_people() -> None:
    assert set(DOUBTS) == set(Doubt)
    assert set(REASONS) == set(Reason)
    assert set(REFUSALS) == set(Unreadable)
    assert set(NOTES) == set(NoteKind)


def test_places_of_a_file__are_said_in_the_language_of_the_page() -> None:
    from_readers = {*docx_places.values(), *rtf_places.values(), *odt_places.values()}
    assert not from_readers - set(PLACES)
    with translation.override("ar"):
        assert (said_place("page 3"), said_place("footnotes"), said_place("Annex 7")) == ("صفحة 3", "حواشٍ", "Annex 7")


# --- into the tree ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_imported_document__is_a_draft_that_nobody_sees(people, client) -> None:
    file = word_document(office.picture("A cable"))
    page = OutcomePage.objects.get(pk=brought_in(people, "tides.docx", file, user=people["rapporteur"]).pk)
    assert (page.title, page.slug, page.live) == ("Tides and cables", "tides-and-cables", False)
    assert process_of(page).state == State.DRAFTING
    assert not Edition.objects.exists()
    assert client.get(f"/library/2099/{people.forum.slug}/tides-and-cables/").status_code == 404
    said = texts(page)
    assert said == [
        "Cables lie deep", "What was seen", "first", "second", "Place | Depth", "North | 40 m", *said[6:-1],
        "By the harbour's own measure.",
    ]  # fmt: skip
    assert page.latest_revision.user == people["rapporteur"]


@pytest.mark.django_db
def test_the_original_and_the_ledger__are_kept_with_the_document(people) -> None:
    content = word_document()
    page = brought_in(people, "tides.docx", content, user=people["rapporteur"])
    (kept,) = page.imported_files.all()
    assert (kept.name, kept.size, kept.state) == ("tides.docx", len(content), ImportedFile.State.TAKEN)
    with kept.file.open() as file:
        assert file.read() == content
    ledger = kept.ledger
    assert ledger["unaccounted_words"] == 0
    assert ledger["words"] == ledger["kept"] + ledger["moved"] + sum(ledger["left_out"].values())


@pytest.mark.django_db
def test_the_same_image_twice__is_kept_once(people) -> None:
    file = office.word_file(office.picture("One"), office.picture("Two"))
    brought_in(people, "a.docx", file)
    brought_in(people, "a.docx", file)
    assert get_image_model().objects.count() == 1
    assert sorted(OutcomePage.objects.values_list("slug", flat=True)) == ["document", "document-2"]


@pytest.mark.django_db
def test_bytes_that_are_no_image__are_left_out_and_told(people) -> None:
    html = b'<p>x</p><img alt="A &lt;b&gt; chart" src="data:image/png;base64,bm8gaW1hZ2U=">'
    imported = waiting(people, "a.html", html)
    assert any("cannot be read" in remark for remark in told(imported))
    assert texts(take(imported, user=None, at=timezone.now())) == ["x", "A <b> chart"]


@pytest.mark.django_db
def test_pictures_for_which_no_time_is_left__are_told_and_their_place_is_kept(people, monkeypatch) -> None:
    monkeypatch.setattr("bpf_pages.importing.services.MOST_SECONDS", -1)
    imported = waiting(people, "a.docx", office.word_file(office.picture("A cable"), office.paragraph(office.run("x"))))
    assert not get_image_model().objects.exists()
    assert any("A cable" in remark and "cannot be read" in remark for remark in told(imported))
    assert texts(take(imported, user=None, at=timezone.now())) == ["A cable", "x"]


@pytest.mark.django_db
def test_a_text_put_in_place_of_another__leaves_the_former_one_in_the_history(people) -> None:
    page = brought_in(people, "a.txt", b"Former words")
    brought_in(people, "b.txt", b"Later words", user=people["rapporteur"], page=page)
    stored = OutcomePage.objects.get(pk=page.pk)
    revisions = [revision.as_object() for revision in stored.revisions.order_by("created_at")]
    assert [texts(each) for each in revisions] == [["Former words"], ["Later words"]]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("title", "kept", "said"),
    [("", "Introduction", ["B"]), ("Something else", "Something else", ["Introduction", "B"])],
)
def test_a_typed_title__leaves_the_first_heading_in_the_text(people, title, kept, said) -> None:
    page = brought_in(
        people, "a.docx", office.word_file(office.heading(1, "Introduction"), office.heading(2, "B")), title=title
    )
    assert page.title == kept
    assert texts(page) == said


@pytest.mark.django_db
@pytest.mark.parametrize(("title", "slug"), [("Лучшие практики", "luchshie-praktiki"), ("最佳实践", "zuijiashijian")])
def test_a_title_in_other_letters__gives_an_address_one_can_read(people, title, slug) -> None:
    assert brought_in(people, "a.txt", b"x", title=title).slug == slug


@pytest.mark.django_db
def test_notes_of_reviewers__are_taken_along_only_if_asked(people) -> None:
    changed = office.paragraph(office.run("We "), office.deleted("must"), office.inserted("should"), office.run(" ask"))
    for with_notes in (False, True):
        imported = waiting(people, "a.docx", office.word_file(changed), user=people["rapporteur"])
        page = take(imported, user=people["rapporteur"], at=timezone.now(), with_notes=with_notes)
        assert texts(page) == ["We should ask"]
        notes = [comment.text for comment in page.get_latest_revision_as_object().wagtail_admin_comments.all()]
        assert [note.split("\n")[0] for note in notes] == (["Deleted: must", "Inserted: should"] if with_notes else [])


# --- read by the worker -------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_a_file__is_read_by_the_worker_and_once(people, client, settings) -> None:
    settings.FILES_BY_WORKER = True
    client.force_login(people["rapporteur"])
    address = reverse("bpf_pages_admin:import_document", args=[people.forum.pk])
    page = client.post(address, {"file": upload(), "language": "en"}, follow=True).content.decode()
    assert "The file is being read" in page
    assert "Look again" in page
    (task,) = DBTaskResult.objects.filter(task_path="bpf_pages.importing.tasks.read_file")
    imported = ImportedFile.objects.get()
    assert task.args_kwargs["args"] == [imported.pk]
    for _again in range(2):
        read_waiting(imported)
    assert ImportedFile.objects.get().state == ImportedFile.State.READ
    assert not OutcomePage.objects.exists()


@pytest.mark.django_db
def test_a_file__is_read_outside_the_write_transaction(people, monkeypatch) -> None:
    """Who reads a file while holding the right to write stops everybody else's writing."""
    inside = []

    def watched(name, content):
        inside.append(len(connection.savepoint_ids))
        return read(name, content)

    monkeypatch.setattr(services, "read", watched)
    depth = len(connection.savepoint_ids)
    brought_in(people, "a.html", b"<p>One.</p>", title="Lamps")
    assert inside == [depth]


@pytest.mark.django_db
def test_taken_twice__is_refused_and_makes_one_document(people) -> None:
    imported = waiting(people, "a.txt", b"Words")
    take(imported, user=None, at=timezone.now())
    with pytest.raises(ValidationError, match="already"):
        take(imported, user=None, at=timezone.now())
    assert OutcomePage.objects.count() == 1


# --- by a person --------------------------------------------------------------------------------------------------


def upload(name: str = "tides.docx", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if content is not None else word_document())


@pytest.mark.django_db
def test_a_rapporteur__looks_at_what_was_read_and_lands_in_the_editor(people, client) -> None:
    client.force_login(people["rapporteur"])
    explorer = client.get(reverse("wagtailadmin_explore", args=[people.forum.pk])).content.decode()
    address = re.search(r'href="(/admin/import/forum/\d+/)"', explorer)[1]
    looked = client.post(address, {"file": upload(), "language": "en"}, follow=True).content.decode()
    assert "Every word of the file is in the draft" in looked
    assert not OutcomePage.objects.exists()
    response = client.post(re.search(r'action="(/admin/import/file/\d+/take/)"', looked)[1], follow=True)
    page = OutcomePage.objects.get()
    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    text = response.content.decode()
    assert "6 numbered paragraphs" in text
    assert "Import text from a file" in text
    kept = client.get(re.search(r'href="(/admin/import/file/\d+/)"', text)[1]).content.decode()
    assert "tides.docx" in kept
    assert "take/" not in kept


@pytest.mark.django_db
def test_what_was_left_out__is_shown_with_the_reason_and_escaped(people, client) -> None:
    client.force_login(people["rapporteur"])
    hidden = office.paragraph(office.run("<b>secret</b> words", "<w:vanish/>"), office.run("Seen"))
    address = reverse("bpf_pages_admin:import_document", args=[people.forum.pk])
    file = upload("h.docx", office.word_file(hidden))
    text = client.post(address, {"file": file, "language": "en"}, follow=True).content.decode()
    assert "hidden text" in text
    assert "&lt;b&gt;secret&lt;/b&gt; words" in text
    assert "<b>secret" not in text


@pytest.mark.django_db
def test_thrown_away__leaves_nothing(people, client) -> None:
    imported = waiting(people, "a.txt", b"Words")
    client.force_login(people["rapporteur"])
    assert client.get(reverse("bpf_pages_admin:throw_away", args=[imported.pk])).status_code == 405
    client.post(reverse("bpf_pages_admin:throw_away", args=[imported.pk]))
    assert not ImportedFile.objects.exists()
    assert not OutcomePage.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({}, "This field is required"),
        ({"file": ("a.txt", b"x"), "slug": "No Slug"}, "small letters"),
        ({"file": ("a.txt", b"x"), "slug": "taken"}, "has this slug already"),
    ],
)
def test_what_cannot_be_begun__is_said_at_its_field(people, client, values, said) -> None:
    brought_in(people, "taken.txt", b"x")
    client.force_login(people["facilitator"])
    files = {name: upload(*value) if isinstance(value, tuple) else value for name, value in values.items()}
    address = reverse("bpf_pages_admin:import_document", args=[people.forum.pk])
    response = client.post(address, {"language": "en", **files})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert ImportedFile.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.xlsx", b"PK\x03\x04x", "cannot be read"),
        ("a.exe", b"MZ\0\0", "Files of this kind cannot be read"),
        ("a.docx", b"PK\x05\x06" + bytes(18), "cannot be read"),
    ],
)
def test_what_cannot_be_read__says_why_and_what_to_do(people, client, name, content, said) -> None:
    client.force_login(people["facilitator"])
    address = reverse("bpf_pages_admin:import_document", args=[people.forum.pk])
    text = client.post(address, {"file": upload(name, content), "language": "en"}, follow=True).content.decode()
    assert said in text
    assert "Choose another file" in text
    assert "/take/" not in text


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["nobody", "other_facilitator", "other_rapporteur"])
def test_people_without_a_role_in_the_forum__bring_nothing_in_and_see_nothing(people, client, role) -> None:
    page = brought_in(people, "a.txt", b"Words")
    imported = waiting(people, "b.txt", b"Other")
    client.force_login(people[role])
    for name, key in (("import_document", people.forum.pk), ("import_text", page.pk)):
        address = reverse(f"bpf_pages_admin:{name}", args=[key])
        assert client.post(address, {"file": upload(), "language": "en"}).status_code == 302
    for name in ("imported", "original"):
        assert client.get(reverse(f"bpf_pages_admin:{name}", args=[imported.pk])).status_code == 302
    for name in ("choose", "take", "throw_away"):
        assert client.post(reverse(f"bpf_pages_admin:{name}", args=[imported.pk])).status_code == 302
    assert ImportedFile.objects.get(pk=imported.pk).state == ImportedFile.State.READ
    assert OutcomePage.objects.count() == 1
    assert page.revisions.count() == 1


@pytest.mark.django_db
def test_the_original__is_handed_to_editors_as_it_came(people, client) -> None:
    content = word_document()
    imported = waiting(people, "tides.docx", content)
    client.force_login(people["rapporteur"])
    response = client.get(reverse("bpf_pages_admin:original", args=[imported.pk]))
    assert b"".join(response.streaming_content) == content
    assert response["Content-Disposition"] == 'attachment; filename="tides.docx"'
    assert response["X-Content-Type-Options"] == "nosniff"


def published(page, people) -> OutcomePage:
    """Recorded as final, as an output that was adopted elsewhere."""
    asked = {"public_source": "https://example.org/2099/report", "reason": "Fictitious"}
    perform(process_of(page), "record", people["secretariat"], at=timezone.now(), data=asked)
    return page


@pytest.mark.django_db
def test_the_original_of_a_published_document__is_offered_to_readers_as_it_came(people, client) -> None:
    content = office.word_file(office.paragraph(office.run("Tides of 2099")))
    imported = waiting(people, "tides.docx", content, user=people["facilitator"])
    client.force_login(people["facilitator"])
    looked = client.get(reverse("bpf_pages_admin:imported", args=[imported.pk])).content.decode()
    assert 'name="show_original" checked' in looked
    client.post(reverse("bpf_pages_admin:take", args=[imported.pk]), {"show_original": "on"})
    client.logout()
    page = OutcomePage.objects.get()
    address = f"/library/2099/{people.forum.slug}/{page.slug}/"
    assert client.get(f"{address}attachments/1/").status_code == 404
    published(page, people)
    text = client.get(address).content.decode()
    assert "The document as published" in text
    assert "tides.docx" in text
    assert imported.sha256 in text
    answer = client.get(f"{address}attachments/1/")
    assert answer.getvalue() == content
    assert answer["Content-Disposition"] == 'attachment; filename="tides.docx"'


@pytest.mark.django_db
@pytest.mark.parametrize(("role", "asked"), [("facilitator", {}), ("rapporteur", {"show_original": "on"})])
def test_an_original__is_not_shown_where_nobody_who_may_asked_for_it(people, client, role, asked) -> None:
    """A rapporteur does not answer for what the public sees of files."""
    imported = waiting(people, "a.html", b"<p>Tides of 2099</p>", user=people[role])
    client.force_login(people[role])
    client.post(reverse("bpf_pages_admin:take", args=[imported.pk]), asked)
    client.logout()
    page = published(OutcomePage.objects.get(), people)
    address = f"/library/2099/{people.forum.slug}/{page.slug}/"
    assert "The document as published" not in client.get(address).content.decode()
    (kept,) = process_of(page).attachments.all()
    assert (kept.is_original, kept.is_public, kept.newest.content_type) == (True, False, "application/octet-stream")
    assert client.get(f"{address}attachments/1/").status_code == 404


@pytest.mark.django_db
def test_a_file_with_remarks_of_reviewers__is_offered_to_readers_only_if_somebody_ticks_it(people, client) -> None:
    hidden = office.paragraph(office.run("not meant for readers", "<w:vanish/>"), office.run("Seen"))
    imported = waiting(people, "h.docx", office.word_file(hidden))
    client.force_login(people["facilitator"])
    looked = client.get(reverse("bpf_pages_admin:imported", args=[imported.pk])).content.decode()
    assert 'name="show_original">' in looked
    assert "whoever opens it can read them" in looked


@pytest.mark.django_db
def test_the_same_file_twice__is_one_original_and_another_its_next_version(people) -> None:
    page = brought_in(people, "a.txt", b"Former words")
    for content in (b"Former words", b"Former words", b"Later words"):
        imported = waiting(people, "a.txt", content, page=page)
        take(imported, user=None, at=timezone.now())
        imported.refresh_from_db()
        attach_original(imported, shown=False, by=None, at=timezone.now())
    (kept,) = process_of(page).attachments.all()
    assert [version.size for version in kept.versions.all()] == [12, 11]


@pytest.mark.django_db
def test_a_file_with_macros__is_read_and_not_handed_on(people, client) -> None:
    imported = waiting(people, "a.docm", word_document())
    client.force_login(people["facilitator"])
    said = client.post(reverse("bpf_pages_admin:take", args=[imported.pk]), {"show_original": "on"}, follow=True)
    assert "The file itself was not attached to the document" in said.content.decode()
    assert not process_of(OutcomePage.objects.get()).attachments.exists()


@pytest.mark.django_db
def test_a_closed_text__is_not_replaced(people, client) -> None:
    page = brought_to(State.FINAL, people).page.specific
    client.force_login(people["facilitator"])
    response = client.post(reverse("bpf_pages_admin:import_text", args=[page.pk]), {"file": upload()})
    assert response.status_code == 302
    with pytest.raises(CommandError, match="closed"):
        call_command("import_document", __file__, forum=f"2099/{people.forum.slug}", slug=page.slug, replace=True)
    assert "Tides and cables" not in str(page.get_latest_revision_as_object().body)


# --- by a command -------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_the_command__brings_in_and_replaces(people, tmp_path, capsys) -> None:
    file = tmp_path / "a.docx"
    file.write_bytes(office.word_file(office.table(("A", "B"), ("1", "2"), has_header=False)))
    forum = f"2099/{people.forum.slug}"
    call_command("import_document", str(file), forum=forum, title="Tables", slug="tables")
    assert "its first row was taken" in capsys.readouterr().out
    other = tmp_path / "b.txt"
    other.write_text("Instead")
    call_command("import_document", str(other), forum=forum, slug="tables", replace=True)
    page = OutcomePage.objects.get().get_latest_revision_as_object()
    assert texts(page) == ["Instead"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"forum": "2099"}, "no forum"),
        ({"forum": "nothing/here"}, "no forum"),
        ({"user": "nobody-at-all"}, "no user"),
        ({"replace": True, "slug": "none"}, "no document"),
    ],
)
def test_the_command__names_what_is_not_there(people, tmp_path, options, said) -> None:
    file = tmp_path / "a.txt"
    file.write_text("Words")
    with pytest.raises(CommandError, match=said):
        call_command("import_document", str(file), **({"forum": f"2099/{people.forum.slug}"} | options))
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_document", str(tmp_path / "gone.txt"), forum="2099/x")


# --- slugs --------------------------------------------------------------------------------------------------------

ALIKE = "Best Practice Forum on Cybersecurity: draft"
"""Longer than a code: what comes after it is cut off."""


@pytest.mark.django_db
def test_titles_whose_first_24_letters_are_the_same__get_slugs_and_codes_of_their_own(people) -> None:
    written = (b"<p>One.</p>", b"<p>Two.</p>", b"<p>Three.</p>")
    pages = [brought_in(people, "a.html", text, title=f"{ALIKE} {number}") for number, text in enumerate(written)]
    assert [page.slug for page in pages] == [
        "best-practice-forum-on-cybersecurity-draft-0", "best-practice-forum-on-2", "best-practice-forum-on-3",
    ]  # fmt: skip
    assert len({page.document_code for page in pages}) == 3


@pytest.mark.django_db
def test_more_documents_called_alike_than_are_numbered__is_said_at_the_slug_and_nothing_is_kept(
    people, monkeypatch
) -> None:
    monkeypatch.setattr(services, "MOST_NUMBERED", 2)
    for _ in range(2):
        brought_in(people, "a.html", b"<p>One.</p>", title=ALIKE)
    kept = OutcomePage.objects.count()
    with pytest.raises(ValidationError) as refused:
        brought_in(people, "a.html", b"<p>One.</p>", title=ALIKE)
    assert set(refused.value.message_dict) == {"slug"}
    assert OutcomePage.objects.count() == kept


@given(st.text("abcdefghij-", min_size=1, max_size=60), st.integers(2, 999))
def test_numbered_slugs__of_any_slug__give_codes_that_differ(text, number) -> None:
    slug = slugify(text) or "a"
    numbered, following = (numbered_slug(slug, each) for each in (number, number + 1))
    assert code_from(numbered) != code_from(following)
    assert code_from(numbered).endswith(str(number))
    assert slugify(numbered) == numbered
