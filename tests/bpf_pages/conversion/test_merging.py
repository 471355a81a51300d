"""Two people change one text at the same time: nobody's words are lost, and what both changed stands twice, marked."""

import re
from copy import deepcopy
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from bpf_pages.conversion.merging import Merge, Writer, merge_fields
from bpf_pages.conversion.rich_pieces import Piece, joined, pieces
from bpf_pages.conversion.shapes import Kind, Shape
from editions.comparison.keyed_merge import merged_order

RICH, WORDS = Shape(Kind.RICH, "Text"), Shape(Kind.WORDS, "Title")
PLAIN = Shape(Kind.BLOCKS, "Body", {"text": RICH})
PERSON = Shape(Kind.FIELDS, "", {"name": Shape(Kind.WORDS, "Name")})
FIGURE = Shape(Kind.FIELDS, "", {"image": Shape(Kind.CHOSEN, "Image"), "alt": Shape(Kind.WORDS, "Description")})
BODY = Shape(Kind.BLOCKS, "Text", {
    "text": RICH,
    "finding": Shape(Kind.FIELDS, "", {"title": WORDS, "body": PLAIN}),
    "people": Shape(Kind.ITEMS, "", {"item": PERSON}),
    "figure": FIGURE,
    "table": Shape(Kind.FIELDS, "", {"table": Shape(Kind.TABLE, "Table"), "caption": RICH}),
})  # fmt: skip
SHAPES = {
    "title": WORDS, "former_titles": Shape(Kind.LINES, "Former titles"), "kind": Shape(Kind.FACT, "Kind"), "body": BODY,
}  # fmt: skip
BO = Writer("7", "Bo Li, 14:03 UTC")
MARK = "⟦Bo Li, 14:03 UTC⟧ "


def p(key: str, words: str) -> str:
    return f'<p data-block-key="{key}">{words}</p>'


def text(*paragraphs: str, id: str = "t") -> dict[str, Any]:
    return {"type": "text", "id": id, "value": "".join(paragraphs)}


def page(*body: dict[str, Any], title: str = "Lamps", kind: str = "outcome", former: str = "") -> dict[str, Any]:
    return {"title": title, "kind": kind, "former_titles": former, "body": list(body)}


def merged(base: dict[str, Any] | None, theirs: dict[str, Any], mine: dict[str, Any]) -> Merge:
    return merge_fields(SHAPES, base, theirs, mine, BO)


def body_of(base: dict[str, Any], theirs: dict[str, Any], mine: dict[str, Any]) -> list[Any]:
    return merged(base, theirs, mine).values["body"]


A, B, C = p("a", "One."), p("b", "Two."), p("c", "Three.")
A2, B2, B3 = p("a", "One more."), p("b", "Two here."), p("b", "Two there.")
N = p("n", "New.")


@pytest.mark.parametrize(
    ("theirs", "mine", "expected"),
    [
        ([A2, B, C], [A, B2, C], [A2, B2, C]),  # different paragraphs
        ([A, B, C, N], [A2, B, C], [A2, B, C, N]),  # put in and changed
        ([A, C], [A2, B, C], [A2, C]),  # taken out and changed elsewhere
        ([A, B2, C], [A, C], [A, B2, C]),  # taken out by one and changed by the other: it stays
        ([A, C], [A, B2, C], [A, B2, C]),
        ([B, A, C], [A, B, C2 := p("c", "Four.")], [B, A, C2]),  # moved by one, changed by the other
        ([A, B, C], [C, A, B], [C, A, B]),
        ([A, N, B, C], [A, p("m", "Mine."), B, C], [A, N, p("m", "Mine."), B, C]),  # both put in at one place
        ([A, B2, C], [A, B2, C], [A, B2, C]),  # both the same
    ],
)
def test_merge__of_changes_that_do_not_meet__takes_both_over(theirs, mine, expected) -> None:
    found = merged(page(text(A, B, C)), page(text(*theirs)), page(text(*mine)))
    assert found.values["body"] == [text(*expected)]
    assert found.twice == 0


def test_merge__of_two_wordings_of_one_paragraph__keeps_both_and_marks_mine_behind_theirs() -> None:
    found = merged(page(text(A, B, C)), page(text(A, B2, C)), page(text(A, B3, C)))
    (block,) = found.values["body"]
    first, second = re.findall(r"<p data-block-key=\"\w+\">Two here.</p>|<p [^>]*>⟦[^<]*</p>", block["value"])
    assert first == B2
    assert f">{MARK}Two there.</p>" in second
    assert found.twice == 1


