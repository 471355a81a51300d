"""What is counted is what is found."""

import random

from search.query.tree import Best, Either, Every, Node, Sequence, Term, Weighted, Without, matching, without_places

A, B, C = Term("body", "a"), Term("body", "b"), Term("title", "c")


def test_a_question_is_counted_without_what_only_orders_its_answers() -> None:
    some = Either((Either((A, Weighted(C, 0.6))), B, Weighted(Every((Either((A, C)), B)), 0.3)))
    assert matching(some) == Either((A, C, B))
    assert matching(Best((Weighted(A, 0.8), A))) == A
    assert matching(Weighted(Either((A,)), 2.0)) == A


def test_what_must_be_met_is_still_met_when_it_is_counted() -> None:
    assert matching(Every((A, Weighted(Either((B, C)), 2.0)))) == Every((A, Either((B, C))))
    assert matching(Either((A, B, C), 2)) == Either((A, B, C), 2)
    assert matching(Without(Weighted(A, 2.0), (Best((B,)),))) == Without(A, (B,))
    assert matching(Either((Every((A, B)), C))) == Either((Every((A, B)), C))


def test_what_only_limits_is_left_out_where_nothing_else_depends_on_it() -> None:
    together = Weighted(Sequence("body", ("a", "b")), 0.0)
    assert without_places(Every((together, A, B))) == Every((A, B))
    assert without_places(Without(Every((Every((together, A)), C)), (B,))) == Without(Every((Every((A,)), C)), (B,))
    assert matching(Every((together, A, B))) == Sequence("body", ("a", "b"))
    for kept in (together, Every((together,)), Either((together, A)), Every((Weighted(together, 2.0), A))):
        assert without_places(kept) == kept


def test_random_questions_are_counted_as_they_are_found() -> None:
    chance = random.Random(7)
    for _ in range(3000):
        tree = _some(chance, 4)
        for number in range(8):
            held = {name for place, name in enumerate("abc") if number >> place & 1}
            assert _holds(matching(tree), held) == _holds(tree, held), tree


def _some(chance: random.Random, depth: int) -> Node:
    if depth == 0 or chance.random() < 0.2:
        return chance.choice((A, B, C, Sequence("body", ("a", "b"))))
    nodes = tuple(_some(chance, depth - 1) for _ in range(chance.randrange(1, 4)))
    return chance.choice(
        (
            Every(nodes),
            Either(nodes),
            Either(nodes, 2),
            Best(nodes),
            Without(nodes[0], nodes[1:]),
            Weighted(nodes[0], 2),
        )
    )


def _holds(node: Node, held: set[str]) -> bool:
    match node:
        case Term(_, text):
            return text in held
        case Sequence(_, terms):
            return set(terms) <= held
        case Every(nodes):
            return all(_holds(each, held) for each in nodes)
        case Either(nodes, least):
            return sum(_holds(each, held) for each in nodes) >= least
        case Best(nodes):
            return any(_holds(each, held) for each in nodes)
        case Without(inner, excluded):
            return _holds(inner, held) and not any(_holds(each, held) for each in excluded)
        case Weighted(inner):
            return _holds(inner, held)
    raise TypeError(node)
