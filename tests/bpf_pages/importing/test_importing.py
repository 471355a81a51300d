"""A draft from an office document: every word arrives, what a person should look at is said, nothing becomes public."""

import re

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils.text import slugify
from hypothesis import given
from hypothesis import strategies as st
from wagtail.images import get_image_model

from bpf_pages.importing import services
from bpf_pages.importing.file_to_html import Remark, Unreadable, UnreadableFile, plain_text_html, read_file
from bpf_pages.importing.foreign_files import read
from bpf_pages.importing.html_to_parts import Doubt, Grid, Picture, Quotation, Text, parts_of
from bpf_pages.importing.services import import_into, import_new
from bpf_pages.models.outcome import OutcomePage
from editions.document.identifiers import code_from, numbered_slug
from editions.document.passages import passages
from editions.models import Edition
from tests.bpf_pages.importing import office
from tests.workflow.moves import brought_to
from workflow.states import State
from workflow.transitions.services import process_of

# --- HTML into parts ----------------------------------------------------------------------------------------------


def texts(html: str) -> list[str]:
    return [part.html for part in parts_of(html).parts if isinstance(part, Text)]


def test_running_text__comes_out_in_the_editors_language() -> None:
    html = '<div style="color:red"><p><strong>Bold</strong> and <em>slanted</em> <font>plain</font></p>loose</div>'
    assert texts(html) == ["<p><b>Bold</b> and <i>slanted</i> plain</p><p>loose</p>"]


def test_headings__begin_at_the_second_level_without_a_gap() -> None:
    assert texts("<h2>A</h2><h5>B</h5><h2>C</h2>") == ["<h2>A</h2><h3>B</h3><h2>C</h2>"]


def test_a_first_heading_that_stands_alone__is_the_title() -> None:
    body = parts_of("<!-- a word processor --><h1>The  title</h1><p>Text</p><h2>Part</h2>")
    assert body.title == "The title"
    assert body.parts == (Text("<p>Text</p><h2>Part</h2>"),)


def test_a_heading_after_text__is_no_title() -> None:
    assert parts_of("<p>Text</p><h1>Late</h1>").title == ""


@pytest.mark.parametrize(
    "html",
    [
        '<p>A<sup><a href="#n1" id="r1">[1]</a></sup> b</p><ol><li id="n1"><p>Note. <a href="#r1">↑</a></p></li></ol>',
        '<p>A<a href="#n1" id="r1"><sup>1</sup></a> b</p><section><ol><li id="n1">Note. <a href="#r1">↩︎</a></li></ol>',
        '<p>A<sup id="r1"><a href="#n1">1</a></sup> b</p><div><p id="n1"><a href="#r1">^</a> Note.</p></div>',
    ],
    ids=["Word", "pandoc", "a wiki"],
)
def test_a_footnote__stands_where_its_mark_stood(html) -> None:
    assert texts(html) == ['<p>A<span data-footnote="">Note.</span> b</p>']


def test_links_within_the_page__that_are_no_footnotes_keep_their_words() -> None:
    assert texts('<p id="a">See <a href="#b">below</a></p><p id="b">Here</p>') == ["<p>See below</p><p>Here</p>"]


def test_nested_lists_and_loose_words_in_them__are_kept() -> None:
    html = "<ul>stray<li>one<ol><li><p>sub</p></li></ol></li><ul><li>deep</li></ul></ul>"
    kept = "<ul><li>stray</li><li>one<ol><li>sub</li></ol></li><li><ul><li>deep</li></ul></li></ul>"
    assert texts(html) == [kept]


def test_a_table__has_headings_and_rows_of_one_width() -> None:
    html = "<table><caption>C</caption><tr><th>A</th><th>B</th></tr><tr><td>1</td></tr></table>"
    body = parts_of(html)
    assert body.parts == (Grid("C", ("A", "B"), (("<p>1</p>", ""),)),)
    assert body.doubts == ()


