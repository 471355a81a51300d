"""OpenDocument texts: what a person sees in LibreOffice is what the draft holds, and everything else is told."""

from datetime import UTC, datetime

import pytest

from editions.document.model import Mark, Table
from formats.draft import Doubt, Reason, Unreadable, UnreadableFile
from tests.formats.blocks import blocks, doubts, left_out, remarks, text
from tests.formats.docx.docx_files import PNG, zipped
from tests.formats.office.odt_files import STYLES, flat, odt, opened

NUMBERED = (
    '<text:list-style style:name="L1"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="1" style:num-suffix="." '
    'text:display-levels="2"/></text:list-style><text:list-style style:name="L2"><text:list-level-style-bullet '
    'text:level="1"/></text:list-style><text:list-style style:name="L3"><text:list-level-style-number text:level="1" '
    'style:num-format="a" style:num-prefix="(" style:num-suffix=")" text:start-value="2"/></text:list-style>'
)


def p(content: str, style: str = "") -> str:
    named = f' text:style-name="{style}"' if style else ""
    return f"<text:p{named}>{content}</text:p>"


def items(*contents: str, style: str = "L1", attributes: str = "") -> str:
    inner = "".join(f"<text:list-item>{one if '<' in one else p(one)}</text:list-item>" for one in contents)
    return f'<text:list text:style-name="{style}" {attributes}>{inner}</text:list>'


def item(content: str) -> str:
    return f"<text:list-item>{p(content)}</text:list-item>"


def frame(inner: str, description: str = "") -> str:
    said = f"<svg:desc>{description}</svg:desc>" if description else ""
    return f"<draw:frame>{inner}{said}</draw:frame>"


def image(name: str = "Pictures/1.png") -> str:
    return f'<draw:image xlink:href="{name}"/>'


def row(*cells: str) -> str:
    drawn = "".join(
        one if one.startswith("<table:") else f"<table:table-cell>{p(one)}</table:table-cell>" for one in cells
    )
    return f"<table:table-row>{drawn}</table:table-row>"


def table(head: str, *rows: str) -> str:
    return f"<table:table><table:table-header-rows>{head}</table:table-header-rows>{''.join(rows)}</table:table>"


def body(content: str, **parts: object) -> list[object]:
    return blocks(opened(odt(content, **parts))[0].document)  # type: ignore[arg-type]


def test_title_headings_quotes_and_emphasis():
    automatic = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
        '<style:style style:name="P2" style:family="paragraph"><style:text-properties fo:font-style="italic"/></style:style>'
        '<style:style style:name="T1" style:family="text"><style:text-properties style:text-position="super 58%"/>'
        "</style:style>"
    )
    content = (
        p("A report", "P1") + '<text:h text:outline-level="2">Aims</text:h>' + p("So it is", "Quotations")
        + p("All slanted", "P2")
        + p('Some <text:span text:style-name="Strong_20_Emphasis">bold</text:span> and x<text:span text:style-name="T1">2'
            '</text:span> and <text:span text:style-name="Source_20_Text">code</text:span>')
    )  # fmt: skip
    draft, _ = opened(odt(content, automatic=automatic))
    assert draft.document.title == "A report"
    assert blocks(draft.document) == [("h2", "Aims"), ("quote", "So it is"), "All slanted", "Some bold and x2 and code"]
    assert draft.document.blocks[2].runs[0].marks == {Mark.EMPHASIS}  # type: ignore[union-attr]
    marks = [set(run.marks) for run in draft.document.blocks[3].runs]  # type: ignore[union-attr]
    assert marks == [set(), {Mark.STRONG}, set(), {Mark.SUPERSCRIPT}, set(), {Mark.CODE}]


def test_blanks_tabs_and_line_ends_are_as_seen():
    assert body(p("one\n   two<text:s text:c='3'/>three<text:tab/>four<text:line-break/>five")) == [
        "one two three four\nfive"
    ]


def test_lists_count_as_the_file_does():
    content = (
        items("a", p("b") + items("b one", "b two")) + p("Between.")
        + items("c", attributes='text:continue-numbering="true"') + items("x", style="L3") + items("•", style="L2")
    )  # fmt: skip
    draft, _ = opened(odt(content, automatic=NUMBERED))
    assert blocks(draft.document) == [
        ("ol", "a", ("b", "ul", "2.1. b one", "2.2. b two")), "Between.", ("ul", "3. c"), ("ul", "(b) x"), ("ul", "•"),
    ]  # fmt: skip
    assert doubts(draft, Doubt.LIST_NUMBERING) == ["2.1.", "3.", "(b)"]


def test_a_list_goes_on_with_the_one_it_names():
    content = (
        items("a", "b", attributes='xml:id="list7"') + p("Between.") + items("x") + p("Between.")
        + items("c", attributes='text:continue-list="list7"')
    )  # fmt: skip
    assert body(content, automatic=NUMBERED)[-1] == ("ul", "3. c")


