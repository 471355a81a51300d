import random
import time
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from editions.comparison.alignment import Change, GroupKind, Method, align, longest_rise, touches
from editions.document.passages import Passage, PassageKind
from tests.editions.comparison.alignment_corpus import LANGUAGES, Score, case_of, score_of
from tests.examples import examples


def passage(key: str, text: str, kind: str = "paragraph", ordinal: int = 1) -> Passage:
    return Passage(ordinal, ordinal, f"p{ordinal}", PassageKind(kind), key, (), None, text, "en")


def paper(*texts: str, prefix: str = "k") -> list[Passage]:
    return [passage(f"{prefix}{place}", text, ordinal=place) for place, text in enumerate(texts, 1)]


@given(st.permutations(range(7)))
def test_longest_rise__rises_and_no_other_is_longer(places):
    run = longest_rise(list(enumerate(places)))[::-1]
    reached = [places[old] for old in run]
    assert run == sorted(run)
    assert reached == sorted(reached)
    longest = max(
        size for size in range(1, 8) for some in combinations(places, size) if list(some) == sorted(some)
    )  # every choice is tried
    assert len(run) == longest


CABLE = "The northern atolls depend on a single cable that is laid along a fault under the sea."
MARKET = "Southern towns have two cables and a market that grew without any public money at all."
SCHOOL = "The school hosts the switch in a cupboard behind the library and has power at night."
GRAPH = "A published traffic graph persuaded the ministry faster than any of the written reports."


@pytest.mark.parametrize("keys", [True, False], ids=["keys kept", "keys lost"])
def test_align__real_edits_in_three_scripts__is_right_or_says_it_is_not_sure(keys):
    total = Score()
    for language in LANGUAGES:
        case = case_of(language, keys=keys)
        score = score_of(case, align(case.old, case.new).links)
        for name in vars(total):
            setattr(total, name, getattr(total, name) + getattr(score, name))
    assert total.live > 100
    assert total.right / total.live >= 0.98, total
    assert total.wrong / total.live <= 0.005, total
    assert total.deleted_but_mapped / total.deleted <= 0.05, total


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("keys", [True, False], ids=["keys kept", "keys lost"])
def test_align__a_split_and_a_merge__are_offered_as_groups(language, keys):
    case = case_of(language, keys=keys)
    groups = align(case.old, case.new).groups
    splits = [group for group in groups if group.kind == GroupKind.SPLIT]
    merges = [group for group in groups if group.kind == GroupKind.MERGE]
    assert [(len(group.old), len(group.new)) for group in splits] == [(1, 2)]
    assert [(len(group.old), len(group.new)) for group in merges] == [(2, 1)]
    for group in groups:
        for old in group.old:
            assert case.truth[old.key] & {new.key for new in group.new}


def test_align__the_same_key_with_another_text__is_an_orphan_with_that_candidate():
    link = align([passage("a", CABLE)], [passage("a", MARKET)]).links[0]
    assert (link.method, link.new) == (Method.ORPHAN, None)
    assert link.candidate.key == "a"
    assert link.score < 0.6


def test_align__a_key_that_occurs_twice__is_not_trusted():
    alignment = align([passage("a", CABLE), passage("a", MARKET)], [passage("a", MARKET), passage("a", CABLE)])
    assert [link.new.text for link in alignment.links] == [CABLE, MARKET]
    assert Method.ID not in {link.method for link in alignment.links}


def test_align__a_very_short_passage_without_its_key__is_never_matched_to_a_look_alike():
    link = align([passage("a", "Next steps")], [passage("b", "First steps")]).links[0]
    assert link.method == Method.ORPHAN


def test_align__a_very_short_passage_with_its_key__is_followed():
    assert align([passage("a", "Next steps")], [passage("a", "First steps")]).links[0].method == Method.ID


def test_align__a_heading__is_not_matched_to_a_paragraph_of_the_same_words():
    link = align([passage("a", CABLE, "heading")], [passage("b", CABLE)]).links[0]
    assert link.new is None


def test_align__a_paragraph_made_a_list_item__is_found():
    assert align([passage("a", CABLE)], [passage("b", CABLE, "item")]).links[0].method == Method.EXACT


def test_align__two_look_alikes_elsewhere__are_left_to_a_person():
    old = paper(MARKET, CABLE, SCHOOL)
    north = CABLE.replace("northern atolls", "eastern atolls")
    south = CABLE.replace("northern atolls", "western atolls")
    new = [passage("x1", north), *paper(MARKET, SCHOOL, prefix="n"), passage("x2", south)]
    link = align(old, new).links[1]
    assert link.method == Method.ORPHAN
    assert link.candidate.key in {"x1", "x2"}


def test_align__upper_case_and_spaces__do_not_count_as_an_edit():
    link = align([passage("a", CABLE)], [passage("b", "  ".join(CABLE.upper().split()))]).links[0]
    assert (link.method, link.score) == (Method.EXACT, 1.0)


