"""Word files: pictures, their captions and descriptions, and text boxes."""

from formats.draft import Doubt, Reason
from tests.formats.blocks import blocks, doubts, left_out
from tests.formats.docx.docx_files import (
    CASES,
    PNG,
    body,
    cell,
    docx,
    field,
    opened,
    p,
    picture,
    row,
    t,
    table,
)


def test_pictures_come_in_as_they_are_and_others_are_told_by_kind():
    draft, ledger = opened((CASES / "15-images.docx").read_bytes())
    assert [one.name for one in draft.pictures] == ["picture1.jpg", "picture2.jpg", "picture3.png", "picture4.png"]
    assert doubts(draft, Doubt.PICTURE_KIND) == ["BMP: Picture p.bmp", "TIFF: Picture p.tiff", "EMF: Picture p.emf"]
    assert ledger.things["pictures"].in_file == 7


def test_captions_go_to_what_they_name():
    grid = table(row("a", "b", properties="<w:tblHeader/>"), row("1", "2"))
    content = (
        p(picture("i.png", "A map")) + p("Figure 1: Where", "Caption")
        + p(t("Table ") + field(" SEQ Table ", t("1")) + t(": Counts"), "Caption") + grid
        + p("Alone", "Caption")
    )  # fmt: skip
    assert body(content, media={"i.png": PNG}) == [
        ("figure", "A map", "Figure 1: Where"),
        ("table", "Table 1: Counts", ("a", "b"), ("1", "2")),
        "Alone",
    ]


def test_a_caption_between_two_goes_by_what_it_says():
    grid = table(row("a", "b", properties="<w:tblHeader/>"), row("1", "2"))
    drawn, empty = p(picture("i.png", "Map")), ("table", "", ("a", "b"), ("1", "2"))

    def between(caption: str, first: str, second: str) -> list[object]:
        return body(first + p(caption, "Caption") + second, media={"i.png": PNG})

    assert between("Table 1: x", drawn, grid) == [("figure", "Map", ""), ("table", "Table 1: x", *empty[2:])]
    assert between("Figure 1: x", drawn, grid) == [("figure", "Map", "Figure 1: x"), empty]
    assert between("Figure 1: x", grid, drawn) == [empty, ("figure", "Map", "Figure 1: x")]
    assert between("Of the above", grid, drawn) == [("table", "Of the above", *empty[2:]), ("figure", "Map", "")]
    assert between("Of the next", grid, grid) == [empty, ("table", "Of the next", *empty[2:])]


def test_a_picture_in_a_cell_stands_behind_its_table():
    rows = (row("a", "b", properties="<w:tblHeader/>"), row(cell(p(picture("i.png", "Seal"))), "y"))
    assert body(table(*rows), media={"i.png": PNG}) == [("table", "", ("a", "b"), ("", "y")), ("figure", "Seal", "")]


def test_pictures_keep_their_place_in_a_paragraph():
    content = p(picture("i.png", "Before") + t("Words")) + p(t("Words") + picture("i.png", "After"))
    draft, _ = opened(docx(content, media={"i.png": PNG}))
    assert blocks(draft.document) == [("figure", "Before", ""), "Words", "Words", ("figure", "After", "")]
    assert len(draft.pictures) == 1  # the same part twice


def test_a_picture_without_a_description_or_elsewhere_is_told():
    linked = picture("x", "Far").replace("r:embed", "r:link")
    draft, _ = opened(docx(p(picture("i.png")) + p(picture("i.png", "scan01.png")) + p(linked), media={"i.png": PNG},
                           links={"x": "https://example.org/far.png"}))  # fmt: skip
    assert doubts(draft, Doubt.PICTURE_WITHOUT_ALT) == ["picture1.png", "picture1.png"]
    assert doubts(draft, Doubt.PICTURE_NOT_FETCHED) == ["https://example.org/far.png: Far"]
    assert left_out(draft, Reason.PICTURE) == ["Far"]


def test_a_text_box_is_read_once():
    inner = f"<w:txbxContent>{p('In the box')}</w:txbxContent>"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='wps'><w:drawing><wp:anchor><wp:docPr id='3' name='Box' "
        f"descr='A frame'/><a:graphic><a:graphicData><wps:wsp><wps:txbx>{inner}</wps:txbx></wps:wsp></a:graphicData>"
        "</a:graphic></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:shape alt='A frame'><v:textbox>"
        f"{inner}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    draft, ledger = opened(docx(p(t("Before") + box) + p("After")))
    assert blocks(draft.document) == ["Before", "In the box", "After"]
    assert "In the box" in left_out(draft, Reason.DOUBLE)
    assert ledger.left_out["double"] == 5


def test_a_drawing_that_only_its_other_form_shows_is_taken_from_it():
    ink = (
        "<w:r><mc:AlternateContent><mc:Choice Requires='aink'><w:drawing><wp:inline><a:graphic/></wp:inline></w:drawing>"
        "</mc:Choice><mc:Fallback><w:pict><v:shape alt='Signed'><v:imagedata r:id='i.png'/></v:shape></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    assert body(p(ink), media={"i.png": PNG}) == [("figure", "Signed", "")]
