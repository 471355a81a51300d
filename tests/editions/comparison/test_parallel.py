from hypothesis import given, settings
from hypothesis import strategies as st

from editions.comparison.parallel import Pair, is_untranslated, parallel
from editions.document.passages import Passage, PassageKind
from tests.examples import examples


def passage(
    key: str, text: str = "The lamps of the northern coast burn all night.", kind: str = "paragraph"
) -> Passage:
    return Passage(1, 1, "p1", PassageKind(kind), key, (), None, text, "en")


def keys(pairs: list[Pair[Passage]]) -> list[tuple[str | None, str | None]]:
    return [(a.key if (a := pair.original) else None, b.key if (b := pair.translation) else None) for pair in pairs]


def test_passages__with_the_same_keys__are_paired_whatever_their_words() -> None:
    original = [passage("a", "One lamp"), passage("b", "Two lamps")]
    assert keys(parallel(original, [passage("a", "Une lampe"), passage("b", "Deux lampes")])) == [
        ("a", "a"),
        ("b", "b"),
    ]


def test_passages_written_anew__between_two_known_ones__are_paired_by_place_and_kind() -> None:
    original = [passage("a"), passage("b"), passage("h", kind="heading"), passage("z")]
    translation = [passage("a"), passage("new"), passage("heading", kind="heading"), passage("z")]
    assert keys(parallel(original, translation)) == [("a", "a"), ("b", "new"), ("h", "heading"), ("z", "z")]


def test_a_paragraph_left_out_and_one_put_in__stand_alone_and_disturb_no_other() -> None:
    original = [passage("a"), passage("left-out"), passage("h", kind="heading")]
    translation = [passage("a"), passage("h", kind="heading"), passage("put-in", kind="note")]
    assert keys(parallel(original, translation)) == [("a", "a"), ("left-out", None), ("h", "h"), (None, "put-in")]


@given(
    st.lists(
        st.tuples(st.sampled_from("abcdef"), st.sampled_from(["paragraph", "heading"])),
        max_size=12,
        unique_by=lambda x: x[0],
    ),
    st.lists(
        st.tuples(st.sampled_from("abcdefgh"), st.sampled_from(["paragraph", "heading"])),
        max_size=12,
        unique_by=lambda x: x[0],
    ),
)
@settings(max_examples=examples(60), deadline=None)
def test_any_two_texts__have_every_passage_once_and_in_order(one, other) -> None:
    original, translation = ([passage(key, kind=kind) for key, kind in side] for side in (one, other))
    pairs = parallel(original, translation)
    assert [pair.original for pair in pairs if pair.original] == original
    assert [pair.translation for pair in pairs if pair.translation] == translation


def test_untranslated__are_the_same_words__but_a_name_may_stay() -> None:
    words = passage("a")
    assert is_untranslated(Pair(words, words))
    assert not is_untranslated(Pair(passage("a", "IGF 2099"), passage("a", "IGF 2099")))
    assert not is_untranslated(Pair(words, None))
