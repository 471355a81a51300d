"""Figures and tables are counted alike for every form of an edition."""

import pytest

from editions.document.caption_numbers import Captioned, caption_numbers
from editions.document.model import Document, Figure, Row, Run, Section, SectionKind, Table


def table(key: str, caption: str) -> Table:
    return Table(key, (Run(caption),) if caption else (), (Row(f"{key}r", ((Run("a"),),)),))


def figure(key: str, caption: str) -> Figure:
    return Figure(key, "", "A lamp", (Run(caption),) if caption else (), 10, 10)


def numbers(*blocks, language: str = "en"):
    found = caption_numbers(Document("T", language, blocks))
    return {key: (one.kind, one.number) for key, one in found.items()}


def test_numbers__of_what_has_a_caption__rise_for_each_kind_in_reading_order():
    inner = Section("s", SectionKind.PRACTICE, (), (), (table("b", "Costs"), figure("g", "Fog")))
    assert numbers(table("a", "Towns"), figure("f", "Lamp"), table("x", ""), figure("y", ""), inner) == {
        "a": (Captioned.TABLE, 1), "f": (Captioned.FIGURE, 1), "b": (Captioned.TABLE, 2), "g": (Captioned.FIGURE, 2),
    }  # fmt: skip


@pytest.mark.parametrize(
    "typed",
    [
        "Table 4: Towns",
        "Tableau 4",
        "Cuadro n.º 4",
        "Таблица 4",
        "الجدول 4",
        "表4 城镇",
        "TABLE 4",
        "Tab. 4",
        "Tabelle 4",
        "Tabela 4",
        "Tabella 4",
        "Tablo 4",
        "Tabulka 4",
        "Таблиця № 4",
        "तालिका ४",
    ],
)
def test_numbers__that_authors_typed__are_not_doubled(typed):
    assert numbers(table("a", typed), figure("f", "Lamp")) == {"f": (Captioned.FIGURE, 1)}


@pytest.mark.parametrize("typed", ["Abbildung 2", "Abb. 2: Lampen", "Rys. 2", "Şekil 2", "رسم بياني 2", "図2"])
def test_numbers_of_figures__that_authors_typed__are_not_doubled(typed):
    assert numbers(table("a", "Towns"), figure("f", typed)) == {"a": (Captioned.TABLE, 1)}


@pytest.mark.parametrize("caption", ["Tables of 2099", "Figures are rare", "Table of contents", "表示"])
def test_numbers__of_captions_that_only_begin_alike__are_given(caption):
    assert numbers(table("a", caption)) == {"a": (Captioned.TABLE, 1)}


def test_numbers__of_what_only_the_older_edition_has__are_none():
    document = Document("T", "en", (table("-a", "Gone"), table("b", "Kept")))
    found = caption_numbers(document, lambda key: key.startswith("-"))
    assert {key: one.number for key, one in found.items()} == {"b": 1}
