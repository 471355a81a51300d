"""Any markup and any bytes: read, bounded, and no letter lost."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from formats import html
from tests.examples import examples
from tests.formats.accounting import lost_letters
from tests.formats.html.pages import read

# Any file
DEEP = ["<div>", "<ul><li>", "<b>", "<table><tr><td>", "<blockquote>", "<dl><dd>", "<span hidden>", "<svg><g>", "<q>"]
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


@pytest.mark.parametrize("tag", DEEP)
def test_ten_thousand_levels__are_read(tag):
    read(tag * 10_000 + "<p>x")


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=25).map("".join))
def test_any_markup__loses_no_letter(text):
    assert lost_letters(list(html.words(text.encode())), html.read(text.encode(), "file.html")) == ""


@settings(max_examples=examples(150), deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes__are_read(content):
    read(content)
