"""Word files: signs of symbol fonts are letters, equations can be read out."""

from editions.document.model import Mark
from formats.draft import Doubt
from tests.formats.blocks import blocks, doubts
from tests.formats.docx.docx_files import (
    CASES,
    STYLES,
    body,
    docx,
    opened,
    p,
    t,
)


def test_an_equation_is_text_and_its_source_is_kept():
    draft, _ = opened((CASES / "07-equation.docx").read_bytes())
    assert blocks(draft.document)[1] == "The load is L=2n+1 at most."
    assert doubts(draft, Doubt.EQUATION) == ["L=2n+1"]
    assert draft.equations[0].text == "L=2n+1"
    assert "oMath" in draft.equations[0].source


def test_emphasis_of_runs_is_kept():
    content = (
        t("a", "<w:b/>") + t("b", '<w:i w:val="1"/>') + t("c", '<w:vertAlign w:val="superscript"/>')
        + t("d", "<w:strike/>") + t("e", '<w:rStyle w:val="Strong"/>') + t("f", '<w:b w:val="0"/>')
        + t("g", '<w:rStyle w:val="Strong"/><w:b w:val="false"/>')
    )  # fmt: skip
    draft, _ = opened(docx(p(content)))
    assert [(run.text, set(run.marks)) for run in draft.document.blocks[0].runs] == [  # type: ignore[union-attr]
        ("a", {Mark.STRONG}), ("b", {Mark.EMPHASIS}), ("c", {Mark.SUPERSCRIPT}), ("d", {Mark.DELETED}),
        ("e", {Mark.STRONG}), ("fg", set()),
    ]  # fmt: skip


def test_signs_of_word_are_characters():
    content = (
        "<w:r><w:t>co</w:t><w:noBreakHyphen/><w:t>op</w:t><w:tab/><w:t>net</w:t><w:softHyphen/><w:t>work</w:t><w:br/>"
        '<w:t>next</w:t><w:br w:type="page"/><w:sym w:font="Symbol" w:char="F0A3"/><w:sym w:font="Symbol" w:char="F061"/></w:r>'
    )
    assert body(p(content)) == ["co\u2011op network\nnext ≤α"]


def test_a_large_initial_is_part_of_its_word():
    content = p("O", "", '<w:framePr w:dropCap="drop"/>') + p("nce more.")
    assert body(content) == ["Once more."]


def test_fractions_powers_roots_and_sums_can_be_read_out():
    def run(letters: str) -> str:
        return f"<m:r><m:t>{letters}</m:t></m:r>"

    fraction = f"<m:f><m:num>{run('a+b')}</m:num><m:den>{run('2')}</m:den></m:f>"
    power = f"<m:sSup><m:e>{run('x')}</m:e><m:sup>{run('2')}</m:sup></m:sSup>"
    root = f"<m:rad><m:deg/><m:e>{run('n')}</m:e></m:rad>"
    total = (
        f'<m:nary><m:naryPr><m:chr m:val="∑"/></m:naryPr><m:sub>{run("i=1")}</m:sub><m:sup>{run("n")}</m:sup>'
        f"<m:e>{run('i')}</m:e></m:nary>"
    )
    content = (
        f"<m:oMathPara><m:oMath>{fraction}{run('=')}{power}{run('+')}{root}{run('−')}{total}</m:oMath></m:oMathPara>"
    )
    assert body(p(content)) == ["(a+b)/2=x^2+√(n)−∑_(i=1)^n i"]


def test_an_equation_of_a_form_of_its_own_loses_no_letter():
    total = "<m:nary><m:e><m:r><m:t>a</m:t></m:r></m:e><m:e><m:r><m:t>b</m:t></m:r></m:e></m:nary>"
    assert body(p(f"<m:oMath>{total}</m:oMath>")) == ["a b"]


def test_letters_in_a_symbol_font_are_letters():
    assert body(
        p(t("\uf061\uf0a3", '<w:rFonts w:ascii="Symbol"/>') + t("\uf0fc", '<w:rFonts w:ascii="Wingdings"/>'))
    ) == ["α≤✓"]


def test_symbol_font_that_only_a_style_names__shows_its_signs():
    styles = STYLES + (
        '<w:style w:type="character" w:styleId="Sign"><w:rPr><w:rFonts w:ascii="Wingdings"/></w:rPr></w:style>'
        '<w:style w:type="character" w:styleId="Mine"><w:basedOn w:val="Sign"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Greek"><w:rPr><w:rFonts w:ascii="Symbol"/></w:rPr></w:style>'
    )
    own = t("b", '<w:rFonts w:ascii="Arial"/>')
    body = p(t("Done ") + t("\u00fc", '<w:rStyle w:val="Mine"/>')) + p(t("a") + own, "Greek")
    draft, _ = opened(docx(body, styles=styles))
    assert blocks(draft.document) == ["Done ✓", "αb"]
