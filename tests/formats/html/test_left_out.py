"""What of a web page is no text: menus, scripts, hidden words, lists of contents, remarks."""

from datetime import UTC, datetime

import pytest

from editions.document.model import Heading, Paragraph, text_of_runs
from formats import html
from formats.draft import NoteKind, Reason
from tests.formats.html.pages import read
from tests.formats.said import left, said


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


def test_a_note_of_deleted_words__goes_with_them():
    draft = read(
        "<p>Text <del>gone<a href='#n' id=r>[1]</a></del> more</p><p id=n><a href='#r'>[1]</a> a note here</p>"
    )
    assert not draft.document.notes
    assert "a note here" in " ".join(left.text for left in draft.left_out if left.reason == Reason.DELETION)


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


@pytest.mark.parametrize("short", ["<!-->", "<!--->"])
def test_a_comment_that_ends_as_it_begins__takes_no_letter_with_it(short):
    """As browsers read it (HTML standard, abrupt closing of empty comment)."""
    content = f"<p>one {short}two three</p>".encode()
    assert [source.text for source in html.words(content)] == ["one two three"]
    assert [text_of_runs(block.runs) for block in read(content).document.blocks] == ["one two three"]
