"""Where lines may end."""

import random

import pytest

from pdf.text.line_breaking import LONGEST_UNIT, NOT_AT_END, NOT_AT_START, syllable_cuts, units


def pieces(text: str) -> list[str]:
    return [text[start:end] for start, end in units(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("two words", ["two ", "words"]),
        ("well-known", ["well-", "known"]),
        ("BPF-2099-LAMPS-E1", ["BPF-2099-LAMPS-E1"]),
        ("https://example.org/a/b?c=d", ["https://example.org/", "a/", "b?", "c=", "d"]),
        ("灯室（三）。", ["灯", "室", "（三）。"]),
        ("他说：“好！”", ["他", "说：", "“好！”"]),
        ("灯——室", ["灯——", "室"]),
        ("用 BPF 文", ["用 ", "BPF ", "文"]),
        ("(น้ำมันที่เก็บไว้)", ["(น้ำมัน", "ที่", "เก็บ", "ไว้)"]),
        ("បន្ទប់ចង្កៀង", ["បន្ទប់", "ចង្កៀង"]),
        ("ແນວນ້ຳຂຶ້ນ", ["ແນວ", "ນ້ຳ", "ຂຶ້ນ"]),
        ("ဆီသည်မုန်တိုင်း", ["ဆီ", "သည်", "မုန်တိုင်း"]),
    ],
)
def test_units__of_a_text__are_what_a_line_may_not_tear(text, expected):
    assert pieces(text) == expected


def test_units__of_random_chinese__never_begin_or_end_a_line_wrongly():
    chance = random.Random(2099)
    alphabet = "灯室海风暴油守人港" + "，。、；：！？）】》”’（【《“‘"
    for _ in range(400):
        text = "".join(chance.choice(alphabet) for _ in range(40))
        found = pieces(text)
        assert "".join(found) == text
        assert all(piece[0] not in NOT_AT_START for piece in found[1:])
        assert all(piece[-1] not in NOT_AT_END for piece in found[:-1])


def test_units__of_a_word_without_end__are_cut():
    assert max(map(len, pieces("x" * 1000))) == LONGEST_UNIT


@pytest.mark.parametrize(
    ("word", "language", "shown"),
    [
        ("consultation", "en", "con-sulta-tion"),
        ("consultation", "fr", "consul-ta-tion"),
        ("консультация", "ru", "кон-суль-та-ция"),
        ("(consultation),", "en", "(con-sulta-tion),"),
        ("oil", "en", "oil"),
        ("BPFLAMPS", "en", "BPFLAMPS"),
        ("المشاورات", "ar", "المشاورات"),
    ],
)
def test_syllable_cuts__of_a_word__follow_its_language(word, language, shown):
    for place in syllable_cuts(word, language):
        word = f"{word[:place]}-{word[place:]}"
    assert word == shown