PLAIN = "".join(
    f'<text:list-style style:name="{name}">' + "".join(
        f'<text:list-level-style-{kind} text:level="{level}" style:num-format="1" style:num-suffix="."/>'
        for level in (1, 2, 3)
    ) + "</text:list-style>"
    for name, kind in (("L4", "bullet"), ("L5", "number"), ("L6", "bullet"))
)  # fmt: skip


def deeper(inner: str, style: str, attributes: str) -> str:
    """An outermost list of one item without text, as LibreOffice writes what stands deeper."""
    return items(f"<text:list>{inner}</text:list>", style=style, attributes=attributes)


def test_numbers_in_a_list_of_bullets_go_on_behind_what_stands_deeper():
    """LibreOffice names the list that goes on, and leaves the name off where it began as a list in a list."""
    content = (
        items("a", p("b") + items("one", "two", style="L5"), style="L4")
        + deeper(f"<text:list-item><text:list>{item('deep')}</text:list></text:list-item>", "L6", "")
        + deeper(item("three"), "L5", 'text:continue-list="nowhere"')
        + items("c", style="L4", attributes='text:continue-list="nowhere"')
    )
    assert body(content, automatic=PLAIN) == [
        ("ul", "a", ("b", "ol", "one", ("two", "ul", "deep"), "three"), "c"),
    ]  # fmt: skip


def test_item_in_the_style_of_the_list_before_is_of_that_list():
    """Where another list stands between, LibreOffice puts the rest of the first into that."""
    rest = '<text:list-item text:style-override="L5"><text:p>two</text:p></text:list-item>'
    parted = f"<text:list-item><text:list>{item('deep')}</text:list></text:list-item>"
    content = items("one", style="L5") + f'<text:list text:style-name="L6">{parted}{rest}</text:list>'
    assert body(content, automatic=PLAIN) == [("ol", ("one", "ul", "deep"), "two")]


def test_numbers_of_headings_stay():
    outline = (
        '<text:outline-style><text:outline-level-style text:level="1" style:num-format="I" style:num-suffix="."/>'
        '<text:outline-level-style text:level="2" style:num-format="1"/></text:outline-style>'
    )
    content = "".join(f'<text:h text:outline-level="{level}">x</text:h>' for level in (1, 2, 2, 1, 2))
    assert body(content, styles=STYLES + outline) == [
        ("h1", "I. x"), ("h2", "1 x"), ("h2", "2 x"), ("h1", "II. x"), ("h2", "1 x"),
    ]  # fmt: skip


def test_merged_cells_shift_nothing():
    wide = (
        f'<table:table-cell table:number-columns-spanned="2">{p("Both")}</table:table-cell><table:covered-table-cell/>'
    )
    high = f'<table:table-cell table:number-rows-spanned="2">{p("North")}</table:table-cell>'
    content = table(row("a", "b"), row(wide), row(high, "1"), row("<table:covered-table-cell/>", "2"))
    draft, _ = opened(odt(content))
    assert blocks(draft.document) == [("table", "", ("a", "b"), ("Both", ""), ("North", "1"), ("", "2"))]
    assert doubts(draft, Doubt.MERGED_CELLS) == ["Both"]


def test_heads_are_known_by_their_style_or_told():
    head = row(f"<table:table-cell>{p('a', 'Table_20_Heading')}</table:table-cell>")
    styled, _ = opened(odt(f"<table:table>{head}{row('1')}</table:table>"))
    plain, _ = opened(odt(f"<table:table>{row('a')}{row('1')}</table:table>"))
    assert isinstance(found := styled.document.blocks[0], Table)
    assert found.header_rows == 1
    assert not styled.findings
    assert doubts(plain, Doubt.HEADINGS_FROM_FIRST_ROW) == ["a"]


def test_a_picture_with_its_caption_in_a_frame():
    boxed = frame(f"<draw:text-box>{p(frame(image(), 'A map') + 'Figure 1: Where', 'Illustration')}</draw:text-box>")
    draft, _ = opened(odt(p(boxed) + p("After"), media={"Pictures/1.png": PNG}))
    assert blocks(draft.document) == [("figure", "A map", "Figure 1: Where"), "After"]
    assert draft.pictures[0].content == PNG


def test_a_picture_of_another_kind_is_told():
    draft, _ = opened(odt(p(frame(image("Pictures/1.wmf"), "A chart")), media={"Pictures/1.wmf": b"\xd7\xcd\xc6\x9a"}))
    assert doubts(draft, Doubt.PICTURE_KIND) == ["WMF: A chart"]
    assert left_out(draft, Reason.PICTURE) == ["A chart"]


