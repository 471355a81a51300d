"""HTML files of every kind a forum sends: what a browser shows comes in, what it hides is told."""

import pytest

from editions.document.model import Figure, Heading, Mark, Quote, text_of_runs
from formats import html
from formats.draft import Doubt, Reason
from tests.formats.html.pages import blocks, read
from tests.formats.said import doubts, left, said

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


def test_figure__keeps_picture_and_caption_together():
    draft = read(
        "<figure><img src='data:image/png;base64,iVBORw0KGgo=' alt='A map'><figcaption>Routes</figcaption></figure>"
    )
    figure = draft.document.blocks[0]
    assert isinstance(figure, Figure)
    assert (figure.alt, text_of_runs(figure.caption), figure.source) == ("A map", "Routes", draft.pictures[0].name)
    assert draft.pictures[0].content == b"\x89PNG\r\n\x1a\n"


def test_pictures_not_taken__are_told_with_what_they_show():
    draft = read("<p>a<img src=map.png alt='A map'><img src='data:image/bmp;base64,Qk0=' alt=dot></p>")
    assert doubts(draft, Doubt.PICTURE_NOT_FETCHED) == ["A map — map.png"]
    assert doubts(draft, Doubt.PICTURE_KIND) == ["bmp — dot"]


def test_quotation_with_its_author():
    quote = blocks("<blockquote><p>One.</p><p>Two.</p><footer>— Someone</footer></blockquote>")[0]
    assert isinstance(quote, Quote)
    assert (text_of_runs(quote.runs), text_of_runs(quote.attribution)) == ("One.\nTwo.", "Someone")


def test_preformatted_text__keeps_its_spaces():
    assert blocks("<pre>a  b\n  c</pre>")[0].runs[0].text == "a  b\n  c"


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


def test_first_heading_with_a_number__is_no_title():
    draft = read("<h1>1. Aims</h1><h2>1.1 Scope</h2><p>a")
    assert (draft.document.title, said(draft.document.blocks[0])) == ("", "1. Aims")


def test_two_breaks__end_a_paragraph_and_one_a_line():
    assert [said(block) for block in blocks("<div>a<br>b<br><br>c</div>")] == ["a\nb", "c"]


def test_xhtml__empty_elements_swallow_nothing():
    text = '<?xml version="1.0" encoding="UTF-8"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><a id="x"/><p>a</p></body></html>'
    assert [said(block) for block in blocks(text)] == ["a"]


def test_reading_of_chinese_signs__stands_in_its_brackets():
    (block,) = blocks("<p><ruby>\u6f22<rp>(</rp><rt>kan</rt><rp>)</rp></ruby> x</p>")
    assert block.runs[0].text == "\u6f22(kan) x"


@pytest.mark.parametrize(
    "notes",
    ["<h2>Notes</h2><ol><li>Ann, p. 3.</li><li>Bob, p. 4.</li></ol>", "<hr><div><p><sup>1</sup> Ann, p. 3.</p><p><sup>[2]</sup> Bob, p. 4.</p></div>", "<h3>Notes</h3><p>1. Ann, p. 3.</p><p>2. Bob, p. 4.</p>"],
)  # fmt: skip
def test_notes_numbered_by_hand__are_notes(notes):
    draft = read(f"<p>First<sup>1</sup> on 5 km<sup>2</sup> and x<sup>2</sup>.<sup>2</sup></p>{notes}")
    assert [text_of_runs(note.runs) for note in draft.document.notes] == ["Ann, p. 3.", "Bob, p. 4."]
    assert said(draft.document.blocks[0]) == "First on 5 km2 and x2."


@pytest.mark.parametrize("alt", ["Shape1", "Image 3", "picture 12", "Рисунок 2", "图片1"])
def test_name_that_a_program_gave_a_picture__describes_nothing(alt):
    draft = read(f'<p>a</p><img alt="{alt}" src="data:image/png;base64,iVBORw0KGgo=">')
    assert doubts(draft, Doubt.PICTURE_WITHOUT_ALT) == ["picture-1.png"]


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
    assert [text_of_runs(note.runs) for note in draft.document.notes] == ["Source."]
    assert left(draft, Reason.NAVIGATION) == ["Related pages"]


def test_pictures_in_the_page__have_a_name_each():
    source = "<p>a</p>" + "".join(f'<img alt="{n}" src="data:image/png;base64,iVBORw0KGgo=">' for n in range(3))
    draft = read(source)
    assert [picture.name for picture in draft.pictures] == ["picture-1.png", "picture-2.png", "picture-3.png"]
    assert [block.source for block in draft.document.blocks[1:]] == [picture.name for picture in draft.pictures]


@pytest.mark.parametrize(
    ("told", "level"),
    [("", 2), ('aria-level="3"', 3), ('aria-level="10"', 6), ('aria-level="100"', 2), ("aria-level=x", 2)],
)
def test_text_that_is_said_to_be_a_heading__is_one_of_the_level_that_is_told(told, level):
    others = "".join(f"<h{number}>Part {number}</h{number}><p>Words." for number in range(1, 7))
    found = read(f"{others}<div role=heading {told}>Scope</div><p>Words.").document.blocks
    assert [block.level for block in found if isinstance(block, Heading)][-1] == level - 1  # the first is the title
