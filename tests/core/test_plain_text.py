"""Text that is shortened for a list."""

import pytest

from core.plain_text import shortened, whole_number

CASES = {
    "short enough": ("Lamps in storms", 15, "Lamps in storms"),
    "between words": ("Lamps in violent storms", 20, "Lamps in violent…"),
    "at the end of a word": ("Lamps in violent storms", 17, "Lamps in violent…"),
    "no spaces": ("灯塔在暴风雨中保持联系", 6, "灯塔在暴风…"),
    "one long word after a short one": ("A lighthousekeepersassociation", 12, "A lighthous…"),
    "no punctuation before the ellipsis": ("Lamps, in violent storms", 8, "Lamps…"),
}


@pytest.mark.parametrize(("text", "most", "expected"), CASES.values(), ids=CASES)
def test_text__is_shortened_between_words_where_it_has_them(text, most, expected):
    assert shortened(text, most) == expected
    assert len(shortened(text, most)) <= most


def test_whole_number__of_what_no_row_can_have__is_none() -> None:
    assert [whole_number(text) for text in ("12", "٢٤", "", "-1", "1.5", "x", "9" * 10, "9" * 5_000)] == [
        12, 24, None, None, None, None, None, None,
    ]  # fmt: skip
