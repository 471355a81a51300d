"""Counts become bars and circles whose sizes are as the numbers beside them."""

from hypothesis import given
from hypothesis import strategies as st

from bpf_pages.statistics.charts import RADIUS, Label, chart
from core.bar_segments import WHOLE, stretches

ROWS, COLUMNS = [Label(str(year), str(year)) for year in range(5)], [Label(name, name) for name in "abc"]
COUNTS = st.dictionaries(
    st.tuples(st.sampled_from([row.value for row in ROWS]), st.sampled_from("abc")), st.integers(0, 10**6)
)


@given(COUNTS)
def test_chart__adds_up_and_leaves_out_what_is_empty(counts):
    made = chart(ROWS, COLUMNS, counts)
    assert made.total == sum(made.totals) == sum(row.total for row in made.rows) == sum(counts.values())
    assert all(row.total for row in made.rows)
    assert all(made.totals)
    for row in made.rows:
        ends = [cell.start + cell.width for cell in row.cells]
        assert [cell.start for cell in row.cells] == [0, *ends[:-1]], "side by side"
        assert ends[-1] <= WHOLE
        assert all(bool(cell.count) == bool(cell.radius) for cell in row.cells)
    if made.rows:
        assert max(sum(cell.width for cell in row.cells) for row in made.rows) == WHOLE
        assert max(cell.radius for row in made.rows for cell in row.cells) == RADIUS


@given(st.lists(st.integers(0, 10**6), min_size=1).filter(any))
def test_stretches__of_a_whole__fill_it_without_gaps(counts):
    found = list(stretches(counts, sum(counts)))
    assert sum(width for _start, width in found) == WHOLE
    assert found[0][0] == 0


def test_chart__of_nothing__has_no_rows():
    assert chart(ROWS, COLUMNS, {}).rows == ()
