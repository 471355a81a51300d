"""HTML files of every kind a forum sends: what a browser shows comes in, what it hides is told."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from editions.document.model import Figure, Heading, ListBlock, Mark, Paragraph, Quote, Table
from formats import html
from formats.draft import Doubt, NoteKind, Reason, Thing
from formats.ledger import account
from formats.web.runs import plain
from tests.examples import examples
from tests.formats.accounting import lost_letters, unaccounted

HERE = Path(__file__).parent
CASES = HERE.parent / "cases"
DIALECTS = HERE / "dialects"


def read(text):
    content = text if isinstance(text, bytes) else text.encode()
    draft = html.read(content, "file.html")
    assert unaccounted(html.words(content), draft) == ""
    return draft


def blocks(text):
    return read(text).document.blocks


def said(block) -> str:
    return plain(block.runs)


def items(found):
    return [(plain(item.runs), items(item.items)) if item.items else plain(item.runs) for item in found]


def cells(table):
    return [[plain(cell) for cell in row.cells] for row in table.rows]


def left(draft, reason):
    return [one.text for one in draft.left_out if one.reason == reason]


def doubts(draft, doubt):
    return [one.detail for one in draft.findings if one.doubt == doubt]


# Whole files


@pytest.mark.parametrize("maker", ["google", "libreoffice", "word"])
def test_the_same_document__of_three_makers__is_the_same(maker):
    draft = read((DIALECTS / f"{maker}.html").read_bytes())
    model = read((DIALECTS / "google.html").read_bytes()).document
    assert draft.document.title == "Shared routes"
    assert (draft.document.blocks, draft.document.notes) == (model.blocks, model.notes)
    assert [(note.kind, note.text, note.key) for note in draft.review_notes] == [
        (NoteKind.COMMENT, "Is this so?", "b2")
    ]


def test_the_same_document__holds_what_its_author_sees():
    document = read((DIALECTS / "google.html").read_bytes()).document
    assert [type(block) for block in document.blocks] == [
        Heading,
        Paragraph,
        ListBlock,
        Heading,
        ListBlock,
        Table,
        Paragraph,
    ]
    assert [block.level for block in document.blocks if isinstance(block, Heading)] == [1, 2]
    marked = {run.text: run.marks for run in document.blocks[1].runs if run.marks}
    assert marked == {"strong words": {Mark.STRONG}, "slanted words": {Mark.EMPHASIS}}
    assert [run.href for run in document.blocks[1].runs if run.href] == ["https://example.org/paper?a=1"]
    assert items(document.blocks[2].items) == [("outer one", ["inner of outer one"]), "outer two"]
    assert items(document.blocks[4].items) == ["first", "second"]
    assert document.blocks[4].ordered
    assert cells(document.blocks[5]) == [["Name", "Count"], ["Radio", "7"]]
    assert [plain(note.runs) for note in document.notes] == ["The text of the note."]


def test_remark_of_word__has_its_author_and_time():
    note = read((DIALECTS / "word.html").read_bytes()).review_notes[0]
    assert (note.author, note.at) == ("Ann Writer", datetime(2025, 1, 2, 9, 30, tzinfo=UTC))


def test_case_02_google__remark_is_left_out_note_is_kept():
    draft = read((CASES / "02-review-comments-google-docs.html").read_bytes())
    assert draft.document.title == "Shared draft"
    assert "PRIVATE" not in str(draft.document)
    assert left(draft, Reason.COMMENT) == ["[a]", "[a]PRIVATE REMARK of a colleague"]
    assert [plain(note.runs) for note in draft.document.notes] == ["The text of the note."]
    assert doubts(draft, Doubt.LIST_NUMBERING) == ["2."]


def test_case_04_libreoffice__notes_lists_and_numbers():
    draft = read((CASES / "04-footnotes-libreoffice.html").read_bytes())
    assert draft.document.title == "Office draft"
    assert [plain(note.runs) for note in draft.document.notes] == ["Foot note words.", "End note words."]
    first = next(block for block in draft.document.blocks if isinstance(block, ListBlock))
    assert items(first.items) == [("one", ["a. one a"]), "two"]
    lists = [block for block in draft.document.blocks if isinstance(block, ListBlock)]
    assert [(block.ordered, items(block.items)) for block in lists[1:]] == [(False, ["3. three"])]
    assert doubts(draft, Doubt.LIST_NUMBERING) == ["a.", "3."]
    assert doubts(draft, Doubt.DELETIONS_UNMARKED) == ["LibreOffice 7.4.7.2 (Linux)"]  # the file itself marks none
    assert [note.text for note in draft.review_notes] == ["PRIVATE REMARK of LibreOffice"]


def test_case_06__declared_charset_is_used():
    draft = read((CASES / "06-charset-cyrillic.html").read_bytes())
    assert [said(block) for block in draft.document.blocks] == ["Доклад", "Первый абзац."]
    assert not draft.findings


def test_wikipedia_page__article_and_its_references_without_the_site():
    draft = read((DIALECTS / "wikipedia.html").read_bytes())
    document = draft.document
    assert document.title == "Routing"
    assert [plain(note.runs) for note in document.notes] == ["First source. Here", "Second source."]
    marks = [run.note for block in document.blocks if isinstance(block, Paragraph) for run in block.runs if run.note]
    assert marks == [document.notes[0].key, document.notes[0].key, document.notes[1].key]
    assert said(document.blocks[0]).endswith("Mass is E=mc^2.")
    assert "<mi>E</mi>" in draft.equations[0].source
    assert {"Main menu", "Nav box", "[edit]", "Privacy"} <= set(left(draft, Reason.NAVIGATION))
    assert left(draft, Reason.CONTENTS_LIST) == ["Contents 1 History"]
    assert document.blocks[0].runs[2].href == "https://en.wikipedia.org/wiki/Path"


# Charsets

CYRILLIC = "Лучшие практики обсуждались на форуме, и участники согласились."
ARABIC = "ناقش المنتدى أفضل الممارسات واتفق المشاركون على النص."
CHINESE = "论坛讨论了最佳做法，与会者同意这份文件的内容。"


@pytest.mark.parametrize(
    ("text", "charset"),
    [
        (CYRILLIC, "windows-1251"), (CYRILLIC, "koi8-r"), (ARABIC, "windows-1256"), (CHINESE, "gb18030"),
        (CHINESE, "gb2312"), ("Le coût: 5 € «net» – déjà réglé", "windows-1252"), (CYRILLIC, "utf-16"),
        ("会議の記録を公開しました。", "shift_jis"), ("회의록을 공개했습니다.", "euc-kr"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("way", ["meta", "http-equiv", "guess"])
def test_charset__declared_or_not__gives_its_letters(text, charset, way):
    head = {
        "meta": f'<meta charset="{charset}">',
        "http-equiv": f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">',
        "guess": "",
    }[way]
    content = f"<html><head>{head}</head><body><p>{text}".encode(charset)
    draft = html.read(content, "x.html")
    assert [said(block) for block in draft.document.blocks] == [text]
    assert bool(doubts(draft, Doubt.ENCODING)) == (way == "guess" and charset != "utf-16")


def test_charset_iso_8859_1__means_windows_1252_with_its_euro_sign():
    content = "<meta charset=iso-8859-1><p>5 €".encode("cp1252")
    assert said(html.read(content, "x").document.blocks[0]) == "5 €"


def test_charset_of_an_xml_declaration__is_used():
    content = f'<?xml version="1.0" encoding="windows-1251"?><html><body><p>{CYRILLIC}</p></body></html>'.encode(
        "cp1251"
    )
    assert said(html.read(content, "x").document.blocks[0]) == CYRILLIC


def test_charset_declared_wrongly__is_told():
    draft = html.read(f"<meta charset=utf-8><p>{CYRILLIC}".encode("cp1251"), "x")
    assert said(draft.document.blocks[0]) == CYRILLIC
    assert doubts(draft, Doubt.ENCODING) == ["cp1251"]


# Structure


def test_end_tags_left_out__items_and_cells_stay_apart():
    found = blocks("<ul><li>a<li>b<ul><li>c</ul><li>d</ul><table><tr><th>1<th>2<tr><td>3<td>4</table><p>e<p>f")
    assert items(found[0].items) == ["a", ("b", ["c"]), "d"]
    assert cells(found[1]) == [["1", "2"], ["3", "4"]]
    assert [said(block) for block in found[2:]] == ["e", "f"]


@pytest.mark.parametrize(
    "text",
    [
        "<ul><li>a</li><ul><li>b</li></ul><li>c</li></ul>",
        "<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>",
        "<ul><li>a</li><li style='list-style:none'><ul><li>b</li></ul></li><li>c</li></ul>",
        "<ul><li><p>a</p><ul><li><p>b</p></li></ul><li><div>c</div></ul>",
    ],
)
def test_list_nested_in_any_way__is_nested(text):
    assert [items(block.items) for block in blocks(text)] == [[("a", ["b"]), "c"]]


def test_table_inside_an_item__stands_after_it_and_the_list_goes_on():
    found = blocks("<ol><li>a<table><tr><th>x<th>y<tr><td>1<td>2</table><li>b</ol>")
    assert [type(block) for block in found] == [ListBlock, Table, ListBlock]
    assert [(block.ordered, items(block.items)) for block in (found[0], found[2])] == [(True, ["a"]), (False, ["2. b"])]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("<ol><li>a<li>b</ol>", []), ("<ol start=3><li>a<li>b</ol>", ["3."]), ("<ol type=a><li>a<li>b</ol>", ["a."]),
        ("<ol><li>a<li value=5>b<li>c</ol>", ["5."]), ("<ol type=i start=4><li>a</ol>", ["iv."]),
        ("<ol style='list-style-type:upper-roman'><li>a</ol>", ["I."]), ("<ul><li value=3>a</ul>", []),
    ],
)  # fmt: skip
def test_list_that_counts_otherwise__is_told(text, numbers):
    assert doubts(read(text), Doubt.LIST_NUMBERING) == numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<ol start=3><li>x<li>y</ol>", (False, ["3. x", "4. y"])), ("<ol><li>x<li>y</ol>", (True, ["x", "y"])),
        ("<ol type=a><li>x<li><b>y</b></ol>", (False, ["a. x", "b. y"])),
        ("<ol><li>x<li value=5>y<li>z</ol>", (False, ["1. x", "5. y", "6. z"])),
        ("<ol><li>x<ol type=i><li>y</ol></ol>", (True, [("x", ["i. y"])])),
        ("<ol style='list-style:none' start=4><li>x</ol>", (True, ["x"])),
    ],
)  # fmt: skip
def test_list_that_counts_otherwise__has_the_numbers_of_the_file_in_its_text(text, expected):
    [block] = blocks(text)
    assert (block.ordered, items(block.items)) == expected


def test_merged_cells__shift_nothing():
    draft = read(
        "<table><tr><th>A<th>B<th>C<tr><td rowspan=2>x<td>1<td>2<tr><td>Radio<td>7<tr><td colspan=2>y<td>9</table>"
    )
    assert cells(draft.document.blocks[0]) == [["A", "B", "C"], ["x", "1", "2"], ["", "Radio", "7"], ["y", "", "9"]]
    assert len(doubts(draft, Doubt.MERGED_CELLS)) == 1


def test_rowspan_of_a_million__is_no_million_cells():
    assert cells(blocks("<table><tr><th>a<th>b<tr><td rowspan=1000000 colspan=999>c<td>d</table>")[0])[1][0] == "c"


def test_table__with_head_caption_and_row_heads():
    draft = read("<table><caption>Numbers</caption><thead><tr><th>A<th>B<tbody><tr><th>x<td>1<tr><th>y<td>2</table>")
    table = draft.document.blocks[0]
    assert (plain(table.caption), table.header_rows, table.header_column) == ("Numbers", 1, True)
    assert not draft.findings


def test_table_without_heads__takes_the_first_row_and_says_so():
    draft = read("<table><tr><td>A<td>B<tr><td>1<td>2</table>")
    assert draft.document.blocks[0].header_rows == 1
    assert len(doubts(draft, Doubt.HEADINGS_FROM_FIRST_ROW)) == 1


def test_table_in_a_table__becomes_text_of_its_cell():
    found = blocks(
        "<table><tr><th>A<th>B<tr><td>x<td><table><tr><td>1<td>2<tr><td>3<td>4</table><tr><td>p<td>q</table>"
    )
    assert cells(found[0])[1] == ["x", "1 | 2\n3 | 4"]


def test_figure__keeps_picture_and_caption_together():
    draft = read(
        "<figure><img src='data:image/png;base64,iVBORw0KGgo=' alt='A map'><figcaption>Routes</figcaption></figure>"
    )
    figure = draft.document.blocks[0]
    assert isinstance(figure, Figure)
    assert (figure.alt, plain(figure.caption), figure.source) == ("A map", "Routes", draft.pictures[0].name)
    assert draft.pictures[0].content == b"\x89PNG\r\n\x1a\n"


def test_pictures_not_taken__are_told_with_what_they_show():
    draft = read("<p>a<img src=map.png alt='A map'><img src='data:image/bmp;base64,Qk0=' alt=dot></p>")
    assert doubts(draft, Doubt.PICTURE_NOT_FETCHED) == ["A map — map.png"]
    assert doubts(draft, Doubt.PICTURE_KIND) == ["bmp — dot"]


def test_quotation_with_its_author():
    quote = blocks("<blockquote><p>One.</p><p>Two.</p><footer>— Someone</footer></blockquote>")[0]
    assert isinstance(quote, Quote)
    assert (plain(quote.runs), plain(quote.attribution)) == ("One.\nTwo.", "Someone")


def test_preformatted_text__keeps_its_spaces():
    assert blocks("<pre>a  b\n  c</pre>")[0].runs[0].text == "a  b\n  c"


def test_terms_and_meanings__are_items():
    assert items(blocks("<dl><dt>Term<dd>Sense<dd>Other<dt>Next<dd>Last</dl>")[0].items) == [
        ("Term", ["Sense", "Other"]),
        ("Next", ["Last"]),
    ]


def test_bold_numbered_paragraph__is_a_heading_and_told():
    draft = read("<h2>Part</h2><p>a</p><p><b>4.2.3 Title of it</b></p><p>b</p>")
    assert isinstance(draft.document.blocks[1], Heading) or draft.document.title == "Part"
    assert doubts(draft, Doubt.HEADING_GUESSED) == ["4.2.3 Title of it"]


def test_lone_first_heading__stays_in_the_text():
    assert [said(block) for block in blocks("<h1>Introduction</h1><p>a</p>")] == ["Introduction", "a"]


def test_title_element__is_the_title_and_no_text():
    draft = read("<title>Outcome of 2025 - Some Forum</title><h1>Outcome of 2025</h1><p>a</p>")
    assert (draft.document.title, [said(block) for block in draft.document.blocks]) == ("Outcome of 2025", ["a"])


@pytest.mark.parametrize("heading", ["<h1>Outcome of 2025</h1>", "<p><b>Outcome of 2025</b></p>"])
def test_title_element__that_the_first_heading_says_again__is_told_as_double(heading):
    draft = read(f"<title>Outcome of 2025</title>{heading}<p>a</p>")
    assert (draft.document.title, [said(block) for block in draft.document.blocks]) == ("Outcome of 2025", ["a"])
    assert left(draft, Reason.DOUBLE) == ["Outcome of 2025"]


def test_mathematics__is_readable_and_its_source_is_kept():
    draft = read(
        "<p>The load is <math><mi>L</mi><mo>=</mo><mn>2</mn><mi>n</mi><mo>+</mo><mfrac><mn>1</mn><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow></mfrac></math> at most.</p>"
    )
    assert said(draft.document.blocks[0]) == "The load is L=2n+1/(a+b) at most."
    assert doubts(draft, Doubt.EQUATION) == ["L=2n+1/(a+b)"]
    assert draft.equations[0].key == draft.document.blocks[0].key


@pytest.mark.parametrize(
    "text",
    [
        "<style>.x{font-weight:700}</style><p>a <span class=x>b</span></p>", "<p>a <span style='font-weight: bold'>b</span></p>",
        "<p>a <b>b</b></p>", "<p>a<b> b</b></p>", "<style>span.x,i{font-weight:600;font-style:normal}</style><p>a <span class='x y'>b</span>",
        "<b style='font-weight:normal'><p>a <strong>b</strong></b>",
    ],
)  # fmt: skip
def test_emphasis__is_what_the_style_says(text):
    assert [(run.text, set(run.marks)) for run in blocks(text)[0].runs] == [("a ", set()), ("b", {Mark.STRONG})]


def test_language_of_a_stretch__is_kept_and_that_of_the_text_is_the_documents():
    draft = read("<html lang=en><p>One <span lang=fr>mot</span> <span lang=en-GB>more</span></p>")
    assert draft.language == "en"
    assert [(run.text, run.language) for run in draft.document.blocks[0].runs] == [
        ("One ", ""),
        ("mot", "fr"),
        (" more", ""),
    ]


# What is no text


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("<style>div.z > p,.q .r{display:none}</style><div class=z><p>x</p></div>", Reason.HIDDEN),
        ("<style>.a.b{display:none}</style><p class='b a'>x</p>", Reason.HIDDEN),
        ("<p style='font-size:0'>x</p>", Reason.HIDDEN),
        ("<p hidden>x</p>", Reason.HIDDEN), ("<p style='display:none'>x</p>", Reason.HIDDEN),
        ("<style>.h{display:none}</style><p class=h>x</p>", Reason.HIDDEN), ("<template><p>x</p></template>", Reason.HIDDEN),
        ("<noscript>x</noscript>", Reason.HIDDEN), ("<span style='mso-hide:all'>x</span>", Reason.HIDDEN),
        ("<!-- x -->", Reason.COMMENT), ("<!--[if gte mso 9]><xml><w:View>x</w:View></xml><![endif]-->", Reason.METADATA),
        ("<del>x</del>", Reason.DELETION), ("<nav>x</nav>", Reason.NAVIGATION), ("<footer>x</footer>", Reason.NAVIGATION),
        ("<aside>x</aside>", Reason.NAVIGATION), ("<div role=navigation>x</div>", Reason.NAVIGATION),
        ("<p class=MsoHeader>x</p>", Reason.RUNNING_HEAD), ("<p class=MsoToc1>x</p>", Reason.CONTENTS_LIST),
    ],
)  # fmt: skip
def test_what_is_no_text__is_left_out_and_told(text, reason):
    draft = read(f"<p>before</p>{text}<p>after</p>")
    assert [said(block) for block in draft.document.blocks] == ["before", "after"]
    assert left(draft, reason) == ["x"]
    assert draft.left_out[0].key == "b2"


def test_main__is_the_text_and_the_rest_is_not():
    draft = read("<body><p>skip</p><main><p>text</p></main><div>related</div></body>")
    assert [said(block) for block in draft.document.blocks] == ["text"]
    assert left(draft, Reason.NAVIGATION) == ["skip", "related"]


def test_contents_list_of_links__is_left_out_with_its_heading():
    text = "<p>Contents</p><ul>" + "".join(f"<li><a href='#s{n}'>Part {n}</a></li>" for n in range(3)) + "</ul>"
    draft = read(text + "".join(f"<h2 id=s{n}>Part {n}</h2><p>w{n}</p>" for n in range(3)))
    assert [type(block) for block in draft.document.blocks] == [Heading, Paragraph] * 3
    assert left(draft, Reason.CONTENTS_LIST)[0] == "Contents"


def test_tracked_changes__have_author_and_time():
    draft = read(
        "<p>a <del cite='mailto:Ann%20B' datetime='2025-01-02T09:30:00Z'>old</del><ins datetime='2025-01-02'>new</ins></p>"
    )
    assert said(draft.document.blocks[0]) == "a new"
    first, second = draft.review_notes
    assert (first.kind, first.text, first.author, first.key) == (NoteKind.DELETION, "old", "Ann B", "b1")
    assert first.at == datetime(2025, 1, 2, 9, 30, tzinfo=UTC)
    assert (second.kind, second.text) == (NoteKind.INSERTION, "new")


# Links


@pytest.mark.parametrize(
    ("href", "target", "doubt"),
    [
        ("https://example.org/a b", "https://example.org/a%20b", Doubt.LINK_MENDED),
        ("www.example.org/x", "https://www.example.org/x", Doubt.LINK_MENDED),
        ("mailto: ann @example.org", "mailto:ann@example.org", Doubt.LINK_MENDED),
        ("ann@example.org", "mailto:ann@example.org", Doubt.LINK_MENDED),
        ('https://example.org/a"b', "https://example.org/a%22b", Doubt.LINK_MENDED),
        ("https://www.google.com/url?q=https://example.org/&sa=D", "https://example.org/", Doubt.LINK_MENDED),
        ("//example.org/x", "https://example.org/x", Doubt.LINK_MENDED),
        ("https://example.org/x", "https://example.org/x", None), ("#part", "", None),
        ("ftp://example.org/x", "", Doubt.LINK_LEFT_OUT), ("javascript:alert(1)", "", Doubt.LINK_LEFT_OUT),
        ("file:///C:/x.doc", "", Doubt.LINK_LEFT_OUT), ("http://localhost:8000/x", "", Doubt.LINK_LEFT_OUT),
        ("https://example.org/admin/pages/3/", "", Doubt.LINK_LEFT_OUT), ("http://192.168.1.4/x", "", Doubt.LINK_LEFT_OUT),
        ("page.html", "", Doubt.LINK_LEFT_OUT), ("data:text/html,x", "", Doubt.LINK_LEFT_OUT),
        ("https://" + "a" * 3000 + ".org", "", Doubt.LINK_LEFT_OUT), ("http://[::1", "", Doubt.LINK_LEFT_OUT),
    ],
)  # fmt: skip
def test_link(href, target, doubt):
    draft = read(
        "<p><a href='" + href.replace("&", "&amp;") + "'>w</a></p>" if '"' in href else f'<p><a href="{href}">w</a></p>'
    )
    assert draft.document.blocks[0].runs[0].href == target
    assert [finding.doubt for finding in draft.findings] == ([doubt] if doubt else [])


# Any file

DEEP = ["<div>", "<ul><li>", "<b>", "<table><tr><td>", "<blockquote>", "<dl><dd>", "<span hidden>", "<svg><g>", "<q>"]


@pytest.mark.parametrize("tag", DEEP)
def test_ten_thousand_levels__are_read(tag):
    read(tag * 10_000 + "<p>x")


TAGS = [
    "p",
    "div",
    "span",
    "b",
    "a",
    "li",
    "ul",
    "ol",
    "table",
    "tr",
    "td",
    "th",
    "caption",
    "h1",
    "h2",
    "blockquote",
    "pre",
    "sup",
    "br",
    "img",
    "math",
    "mi",
    "svg",
    "title",
    "template",
    "noscript",
    "del",
    "ins",
    "script",
    "textarea",
    "select",
    "option",
    "nav",
    "header",
    "main",
    "article",
    "figure",
    "figcaption",
    "dl",
    "dt",
    "dd",
    "iframe",
    "frameset",
    "q",
    "code",
    "col",
]
ATTRIBUTES = [
    "", " id=x", ' href="#x" id=y', ' name="x" href="#y"', " hidden", " colspan=2", " rowspan=3", " class=MsoTitle",
    ' style="mso-list:l0 level2 lfo1"', ' class="toc"', " class=MsoCaption", ' class="lst-kix_a-2"', "/",
]  # fmt: skip
PIECES = st.one_of(
    st.text(alphabet="abдعx1 .&;<>!-é\n[]", max_size=8),
    st.builds(lambda tag, said: f"<{tag}{said}>", st.sampled_from(TAGS), st.sampled_from(ATTRIBUTES)),
    st.builds(lambda tag: f"</{tag}>", st.sampled_from(TAGS)),
    st.sampled_from(
        [
            "<!--",
            "-->",
            "<!-- c -->",
            "<![CDATA[",
            "]]>",
            "&nbsp;",
            "<![if !x]>",
            "<a href='#n' id=r>[1]</a>",
            "<p id=n><a href='#r'>[1]</a> note</p>",
        ]
    ),
)


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_markup__loses_no_letter(text):
    assert lost_letters(list(html.words(text.encode())), html.read(text.encode(), "file.html")) == ""


@settings(max_examples=examples(150), deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes__are_read(content):
    read(content)


# Siblings of the cases above


def test_word_filtered__its_lists_without_list_styles_are_lists():
    spacer = "<span style='font:7.0pt \"Times New Roman\"'>&nbsp;&nbsp; </span>"

    def paragraph(sign: str, text: str, style: str = "") -> str:
        return f"<p class=MsoListParagraph style='{style}text-indent:-.25in'>{sign}{spacer}{text}</p>"

    draft = read(
        paragraph("&middot;", "outer one")
        + paragraph("o", "inner", "margin-left:1.0in;")
        + paragraph("&middot;", "outer two")
        + paragraph("(a)", "letter a")
        + paragraph("(b)", "letter b")
    )
    assert [items(block.items) for block in draft.document.blocks] == [
        [("outer one", ["inner"]), "outer two"],
        ["(a) letter a", "(b) letter b"],
    ]
    assert doubts(draft, Doubt.LIST_NUMBERING) == ["a."]
    assert left(draft, Reason.LIST_NUMBER) == ["·", "o", "·"]


def test_numbered_heading_of_word__keeps_its_number():
    text = "<h2 style='mso-list:l1 level2 lfo3'><span style='mso-list:Ignore'>1.1<span>&nbsp;&nbsp; </span></span>Scope</h2><p>a"
    assert said(blocks(text)[0]) == "1.1 Scope"


def test_first_heading_with_a_number__is_no_title():
    draft = read("<h1>1. Aims</h1><h2>1.1 Scope</h2><p>a")
    assert (draft.document.title, said(draft.document.blocks[0])) == ("", "1. Aims")


def test_paste_of_google_docs__bold_wrapper_makes_nothing_bold():
    draft = read(
        "<!--StartFragment--><b style='font-weight:normal' id='docs-internal-guid-1'><p><span style='font-weight:400'>plain "
        "</span><span style='font-weight:700'>bold</span></p></b><!--EndFragment-->"
    )
    assert [(run.text, bool(run.marks)) for run in draft.document.blocks[0].runs] == [("plain ", False), ("bold", True)]
    assert not draft.left_out


def test_endnotes_of_word__with_two_paragraphs():
    draft = read(
        "<p>Text<a href='#_edn1' name='_ednref1'><span class=MsoEndnoteReference>[i]</span></a>.</p><div><hr><div id=edn1>"
        "<p class=MsoEndnoteText><a href='#_ednref1' name='_edn1'>[i]</a> One.</p><p class=MsoEndnoteText>Two.</p></div></div>"
    )
    assert [plain(note.runs) for note in draft.document.notes] == ["One.\nTwo."]


def test_remarks_of_google__two_paragraphs_and_two_marks():
    draft = read(
        "<p>a<sup><a href='#cmnt1' id='cmnt_ref1'>[a]</a></sup> b<sup><a href='#cmnt2' id='cmnt_ref2'>[b]</a></sup></p>"
        "<div><p><a href='#cmnt_ref1' id='cmnt1'>[a]</a><span>First</span></p><p><span>goes on</span></p></div>"
        "<div><p><a href='#cmnt_ref2' id='cmnt2'>[b]</a><span>Second</span></p></div>"
    )
    assert [said(block) for block in draft.document.blocks] == ["a b"]
    assert [note.text for note in draft.review_notes] == ["First goes on", "Second"]


def test_two_breaks__end_a_paragraph_and_one_a_line():
    assert [said(block) for block in blocks("<div>a<br>b<br><br>c</div>")] == ["a\nb", "c"]


def test_xhtml__empty_elements_swallow_nothing():
    text = '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><a id="x"/><p>a</p></body></html>'
    assert [said(block) for block in blocks(text)] == ["a"]


@pytest.mark.parametrize(
    "text",
    [
        "<div><p><a href='#cmnt_ref9' id='cmnt9'>[a]</a><span>Private</span></p><p>more of it</p></div>",
        "<div style='mso-element:comment-list'><div style='mso-element:comment'><div id='_com_1' class=msocomtxt><p class=MsoCommentText>"
        "Private more of it</p></div></div></div>",
        "<p class=MsoCommentText>Private more of it</p>",
    ],
)
def test_remark_without_a_mark__is_no_text_either(text):
    draft = read(f"<p>before</p>{text}")
    assert [said(block) for block in draft.document.blocks] == ["before"]
    assert [note.text.removeprefix("[a]") for note in draft.review_notes] == ["Private more of it"]


def test_a_note_of_deleted_words__goes_with_them():
    draft = read(
        "<p>Text <del>gone<a href='#n' id=r>[1]</a></del> more</p><p id=n><a href='#r'>[1]</a> a note here</p>"
    )
    assert not draft.document.notes
    assert "a note here" in " ".join(left.text for left in draft.left_out if left.reason == Reason.DELETION)


def test_reading_of_chinese_signs__stands_in_its_brackets():
    (block,) = blocks("<p><ruby>\u6f22<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> x</p>")
    assert block.runs[0].text == "\u6f22(kan) x"


@pytest.mark.parametrize(
    "notes",
    ["<h2>Notes</h2><ol><li>Ann, p. 3.</li><li>Bob, p. 4.</li></ol>", "<hr><div><p><sup>1</sup> Ann, p. 3.</p><p><sup>[2]</sup> Bob, p. 4.</p></div>", "<h3>Notes</h3><p>1. Ann, p. 3.</p><p>2. Bob, p. 4.</p>"],
)  # fmt: skip
def test_notes_numbered_by_hand__are_notes(notes):
    draft = read(f"<p>First<sup>1</sup> on 5 km<sup>2</sup> and x<sup>2</sup>.<sup>2</sup></p>{notes}")
    assert [plain(note.runs) for note in draft.document.notes] == ["Ann, p. 3.", "Bob, p. 4."]
    assert said(draft.document.blocks[0]) == "First on 5 km2 and x2."


def test_list_at_the_end__stays_one_where_its_numbers_are_marked_otherwise():
    draft = read("<p>Words<sup>1</sup> of 10<sup>2</sup>.</p><ol><li>one</li><li>two</li></ol>")
    assert not draft.document.notes
    assert [type(block) for block in draft.document.blocks] == [Paragraph, ListBlock]


@pytest.mark.parametrize(
    ("attributes", "told"), [("reversed", ["3."]), ("reversed start=9", ["9."]), ("start=4", ["4."]), ("start=1", [])]
)
def test_numbers_a_list_counts_otherwise__are_told(attributes, told):
    draft = read(f"<p>Before.</p><ol {attributes}><li>a</li><li>b</li><li>c</li></ol><p>Behind.</p>")
    assert doubts(draft, Doubt.LIST_NUMBERING) == told


@pytest.mark.parametrize(
    "attributes",
    [
        "class=sr-only", "class='x visually-hidden'", 'style="position:absolute;left:-9999px"',
        'style="position:absolute;width:1px;clip:rect(0, 0, 0, 0)"', 'style="position:absolute;clip-path:inset(50%)"',
    ],
)  # fmt: skip
def test_words_for_screen_readers_alone__are_told_as_not_shown(attributes):
    draft = read(f"<p>Shown <span {attributes}>spoken words</span> here.</p>")
    assert said(draft.document.blocks[0]) == "Shown here."
    assert left(draft, Reason.HIDDEN) == ["spoken words"]


def test_paragraphs_that_say_headings_with_their_pages__are_a_contents_list():
    text = (
        "<p>Contents</p><p>Aims 1</p><p>Ways&nbsp;.... 2</p><p>Ends\t12</p><h2>Aims</h2><p>Aims 1 and 2.</p>"
        "<h2>Ways</h2><p>b</p><h2>Ends</h2><p>c</p>"
    )
    draft = read(text)
    assert [said(block) for block in draft.document.blocks][:2] == ["Aims", "Aims 1 and 2."]
    assert left(draft, Reason.CONTENTS_LIST) == ["Contents", "Aims 1", "Ways .... 2", "Ends 12"]


def test_paragraph_that_begins_as_captions_do__is_one_beside_its_table__not_a_sentence_about_it():
    table = "<table><tr><td>a<td>b</table>"
    found = blocks(f"<p><i>Table 2: Costs</i></p>{table}<p>x</p><p>Table 3 shows the rest.</p>{table}")
    assert [type(block) for block in found] == [Table, Paragraph, Paragraph, Table]
    assert found[0].caption == (replace(found[0].caption[0], text="Table 2: Costs", marks=frozenset()),)


def test_merged_cell__is_told_with_its_words():
    draft = read("<table><tr><th>a<th>b<tr><td colspan=2>Both of them</table>")
    assert doubts(draft, Doubt.MERGED_CELLS) == ["Both of them"]


@pytest.mark.parametrize("alt", ["Shape1", "Image 3", "picture 12", "Рисунок 2", "图片1"])
def test_name_that_a_program_gave_a_picture__describes_nothing(alt):
    draft = read(f'<p>a</p><img alt="{alt}" src="data:image/png;base64,iVBORw0KGgo=">')
    assert doubts(draft, Doubt.PICTURE_WITHOUT_ALT) == ["picture-1.png"]


def test_boxes_to_tick__say_whether_they_are_ticked():
    found = blocks("<ul><li><input type=checkbox checked> done<li><input type=checkbox> open</ul><p><input type=text>x")
    assert (items(found[0].items), said(found[1])) == (["☒ done", "☐ open"], "x")


def test_mark_of_a_remark__whose_remark_is_nowhere__is_no_text():
    draft = read("<p>Said<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_9'>[A9]</a></span>.")
    assert said(draft.document.blocks[0]) == "Said."
    assert left(draft, Reason.COMMENT) == ["[A9]"]


def test_items_in_a_cell__are_lines_of_it_and_none_is_called_lost():
    content = b"<ul><li>a<li>b</ul><table><tr><th>A<th>B<tr><td><ul><li>c<li>d</ul><td>e</table><ul><li>f</ul>"
    items_of_it = account(html.read(content, "a.html"), html.words(content)).things[str(Thing.LIST_ITEM)]
    assert (items_of_it.in_file, items_of_it.in_draft) == (3, 3)


@pytest.mark.parametrize("short", ["<!-->", "<!--->"])
def test_a_comment_that_ends_as_it_begins__takes_no_letter_with_it(short):
    """As browsers read it (HTML standard, abrupt closing of empty comment)."""
    content = f"<p>one {short}two three</p>".encode()
    assert [source.text for source in html.words(content)] == ["one two three"]
    assert [plain(block.runs) for block in read(content).document.blocks] == ["one two three"]


@pytest.mark.parametrize(
    ("mark", "note"),
    [
        ('role="doc-noteref"', 'role="doc-footnote"'),
        ('epub:type="noteref"', 'epub:type="footnote"'),
        ('epub:type="noteref"', 'epub:type="rearnote" role="doc-endnote"'),
    ],
)
def test_notes_that_say_what_they_are__are_notes_without_a_way_back(mark, note):
    draft = read(
        f'<h1>Routes</h1><p>Shared<a {mark} href="#n1">1</a> routes.</p><aside {note} id="n1"><p>1. Source.</p></aside>'
        "<aside><p>Related pages</p></aside>"
    )
    assert [said(block) for block in draft.document.blocks[1:]] == ["Shared routes."]
    assert [plain(note.runs) for note in draft.document.notes] == ["Source."]
    assert left(draft, Reason.NAVIGATION) == ["Related pages"]
