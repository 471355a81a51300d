"""What writers make without the styles and letters meant for it: symbol fonts, local names, captions typed by hand."""

import pytest

from formats.draft import Doubt, Reason
from tests.formats.blocks import blocks, doubts, left_out
from tests.formats.docx.docx_files import (
    PNG,
    STYLES,
    cell,
    docx,
    item,
    level,
    numbering,
    opened,
    p,
    picture,
    row,
    t,
    table,
)
from tests.formats.office.rtf_files import opened as rtf


def font(name: str) -> str:
    return f'<w:rFonts w:ascii="{name}" w:hAnsi="{name}"/>'


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (t("abW", font("Symbol")), "αβΩ"),
        (t("\xfc \xfe \xe0", font("Wingdings")), "✓ ☑ →"),
        (t("a", font("Webdings")), "✓"),
        (t("P", font("Wingdings 2")), "✓"),
        ('<w:r><w:sym w:font="Webdings" w:char="F061"/></w:r>', "✓"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0E8"/></w:r>', "➔"),
        (t("plain a", font("Arial")), "plain a"),
        (t("слово", font("Symbol")), "слово"),
    ],
)
def test_signs_of_symbol_fonts_are_characters(written, seen):
    draft, _ = opened(docx(p(written)))
    assert blocks(draft.document) == [seen]
    assert not doubts(draft, Doubt.SIGN_UNKNOWN)


def test_a_sign_that_is_not_known_is_told_and_no_letter():
    draft, _ = opened(
        docx(p(t("So ") + t("\xc9", font("Wingdings")) + '<w:r><w:sym w:font="Dingfont" w:char="F041"/></w:r>'))
    )
    assert blocks(draft.document) == ["So"]
    assert doubts(draft, Doubt.SIGN_UNKNOWN) == ["Wingdings 0xC9", "Dingfont 0x41"]


def named(*styles: tuple[str, str, str]) -> str:
    return STYLES + "".join(
        f'<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{more}</w:style>'
        for id, name, more in styles
    )


@pytest.mark.parametrize("name", ["Заголовок", "Puesto", "Titre", "Título", "标题", "العنوان", "Titel"])
def test_a_title_by_its_local_name(name):
    styles = named(("a1", name, ""))
    draft, _ = opened(docx(p("The report", "a1") + p("Words."), styles=styles))
    assert (draft.document.title, blocks(draft.document)) == ("The report", ["Words."])


@pytest.mark.parametrize(
    ("id", "more"),
    [("Heading2", ""), ("x", '<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr>')],
)
def test_a_heading_in_a_style_named_as_titles_are(id, more):
    content = p("Part", "Heading1") + p("Aims", id)
    styles = named(("x", "Заголовок", more)) if id == "x" else STYLES.replace("heading 2", "Заголовок")
    assert blocks(opened(docx(content, styles=styles))[0].document) == [("h1", "Part"), ("h2", "Aims")]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("List Bullet", "ul"), ("Liste à puces", "ul"), ("Lista con viñetas", "ul"), ("Маркированный список", "ul"),
        ("قائمة نقطية", "ul"), ("列表项目符号", "ul"), ("Aufzählungszeichen", "ul"),
        ("List Number", "ol"), ("Liste numérotée", "ol"), ("Lista con números", "ol"), ("Нумерованный список", "ol"),
        ("قائمة مرقمة", "ol"), ("列表编号", "ol"), ("Listennummer", "ol"),
    ],
)  # fmt: skip
def test_a_list_by_the_name_of_its_style(name, kind):
    content = p("One", "l1") + p("Two", "l1") + p("Between.") + p("Again", "l1")
    draft, _ = opened(docx(content, styles=named(("l1", name, ""))))
    assert blocks(draft.document) == [(kind, "One", "Two"), "Between.", (kind, "Again")]
    assert not doubts(draft, Doubt.LIST_NUMBERING)


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("Table 1. Units", "Figure 2: The forum"), ("Tableau 1 : Unités", "Figure 2 – Le forum"),
        ("Tabla 1. Unidades", "Figura 2. El foro"), ("Таблица 1 – Единицы", "Рис. 2. Форум"),
        ("الجدول 1: الوحدات", "الشكل 2: المنتدى"), ("表1 单位", "图 2：论坛"), ("Table 2-1: Units", "Figure 2.1. It"),
    ],
)  # fmt: skip
def test_a_caption_typed_without_a_style_goes_to_its_table_or_picture(above, below):
    content = (
        p(above)
        + table(row(cell("a"), cell("b")), row(cell("c"), cell("d")))
        + p("Words.")
        + p(picture("i.png", "It"))
        + p(below)
    )
    draft, _ = opened(docx(content, media={"i.png": PNG}))
    found = blocks(draft.document)
    assert (found[0][:2], found[1], found[2]) == (("table", above), "Words.", ("figure", "It", below))


@pytest.mark.parametrize("text", ["Table 1 shows what each region sent.", "Figures", "Units: 2. Table 1."])
def test_a_sentence_above_a_table_is_no_caption(text):
    found = blocks(opened(docx(p(text) + table(row(cell("a"), cell("b")), row(cell("c"), cell("d")))))[0].document)
    assert found[0] == text


def indented(text: str, left: int) -> str:
    return f'<w:p><w:pPr><w:ind w:left="{left}"/></w:pPr>{t(text)}</w:p>'


@pytest.mark.parametrize(("around", "left", "stays"), [(0, 720, True), (0, 0, False), (720, 720, False)])
def test_an_indented_paragraph_stays_in_its_item(around, left, stays):
    content = indented("Before.", around) + item("One") + indented("More of one.", left) + item("Two")
    found = blocks(opened(docx(content, numbers=numbering(level(0, "decimal", "%1."))))[0].document)
    assert ("More of one." in found) is not stays
    assert not stays or found[1:] == [("ol", "One\nMore of one.", "Two")]