def test_notes_follow_their_marks():
    mark = (
        '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>'
        f"{p('Foot')}{p('note')}</text:note-body></text:note>"
    )
    draft, ledger = opened(odt(p(f"Words{mark} go on.")))
    key = draft.document.notes[0].key
    assert blocks(draft.document) == [f"Words[{key}] go on."]
    assert text(draft.document.notes[0].runs) == "Foot\nnote"
    assert ledger.left_out == {"note number": 1}


def test_remarks_and_changes_are_told_and_signed():
    signed = "<office:change-info><dc:creator>M. Okoro</dc:creator><dc:date>2026-02-03T10:00:00</dc:date></office:change-info>"
    regions = (
        f'<text:tracked-changes><text:changed-region xml:id="c1"><text:deletion>{signed}{p("old words")}</text:deletion>'
        f'</text:changed-region><text:changed-region xml:id="c2"><text:insertion>{signed}</text:insertion>'
        "</text:changed-region></text:tracked-changes>"
    )
    remark = (
        "<office:annotation><dc:creator>N. Reader</dc:creator><dc:date>2026-02-04T10:00:00.123456789</dc:date>"
        f"{p('Is it so?')}</office:annotation>"
    )
    content = regions + p(
        f'The <text:change-start text:change-id="c2"/>new<text:change-end text:change-id="c2"/>'
        f'<text:change text:change-id="c1"/> text{remark}.'
    )
    draft, _ = opened(odt(content))
    assert blocks(draft.document) == ["The new text."]
    assert sorted(remarks(draft)) == [
        ("comment", "N. Reader", "Is it so?"), ("deletion", "M. Okoro", "old words"), ("insertion", "M. Okoro", "new"),
    ]  # fmt: skip
    assert {one.key for one in draft.review_notes} == {draft.document.blocks[0].key}
    assert datetime(2026, 2, 3, 10, tzinfo=UTC) in {one.at for one in draft.review_notes}


def test_hidden_words_are_left_out_and_told():
    automatic = (
        '<style:style style:name="T9" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="S9" style:family="section"><style:section-properties text:display="none"/></style:style>'
    )
    content = (
        p('Seen <text:span text:style-name="T9">not this</text:span>.')
        + f'<text:section text:display="none">{p("nor this")}</text:section>'
        + f'<text:section text:style-name="S9">{p("or that")}</text:section>'
        + p('gone <text:hidden-paragraph text:is-hidden="true"/>') + f"<text:section>{p('but this')}</text:section>"
    )  # fmt: skip
    draft, _ = opened(odt(content, automatic=automatic))
    assert blocks(draft.document) == ["Seen .", "but this"]
    assert left_out(draft, Reason.HIDDEN) == ["not this", "nor this", "or that", "gone"]


def test_contents_lists_and_running_heads_are_left_out():
    master = f"<style:master-page><style:header>{p('Forum 2026')}</style:header></style:master-page>"
    contents = f"<text:table-of-content><text:index-body>{p('Aims 3')}</text:index-body></text:table-of-content>"
    draft, ledger = opened(odt(contents + p("Text"), master=master))
    assert blocks(draft.document) == ["Text"]
    assert ledger.left_out == {"contents list": 2, "running head": 2}


def test_a_formula_is_text_and_its_source_is_kept():
    formula = (
        '<math:math xmlns:math="http://www.w3.org/1998/Math/MathML"><math:semantics><math:mrow><math:mfrac><math:mi>a</math:mi>'
        "<math:mn>2</math:mn></math:mfrac><math:mo>=</math:mo><math:msup><math:mi>x</math:mi><math:mn>3</math:mn></math:msup>"
        '</math:mrow><math:annotation encoding="StarMath 5.0">{a} over {2} = x^3</math:annotation></math:semantics></math:math>'
    )
    content = p("It is " + frame('<draw:object xlink:href="./Object 1"/>') + " here.")
    draft, _ = opened(odt(content, objects={"Object 1": formula}))
    assert blocks(draft.document) == ["It is a/2=x^3 here."]
    assert draft.equations[0].text == "a/2=x^3"
    assert left_out(draft, Reason.FIELD_CODE) == ["{a} over {2} = x^3"]


def test_words_of_a_chart__are_told_once_also_of_one_that_stands_only_in_a_deletion():
    def chart(words: str) -> str:
        return f"<chart xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'>{p(words)}</chart>"

    gone = p("gone " + frame('<draw:object xlink:href="./Object 2"/>'))
    content = f"<text:section text:display='none'>{gone}</text:section>"
    content += p("Seen: " + frame('<draw:object xlink:href="./Object 1"/>') + ".")
    draft, ledger = opened(odt(content, objects={"Object 1": chart("Ports by year"), "Object 2": chart("Old ports")}))
    assert sorted(left_out(draft, Reason.PICTURE)) == ["Old ports", "Ports by year"]
    assert ledger.balanced


