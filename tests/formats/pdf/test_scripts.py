"""Words of a PDF in scripts from right to left, and in those without spaces, in the order in which they are read."""

from itertools import pairwise

import pytest

from formats.pdf.page.model import Page, Style, Word
from formats.pdf.page.right_to_left import Letter, begins_at_the_right, gap_beside, in_reading_order, is_drawn_as_read
from formats.pdf.page.spaces import gap_between
from formats.pdf.untagged.lines import lines_of
from formats.web.joining import Vocabulary


def line(text, x=100.0):
    """Letters of a line as they stand from the left; a space is a gap."""
    return [
        Letter(letter, x + 6 * place, x + 6 * place + 5.9, place) for place, letter in enumerate(text) if letter != " "
    ]


@pytest.mark.parametrize(("seen", "right"), [(".ملسلا", True), ("ملسلا.", False), ("ملسلا", True)])
def test_side_from_which_a_page_is_read__by_where_its_sentences_end(seen, right):
    assert begins_at_the_right([line(seen)]) is right


@pytest.mark.parametrize(
    ("seen", "meant"),
    [("• ملسلا.", "•السلم."), ("1.  ملسلا نع.", "1.عنالسلم."), ("ملس 5102 نع.", "عن2015سلم."), ("نع IGF ملس.", "عنIGFسلم.")],
)  # fmt: skip
def test_arabic_in_a_line_from_the_left(seen, meant):
    """seen: from left to right as it stands; Latin as it reads."""
    seen = seen.replace("5102", "2015")
    assert "".join(letter.text for letter in in_reading_order(line(seen), from_left=True)) == meant


ASIDE = {(True, False), (False, True)}


@pytest.mark.parametrize(
    ("seen", "meant"),
    [("ددع ³7 نم", "من7³عدد"), ("ددع ³¹2024 نم", "من2024³¹عدد"), ("ددع 2024 نم", "من2024عدد")],
)  # fmt: skip
def test_mark_of_a_note_at_the_left_of_a_number__is_read_behind_it(seen, meant):
    """Raised digits, here those in smaller type. They were read as the first digits of the number, and took its space:
    what stood before the number went on without one."""
    raised = {"¹": "1", "³": "3"}
    letters = [
        Letter(raised.get(sign, sign), 100 + 6 * place, 105.9 + 6 * place, place, size=8.0 if sign in raised else 12.0)
        for place, sign in enumerate(seen) if sign != " "
    ]  # fmt: skip
    read = in_reading_order(letters)
    assert "".join(letter.text for letter in read) == "".join(raised.get(sign, sign) for sign in meant)
    gaps = {(one.text, other.text): gap_between(one, other, read)[0] for one, other in pairwise(read)}
    assert all(gap > 3 for (one, other), gap in gaps.items() if (one.isdigit(), other.isdigit()) in ASIDE)
    assert all(gap < 3 for (one, other), gap in gaps.items() if one.isdigit() and other.isdigit())


def in_pieces(*pieces):
    """A line whose pieces, as they are drawn, stand at these places: (text from the left, where it begins)."""
    return [
        Letter(letter, x + 6 * place, x + 6 * place + 5.9, place, drawn)
        for drawn, (text, x) in enumerate(pieces) for place, letter in enumerate(text) if letter != " "
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("pieces", "meant"),
    [([("2099", 100), ("ماع", 127)], "2099عام"), ([("ماع", 127), ("2099", 100)], "عام2099")],
)  # fmt: skip
def test_number_at_the_left_of_arabic__is_read_when_it_was_drawn(pieces, meant):
    """It looks the same in a line from left to right whether it is read first or last."""
    assert "".join(letter.text for letter in in_reading_order(in_pieces(*pieces), from_left=True)) == meant


@pytest.mark.parametrize(
    ("gap", "meant"), [(1.6, "من20242023عدد"), (0.2, "من20232024عدد")],
)  # fmt: skip
def test_slanted_numbers_one_after_the_other__are_two_though_their_digits_hang_over_the_space(gap, meant):
    """Digits 8 points apart with boxes of 11. What touches is one number, of which a part is set in another type."""
    first = [
        Letter(sign, 200 + gap + 8 * place, 207.6 + gap + 8 * place, 0, 1, 12.0) for place, sign in enumerate("2024")
    ]
    second = [Letter(sign, 165 + 8 * place, 176 + 8 * place, 0, 2, 12.0) for place, sign in enumerate("2023")]
    around = [*line("ددع", 130.0), *line("نم", 240.0)]
    around = [Letter(one.text, one.x0, one.x1, one.place, 3 if one.x0 < 200 else 0) for one in around]
    assert "".join(letter.text for letter in in_reading_order([*around, *first, *second])) == meant