def test_merge__again_from_a_tab_that_did_not_see_the_mark__brings_my_wording_up_to_date_once() -> None:
    base, theirs, mine = page(text(A, B)), page(text(A, B2)), page(text(A, B3))
    once = merged(base, theirs, mine).values
    typed_on = page(text(A, p("b", "Two over there.")))
    twice = merged(mine, once, typed_on).values["body"][0]["value"]
    assert twice.count("⟦") == 1
    assert "Two over there." in twice
    assert "Two there." not in twice
    joined_by_hand = deepcopy(once)
    joined_by_hand["body"][0]["value"] = once["body"][0]["value"].replace(MARK, "And ")
    assert "And Two there." in merged(mine, joined_by_hand, typed_on).values["body"][0]["value"]


def test_merge__of_items_in_lists__keeps_the_lists() -> None:
    def listed(*items: str) -> str:
        return "".join(["<ul>", *(f'<li data-block-key="{item[0]}">{item}</li>' for item in items), "</ul>"])

    base, theirs, mine = listed("a", "b", "c"), listed("a", "b more", "c"), listed("a", "b", "d", "c")
    assert body_of(page(text(base)), page(text(theirs)), page(text(mine))) == [text(listed("a", "b more", "d", "c"))]


def test_merge__of_a_title_that_both_changed__keeps_theirs_and_puts_mine_at_the_head_of_the_text() -> None:
    base, theirs, mine = page(text(A)), page(text(A), title="Lamps at night"), page(text(A), title="Lights & <lamps>")
    first = merged(base, theirs, mine).values
    assert first["title"] == "Lamps at night"
    head, block = first["body"]
    assert "⟦Bo Li, 14:03 UTC, Title⟧ Lights &amp; &lt;lamps&gt;</p>" in head["value"]
    assert block == text(A)
    again = merged(mine, first, page(text(A), title="Lights")).values["body"]
    assert [each["value"].count("⟦") for each in again] == [1, 0]
    assert "⟧ Lights</p>" in again[0]["value"]


def test_merge__of_blocks__puts_in_takes_out_and_moves_by_their_ids() -> None:
    one, two, three = text(A, id="1"), text(B, id="2"), text(C, id="3")
    new = text(N, id="9")
    assert body_of(page(one, two, three), page(three, one, two), page(one, two, new, three)) == [three, one, two, new]
    assert body_of(page(one, two), page(two), page(one, two, new)) == [two, new]
    assert body_of(page(one, two), page(two), page(text(A2, id="1"), two)) == [text(A2, id="1"), two]


def test_merge__inside_a_part_with_fields__goes_field_by_field() -> None:
    def finding(title: str, *paragraphs: str) -> dict[str, Any]:
        return {"type": "finding", "id": "f", "value": {"title": title, "body": [text(*paragraphs)]}}

    assert body_of(page(finding("X", A, B)), page(finding("Y", A, B)), page(finding("X", A2, B))) == [
        finding("Y", A2, B)
    ]
    stays, beside = body_of(page(finding("X", A)), page(finding("Y", A)), page(finding("Z", A2)))
    assert stays == finding("Y", A2)
    assert "Title⟧ Z</p>" in beside["value"]


def test_merge__of_people_whose_names_both_changed__keeps_mine_in_a_paragraph_behind_the_block() -> None:
    def people(*names: str) -> dict[str, Any]:
        items = [{"type": "item", "id": f"i{at}", "value": {"name": name}} for at, name in enumerate(names)]
        return {"type": "people", "id": "p", "value": items}

    assert body_of(page(people("Ann", "Ben")), page(people("Anna", "Ben")), page(people("Ann", "Benno"))) == [
        people("Anna", "Benno")
    ]
    stays, beside = body_of(page(people("Ann")), page(people("Anna")), page(people("Anne")))
    assert stays == people("Anna")
    assert "Name⟧ Anne</p>" in beside["value"]


def test_merge__of_an_image_that_both_exchanged__keeps_both_blocks() -> None:
    def figure(image: int) -> dict[str, Any]:
        return {"type": "figure", "id": "g", "value": {"image": image, "alt": "Lamp"}}

    theirs, label, mine = body_of(page(figure(1)), page(figure(2)), page(figure(3)))
    assert theirs == figure(2)
    assert "⟦" in label["value"]
    assert (mine["value"], mine["id"]) == (figure(3)["value"], mine["id"])
    assert mine["id"] != "g"