def test_a_table_without_header_row_and_with_merged_cells__is_doubted() -> None:
    body = parts_of('<table><tr><td>A</td><td>B</td></tr><tr><td colspan="2">wide</td></tr></table>')
    assert [doubt for doubt, _ in body.doubts] == [Doubt.HEADINGS_FROM_FIRST_ROW, Doubt.MERGED_CELLS]
    assert body.parts == (Grid("", ("A", "B"), (("<p>wide</p>", ""),)),)


def test_a_quotation__keeps_its_paragraphs() -> None:
    assert parts_of("<blockquote><p>a</p><p>b</p></blockquote>").parts == (Quotation("<p>a</p><p>b</p>"),)


def test_an_image_elsewhere__is_not_fetched_and_its_description_stays() -> None:
    body = parts_of('<p>x</p><img src="http://203.0.113.7/a.png" alt="A chart of tides">')
    assert body.parts == (Text("<p>x</p><p>A chart of tides</p>"),)
    assert body.doubts == ((Doubt.PICTURE_NOT_FETCHED, "http://203.0.113.7/a.png"),)


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//evil.example"])
def test_a_link_that_nobody_should_follow__keeps_its_words_only(address) -> None:
    assert texts(f'<p><a href="{address}">words</a></p>') == ["<p>words</p>"]


def test_a_long_text__is_divided_at_headings() -> None:
    html = "".join(f"<h2>Part {n}</h2><p>{'word ' * 1000}</p>" for n in range(6))
    assert [text.count("<h2>") for text in texts(html)] == [2, 2, 2]


TAGS = ["p", "div", "h1", "h2", "h4", "ul", "ol", "li", "table", "tr", "td", "th", "b", "i", "a", "sup", "blockquote",
        "span", "caption", "figure", "font", "dl", "dt", "dd"]  # fmt: skip