def test_lines__insert_delete_edit_move__stand_in_reading_order():
    old = paper(CABLE, MARKET, SCHOOL, GRAPH)
    new = [
        passage("k4", GRAPH),
        passage("k1", CABLE),
        passage("new", "Twelve apprentices were trained at the exchange."),
        passage("k3", SCHOOL.replace("library", "kitchen")),
    ]
    lines = align(old, new).lines
    assert [(line.change, (line.old or line.new).key) for line in lines] == [
        (Change.MOVED, "k4"),
        (Change.SAME, "k1"),
        (Change.ADDED, "new"),
        (Change.REMOVED, "k2"),
        (Change.CHANGED, "k3"),
    ]


@pytest.mark.parametrize(
    ("new", "expected"),
    [
        ([CABLE, MARKET, SCHOOL], set()),
        ([CABLE, MARKET.replace("two", "three"), SCHOOL], {"k2"}),
        ([CABLE, SCHOOL], {"k2"}),
        ([CABLE, MARKET, GRAPH, SCHOOL], {"k2", "k3"}),
    ],
    ids=["nothing", "edit", "delete", "insert beside"],
)
def test_touches__by_kind_of_change(new, expected):
    alignment = align(paper(CABLE, MARKET, SCHOOL), paper(*new, prefix="n"))
    assert alignment.touched == expected
    assert touches(alignment, ["k2"]) is ("k2" in expected)
    assert not touches(alignment, [])


def test_touches__an_edit_elsewhere_with_the_same_word__leaves_the_target_alone():
    old = paper("The cable is old and it fails in every winter storm.", "The cable is new and it works in every storm.")
    new = paper("The line is old and it fails in every winter storm.", "The cable is new and it works in every storm.")
    alignment = align(old, new)
    assert touches(alignment, ["k1"])
    assert not touches(alignment, ["k2"])


texts = st.lists(
    st.text(alphabet="abcde fgh. 中文字文 ابجد", min_size=0, max_size=60).map(lambda text: " ".join(text.split())),
    max_size=12,
)


@settings(max_examples=examples(150), deadline=None)
@given(texts, texts, st.booleans())
def test_align__any_two_texts__loses_nothing_and_uses_nothing_twice(before, after, keys):
    old, new = paper(*before), paper(*after, prefix="k" if keys else "n")
    alignment = align(old, new)
    assert [link.old for link in alignment.links] == old
    taken = [id(link.new) for link in alignment.links if link.new and link.method != Method.MERGED]
    assert len(taken) == len(set(taken))
    assert {id(link.new) for link in alignment.links if link.method == Method.MERGED} <= set(taken)
    assert sorted([*taken, *map(id, alignment.added)]) == sorted(map(id, new))
    assert [line.new for line in alignment.lines if line.new] == new
    assert sorted(id(line.old) for line in alignment.lines if line.old) == sorted(map(id, old))
    assert all(0 <= link.score <= 1 for link in alignment.links)
    assert all((link.new is None) == (link.method == Method.ORPHAN) for link in alignment.links)


@settings(max_examples=examples(50), deadline=None)
@given(texts)
def test_align__a_text_with_itself__is_unchanged(before):
    alignment = align(paper(*before), paper(*before))
    assert {link.method for link in alignment.links} <= {Method.ID}
    assert not alignment.touched
    assert not alignment.groups


def long_paper(seed: int, paragraphs: int = 800) -> tuple[list[Passage], list[Passage]]:
    """Paragraphs of 30 to 120 words with natural word frequencies; 15 % edited, one of 40 removed, as many new."""
    chance = random.Random(seed)
    vocabulary = [f"word{number}" for number in range(3000)]
    weights = [1 / (rank + 1) for rank in range(3000)]

    def prose() -> list[str]:
        return chance.choices(vocabulary, weights, k=chance.randint(30, 120))

    old = paper(*(" ".join(prose()) for _ in range(paragraphs)))
    new = []
    for each in old:
        words = each.text.split()
        if chance.random() < 0.15:
            for _ in range(len(words) // 12 + 1):
                words[chance.randrange(len(words))] = chance.choice(vocabulary)
        new.append(passage(each.key, " ".join(words), ordinal=each.ordinal))
    for _ in range(paragraphs // 40):
        new.pop(chance.randrange(len(new)))
        new.insert(chance.randrange(len(new)), passage(f"x{chance.random()}", " ".join(prose())))
    return old, new


def _least_seconds_to_align(old: list[Passage], new: list[Passage]) -> float:
    """Processor time, the least of several: another worker shares the caches of the processor."""
    spent = []
    for _ in range(9):
        started = time.process_time()
        align(old, new)
        spent.append(time.process_time() - started)
    return min(spent)


def test_align__four_times_the_paragraphs__takes_about_four_times_as_long():
    """A ratio holds on every machine; `make bench` says the milliseconds."""
    old, new = long_paper(seed=2099)
    assert _least_seconds_to_align(old, new) < 8 * _least_seconds_to_align(*long_paper(seed=2099, paragraphs=200))


def test_align__a_long_paper_much_edited__loses_the_removed_alone():
    alignment = align(*long_paper(seed=2099))
    assert sum(link.new is not None for link in alignment.links) == 780
