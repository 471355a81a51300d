"""Long texts come apart into blocks and lose no word; who still holds them whole is merged paragraph by paragraph."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bpf_pages.conversion import splitting_long_texts
from bpf_pages.conversion.merging import Writer, merge_fields
from bpf_pages.conversion.splitting_long_texts import is_long, laid_out_like, parted
from tests.bpf_pages.conversion.test_merging import SHAPES

KEY = re.compile(r'data-block-key="([^"]*)"')


@pytest.fixture(scope="module", autouse=True)
def small_limits() -> Iterator[None]:
    """What is said of long texts holds of short ones, with bars that are as low."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name, signs in (("SPLIT_AT", 120), ("PART", 200), ("LONGEST", 300)):
            monkeypatch.setattr(splitting_long_texts, name, signs)
        yield


@st.composite
def rich_texts(draw) -> str:
    """Paragraphs, headings and lists, some inside lists, each with a key of its own."""
    html = []
    for number, kind in enumerate(draw(st.lists(st.sampled_from("ppph2ul"), min_size=1, max_size=25))):
        words = f"Word{number} " + "of 2099 " * draw(st.integers(0, 12))
        if kind == "u":
            inner = f'<ol><li data-block-key="k{number}b">inner {words}</li></ol>' if draw(st.booleans()) else ""
            html.append(f'<ul><li data-block-key="k{number}a">{words}{inner}</li></ul>')
        else:
            element = "h3" if kind in "h2" else "p"
            html.append(f'<{element} data-block-key="k{number}">{words}</{element}>')
    return "".join(html)


def text(html: str, name: str = "t") -> dict[str, object]:
    return {"type": "text", "id": name, "value": html}


def whole(body: list) -> str:
    return "".join(block["value"] for block in body)


@given(rich_texts())
def test_long_text__comes_apart_without_losing_a_sign_or_a_key(html) -> None:
    body = [text("<p>Before.</p>", "a"), text(html), text("<p>Behind.</p>", "z")]
    found = parted(body)
    assert whole(found) == whole(body)
    names = [block["id"] for block in found]
    assert len(set(names)) == len(names)
    assert [name for name in names if name in {"a", "t", "z"}] == ["a", "t", "z"]
    assert (len(found) > 3) <= (len(html) > splitting_long_texts.LONGEST)
    assert parted(found) == found
    assert laid_out_like(found, body) == found


@given(rich_texts(), st.data())
def test_two_people__in_a_text_that_was_parted_meanwhile__lose_no_word_and_double_no_paragraph(html, data) -> None:
    keys = KEY.findall(html)
    mine_at, theirs_at = (data.draw(st.sampled_from(keys)) for _who in "ab")

    def written(at: str, words: str) -> str:
        return re.sub(rf'(data-block-key="{at}">)', rf"\1{words} ", html)

    form = [text(written(mine_at, "minewords"))]
    stored = parted([text(written(theirs_at, "theirwords"))])
    base, mine = (laid_out_like(stored, side) for side in ([text(html)], form))
    sides = [{"title": "x", "kind": "x", "former_titles": "", "body": side} for side in (base, stored, mine)]
    found = merge_fields(SHAPES, *sides, Writer("7", "Bo Li")).values["body"]
    said = whole(found)
    for word in ("minewords", "theirwords", *re.findall(r"Word\d+", html)):
        assert word in said
    twice = {key for key, times in Counter(KEY.findall(said)).items() if times > 1}
    assert twice == set()
    assert said.count("⟦") == (mine_at == theirs_at)


def test_annex__is_parted_inside(small_limits) -> None:
    paragraphs = [f'<p data-block-key="k{number}">{"Words of 2099. " * 8}</p>' for number in range(6)]
    annex = {"type": "annex", "id": "x", "value": {"title": "A", "body": [text("".join(paragraphs))]}}
    assert is_long([annex])
    (found,) = parted([annex])
    inside = found["value"]["body"]
    assert len(inside) > 2
    assert whole(inside) == "".join(paragraphs)
    assert laid_out_like([found], [annex]) == [found]


@pytest.mark.parametrize(
    "html",
    ["<p>" + "one " * 200 + "</p>", "<ol>" + "<li>one of many</li>" * 50 + "</ol>", "broken <b>" * 50, "<p>x" * 200,
     '<h2 data-block-key="a">x</h2>' + "<p>" + "one " * 200 + "</p>"],
)  # fmt: skip
def test_text_that_does_not_come_apart__stays_whole(html) -> None:
    assert parted([text(html)]) == [text(html)]


def test_heading__stays_with_what_follows_it() -> None:
    html = "".join(
        f'<h2 data-block-key="h{n}">Chapter {n}</h2><p data-block-key="p{n}">{"words " * 30}</p>' for n in range(5)
    )
    found = parted([text(html)])
    assert len(found) > 2
    assert not any(block["value"].endswith("</h2>") for block in found)
    assert all(block["value"].startswith("<h2") for block in found)
