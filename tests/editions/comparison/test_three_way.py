"""Proposed wordings of one paragraph, accepted in any order, give the text that somebody would write by hand."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editions.comparison.rebased_wording import carried_over

TEXT = st.lists(st.sampled_from(["the", "lamp", "a", "rooms", "of", "灯", "،", "2099."]), max_size=12).map(" ".join)


@st.composite
def paragraphs_with_changes(draw):
    """(words, changes at places that do not touch, as (start, end, new words)). No word stands twice."""
    number = count()
    words = [f"word{next(number)}" for _ in range(draw(st.integers(4, 24)))]
    changes, start = [], 0
    while start < len(words):
        start += draw(st.integers(0, 3))
        end = min(len(words), start + draw(st.integers(0, 3)))
        if start > len(words):
            break
        new = [f"new{next(number)}" for _ in range(draw(st.integers(0 if end > start else 1, 3)))]
        if end - start < len(words):  # an emptied paragraph is not a wording
            changes.append((start, end, new))
        start = end + 1
    return words, changes


def by_hand(words, changes):
    text = list(words)
    for start, end, new in sorted(changes, reverse=True):
        text[start:end] = new
    return " ".join(text)


@given(paragraphs_with_changes(), st.data())
def test_accepted_and_dropped_in_any_order__the_text_is_that_of_a_hand(paragraph, data):
    words, changes = paragraph
    accepted = [change for change in changes if data.draw(st.booleans())]
    text = " ".join(words)
    for change in data.draw(st.permutations(accepted)):
        text = carried_over(" ".join(words), by_hand(words, [change]), text)
        assert text is not None
    assert text == by_hand(words, accepted)


@given(TEXT, TEXT, TEXT)
def test_two_wordings__of_any_text__agree_on_the_result_or_both_refuse(before, one, other):
    assert carried_over(before, one, other) == carried_over(before, other, one)


@given(TEXT, TEXT)
def test_a_wording__of_an_unchanged_paragraph__is_taken_as_it_is(before, proposed):
    assert carried_over(before, proposed, before) == proposed
    assert carried_over(before, before, proposed) == " ".join(proposed.split())


@pytest.mark.parametrize(
    ("before", "proposed", "present", "expected"),
    [
        ("Lamps are dim.", "Lamps are bright.", "Lamps are red.", None),
        ("Lamps are dim.", "Lamps are dim here.", "Lamps are dim, mostly.", None),  # they touch
        ("Lamps in rooms are dim.", "Lamps in halls are dim.", "Lamps in rooms are dim today.",
         "Lamps in halls are dim today."),
        ("Lamps are dim.", "Lamps are bright.", "Lamps are bright.", "Lamps are bright."),
        ("灯光在岛上很暗。", "灯光在岛上很亮。", "灯在岛上很暗。", "灯在岛上很亮。"),
        ("المصابيح في الجزر خافتة", "المصابيح في القرى خافتة", "المصابيح في الجزر خافتة جدا",
         "المصابيح في القرى خافتة جدا"),
        ("One room is open.", "One hall is open.\nIt has a lamp.", "One room is open now.",
         "One hall is open now.\nIt has a lamp."),
    ],
)  # fmt: skip
def test_a_wording__of_a_paragraph_that_changed_meanwhile(before, proposed, present, expected):
    assert carried_over(before, proposed, present) == expected