SYMBOLS = (
    r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Times;}{\f3\fnil\fcharset2{\*\panose 05050102}Symbol;}"
    r"{\f4\fcharset2 Wingdings{\*\falt Other};}}"
)


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        (r"{\f3 ab}c", "αβc"), (r"{\f4\'fc}\f0 done", "✓done"), (r"{\f4\u-3844 ?}", "✓"), (r"\f4\'fe\plain  a", "☑ a"),
    ],
)  # fmt: skip
def test_signs_of_symbol_fonts_in_rtf(written, seen):
    draft, _ = rtf(rf"\pard {written}\par", SYMBOLS)
    assert blocks(draft.document) == [seen]


def test_signs_that_are_not_known_in_rtf():
    draft, _ = rtf(r"\pard So{\f4\'c9}\par\pard{\listtext\f4\'c9\tab}\ls1 One\par", SYMBOLS)
    assert blocks(draft.document) == ["So", ("ul", "One")]
    assert doubts(draft, Doubt.SIGN_UNKNOWN) == ["Wingdings 0xC9"]


@pytest.mark.parametrize(
    ("parts", "seen"),
    [
        (r"{\mf{\mfPr{\mctrlPr}}{\mnum{\mr a}}{\mden{\mr b}}}", "a/b"),
        (r"{\mf{\mnum{\mr a}{\mr +c}}{\mden{\mr b}}}", "(a+c)/b"),
        (r"{\msSup{\me{\mr x}}{\msup{\mr 2}}}", "x^2"),
        (r"{\msSub{\me{\mr x}}{\msub{\mr i+1}}}", "x_(i+1)"),
        (r"{\msSup{\me{\mr x}}{\msup}}", "x"),
    ],
)
def test_an_equation_of_rtf_stands_on_a_line_and_is_told(parts, seen):
    draft, _ = rtf(rf"\pard So {{\mmath{{\*\moMath{parts}}}}}.\par")
    assert blocks(draft.document) == [f"So {seen}."]
    assert doubts(draft, Doubt.EQUATION) == [seen]


def test_a_table_in_a_cell_of_rtf_is_told_and_ends_in_no_bar():
    inner = (
        r"\pard\intbl\itap2 i\nestcell j\nestcell{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}{\nonesttables\par}"
        r"\pard\intbl\itap2 k\nestcell l\nestcell{\*\nesttableprops\trowd\cellx1\cellx2\nestrow}{\nonesttables\par}"
    )
    draft, _ = rtf(
        rf"\trowd\trhdr\cellx1\cellx2\pard\intbl a\cell b\cell\row\trowd\cellx1\cellx2 {inner}\pard\intbl c\cell d\cell\row\pard end\par"
    )
    assert blocks(draft.document)[0] == ("table", "", ("a", "b"), ("i | j\nk | l\nc", "d"))
    assert doubts(draft, Doubt.NESTED_TABLE) == ["i | j"]


DESCRIBED = r"{\sp{\sn wzDescription}{\sv The forum at work}}{\sp{\sn fLine}{\sv 0}}"


def test_the_description_of_a_text_box_of_rtf_is_told():
    draft, _ = rtf(rf"\pard Words.{{\shp{{\*\shpinst {DESCRIBED}{{\shptxt\pard In the box.\par}}}}}}\par")
    assert sorted(blocks(draft.document)) == ["In the box.", "Words."]
    assert left_out(draft, Reason.PICTURE) == ["The forum at work"]


def test_the_description_of_a_picture_of_rtf_is_its_own():
    draft, _ = rtf(rf"\pard{{\pict{{\*\picprop{DESCRIBED}}}\pngblip {PNG.hex()}}}\par")
    assert blocks(draft.document) == [("figure", "The forum at work", "")]


def bold(text: str) -> str:
    return p(t(text, "<w:b/>"))


def test_bullets_typed_before_lines_are_those_of_a_list():
    content = (
        p("It holds:") + p("• one") + p(t("◦ ") + t("below", "<w:b/>")) + p("•\ttwo") + p("Then:") + p("- three")
        + p("- four") + p("Last.") + p("– a lone dash, as in speech") + p("3 - 2 is one")
    )  # fmt: skip
    assert blocks(opened(docx(content))[0].document) == [
        "It holds:", ("ul", ("one", "ul", "below"), "two"),
        "Then:", ("ul", "three", "four"), "Last.", "– a lone dash, as in speech", "3 - 2 is one",
    ]  # fmt: skip


def test_short_bold_lines_of_a_file_without_headings_are_headings_and_told():
    content = (
        bold("Routes") + p("Words of it.") + bold("Is it so? Yes.") + p("More.") + bold("One") + bold("Two") + p("x")
    )
    draft, _ = opened(docx(content))
    assert blocks(draft.document) == [
        ("h1", "Routes"), "Words of it.", "Is it so? Yes.", "More.", "One", ("h1", "Two"), "x",
    ]  # fmt: skip
    assert doubts(draft, Doubt.HEADING_GUESSED) == ["Routes", "Two"]


def test_bold_lines_of_a_file_with_headings_are_none():
    draft, _ = opened(docx(p("Aims", "Heading1") + bold("Routes") + p("Words.")))
    assert blocks(draft.document) == [("h1", "Aims"), "Routes", "Words."]


def test_what_is_typed_in_rtf_is_the_same():
    draft, _ = rtf(r"\pard\b Routes\b0\par\pard It holds:\par\pard\bullet  one\par\pard\bullet  two\par")
    assert blocks(draft.document) == [("h1", "Routes"), "It holds:", ("ul", "one", "two")]