def table(*rows: list[str], columns: tuple[str, ...] = ("A", "B")) -> dict[str, Any]:
    heads = [{"type": "text", "heading": name} for name in columns]
    held = {"columns": heads, "rows": [{"values": list(row)} for row in rows], "caption": ""}
    return {"type": "table", "id": "t", "value": {"table": held, "caption": ""}}


def test_merge__of_rows__goes_row_by_row_and_keeps_both_of_one() -> None:
    base = page(table(["a", "1"], ["b", "2"]))
    assert body_of(base, page(table(["a", "9"], ["b", "2"])), page(table(["a", "1"], ["b", "2"], ["c", "3"]))) == [
        table(["a", "9"], ["b", "2"], ["c", "3"])
    ]
    (both,) = body_of(base, page(table(["a", "8"], ["b", "2"])), page(table(["a", "9"], ["b", "2"])))
    rows = [row["values"] for row in both["value"]["table"]["rows"]]
    assert [row[1] for row in rows] == ["8", "9", "2"]
    assert f">{MARK}a</p>" in rows[1][0]


def test_merge__of_a_table_that_got_other_columns__keeps_both_tables() -> None:
    found = body_of(page(table(["a", "1"])), page(table(["a", "1"], columns=("A", "C"))), page(table(["b", "1"])))
    assert [block["type"] for block in found] == ["table", "text", "table"]


def test_merge__of_lines_and_facts__keeps_each_line_and_tells_of_the_fact() -> None:
    found = merged(page(former="x\ny"), page(former="x\ny\nz", kind="report"), page(former="y\nw", kind="brief"))
    assert found.values["former_titles"].split("\n") == ["y", "z", "w"]
    assert found.values["kind"] == "report"
    assert found.settled == (("Kind", "brief"),)


def test_merge__without_what_both_came_from__takes_nothing_out() -> None:
    found = merged(None, page(text(A, B2), title="X"), page(text(A, B3, C), title="X")).values["body"]
    shown = found[0]["value"]
    assert [words in shown for words in ("One.", "Two here.", "Two there.", "Three.")] == [True] * 4
    assert shown.count("One.") == 1


def test_merge__of_a_text_that_does_not_come_apart__keeps_both_whole() -> None:
    odd = "<ul> <li>loose</li></ul>"
    assert pieces(odd) is None
    (block,) = body_of(page(text(odd)), page(text(odd + A)), page(text(odd + B)))
    assert "One." in block["value"]
    assert "Two." in block["value"]


# --- pieces -------------------------------------------------------------------------------------------------------

NAMES = st.sampled_from("abcdefgh")
LEAVES = st.builds(lambda key, words: (key, words), NAMES, st.sampled_from(["x", "<b>y</b> z", ""]))
LISTS = st.recursive(
    st.lists(st.tuples(LEAVES, st.none()), min_size=1, max_size=3),
    lambda below: st.lists(st.tuples(LEAVES, st.none() | below), min_size=1, max_size=3),
    max_leaves=6,
)


def written_list(items: Any, tag: str) -> str:
    inside = "".join(
        f'<li data-block-key="{key}">{words}{written_list(below, "ol") if below else ""}</li>'
        for (key, words), below in items
    )
    return f"<{tag}>{inside}</{tag}>"


PARTS = st.one_of(
    LEAVES.map(lambda leaf: p(*leaf)), LISTS.map(lambda items: written_list(items, "ul")), st.just("<hr/>")
)


@settings(max_examples=60, deadline=None)
@given(st.lists(PARTS, max_size=6).map("".join))
def test_pieces__of_any_text_of_the_editor__put_together_are_that_text(source) -> None:
    found = pieces(source)
    assert found is not None
    assert joined(found.values()) == source


def test_joined__when_the_outer_item_is_gone__moves_the_inner_one_outwards() -> None:
    inner = Piece('<li data-block-key="b">b</li>', ("<ul>", "<ol>"))
    assert joined([inner]) == '<ul><li data-block-key="b">b</li></ul>'


@settings(max_examples=100, deadline=None)
@given(*[st.lists(NAMES, unique=True)] * 3)
def test_order__of_any_two_lists__has_every_key_once_and_mine_in_the_order_of_mine(base, theirs, mine) -> None:
    order = merged_order(base, theirs, mine)
    assert sorted(order) == sorted({*theirs, *mine})
    if set(base) == set(theirs) and base == theirs:
        assert [key for key in order if key in mine] == mine


# --- two editors --------------------------------------------------------------------------------------------------