def elements(children: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds("<{0}>{1}</{0}>".format, st.sampled_from(TAGS), st.lists(children, max_size=4).map(" ".join))


words = st.text("abcäжش字 ", min_size=1, max_size=8)


@given(st.lists(st.recursive(words, elements, max_leaves=25), max_size=5).map("".join))
def test_any_html__loses_no_letter_and_keeps_their_order_but_for_tables_in_lists(html) -> None:
    body = parts_of(html)
    out = "".join(sorted(letters(body.title) + "".join(letters(said(part)) for part in body.parts)))
    soup = BeautifulSoup(html, "html.parser")
    assert out == "".join(sorted(letters(soup.get_text())))


def said(part: Text | Quotation | Picture | Grid) -> str:
    if isinstance(part, Grid):
        return " ".join((part.caption, *part.headings, *(cell for row in part.rows for cell in row)))
    return part.html if isinstance(part, Text | Quotation) else part.alt


def letters(html: str) -> str:
    return "".join(BeautifulSoup(html, "html.parser").get_text().split())


# --- files into HTML ----------------------------------------------------------------------------------------------


def word_document(*more: str) -> bytes:
    return office.word_file(
        office.heading(1, "Tides and cables"),
        office.paragraph(office.run("Cables lie "), office.run("deep", "<w:b/>"), office.footnote_mark(2)),
        office.heading(2, "What was seen"),
        office.item("first"),
        office.item("second"),
        office.table(("Place", "Depth"), ("North", "40 m")),
        *more,
        footnotes={2: "By the harbour's own measure."},
    )


def test_a_word_file__gives_headings_lists_tables_footnotes_and_images() -> None:
    body = parts_of(read_file("tides.docx", word_document(office.picture("A cable on the sea floor"))).html)
    assert body.title == "Tides and cables"
    text, grid, picture = body.parts
    assert text == Text(
        '<p>Cables lie <b>deep</b><span data-footnote="">By the harbour\'s own measure.</span></p>'
        "<h2>What was seen</h2><ul><li>first</li><li>second</li></ul>"
    )
    assert grid == Grid("", ("Place", "Depth"), (("<p>North</p>", "<p>40 m</p>"),))
    assert picture == Picture(office.PIXEL, "A cable on the sea floor")
    assert body.doubts == ()


def test_tracked_changes__are_told_and_the_newest_text_is_taken() -> None:
    changed = office.paragraph(office.run("We "), office.deleted("must"), office.inserted("should"), office.run(" ask"))
    read = read_file("a.docx", office.word_file(changed))
    assert read.remarks == (Remark.TRACKED,)
    assert parts_of(read.html).parts == (Text("<p>We should ask</p>"),)


@pytest.mark.parametrize(
    ("name", "content", "why"),
    [
        ("a.doc", b"x", Unreadable.FORMAT),
        ("a.pdf", b"%PDF", Unreadable.FORMAT),
        ("docx", b"x", Unreadable.FORMAT),
        ("a.docx", b"no archive", Unreadable.BROKEN),
        ("a.docx", b"PK\x05\x06" + bytes(18), Unreadable.BROKEN),
    ],
)
def test_a_file_that_is_no_document__is_refused_with_the_reason(name, content, why) -> None:
    with pytest.raises(UnreadableFile) as refused:
        read_file(name, content)
    assert refused.value.why == why


def test_plain_text__keeps_paragraphs_and_joins_cut_lines() -> None:
    assert plain_text_html("One\r\nline < two\r\n\r\n \r\nNext\n") == "<p>One line &lt; two</p><p>Next</p>"


def test_a_text_in_an_old_encoding__is_read_and_doubted() -> None:
    read = read_file("a.txt", "fiancé".encode("cp1252"))
    assert (read.html, read.remarks) == ("<p>fiancé</p>", (Remark.ENCODING,))


# --- into the tree ------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_an_imported_document__is_a_draft_that_nobody_sees(people, client) -> None:
    imported = import_new(
        people.forum, "tides.docx", word_document(office.picture("A cable")), user=people["rapporteur"]
    )
    page = OutcomePage.objects.get(pk=imported.page.pk)
    assert (page.title, page.slug, page.live) == ("Tides and cables", "tides-and-cables", False)
    assert process_of(page).state == State.DRAFTING
    assert not Edition.objects.exists()
    assert client.get(f"/library/2099/{people.forum.slug}/tides-and-cables/").status_code == 404
    told = [passage.text for passage in passages(page.as_document())]
    assert told == [
        "Cables lie deep", "What was seen", "first", "second", "Place | Depth", "North | 40 m", *told[6:-1],
        "By the harbour's own measure.",
    ]  # fmt: skip
    assert imported.paragraphs == 7
    assert page.latest_revision.user == people["rapporteur"]


@pytest.mark.django_db
def test_the_same_image_twice__is_kept_once(people) -> None:
    file = office.word_file(office.picture("One"), office.picture("Two"))
    import_new(people.forum, "a.docx", file, user=None)
    import_new(people.forum, "a.docx", file, user=None)
    assert get_image_model().objects.count() == 1
    assert sorted(OutcomePage.objects.values_list("slug", flat=True)) == ["document", "document-2"]


@pytest.mark.django_db
def test_bytes_that_are_no_image__are_left_out_and_told(people) -> None:
    html = b'<p>x</p><img alt="A &lt;b&gt; chart" src="data:image/png;base64,bm8gaW1hZ2U=">'
    imported = import_new(people.forum, "a.html", html, user=None)
    assert [passage.text for passage in passages(imported.page.as_document())] == ["x", "A <b> chart"]
    assert any("cannot be read" in remark for remark in imported.remarks)


@pytest.mark.django_db
def test_a_text_put_in_place_of_another__leaves_the_former_one_in_the_history(people) -> None:
    page = import_new(people.forum, "a.txt", b"Former words", user=None).page
    import_into(page, "b.txt", b"Later words", user=people["rapporteur"])
    stored = OutcomePage.objects.get(pk=page.pk)
    revisions = [revision.as_object().as_document() for revision in stored.revisions.order_by("created_at")]
    assert [[passage.text for passage in passages(document)] for document in revisions] == [
        ["Former words"], ["Later words"],
    ]  # fmt: skip


# --- by a person --------------------------------------------------------------------------------------------------


def upload(name: str = "tides.docx", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if content is not None else word_document())


@pytest.mark.django_db
def test_a_rapporteur__brings_a_file_in_from_the_forums_page_and_lands_in_the_editor(people, client) -> None:
    client.force_login(people["rapporteur"])
    explorer = client.get(reverse("wagtailadmin_explore", args=[people.forum.pk])).content.decode()
    address = re.search(r'href="(/admin/import/forum/\d+/)"', explorer)[1]
    response = client.post(address, {"file": upload(), "language": "en"}, follow=True)
    page = OutcomePage.objects.get()
    assert response.redirect_chain[-1][0] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    text = response.content.decode()
    assert "6 numbered paragraphs" in text
    assert "Import text from a file" in text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"file": ("a.odt", b"x")}, "save the document as .docx"),
        ({"file": ("a.docx", b"x")}, "cannot be read"),
        ({}, "This field is required"),
        ({"file": ("a.txt", b"x"), "slug": "No Slug"}, "small letters"),
        ({"file": ("a.txt", b"x"), "slug": "taken"}, "already in use"),
    ],
)
def test_what_cannot_be_brought_in__is_said_at_its_field(people, client, values, said) -> None:
    import_new(people.forum, "taken.txt", b"x", user=None)
    client.force_login(people["facilitator"])
    files = {name: upload(*value) if isinstance(value, tuple) else value for name, value in values.items()}
    address = reverse("bpf_pages_admin:import_document", args=[people.forum.pk])
    response = client.post(address, {"language": "en", **files})
    assert response.status_code == 422
    assert said in response.content.decode()
    assert OutcomePage.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["nobody", "other_facilitator", "other_rapporteur"])
