"""The editor's HTML, read. The words are compared with a reading of the input that shares no code with the product."""

import html
import re
import string

from hypothesis import given
from hypothesis import strategies as st

from bpf_pages.conversion import rich_text
from bpf_pages.conversion.block_keys import keyed
from editions.document.model import Heading, Item, ListBlock, Mark, Paragraph, Quote, Run

WORD = st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S", "M")), min_size=1, max_size=8)
PHRASE = st.lists(WORD, min_size=1, max_size=4).map(" ".join)
INLINE_TAGS = st.sampled_from(
    [
        ("<b>", "</b>"),
        ("<i>", "</i>"),
        ('<a href="https://example.org/">', "</a>"),
        ('<span lang="ar" dir="rtl">', "</span>"),
        ('<span data-footnote="">', "</span>"),
        ("<sup>", "</sup>"),
        ("<unknown>", "</unknown>"),
    ]
)


@st.composite
def inline_html(draw):
    parts = []
    for phrase in draw(st.lists(PHRASE, min_size=1, max_size=4)):
        begin, end = draw(st.one_of(st.just(("", "")), INLINE_TAGS))
        parts.append(f"{begin}{html.escape(phrase)}{end}")
    return " ".join(parts)


@st.composite
def list_html(draw, depth=0):
    tag = draw(st.sampled_from(["ul", "ol"]))
    items = []
    for text in draw(st.lists(inline_html(), min_size=1, max_size=3)):
        nested = draw(list_html(depth + 1)) if depth < 3 and draw(st.booleans()) else ""
        items.append(f"<li>{text}{nested}</li>")
    return f"<{tag}>{''.join(items)}</{tag}>"


@st.composite
def rich_html(draw):
    block = st.one_of(
        inline_html().map(lambda text: f"<p>{text}</p>"),
        inline_html().map(lambda text: f'<h3 data-block-key="aaaaa">{text}</h3>'),
        inline_html().map(lambda text: f"<blockquote>{text}</blockquote>"),
        inline_html(),
        list_html(),
    )
    return "\n".join(draw(st.lists(block, max_size=6)))


def words_said(runs):
    return "".join("\n" if run.note else run.text for run in runs).split()


def block_words(block):
    match block:
        case ListBlock():
            for item in block.items:
                yield from item_words(item)
        case _:
            yield from words_said(block.runs)


def item_words(item: Item):
    yield from words_said(item.runs)
    for child in item.items:
        yield from item_words(child)


def words_of_html(source):
    """(words outside footnotes, words inside), by regular expressions alone: the test's own reading."""
    notes = []

    def lift(match):
        notes.extend(html.unescape(match[1]).split())
        return "\n"

    text = re.sub(r'<span data-footnote="">(.*?)</span>', lift, source)
    text = re.sub(r"</?(?:p|h3|li|ul|ol|blockquote)[^>]*>", "\n", text)
    return html.unescape(re.sub(r"</?(?:b|i|a|span|sup|unknown)\b[^>]*>", "", text)).split(), notes


@given(rich_html())
def test_blocks__of_anything_an_editor_writes__lose_no_word_and_keep_the_order(source):
    blocks, notes = rich_text.blocks(source, "u")
    expected, expected_notes = words_of_html(source)
    assert [word for block in blocks for word in block_words(block)] == expected
    assert [word for note in notes for word in words_said(note.runs)] == expected_notes


@given(st.text(max_size=300))
def test_blocks__of_any_string_at_all__have_a_reading(source):
    blocks, _ = rich_text.blocks(source, "u")
    assert rich_text.blocks(source, "u")[0] == blocks


@given(st.text("<>/abpuli \"'=&;!-x#" + string.digits, max_size=120))
def test_blocks__of_broken_markup__have_a_reading(source):
    rich_text.blocks(source, "u")


