"""Numbers of the library's own files are no text; words that took their style are, in each kind of office file."""

import pytest

from formats.draft import Reason
from tests.formats.blocks import blocks, left_out
from tests.formats.docx import docx_files
from tests.formats.docx.docx_files import SIGNED
from tests.formats.office import odt_files, rtf_files

DOCX_STYLES = docx_files.STYLES + (
    '<w:style w:type="character" w:styleId="N"><w:name w:val="BPF Passage Number"/></w:style>'
    '<w:style w:type="character" w:styleId="C"><w:name w:val="BPF Caption Number"/></w:style>'
)
NUMBER, CAPTION = '<w:rStyle w:val="N"/>', '<w:rStyle w:val="C"/>'
ODT_STYLES = odt_files.STYLES + (
    '<style:style style:name="BPF_20_Passage_20_Number" style:display-name="BPF Passage Number" style:family="text"/>'
)
RTF_HEAD = rtf_files.HEAD.replace(r"{\*\cs10", r"{\*\cs11 BPF Passage Number;}{\*\cs10")


def run(text: str, look: str = "", tag: str = "t") -> str:
    return f'<w:r><w:rPr>{look}</w:rPr><w:{tag} xml:space="preserve">{text}</w:{tag}></w:r>'


def changed(tag: str, content: str) -> str:
    return f'<w:{tag} w:id="1" {SIGNED}>{content}</w:{tag}>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (run("¶ 12 ", NUMBER) + run("Lamps."), "Lamps."),
        (run("¶ ", NUMBER) + run("12", NUMBER) + run(" ", NUMBER) + run("Lamps."), "Lamps."),
        (run("¶ 12 ", NUMBER) + run("All ", NUMBER) + run("lamps."), "All lamps."),
        (run("¶ 12 All ", NUMBER) + run("lamps."), "All lamps."),
        (run("¶ 12 ", NUMBER) + changed("ins", run("All ", NUMBER)) + run("lamps."), "All lamps."),
        (changed("ins", run("All ", NUMBER)) + run("¶ 12 ", NUMBER) + run("lamps."), "All lamps."),
        (changed("ins", run("¶ ", NUMBER) + run("12 ", NUMBER) + run("Lamps.")), "Lamps."),
        (changed("ins", run("¶ 12 ", NUMBER) + run("All ", NUMBER) + run("lamps.")), "All lamps."),
        (run("¶ 12 ", NUMBER) + changed("del", run("All ", NUMBER, "delText")) + run("Lamps."), "Lamps."),
        (run("¶ 12 ", NUMBER) + run("Figure 3. ", CAPTION) + run("Lamps."), "Lamps."),
        (run("¶ 12 ", NUMBER) + changed("ins", run("图 ", CAPTION) + run("3. ", CAPTION) + run("灯。")), "灯。"),
    ],
)
def test_words_in_the_style_of_a_number_of_word__stay_and_the_number_goes(content: str, said: str) -> None:
    draft, _ = docx_files.opened(docx_files.docx(docx_files.p(content), styles=DOCX_STYLES))
    assert blocks(draft.document) == [said]


def test_a_number_in_opendocument_and_rtf__is_told_and_left_out_and_words_in_its_style_stay() -> None:
    span = '<text:span text:style-name="BPF_20_Passage_20_Number">{}</text:span>'
    said = f"<text:p>{span.format('¶ 12 ')}{span.format('All ')}lamps.</text:p>"
    odt, _ = odt_files.opened(odt_files.odt(said, styles=ODT_STYLES))
    rtf, _ = rtf_files.opened(rb"\pard{\cs11 \u182 ?12 }{\cs11 All }lamps.\par", RTF_HEAD)
    for draft in (odt, rtf):
        assert blocks(draft.document) == ["All lamps."]
        assert [one.strip() for one in left_out(draft, Reason.LIST_NUMBER)] == ["¶ 12"] or draft is rtf
