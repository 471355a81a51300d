import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.comparison.alignment import PieceKind, word_diff
from editions.comparison.word_diff import bag, likeness, overlap, tokens, words
from tests.examples import examples


def shown(old: str, new: str) -> str:
    """A diff as a line: [-deleted-]{+inserted+}."""
    marks = {PieceKind.EQUAL: "{}", PieceKind.DELETED: "[-{}-]", PieceKind.INSERTED: "{{+{}+}}"}
    return "".join(marks[piece.kind].format(piece.text) for piece in word_diff(old, new, "en"))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("Same words.", "Same words.", "Same words."),
        ("It is a room for networks.", "It is a place for networks.", "It is a [-room-]{+place+} for networks."),
        ("one two three four", "one two three four five", "one two three four{+ five+}"),
        ("a licence, and a fee", "a licence and a fee", "a licence[-,-] and a fee"),
        ("老会开会。", "老会不开会。", "老会{+不+}开会。"),
        ("كل شبكة تنضم هنا", "كل مدرسة تنضم هنا", "كل [-شبكة-]{+مدرسة+} تنضم هنا"),
        ("", "All of it is new", "{+All of it is new+}"),
        ("All of it goes", "", "[-All of it goes-]"),
        (
            "The elders met at full moon to vote.",
            "Solar panels the observatory gave power cabinets.",
            "[-The elders met at full moon to vote-]{+Solar panels the observatory gave power cabinets+}.",
        ),
    ],
    ids=["equal", "word", "append", "comma", "chinese", "arabic", "all new", "all gone", "no confetti"],
)
def test_word_diff(old, new, expected):
    assert shown(old, new) == expected


@settings(max_examples=examples(200), deadline=None)
@given(st.text(max_size=80), st.text(max_size=80))
def test_word_diff__any_two_texts__gives_both_back(old, new):
    pieces = word_diff(old, new, "")
    assert "".join(piece.text for piece in pieces if piece.kind != PieceKind.INSERTED) == old
    assert "".join(piece.text for piece in pieces if piece.kind != PieceKind.DELETED) == new
    assert all(piece.text for piece in pieces)


@settings(max_examples=examples(200), deadline=None)
@given(st.text(max_size=80))
def test_tokens__joined__are_the_text(text):
    assert "".join(tokens(text)) == text


def test_words__of_each_script():
    assert words("Don’t panic: 2 islands!") == ["don", "t", "panic", "2", "islands"]
    assert words("交换中心 IXP") == ["交", "换", "中", "心", "ixp"]
    assert words("كُلُّ شبكة") == ["كُلُّ", "شبكة"]
    assert words("ที่นี่") == ["ที่", "นี่"]


def test_overlap__counts_repeats():
    assert overlap(bag(["a", "a", "b"]), bag(["a", "b", "b"])) == pytest.approx(2 / 3)
    assert overlap(bag([]), bag([])) == 1.0


@settings(max_examples=examples(100), deadline=None)
@given(*[st.lists(st.sampled_from("abcdef"), max_size=12)] * 2)
def test_likeness__is_never_more_than_the_overlap(old, new):
    assert likeness(old, new) <= overlap(bag(old), bag(new)) + 1e-9