def test_blocks__with_hostile_html__keep_the_words_and_nothing_else():
    source = (
        '<p onclick="x()">Read <img src=x onerror=alert(1)><a href="javascript:alert(1)">this</a>'
        '<script>alert("x")</script> <a href=" JaVaScRiPt:x">and</a> <a href="//evil.example/">that</a></p>'
    )
    (paragraph,), _ = rich_text.blocks(source, "u")
    assert "".join(run.text for run in paragraph.runs) == "Read this and that"
    assert not any(run.href for run in paragraph.runs)


def test_blocks__with_typed_angle_brackets__keep_them_as_text():
    (paragraph,), _ = rich_text.blocks("<p>if a &lt; b and &lt;script&gt; is text</p>", "u")
    assert paragraph.runs == (Run("if a < b and <script> is text"),)


def test_blocks__with_nested_lists__keep_levels_and_kinds():
    source = "<ol><li>one<ul><li>inner</li></ul></li><li>two</li></ol><ul><li>other</li></ul>"
    first, second = rich_text.blocks(source, "u")[0]
    assert first.ordered
    assert [item.runs[0].text for item in first.items] == ["one", "two"]
    assert first.items[0].items[0].runs == (Run("inner"),)
    assert not first.items[0].ordered
    assert not second.ordered


def test_blocks__with_styles_in_each_other__carry_all_of_them():
    (paragraph,), _ = rich_text.blocks('<p><a href="/x/"><b>bold <span lang="fr">mot</span></b></a></p>', "u")
    assert paragraph.runs == (
        Run("bold ", frozenset({Mark.STRONG}), "/x/"),
        Run("mot", frozenset({Mark.STRONG}), "/x/", "fr"),
    )


def test_footnote__interrupted_by_bold__is_one_note_at_one_mark():
    source = (
        '<p data-block-key="k1">Text<span data-footnote="">see </span><b><span data-footnote="">this</span></b>'
        '<span data-footnote=""> book</span> goes on.</p>'
    )
    (paragraph,), (note,) = rich_text.blocks(source, "u")
    assert paragraph.runs == (Run("Text"), Run("", note="u.k1-n1"), Run(" goes on."))
    assert note.key == "u.k1-n1"
    assert [run.text for run in note.runs] == ["see ", "this", " book"]


def test_keys__of_the_editor__are_kept_and_missing_ones_derived_the_same_each_time():
    source = '<h2 data-block-key="abc12">Head</h2><p>No key</p><p>No key</p>'
    heading, one, two = rich_text.blocks(source, "u")[0]
    assert heading.key == "u.abc12"
    assert one.key != two.key
    assert rich_text.blocks(source, "u")[0] == (heading, one, two)


def test_keys__of_a_paragraph_copied_with_its_key__stay_apart():
    one, two = rich_text.blocks('<p data-block-key="k">Same</p><p data-block-key="k">Same</p>', "u")[0]
    assert (one.key, two.key) == ("u.k", "u.k+2")


def test_keys__of_different_texts_with_one_key__are_left_for_validation_to_refuse():
    one, two = rich_text.blocks('<p data-block-key="k">One</p><p data-block-key="k">Two</p>', "u")[0]
    assert one.key == two.key


def test_keyed__gives_keys_where_there_are_none__and_is_stable():
    source = '<p>a</p><p data-block-key="zz">b</p><ul><li>c</li></ul>'
    once = keyed(source)
    assert keyed(once) == once
    assert once.count("data-block-key") == 3
    assert 'data-block-key="zz"' in once


def test_blocks__of_each_kind__become_the_document_kind():
    blocks, _ = rich_text.blocks("<h2>A</h2><h6>B</h6><blockquote>C</blockquote><p>D<br/>E</p>", "u")
    assert [type(block) for block in blocks] == [Heading, Heading, Quote, Paragraph]
    assert [block.level for block in blocks[:2]] == [1, 5]
    assert blocks[3].runs == (Run("D\nE"),)


def test_inline__of_two_paragraphs__is_one_line_with_a_break():
    runs, _ = rich_text.inline("<p>one</p><p>two</p>", "k")
    assert runs == (Run("one\ntwo"),)