def test_links_are_mended_or_left_out():
    content = p(
        '<text:a xlink:href="www.example.org/a b">site</text:a> and <text:a xlink:href="../x.odt">file</text:a>'
    )
    draft, _ = opened(odt(content))
    assert [run.href for run in draft.document.blocks[0].runs] == [  # type: ignore[union-attr]
        "https://www.example.org/a%20b", "",
    ]  # fmt: skip
    assert doubts(draft, Doubt.LINK_LEFT_OUT) == ["../x.odt"]


def test_languages_and_what_the_file_says_of_itself():
    automatic = (
        '<style:style style:name="T2" style:family="text"><style:text-properties fo:language="fr" fo:country="FR"/>'
        "</style:style>"
    )
    styles = STYLES + (
        '<style:default-style style:family="paragraph"><style:text-properties fo:language="es" fo:country="MX" '
        'style:language-complex="ar" style:country-complex="EG"/></style:default-style>'
    )
    meta = (
        "<dc:title>Informe</dc:title><meta:initial-creator>N. Writer</meta:initial-creator><dc:date>2018-03-04T05:06:07"
        "</dc:date><meta:keyword>redes</meta:keyword>"
    )
    content = p('Los operadores <text:span text:style-name="T2">le dépôt</text:span> قالوا')
    draft, ledger = opened(odt(content, automatic=automatic, styles=styles, meta=meta))
    assert (draft.language, draft.document.title, draft.author) == ("es-MX", "Informe", "N. Writer")
    assert draft.written_at == datetime(2018, 3, 4, 5, 6, 7, tzinfo=UTC)
    assert [run.language for run in draft.document.blocks[0].runs] == ["", "fr-FR", "ar-EG"]  # type: ignore[union-attr]
    assert ledger.left_out == {"metadata": 1}


def test_a_flat_file_is_the_same_document():
    content = p("A report", "Title") + '<text:h text:outline-level="1">Aims</text:h>' + items("one", "two")
    zipped_draft, _ = opened(odt(content, automatic=NUMBERED))
    flat_draft, _ = opened(flat(content, NUMBERED))
    assert zipped_draft.document == flat_draft.document


def test_a_locked_file_and_one_of_another_kind_are_refused():
    locked = zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": b"\x00\x01",
                     "META-INF/manifest.xml": "<m><encryption-data/></m>"})  # fmt: skip
    sheet = flat("").replace(b"office:text>", b"office:spreadsheet>")
    for content, why in ((locked, Unreadable.LOCKED), (sheet, Unreadable.FORMAT)):
        with pytest.raises(UnreadableFile) as refused:
            opened(content)
        assert refused.value.why == why


def test_a_numbered_paragraph_outside_a_list_is_an_item():
    one, two = (
        f'<text:numbered-paragraph text:list-id="l" text:level="1"><text:number>{number}.</text:number><text:p>{said}</text:p>'
        "</text:numbered-paragraph>"
        for number, said in enumerate(["first", "second"], 1)
    )
    draft, _ = opened(odt(one + two))
    assert blocks(draft.document) == [("ol", "first", "second")]
    assert left_out(draft, Reason.LIST_NUMBER) == ["1.", "2."]


def test_letters_in_a_symbol_font__are_its_signs():
    styles = (
        '<style:style style:name="Sign" style:family="text"><style:text-properties style:font-name="Wingdings1"/></style:style>'
        '<style:style style:name="Greek" style:family="paragraph"><style:text-properties fo:font-family="\'Symbol\'"/></style:style>'
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Greek"/>'
    )
    body = (
        '<text:p>Done <text:span text:style-name="Sign">\u00fc</text:span> today</text:p>'
        '<text:p text:style-name="P1">a<text:span>b</text:span>g</text:p>'
    )
    draft, _ = opened(odt(body, styles=STYLES + styles))
    assert blocks(draft.document) == ["Done ✓ today", "αβγ"]


def test_lists_and_titles_of_styles_alone__are_lists_and_the_title():
    named = {"Cover": "Title", "P9": "List_20_Bullet_20_2"}
    styles = STYLES + "".join(
        f'<style:style style:name="{name}" style:family="paragraph" style:parent-style-name="{parent}"/>'
        for name, parent in named.items()
    )
    said = [("Cover", "Report"), ("List_20_Bullet", "one"), ("P9", "one a"), ("List_20_Bullet", "two"), ("", "Words."),
            ("Numbering_20_1", "first"), ("Numbering_20_1", "second")]  # fmt: skip
    body = "".join(f'<text:p text:style-name="{style}">{text}</text:p>' for style, text in said)
    draft, _ = opened(odt(body, styles=styles))
    assert draft.document.title == "Report"
    assert blocks(draft.document) == [("ul", ("one", "ul", "one a"), "two"), "Words.", ("ol", "first", "second")]
