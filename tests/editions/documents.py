"""Strategies and samples of neutral documents. All text is fictitious and belongs to the year 2099."""

import string

from hypothesis import strategies as st

from editions.document.model import (
    Block,
    Detail,
    Document,
    Figure,
    Heading,
    Item,
    ListBlock,
    Mark,
    Note,
    Paragraph,
    Quote,
    Row,
    Run,
    Runs,
    Section,
    SectionKind,
    Table,
)


def words(text: str, *marks: Mark) -> Runs:
    return (Run(text, frozenset(marks)),)


text = st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=40)
keys = st.text(alphabet=string.ascii_lowercase + string.digits, min_size=1, max_size=12)
run = st.builds(Run, text, st.frozensets(st.sampled_from(list(Mark))), text, st.sampled_from(["", "fr", "ar"]))
runs = st.lists(run, max_size=3).map(tuple)
items = st.recursive(
    st.builds(Item, keys, runs),
    lambda children: st.builds(Item, keys, runs, st.lists(children, min_size=1, max_size=2).map(tuple), st.booleans()),
    max_leaves=4,
)
rows = st.builds(Row, keys, st.lists(runs, min_size=1, max_size=3).map(tuple))
size = st.integers(1, 4000)
leaf = st.one_of(
    st.builds(Heading, keys, st.integers(1, 5), runs),
    st.builds(Paragraph, keys, runs),
    st.builds(ListBlock, keys, st.booleans(), st.lists(items, max_size=3).map(tuple)),
    st.builds(Table, keys, runs, st.lists(rows, max_size=3).map(tuple), st.integers(0, 2), st.booleans()),
    st.builds(Figure, keys, text, text, runs, size, size, text),
    st.builds(Quote, keys, runs, runs),
)
details = st.lists(st.builds(Detail, keys, keys, runs), max_size=2).map(tuple)
block: st.SearchStrategy[Block] = st.recursive(
    leaf,
    lambda inner: st.builds(
        Section, keys, st.sampled_from(list(SectionKind)), runs, details, st.lists(inner, max_size=3).map(tuple)
    ),
    max_leaves=8,
)
documents = st.builds(
    Document,
    text,
    st.sampled_from(["en", "fr", "ar", "zh", "ru", "es"]),
    st.lists(block, max_size=6).map(tuple),
    text,
    st.lists(st.builds(Note, keys, runs), max_size=2).map(tuple),
)


def sample(text: str = "Every forum of 2099 keeps a public list.") -> Document:
    """A small document that can be frozen, with a note, a list, a table and a typed block."""
    marked = (Run("The forum met in the year 2099."), Run("", note="n1"))
    row = Row("r1", (words("Place"), words("Count")))
    return Document(
        title="Fictitious outcome on lighthouse networks",
        language="en",
        blocks=(
            Heading("h-intro", 1, words("Introduction")),
            Paragraph("p-intro", marked),
            Paragraph("p-text", words(text)),
            ListBlock("l", False, (Item("i1", words("First item")), Item("i2", words("Second item")))),
            Section("s-find", SectionKind.FINDING, words("Lamps help"), (), (Paragraph("p-f", words("They do.")),)),
            Table("t", words("Lamps by place"), (row, Row("r2", (words("Harbour"), words("7"))))),
        ),
        notes=(Note("n1", words("This forum is fictitious.")),),
    )
