"""Word files of all makers give the same document, however their package is made."""

from tests.formats.blocks import blocks, remarks, text
from tests.formats.docx.docx_files import (
    BULLET,
    CASES,
    NAMES,
    PNG,
    docx,
    item,
    numbering,
    opened,
    p,
    picture,
    t,
    zipped,
)


def test_a_file_in_arabic_comes_in():
    draft, _ = opened((CASES / "01-same-first-24-letters.docx").read_bytes())
    assert draft.document.title == "تقرير المنتدى"
    assert blocks(draft.document)[1] == ("ol", "البند الأول")


def test_word_for_the_web_and_word_give_the_same_document():
    web, _ = opened((CASES / "10-word-online.docx").read_bytes())
    word, _ = opened((CASES / "12-list-numbers.docx").read_bytes())
    assert web.document == word.document


def test_a_file_of_libreoffice_names_its_title_notes_remarks_and_changes():
    draft, _ = opened((CASES / "13-title-style.docx").read_bytes())
    assert draft.document.title == "Office draft"
    assert [text(note.runs) for note in draft.document.notes] == ["Foot note words.", "End note words."]
    assert remarks(draft) == [
        ("insertion", "A", "added words"),
        ("deletion", "A", "removed words"),
        ("comment", "A", "PRIVATE REMARK of LibreOffice"),
    ]
    assert blocks(draft.document)[2] == ("ol", ("one", "ul", "a) one a"), "two")


def test_strict_files_are_read_as_others():
    content = (
        p("Head", "Heading1") + p(t("Words ") + "<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>") + p(picture("i.png", "A"))
    )
    usual, _ = opened(docx(content, media={"i.png": PNG}))
    strict, _ = opened(docx(content, media={"i.png": PNG}, strict=True))
    assert usual.document == strict.document
    assert blocks(strict.document) == [("h1", "Head"), "Words x", ("figure", "A", "")]


def test_every_maker_gives_the_same_document():
    """The same report as Word, Word for the web, LibreOffice, WPS and Google Docs write it."""
    shared = item("one") + item("two")
    numbers = numbering(BULLET)

    def styled(heading: str, title: str, names: str) -> str:
        return p("A report", title) + p("Aims", heading) + p(t("Some ") + names + t(" words.")) + shared

    word = docx(styled("Heading1", "Title", t("bold", "<w:b/>")), numbers=numbers)
    web = docx(styled("Heading1", "Title", t("bold", "<w:b/><w:bCs/>")), numbers=numbers, main="word/document2.xml")
    office = docx(
        styled("Berschrift1", "Titel", t("bold", '<w:rStyle w:val="StrongEmphasis"/>')), numbers=numbers,
        styles='<w:style w:type="paragraph" w:styleId="Berschrift1"><w:name w:val="heading 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>'
        '<w:style w:type="character" w:styleId="StrongEmphasis"><w:name w:val="Strong Emphasis"/><w:rPr><w:b/></w:rPr></w:style>',
    )  # fmt: skip
    wps = docx(
        styled("2", "8", t("bold", "<w:b/>")), numbers=numbers,
        styles='<w:style w:type="paragraph" w:styleId="2"><w:name w:val="标题 1"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="8"><w:name w:val="标题"/></w:style>',
    )  # fmt: skip
    google = docx(styled("Heading1", "Title", t("bold", '<w:b w:val="1"/><w:rtl w:val="0"/>')), numbers=numbers)
    found = [opened(one)[0].document for one in (word, web, office, wps, google)]
    assert all(one == found[0] for one in found)
    assert blocks(found[0]) == [("h1", "Aims"), "Some bold words.", ("ul", "one", "two")]


def test_parts_in_another_case_and_with_backslashes_are_found():
    content = zipped({
        "[Content_Types].xml": "<Types/>",
        "_rels\\.rels": '<Relationships xmlns="x"><Relationship Id="a" Type="o/officeDocument" Target="/Word/Document.xml"/>'
        "</Relationships>",
        "word\\document.xml": f"<w:document {NAMES}><w:body>{p('Here')}</w:body></w:document>",
    })  # fmt: skip
    assert blocks(opened(content)[0].document) == ["Here"]
