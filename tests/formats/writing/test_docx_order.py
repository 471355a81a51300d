"""The order in which ECMA-376 wants the properties of a Word file: Word refuses to open one that is out of order."""

import io
import zipfile

import pytest
from lxml import etree

from formats.docx.package import W
from formats.docx_writing import write
from tests.formats.round_trips.documents import WORDS, Generator
from tests.formats.writing.test_docx import COVER, SECTION, picture

ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "ins del rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof "
    "snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl "
    "cs em lang eastAsianLayout specVanish oMath rPrChange",
    "numPr": "ilvl numId ins",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "lvl": "start numFmt lvlRestart pStyle isLgl suff lvlText lvlPicBulletId legacy lvlJc pPr rPr",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
}
"""Element -> its children in the order of the schema (wml.xsd), all of one namespace."""


def out_of_order(root: etree._Element) -> list[str]:
    found = []
    for name, children in ORDER.items():
        places = {f"{W}{child}": place for place, child in enumerate(children.split())}
        for element in root.iter(f"{W}{name}"):
            given = [places.get(str(child.tag), -1) for child in element]
            if given != sorted(given) or -1 in given:
                found.append(f"{name}: {[etree.QName(child).localname for child in element]}")
    return found


@pytest.mark.parametrize("language", sorted(WORDS))
def test_every_part_of_a_written_file__has_its_properties_in_order(language: str) -> None:
    documents = [SECTION, *(Generator(seed, language).document(40) for seed in range(3))]
    for document in documents:
        with zipfile.ZipFile(io.BytesIO(write(document, COVER, picture))) as package:
            for name in package.namelist():
                if name.endswith(".xml"):
                    assert out_of_order(etree.fromstring(package.read(name))) == [], name
