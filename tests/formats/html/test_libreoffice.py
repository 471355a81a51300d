"""HTML as LibreOffice writes it, which says by place and look what a style said in its own file."""

from editions.document.model import Figure, ListBlock, Paragraph, Quote, Table, text_of_runs
from formats.draft import Reason
from tests.formats.html.pages import blocks, read
from tests.formats.said import items, left

HEAD = '<meta name="generator" content="LibreOffice 7.4.7.2 (Linux)"/>'
KEEPS = 'style="margin-top: 0in; page-break-after: avoid"'
PICTURE = '<img src="data:image/png;base64,iVBORw0KGgo="/>'


def lists(text):
    return [
        (block.ordered, items(block.items)) for block in blocks(HEAD + text) if isinstance(block, ListBlock)
    ]  # fmt: skip


def test_inner_list__that_its_outer_list_ends_for__is_of_the_item_before_it():
    text = (
        '<ul><li><p>one</p></ul>\n<ol><ol><li value="1"><p>one a</p><li><p>one b</p></ol></ol>\n'
        "<ul><ul><ul><li><p>deep</p></ul></ul></ul>\n<ul><li><p>two</p></ul>"
    )
    assert lists(text) == [(False, [("one", ["one a", ("one b", ["deep"])]), "two"])]


def test_list__after_another_with_an_inner_list__begins_anew_at_its_number():
    text = (
        '<ol><li value="1"><p>one</p></ol><ul><ul><li><p>inner</p></ul></ul><ol start="2"><li><p>two</p></ol>'
        '<ol><li value="1"><p>another</p></ol>'
    )
    assert lists(text) == [(True, [("one", ["inner"]), "two"]), (True, ["another"])]


def test_lists__with_nothing_deeper__stay_as_they_are():
    assert lists('<ol><li value="1"><p>a</p></ol><ol><li value="1"><p>b</p></ol>') == [(True, ["a"]), (True, ["b"])]


def test_paragraph_below_a_picture_that_keeps_with_it__is_its_caption():
    found = blocks(f"{HEAD}<p {KEEPS}>{PICTURE}</p><p><i>How it grew</i></p><p>Then text.</p>")
    assert [type(block) for block in found] == [Figure, Paragraph]
    assert text_of_runs(found[0].caption) == "How it grew"


def test_paragraph_that_keeps_with_a_table__is_its_caption__a_lead_in_is_not():
    table = "<center><table><tr><td>a</td><td>b</td></tr></table></center>"
    found = blocks(f"{HEAD}<p {KEEPS}>Reports by year</p>{table}<p {KEEPS}>They were these:</p>{table}")
    assert [type(block) for block in found] == [Table, Paragraph, Table]
    assert text_of_runs(found[0].caption) == "Reports by year"


def test_class_made_of_a_style_name__is_what_the_style_is():
    found = blocks(f'{HEAD}<h1>Part</h1><p class="block-text-western">Quoted.</p><p class="text-body">Said.</p>')
    assert [type(block) for block in found[1:]] == [Quote, Paragraph]


def test_first_paragraph__that_says_what_the_file_is_called__is_the_title():
    draft = read(f"{HEAD}<title>Shared routes</title><p align=center><b>Shared\nroutes</b></p><h1>Part</h1><p>a</p>")
    assert draft.document.title == "Shared routes"
    assert len(draft.document.blocks) == 2


def test_head_and_foot_of_its_pages__are_left_out_as_such():
    draft = read(
        f'{HEAD}<div title="header"><p>River draft</p></div><h1>Part</h1><p>a</p><div title="footer"><p>Page 1</p></div>'
    )
    assert [text_of_runs(block.runs) for block in draft.document.blocks] == ["Part", "a"]
    assert left(draft, Reason.RUNNING_HEAD) == ["River draft", "Page 1"]