@pytest.mark.parametrize(
    ("pieces", "as_read"),
    [([("ملس", 150), ("2099", 123), ("ماع", 102)], True), ([("ماع", 102), ("2099", 123), ("ملس", 150)], False),
     ([("ماع", 100), ("ملس", 300)], False)],
)  # fmt: skip
def test_page_is_drawn_as_it_is_read__where_arabic_pieces_go_to_the_left(pieces, as_read):
    """Cells of a table stand too far from each other to tell."""
    assert is_drawn_as_read([in_pieces(*pieces)]) is as_read


def test_cells_of_a_line_from_the_left__are_turned_each_by_itself():
    letters = [*in_pieces(("ملس نع", 100)), *in_pieces(("ماع 12 يف", 300))]
    assert "".join(letter.text for letter in in_reading_order(letters, from_left=True)) == "عنسلمفي12عام"


@pytest.mark.parametrize(
    ("other", "gap"),
    [((370, 716.6, 378, 723.8), 5 / 7.2), ((226, 710.8, 230, 722.8), 5 / 12), ((380, 710.8, 430, 722.8), None),
     ((300, 696.5, 365, 708.5), None), ((300, 710.8, 365, 722.8), None), (None, None)],
    ids=["raised sign", "at its other side", "cell", "line below", "over it", "nothing"],
)  # fmt: skip
def test_part_of_a_line__stands_beside_what_was_drawn_before_it(other, gap):
    """Browsers draw a line of Arabic from its end, and PDFium begins a line at each raised sign in it."""
    assert gap_beside((235, 710.8, 365, 722.8), other) == (None if gap is None else pytest.approx(gap))


def test_part_of_a_line__between_two_that_stand_there__is_put_between():
    """Drawn here and there; one stands a little higher, and is so looked at first."""
    words = [Word(text, x, y, x + 60, y + 12, Style(12.0), line_break=True) for text, x, y in (
        ("three", 208, 500.6), ("above", 72, 600), ("one", 72, 500.4), ("below", 72, 400), ("two", 140, 500.4))
    ]  # fmt: skip
    assert [one.text for one in lines_of(Page(0, 595, 842, words))] == ["above", "one two three", "below"]


@pytest.mark.parametrize(
    ("text", "before", "after", "space"),
    [
        ("网络安全的报告，每年发布一次。论坛请运营商分享经验。", "网络", "安全", False),
        ("인터넷 거버넌스 포럼 보고서 인터넷 거버 넌스 포럼", "인터넷 거버", "넌스 포럼", False),
        ("인터넷 거버넌스 포럼 보고서", "거버넌스", "포럼", True), ("Forum of routes", "Forum", "routes", True),
    ],
)  # fmt: skip
def test_space_where_a_line_ends__as_the_script_has_it(text, before, after, space):
    assert Vocabulary([text]).needs_space(before, after) is space


@pytest.mark.parametrize(
    ("text", "before", "after", "whole"),
    [
        ("论坛 2024 年 报告 20 24 年", "报告 20", "24 年", "2024"), ("论坛 2024 年 2 024", "年 2", "024", "2024"),
        ("论坛 2024 年 20 24 20 24", "20", "24", ""),  # as often in two pieces: they are two numbers
        ("论坛 年 20 24", "20", "24", ""), ("The forum of 2024 wrote of 20 24 things", "of 20", "24 things", ""),
        ("论坛 2024 年 1.20 24", "1.20", "24", ""),
    ],
)  # fmt: skip
def test_numbers_that_chinese_cuts_at_the_end_of_a_line__are_whole_where_the_text_has_them_whole(
    text, before, after, whole
):
    joined = Vocabulary([text]).joined(before, after)
    assert (joined[0] if joined else "") == whole


def test_bracket_before_a_number_in_arabic__stands_beside_its_last_digit():
    """A number is read to the right: from the bracket to its first digit the whole number lies between."""
    letters = [Letter(sign, 100 + 6 * place, 105.9 + 6 * place, place) for place, sign in enumerate("2024(")]
    gap, jumps = gap_between(letters[-1], letters[0], letters)
    assert (round(gap, 1), jumps) == (0.1, False)
