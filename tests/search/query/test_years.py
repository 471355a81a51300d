"""Which years a question names, in words and numbers of six languages."""

import pytest

from search.query.years import LAST, NEWEST, besides, named


@pytest.mark.parametrize(
    ("question", "ranges"),
    [
        ("what was decided in 2017 about gender", [(2017, 2017)]),
        ("gender 2016, 2018", [(2016, 2016), (2018, 2018)]),
        ("cybersecurity between 2019 and 2021", [(2019, 2021)]),
        ("cybersecurity 2016-2018", [(2016, 2018)]),
        ("cybersecurity 2016–2018", [(2016, 2018)]),
        ("from 2016 to 2018", [(2016, 2018)]),
        ("documents from 2018", [(2018, 2018)]),
        ("local content after 2018", [(2019, LAST)]),
        ("since 2020", [(2020, LAST)]),
        ("2020 onwards", [(2020, LAST)]),
        ("before 2016", [(0, 2015)]),
        ("until 2016", [(0, 2016)]),
        ("entre 2016 et 2018", [(2016, 2018)]),
        ("de 2016 à 2018", [(2016, 2018)]),
        ("depuis 2019", [(2019, LAST)]),
        ("avant l'année 2016", [(0, 2015)]),
        ("jusqu'en 2016", [(0, 2016)]),
        ("entre 2016 y 2018", [(2016, 2018)]),
        ("después de 2018", [(2019, LAST)]),
        ("hasta 2016", [(0, 2016)]),
        ("с 2016 по 2018 год", [(2016, 2018)]),
        ("между 2016 и 2018 годами", [(2016, 2018)]),
        ("после 2018 года", [(2019, LAST)]),
        ("с 2019 года", [(2019, LAST)]),
        ("قبل عام 2016", [(0, 2015)]),
        ("من عام ٢٠١٦ إلى عام ٢٠١٨", [(2016, 2018)]),
        ("بين 2016 و2018", [(2016, 2018)]),
        ("منذ ٢٠١٩", [(2019, LAST)]),
        ("2016年至2018年", [(2016, 2018)]),
        ("2018年以后的内容", [(2019, LAST)]),
        ("自2019年以来", [(2019, LAST)]),
        ("2016年之前", [(0, 2015)]),
        ("２０１８年", [(2018, 2018)]),
        ("spam in the 2010s", [(2010, 2019)]),
        ("the 2020’s", [(2020, 2029)]),
        ("les années 2010", [(2010, 2019)]),
        ("la década de 2010", [(2010, 2019)]),
        ("в 2010-х годах", [(2010, 2019)]),
        ("2010年代", [(2010, 2019)]),
        ("العقد ٢٠١٠", [(2010, 2019)]),
        ("2015s", [(2015, 2015)]),
        ("RFC 6973", []),
        ("12018 and 20189", []),
        ("", []),
    ],
)
def test_years__are_read_as_they_are_said(question, ranges):
    assert list(named(question).ranges) == ranges


def test_a_year_that_bounds_a_range__is_no_word_to_look_for__unless_it_is_named_for_itself_too():
    assert named("after 2018").bounds == {"2018"}
    assert named("2016-2018").bounds == {"2016", "2018"}
    assert named("in 2018").bounds == set()
    assert named("spam in the 2010s").bounds == {"2010s"}
    assert named("after 2018, or in 2018").bounds == set()


def test_years_of_a_library__that_a_question_names():
    assert named("after 2018").wanted([2016, 2018, 2019, 2025]) == {2019: 1.0, 2025: 1.0}
    assert named("spam").wanted([2016]) == {}


@pytest.mark.parametrize(
    "question",
    ["latest forum", "the most recent outcome", "la dernière réunion", "el último foro", "последний форум",
     "أحدث وثيقة", "最新的文件"],
)  # fmt: skip
def test_what_is_newest__is_asked_for__the_newer_a_year_the_more_it_is_wanted(question):
    assert named(question).wanted([2014, 2019, 2024]) == {2019: NEWEST / 2, 2024: NEWEST}
    assert named(question).wanted([]) == {}
    assert named(f"{question} 2019").wanted([2014, 2019, 2024]) == {2019: 1.0}


def test_a_year_is_no_subject_of_a_question__unless_there_is_no_other():
    assert besides(["weather", "2020"]) == ["weather"]
    assert besides(["2020"]) == ["2020"]
