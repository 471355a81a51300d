"""Numbers of paragraphs as people write them who speak one of six languages, or another."""

import pytest
from django.core.exceptions import ValidationError

from consultation.submissions.paragraph_numbers import anchors_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", []),
        ("2, 4-5", [2, 4, 5]),
        ("2–3; 5.", [2, 3, 5]),
        ("¶ 2", [2]),
        ("¶¶2, ¶3", [2, 3]),
        ("p3, p.4", [3, 4]),
        ("paragraph 5", [5]),
        ("from 2 to 4", [2, 3, 4]),
        ("3 and 3", [3]),
        ("paragraphes 2 à 4 et 5", [2, 3, 4, 5]),
        ("al. 3, n° 4", [3, 4]),
        ("párr. 2 y 4", [2, 4]),
        ("párrs. 2 a 4", [2, 3, 4]),
        ("Absatz 2 und 3", [2, 3]),
        ("пп. 2 и 4", [2, 4]),
        ("с 2 по 4", [2, 3, 4]),
        ("№ 5", [5]),
        ("٢", [2]),
        ("الفقرة 2 والفقرة 4", [2, 4]),
        ("2و4", [2, 4]),
        ("الفقرات من ٢ إلى ٤", [2, 3, 4]),
        ("第2段和第4段", [2, 4]),
        ("第2至4段", [2, 3, 4]),
        ("２、３", [2, 3]),
    ],
)
def test_paragraphs__are_found_as_they_are_called(consultation, typed, numbers):
    assert anchors_in(typed, consultation.edition) == [f"p{number}" for number in numbers]


@pytest.mark.parametrize(
    ("typed", "code", "said"),
    [
        ("3a", "number", "“3a”"),
        ("see 3e please", "number", "“see”"),
        ("4, x3", "number", "“x3”"),
        ("2.5", "number", "“2.5”"),
        ("-5", "number", "“-5”"),
        ("2-3-4", "number", "“2-3-4”"),
        ("123456", "number", "“123456”"),
        ("2²", "number", "“2²”"),
        ("between 2 and 4", "number", "“between”"),
        ("2 <b>", "number", "“<b>”"),
        ("4-2", "range", "“4-2”"),
        ("2-62", "most", "61"),
        ("9", "missing", "9"),
        ("0", "missing", "0"),
    ],
)
def test_what_is_no_paragraph__is_named(consultation, typed, code, said):
    with pytest.raises(ValidationError) as raised:
        anchors_in(typed, consultation.edition)
    assert raised.value.code == code
    assert said in raised.value.message
