"""Levels after UAX 9: the standard's own examples, and an independent implementation on random text."""

import unicodedata

import pytest
from bidi import get_display
from hypothesis import given, settings
from hypothesis import strategies as st

from pdf.text import bidi

MIRRORED = str.maketrans(")]}", "([{")
LETTERS = "ab1 2-.,:+%אבجدة٣٤ً\u200f\u200e!/$\u0301"
ISOLATES = "\u2066\u2067\u2068\u2069"
BRACKETS = "()[]{}"
# Apart from each other: for brackets after an isolate the other implementation looks for context inside it, which
# rule N0 of UAX 9 does not (an isolate's content is no part of the isolating run sequence, BD13).


def displayed(text: str, base: int) -> str:
    """The text as it stands from left to right, by our levels; controls left out, brackets not mirrored."""
    kept = [index for index, char in enumerate(text) if unicodedata.bidirectional(char) not in bidi.REMOVED_BY_X9]
    found = bidi.levels(text, base)
    order = bidi.visual_order([found[index] for index in kept])
    return "".join(text[kept[place]] for place in order)


@settings(max_examples=1500)
@given(
    text=st.one_of(st.text(LETTERS + signs, min_size=1, max_size=30) for signs in (ISOLATES, BRACKETS)),
    base=st.sampled_from([0, 1]),
)
def test_levels__of_random_text__order_it_as_another_implementation_does(text, base):
    theirs = get_display(text, base_dir="R" if base else "L")
    assert displayed(text, base).translate(MIRRORED) == theirs.translate(MIRRORED)


@pytest.mark.parametrize(
    ("text", "base", "shown"),
    [
        ("car (אבג) end", 0, "car (גבא) end"),
        ("אבג 12.5% דה", 1, "הד 12.5% גבא"),
        ("אב (see 3.1) גד", 1, "דג (see 3.1) בא"),
        ("ع 4-2", 1, "2-4 ع"),
        ("ع \u20664-2\u2069", 1, "\u20694-2\u2066 ع"),  # an isolate keeps a section number in its order
        ("a\u2067אב\u2069b", 0, "a\u2067בא\u2069b"),
    ],
)
def test_levels__of_known_lines__show_them_as_they_are_read(text, base, shown):
    assert displayed(text, base).translate(MIRRORED) == shown.translate(MIRRORED)


@pytest.mark.parametrize("text", ["plain", "кириллица", "汉字，标点", "e\u0301"])
def test_has_right_to_left__of_text_without_it__spares_the_work(text):
    assert not bidi.HAS_RIGHT_TO_LEFT.search(text)
    assert set(bidi.levels(text, 0)) == {0}
