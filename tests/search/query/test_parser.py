import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query.parser import (
    MAX_CHARACTERS,
    MAX_CLAUSES,
    Facet,
    InTitle,
    Must,
    Phrase,
    Prefix,
    Query,
    Words,
    Years,
    clean,
    parse,
)
from tests.search.hostile import CASES, random_strings


def bounded(query: Query) -> bool:
    clauses = [clause for group in query.groups for clause in group] + list(query.excluded)
    return len(query.text) <= MAX_CHARACTERS and len(clauses) <= MAX_CLAUSES and all(query.groups)


@pytest.mark.parametrize("text", CASES.values(), ids=CASES.keys())
def test_hostile_questions_are_read_within_the_limits(text: str) -> None:
    start = time.process_time()
    assert bounded(parse(text))
    assert time.process_time() - start < 0.05  # what grew faster than the text would take seconds


def test_twenty_thousand_random_questions_are_read_within_the_limits() -> None:
    assert all(bounded(parse(text)) for text in random_strings(20_000))


@given(st.text(max_size=600))
def test_any_text_is_a_question(text: str) -> None:
    query = parse(text)
    assert bounded(query)
    assert not any(0xD800 <= ord(character) <= 0xDFFF for character in query.text)


@pytest.mark.parametrize(
    ("text", "groups", "excluded"),
    [
        ("spam norms", [[Words("spam")], [Words("norms")]], []),
        ('"rough consensus"', [[Phrase("rough consensus")]], []),
        ("“rough consensus”", [[Phrase("rough consensus")]], []),
        ('"rough consensus"~2', [[Phrase("rough consensus", 2)]], []),
        ("spam -phishing NOT botnet", [[Words("spam")]], [Words("phishing"), Words("botnet")]),
        ("CERT OR CSIRT teams", [[Words("CERT"), Words("CSIRT")], [Words("teams")]], []),
        ("multi* 治理*", [[Prefix("multi")], [Prefix("治理")]], []),
        ("ab*", [[Words("ab")]], []),
        ("title:spam", [[InTitle(Words("spam"))]], []),
        ("year:2015..2018", [[Years(2015, 2018)]], []),
        ("year:2015 year:..2016 year:2017..", [[Years(2015, 2015)], [Years(0, 2016)], [Years(2017, 9999)]], []),
        ('theme:"Local content"', [[Facet("theme", "local-content")]], []),
        ("nosuch:thing", [[Words("nosuch:thing")]], []),
        ("multi-stakeholder", [[Words("multi-stakeholder")]], []),
        ("a AND b", [[Must(Words("a"))], [Must(Words("b"))]], []),
        ('"a b" AND c', [[Phrase("a b")], [Must(Words("c"))]], []),
        ("hrpc@ietf.org", [[Phrase("hrpc@ietf.org")]], []),
        ("-spam", [], [Words("spam")]),
    ],
)
def test_what_a_person_can_type(text: str, groups: list[list[object]], excluded: list[object]) -> None:
    query = parse(text)
    assert [list(group) for group in query.groups] == groups
    assert list(query.excluded) == excluded


@pytest.mark.parametrize("blank", ["\u00a0", "\u3000", "\x00", "\n", "\t", "\u2028"])
def test_every_kind_of_blank_parts_words(blank: str) -> None:
    assert parse(f"droits{blank}humains") == parse("droits humains")


def test_invisible_format_characters_and_lone_surrogates_vanish() -> None:
    assert clean("so\u00adft\u200b \ud800x") == "soft x"


@pytest.mark.parametrize("text", ["BPF-2015-GENDER", "bpf 2015 gender", "bpf/2015/Gender e1"])
def test_an_identifier_is_known_in_any_spelling(text: str) -> None:
    assert parse(text).identifier.startswith("bpf2015gender")


def test_what_is_left_out_is_said() -> None:
    assert parse("word " * 200).cut
    assert not parse("word " * 10).cut


@pytest.mark.parametrize(
    ("text", "value"),
    [("stage:wrap-up", "wrap_up"), ("kind:case_study", "case_study"), ('kind:"Case study"', "case_study"),
     ('theme:"Local content"', "local-content"), ("stakeholder:civil_society", "civil_society")],
)  # fmt: skip
def test_a_value_of_a_field_is_spelled_as_its_facet_spells_it(text: str, value: str) -> None:
    ((clause,),) = parse(text).groups
    assert clause == Facet(text.partition(":")[0], value)


@pytest.mark.parametrize("text", ["spam^99", "spam^2.5", "spam~", "spam~1", "spam"])
def test_what_other_engines_weigh_a_word_by__is_no_word(text: str) -> None:
    assert parse(text).groups == ((Words("spam"),),)