class TwoEditors(RuleBasedStateMachine):
    """Each has a tab: what it was filled from or last posted (`posted`), and what stands in its form.

    Saving by itself posts the form and leaves it as it is; saving by hand loads what came of it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.count = 0
        self.deleted: set[str] = set()
        self.written: set[str] = set()
        self.latest = page(text(A, B, C, id="1"), text(p("d", "Four."), id="2"), title="")
        self.posted = [self.latest, self.latest]
        self.forms = [deepcopy(self.latest), deepcopy(self.latest)]

    def word(self) -> str:
        self.count += 1
        self.written.add(f"w{self.count}e")
        return f"w{self.count}e"

    def paragraphs(self, form: dict[str, Any], at: int) -> tuple[dict[str, Any], list[str]] | None:
        blocks = form["body"]
        if not blocks:
            return None
        block = blocks[at % len(blocks)]
        return block, re.findall(r"<p [^>]*>.*?</p>", block["value"])

    @rule(who=st.integers(0, 1), at=st.integers(0, 5), of=st.integers(0, 9), front=st.booleans())
    def type_words(self, who, at, of, front) -> None:
        if (found := self.paragraphs(self.forms[who], at)) and found[1]:
            block, parts = found
            part = parts[of % len(parts)]
            new = part.replace(">", f">{self.word()} ", 1) if front else part.replace("</p>", f" {self.word()}</p>")
            block["value"] = block["value"].replace(part, new)

    @rule(who=st.integers(0, 1), at=st.integers(0, 5), of=st.integers(0, 9))
    def put_in_a_paragraph(self, who, at, of) -> None:
        if found := self.paragraphs(self.forms[who], at):
            block, parts = found
            parts.insert(of % (len(parts) + 1), p(f"k{self.count}", self.word()))
            block["value"] = "".join(parts)

    @rule(who=st.integers(0, 1), at=st.integers(0, 5), of=st.integers(0, 9))
    def take_out_a_paragraph(self, who, at, of) -> None:
        if (found := self.paragraphs(self.forms[who], at)) and found[1]:
            block, parts = found
            self.deleted |= set(re.findall(r"w\d+e", parts.pop(of % len(parts))))
            block["value"] = "".join(parts)

    @rule(who=st.integers(0, 1), at=st.integers(0, 5))
    def move_a_paragraph(self, who, at) -> None:
        if found := self.paragraphs(self.forms[who], at):
            block, parts = found
            block["value"] = "".join([*parts[1:], *parts[:1]])

    @rule(who=st.integers(0, 1), at=st.integers(0, 5))
    def put_in_a_block(self, who, at) -> None:
        blocks = self.forms[who]["body"]
        blocks.insert(at % (len(blocks) + 1), text(p(f"k{self.count}", self.word()), id=f"b{self.count}"))

    @rule(who=st.integers(0, 1), at=st.integers(0, 5))
    def take_out_a_block(self, who, at) -> None:
        blocks = self.forms[who]["body"]
        if len(blocks) > 1:
            self.deleted |= set(re.findall(r"w\d+e", blocks.pop(at % len(blocks))["value"]))

    @rule(who=st.integers(0, 1))
    def change_the_title(self, who) -> None:
        self.deleted |= set(re.findall(r"w\d+e", self.forms[who]["title"]))
        self.forms[who]["title"] = self.word()

    @rule(who=st.integers(0, 1))
    def save_by_itself(self, who) -> None:
        writer = Writer(str(who), f"Editor {who}")
        self.latest = deepcopy(merge_fields(SHAPES, self.posted[who], self.latest, self.forms[who], writer).values)
        self.posted[who] = deepcopy(self.forms[who])

    @rule(who=st.integers(0, 1))
    def save_by_hand(self, who) -> None:
        self.save_by_itself(who)
        self.posted[who] = self.latest
        self.forms[who] = deepcopy(self.latest)

    @invariant()
    def no_word_is_lost(self) -> None:
        words = set(re.findall(r"w\d+e", str(self.latest) + str(self.forms)))
        assert self.written - self.deleted <= words

    def teardown(self) -> None:
        for who in (0, 1):
            self.save_by_itself(who)
        assert self.written - self.deleted <= set(re.findall(r"w\d+e", str(self.latest)))


TestTwoEditors = TwoEditors.TestCase
TestTwoEditors.settings = settings(
    max_examples=15, stateful_step_count=200, deadline=None, suppress_health_check=list(HealthCheck)
)
