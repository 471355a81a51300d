"""A neutral document as a `statement` of Akoma Ntoso, the OASIS vocabulary for documents of parliaments and of the
United Nations. Pure; the same edition gives the same bytes.

Work, expression and manifestation (FRBR) are the document, its edition in its language, and this file.
"""

import re
from collections.abc import Callable

from lxml import etree

from editions.document.citation_styles import PUBLISHER
from editions.document.doi import doi_address
from editions.document.model import Document, Figure
from formats.akoma_ntoso.text import NAMESPACE, Text
from formats.cover import Cover
from formats.markup_writing import LANGUAGE
from formats.office.archive import Element
from formats.office.languages import primary
from formats.xml_text import one_line

CONTENT_TYPE = "application/akn+xml; charset=utf-8"
SOURCE = "#library"
LANGUAGES = {"ar": "ara", "zh": "zho", "en": "eng", "fr": "fra", "ru": "rus", "es": "spa"}
"""As the naming convention has them (ISO 639-2); another language keeps its own tag."""
_IDENTIFIER = re.compile(r"(?P<series>BPF-(?P<year>\d{4})-.+)-E(?P<number>\d+)")


def write(document: Document, cover: Cover, picture_address: Callable[[Figure], str]) -> bytes:
    """picture_address: where a figure is found, "" for nowhere."""
    root = etree.Element(f"{{{NAMESPACE}}}akomaNtoso", nsmap={None: NAMESPACE})
    statement = _add(root, "statement", name="statement", contains="originalVersion")
    meta = _add(statement, "meta")
    _identify(_add(meta, "identification", source=SOURCE), document, cover)
    _refer(_add(meta, "references", source=SOURCE), cover)
    page, preface, body = (_add(statement, name) for name in ("coverPage", "preface", "mainBody"))
    for part in (page, preface, body):
        part.set(LANGUAGE, document.language)
    _cover(page, cover)
    _title(preface, document)
    Text(document, cover, picture_address).write(body)
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8")
    return made


def _identify(identification: Element, document: Document, cover: Cover) -> None:
    """Addresses as the naming convention builds them (Akoma Ntoso Naming Convention 1.0), from the library's own
    identifier. The place is "un", which stands for no country. Nothing in an outcome binds anybody: it says so."""
    found = _IDENTIFIER.fullmatch(cover.identifier)
    series = found["series"] if found else cover.identifier or "unnamed"
    day, begun = (moment.date().isoformat() for moment in (cover.published_at, cover.begun_at or cover.published_at))
    language = LANGUAGES.get(primary(document.language), document.language)
    work = f"/akn/un/statement/{found['year'] if found else begun[:4]}/{series.lower()}"
    edition = f"{work}/{language}@{day}" + (f"-e{found['number']}" if found else "")
    author = "#author-1" if cover.authors else SOURCE

    part = _level(identification, "FRBRWork", work, f"{work}/!main", cover.newest, begun, author)
    _add(part, "FRBRcountry", value="un")
    _add(part, "FRBRnumber", value=series)
    _add(part, "FRBRname", value=one_line(document.title) or "–")
    _add(part, "FRBRprescriptive", value="false")

    part = _level(identification, "FRBRExpression", edition, f"{edition}/!main", cover.address, day, author)
    if cover.doi:
        part[1].addnext(etree.Element(f"{{{NAMESPACE}}}FRBRalias", value=doi_address(cover.doi), name="doi"))
    if found:
        _add(part, "FRBRversionNumber", value=found["number"])
    _add(part, "FRBRlanguage", language=language)

    part = _level(identification, "FRBRManifestation", f"{edition}.xml", f"{edition}/!main.xml", "", day, SOURCE)
    _add(part, "FRBRformat", value=CONTENT_TYPE.partition(";")[0])


def _level(identification: Element, name: str, uri: str, this: str, address: str, day: str, author: str) -> Element:
    """address: on the web, "" for none. day: ISO date of its publication."""
    made = _add(identification, name)
    _add(made, "FRBRthis", value=this)
    _add(made, "FRBRuri", value=uri)
    if address:
        _add(made, "FRBRalias", value=address, name="address")
    _add(made, "FRBRdate", date=day, name="publication")
    _add(made, "FRBRauthor", href=author)
    return made


def _refer(references: Element, cover: Cover) -> None:
    for number, author in enumerate(cover.authors, 1):
        href = f"/akn/ontology/organization/un/author-{number}"
        _add(references, "TLCOrganization", eId=f"author-{number}", href=href, showAs=one_line(author) or "–")
    href = "/akn/ontology/organization/un/library"
    _add(references, "TLCOrganization", eId="library", href=href, showAs=PUBLISHER)


def _cover(page: Element, cover: Cover) -> None:
    """What the edition is, in words."""
    _add(_add(page, "p"), "docNumber").text = one_line(cover.identifier) or "–"
    if cover.status:
        _add(_add(page, "p"), "docStatus").text = one_line(cover.status)
    for author in cover.authors:
        _add(_add(page, "p"), "docProponent").text = one_line(author)
    day = cover.published_at.date().isoformat()
    _add(_add(page, "p"), "docDate", date=day).text = day
    if cover.licence:
        _add(page, "p").text = one_line(cover.licence)


def _title(preface: Element, document: Document) -> None:
    _add(_add(_add(preface, "longTitle"), "p"), "docTitle").text = one_line(document.title) or "–"
    if document.subtitle.strip():
        _add(preface, "p").text = one_line(document.subtitle)


def _add(parent: Element, tag: str, **attributes: str) -> Element:
    return etree.SubElement(parent, f"{{{NAMESPACE}}}{tag}", attributes)
