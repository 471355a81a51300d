"""What links to a page, said in one sentence: the first ten, and how many more there are."""

import pytest

from workflow.deletion.refusals import said_of_links
from workflow.relations.incoming_links import IncomingLink


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, ""), (1, "What links to it: L0."), (10, "L9."), (11, "L9; 1 more."), (13, "L9; 3 more.")],
)
def test_links__are_named_up_to_ten_and_then_counted(count: int, said: str) -> None:
    links = [IncomingLink(f"L{number}", "/") for number in range(count)]
    assert said_of_links(links).endswith(said)
    assert said_of_links(links).count("L") == min(count, 10)