def test_people_without_a_role_in_the_forum__bring_nothing_in(people, client, role) -> None:
    page = import_new(people.forum, "a.txt", b"Words", user=None).page
    client.force_login(people[role])
    for address in (
        reverse("bpf_pages_admin:import_document", args=[people.forum.pk]),
        reverse("bpf_pages_admin:import_text", args=[page.pk]),
    ):
        assert client.post(address, {"file": upload(), "language": "en"}).status_code == 302
    assert OutcomePage.objects.count() == 1
    assert page.revisions.count() == 1


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
    assert [passage.text for passage in passages(page.as_document())] == ["Instead"]


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
    texts = (b"<p>One.</p>", b"<p>Two.</p>", b"<p>Three.</p>")
    pages = [
        import_new(people.forum, "a.html", text, user=None, title=f"{ALIKE} {number}").page
        for number, text in enumerate(texts)
    ]
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
        import_new(people.forum, "a.html", b"<p>One.</p>", user=None, title=ALIKE)
    kept = OutcomePage.objects.count()
    with pytest.raises(ValidationError) as refused:
        import_new(people.forum, "a.html", b"<p>One.</p>", user=None, title=ALIKE)
    assert set(refused.value.message_dict) == {"slug"}
    assert OutcomePage.objects.count() == kept


@given(st.text("abcdefghij-", min_size=1, max_size=60), st.integers(2, 999))
def test_numbered_slugs__of_any_slug__give_codes_that_differ(text, number) -> None:
    slug = slugify(text) or "a"
    numbered, following = (numbered_slug(slug, each) for each in (number, number + 1))
    assert code_from(numbered) != code_from(following)
    assert code_from(numbered).endswith(str(number))
    assert slugify(numbered) == numbered


@pytest.mark.django_db
def test_a_file__is_read_before_the_write_transaction_begins(people, monkeypatch) -> None:
    """Who reads a file while holding the right to write stops everybody else's writing."""
    inside = []

    def watched(name, content):
        inside.append(len(connection.savepoint_ids))
        return read(name, content)

    monkeypatch.setattr(services, "read", watched)
    depth = len(connection.savepoint_ids)
    page = import_new(people.forum, "a.html", b"<p>One.</p>", user=None, title="Lamps").page
    import_into(page, "a.html", b"<p>Two.</p>", user=None)
    assert inside == [depth, depth]
