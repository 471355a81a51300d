"""A new wording is written into one passage of a stored body: those words change, and nothing else does."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bpf_pages.conversion.rewording import NotHere, OneLineOnly, reworded, rich
from editions.document.passages import PassageKind, passages
from tests.bpf_pages.conversion.bodies import bodies
from tests.bpf_pages.conversion.test_blocks_to_document import BODY, document_of

NOTE = '<span data-footnote="">See <i>Lamps</i>.</span>'


@pytest.mark.parametrize(
    ("source", "wording", "expected"),
    [
        ("The <b>lamp</b> is dim.", "The <b> is dim.", "The <b>&lt;b&gt;</b> is dim."),
        ("The <b>old lamp</b> is dim.", "The old lamp is bright.", "The <b>old lamp</b> is bright."),
        ('The <a href="/x/">report</a> says so.', "The report of 2099 says so.",
         'The <a href="/x/">report</a> of 2099 says so.'),
        ("The <b>old</b> lamp.", "The old lamp burns.", "The <b>old</b> lamp burns."),
        ("The <b>old</b> lamp.", "The lamp.", "The lamp."),
        ("<b>All</b> lamps.", "Lamps.", "<b>Lamps</b>."),
        ("<b>All</b> the lamps.", "the lamps.", "the lamps."),
        ("Lamps.", "New Lamps.", "New Lamps."),
        (f"A lamp{NOTE} burns.", "A lamp burns out.", f"A lamp{NOTE} burns out."),
        (f"A lamp{NOTE} burns.", "A candle burns.", f"A candle{NOTE} burns."),
        ("AT&amp;T runs it.", "AT&T & others run it.", "AT&amp;T &amp; others run it."),
        ("One<br/>two three", "One two four", "One<br/>two four"),
        ("灯光<b>很暗</b>。", "灯光不暗。", "灯光<b>不暗</b>。"),
    ],
)  # fmt: skip
def test_rich__says_the_wording_and_keeps_the_marks_of_what_stays(source, wording, expected):
    found = rich(source, wording)
    assert found == expected
    document = document_of({"type": "text", "id": "0b", "value": f'<p data-block-key="k">{found}</p>'})
    assert next(iter(passages(document))).text == wording
    assert found.count(NOTE) == source.count(NOTE)
    assert found.count("<b>") == found.count("</b>")


WORDS = st.lists(st.sampled_from(["The", "lamp", "is", "<dim>", "&amp;", "灯", "over", "all,", "rooms."]), min_size=1)


@given(bodies(), WORDS.map(" ".join), st.data())
def test_reworded__at_any_passage_of_any_body__changes_that_passage_alone(drawn, wording, data):
    body, _said = drawn
    stored = BODY.to_python(body).get_prep_value()
    before = list(passages(document_of(*stored)))
    assume(before)
    chosen = data.draw(st.sampled_from(before))
    try:
        after = list(passages(document_of(*reworded(stored, chosen.key, wording))))
    except NotHere:
        parts = " | " in chosen.text or " — " in chosen.text or ". " in chosen.text or "Row" in chosen.kind
        people = chosen.kind == PassageKind.ITEM
        assert parts or people or chosen.kind in {PassageKind.ROW, PassageKind.PARAGRAPH}, chosen
        return
    texts = [passage.text for passage in before]
    texts[before.index(chosen)] = wording
    assert [passage.text for passage in after] == texts


def test_reworded__with_further_lines__puts_paragraphs_behind():
    body = [
        {"type": "text", "id": "0b", "value": '<p data-block-key="a">One.</p><ul><li data-block-key="b">Two.</li></ul>'}
    ]
    lines = [each.text for each in passages(document_of(*reworded(body, "0b.a", "One.\nOne and a half.")))]
    assert lines == ["One.", "One and a half.", "Two."]
    lines = [each.text for each in passages(document_of(*reworded(body, "0b.b", "Two.\nThree.")))]
    assert lines == ["One.", "Two.", "Three."]
    with pytest.raises(OneLineOnly):
        reworded([{"type": "finding", "id": "0f", "value": {"title": "A", "body": []}}], "0f", "A\nB")


def test_reworded__a_row_a_footnote_an_option__are_found_by_their_keys():
    table = {"columns": [{"type": "text", "heading": "Land"}, {"type": "text", "heading": "Lamps"}],
             "rows": [{"values": ["<p>North</p>", "<p><b>Few</b> lamps</p>"]}], "caption": ""}  # fmt: skip
    body = [
        {"type": "table", "id": "0a", "value": {"caption": "", "table": table, "row_heads": False}},
        {"type": "text", "id": "0b", "value": f'<p data-block-key="k">A lamp{NOTE} burns.</p>'},
        {"type": "alternative", "id": "0c", "value": {"title": "How?", "body": [], "options": [
            {"type": "item", "id": "0d", "value": {"title": "A", "body": '<p data-block-key="m">By day.</p>'}}]}},
    ]  # fmt: skip
    for passage in passages(document_of(*body)):
        wanted = passage.text.replace("lamps", "lights").replace("Lamps", "Lights").replace("day", "night")
        if wanted != passage.text:
            after = passages(document_of(*reworded(body, passage.key, wanted)))
            assert [each.text for each in after if each.ordinal == passage.ordinal] == [wanted]
    row = next(each.key for each in passages(document_of(*body)) if each.text.startswith("North"))
    assert "<b>Few</b> lights" in str(reworded(body, row, "North | Few lights"))
