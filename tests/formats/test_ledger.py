"""The ledger: every word kept, moved, left out for a reason, or told as lost."""

import json
import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions.document.model import Document, Figure, Heading, Note, Paragraph, Quote, Row, Run, Table
from formats.draft import Doubt, Draft, Finding, LeftOut, Reason, Source, Thing
from formats.ledger import Ledger, Tally, Unaccounted, account
from formats.segmentation import words


def draft(*lines: str, title: str = "", out: tuple[LeftOut, ...] = ()) -> Draft:
    blocks = tuple(Paragraph(f"b{place}", (Run(line),)) for place, line in enumerate(lines))
    return Draft(Document(title, "en", blocks), left_out=out)


def sources(*lines: str, place: str = "text") -> list[Source]:
    return [Source(line, place) for line in lines]


def out(text: str, reason: Reason = Reason.HIDDEN) -> LeftOut:
    return LeftOut(reason, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It’s 3.14 or 1,000 - don't!", ["It’s", "3.14", "or", "1,000", "don't"]),
        ("论坛的报告 2024年", ["论", "坛", "的", "报", "告", "2024", "年"]),
        ("كِتَابٌ جديد", ["كِتَابٌ", "جديد"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("inter\u00adnet ﬁle", ["internet", "file"]),
        ("x² L=2n+1 a_b", ["x2", "L", "2", "n", "1", "a", "b"]),
        ("• — …", []),
    ],
)
def test_words_are_told_apart_in_every_script(text, found):
    assert list(words(text)) == found


def test_everything_kept():
    found = account(draft("One two.", "Three 4."), sources("One two.", "Three 4."))
    assert found == Ledger(words=4, kept=4, numbers=1, things={thing: Tally() for thing in Thing if thing != "words"})
    assert found.balanced


def test_a_lost_word_is_told_with_its_place():
    found = account(draft("One two."), [*sources("One two."), *sources("Lost 12 here", place="footnotes")])
    assert found.unaccounted == (Unaccounted("Lost 12 here", "footnotes"),)
    assert (found.unaccounted_words, found.numbers_unaccounted, found.balanced) == (3, 1, False)


def test_a_word_in_the_middle_of_a_line_is_told():
    found = account(draft("One two four five"), sources("One two three four five"))
    assert found.unaccounted == (Unaccounted("three", "text"),)
    assert found.kept == 4


def test_a_word_kept_once_of_twice_is_told():
    found = account(draft("again"), sources("again", "again"))
    assert (found.kept, found.unaccounted_words) == (1, 1)


def test_words_left_out_are_counted_by_reason():
    gone = (out("secret"), out("Page 3", Reason.RUNNING_HEAD))
    found = account(draft("Seen text", out=gone), sources("Seen secret text", "Page 3"))
    assert found.left_out == {"hidden": 1, "running head": 2}
    assert (found.kept, found.unaccounted) == (2, ())


def test_what_stands_elsewhere_is_moved():
    found = account(draft("the last", "the first", "the middle"), sources("the first", "the middle", "the last"))
    assert (found.kept, found.moved) == (4, 2)


CHINESE, ENGLISH = (
    "论坛每年发布关于网络安全的报告并请小型运营商分享经验数量减少",
    "forums publish what they learned of routes and of mail",
)


@pytest.mark.parametrize("vocabulary", [list(CHINESE), ENGLISH.split()])
def test_lines_of_a_paragraph_beside_cells_that_say_the_same__move_nothing(vocabulary):
    """A PDF holds lines: the end of one may be as a cell above it says, and single signs stand everywhere."""
    drawn = random.Random(7)
    blocks = [[drawn.choice(vocabulary) for _ in range(drawn.choice((1, 2, 40)))] for _ in range(60)]
    texts = list(map(" ".join, blocks))
    lines = [" ".join(block[start : start + 9]) for block in blocks for start in range(0, len(block), 9)]
    found = account(draft(*texts), sources(*lines))
    assert (found.moved, found.unaccounted_words) == (0, 0)
    moved = account(draft(*texts[40:], *texts[:40]), sources(*lines)).moved
    assert moved == pytest.approx(sum(map(len, blocks[40:])), rel=0.1)


def test_a_contents_list_before_its_headings_moves_nothing():
    heads = ["Aims", "Means", "Ends"]
    gone = tuple(out(head, Reason.CONTENTS_LIST) for head in heads)
    text = [one for head in heads for one in (head, f"Text of {head} follows")]
    found = account(draft(*text, out=gone), sources(*heads, *text))
    assert (found.moved, found.left_out["contents list"], found.unaccounted_words) == (0, 3, 0)


def test_words_that_are_cut_elsewhere_are_the_same_words():
    assert account(draft("international work"), sources("inter", "national work")).balanced
    assert account(draft("inter-national"), sources("international")).balanced
    assert account(draft("Words", out=(out("A", Reason.NOTE_NUMBER),)), sources("WordsA")).balanced
    assert not account(draft("interim"), sources("inter", "national")).balanced


def test_words_that_the_file_does_not_hold_are_told():
    assert account(draft("3. Gamma"), sources("Gamma")).added == ("3",)


def test_case_is_kept_and_forms_of_letters_are_not():
    assert not account(draft("Word"), sources("word")).balanced
    assert account(draft("ﬁle é"), sources("file e\u0301")).balanced


def test_every_part_of_a_document_counts():
    document = Document(
        "Title", "en",
        (
            Heading("b1", 1, (Run("Head"),)),
            Table("b2", (Run("Caption"),), (Row("b3", ((Run("cell"),), ())),)),
            Figure("b4", "a.png", "description", (Run("below"),), 1, 1),
            Quote("b5", (Run("said", href="https://example.org"),), (Run("who"),)),
        ),
        "Sub", (Note("b6", (Run("note"),)),),
    )  # fmt: skip
    told = (Finding(Doubt.LINK_LEFT_OUT, "x"),)
    lines = ["Title", "Sub", "Head", "Caption", "cell", "description", "below", "said", "who", "note"]
    things = [Source("", "text", thing) for thing in (Thing.LINK, Thing.LINK, Thing.HEADING, Thing.CELL, Thing.PICTURE)]
    found = account(Draft(document, findings=told), [*sources(*lines), *things])
    assert (found.kept, found.moved, found.added) == (10, 0, ())
    assert found.things["links"] == Tally(2, 1, 1)
    assert [found.things[name].in_draft for name in ("headings", "table cells", "pictures")] == [1, 1, 1]


def test_a_ledger_is_plain_data_and_back():
    found = account(draft("One"), sources("One", "lost 7"))
    assert Ledger.from_json(json.loads(json.dumps(found.as_json()))) == found


LINES = st.lists(st.text("ab c1é论.-'", max_size=12), max_size=8)


@given(LINES, LINES, LINES)
def test_the_account_always_balances(in_file, in_draft, gone):
    found = account(draft(*in_draft, out=tuple(map(out, gone))), sources(*in_file))
    assert found.words == found.kept + found.moved + sum(found.left_out.values()) + found.unaccounted_words
    assert found.words == sum(len(list(words(piece))) for line in in_file for piece in line.split("\n"))
    assert account(draft(*in_file), sources(*in_file)).balanced


def test_long_texts_take_time_in_proportion():
    """Words of one kind, of many kinds, and all of them lost: forty thousand each within seconds."""
    same, many = ["a b a b"] * 10_000, [f"w{place} x{place} y z" for place in range(10_000)]
    begin = time.process_time()
    assert account(draft(*same), sources(*reversed(same))).balanced
    assert account(draft(*many), sources(*reversed(many))).balanced
    assert account(draft("none"), sources(*many)).unaccounted_words == 40_000
    assert account(draft(*(line + "q" for line in many)), sources(*many)).unaccounted_words > 0
    assert time.process_time() - begin < 10


def test_a_word_with_something_left_out_in_its_middle_is_the_same_word():
    assert account(draft("Visiblewords go on", out=(out("secret"),)), sources("Visiblesecretwords go on")).balanced
    assert not account(draft("Visiblewords go on"), sources("Visiblesecretwords go on")).balanced
