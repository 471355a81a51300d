"""What languages are called in a list and inside a sentence."""

import pytest
from django.utils.translation import override

from core.languages.names import name_here, name_within

INSIDE = {"en": "French", "fr": "français", "es": "francés", "ru": "французский", "ar": "الفرنسية", "zh-hans": "法文"}


@pytest.mark.parametrize(("reader", "expected"), INSIDE.items())
def test_name__inside_a_sentence__is_written_as_the_reader_writes_it(reader, expected):
    with override(reader):
        assert name_within("fr") == expected
        assert name_here("fr").lower() == expected.lower()
        assert name_within("tlh") == "tlh", "of a language that nobody knows here"


@pytest.mark.parametrize(("reader", "expected"), [("ar", "الصينية المبسطة"), ("ru", "Упрощённый китайский")])
def test_chinese__is_spelt_as_the_catalogues_spell_it(reader, expected):
    with override(reader):
        assert (name_here("zh"), name_here("zh-hans")) == (expected, expected)
