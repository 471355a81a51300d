"""XML of records: Dublin Core and DataCite, written so that no text can break out of its element."""

from collections.abc import Iterable
from typing import Any

from lxml import etree

from api.citations.licences import licence_address
from api.citations.work import Work, one_line

OAI_DC = "http://www.openarchives.org/OAI/2.0/oai_dc/"
DC = "http://purl.org/dc/elements/1.1/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
DATACITE = "http://datacite.org/schema/kernel-4"
DATACITE_SCHEMA = "http://schema.datacite.org/meta/kernel-4.6/metadata.xsd"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def written(element: Any) -> bytes:
    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8"))


def add(parent: Any, name: str, text: str = "", **attributes: str) -> Any:
    """A child in its parent's namespace."""
    child = etree.SubElement(parent, f"{{{etree.QName(parent).namespace}}}{name}", attributes)
    if text:
        child.text = one_line(text)
    return child


def dublin_core_element(values: Iterable[tuple[str, str]]) -> Any:
    root = etree.Element(f"{{{OAI_DC}}}dc", nsmap={"oai_dc": OAI_DC, "dc": DC, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{OAI_DC} http://www.openarchives.org/OAI/2.0/oai_dc.xsd")
    for name, value in values:
        etree.SubElement(root, f"{{{DC}}}{name}").text = value
    return root


def datacite_element(work: Work) -> Any:
    """DataCite 4.5 in the order of its schema."""
    root = etree.Element(f"{{{DATACITE}}}resource", nsmap={None: DATACITE, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", f"{DATACITE} {DATACITE_SCHEMA}")
    if work.doi:
        add(root, "identifier", work.doi, identifierType="DOI")
    else:
        add(root, "identifier", work.address, identifierType="URL")
    creators = add(root, "creators")
    for author in work.authors:
        add(add(creators, "creator"), "creatorName", author, nameType="Organizational")
    add(add(root, "titles"), "title", work.full_title).set(LANG, work.language)
    add(root, "publisher", work.publisher)
    add(root, "publicationYear", str(work.year))
    add(root, "resourceType", work.genre, resourceTypeGeneral="Report")
    if work.keywords:
        subjects = add(root, "subjects")
        for keyword in work.keywords:
            add(subjects, "subject", keyword)
    if work.dates:
        dates = add(root, "dates")
        for day, kind in work.dates:
            add(dates, "date", day, dateType=kind)
    add(root, "language", work.language)
    own = add(root, "alternateIdentifiers")
    add(own, "alternateIdentifier", work.key, alternateIdentifierType="BPF Library identifier")
    if work.doi:
        add(own, "alternateIdentifier", work.address, alternateIdentifierType="URL")
    _add_datacite_rest(root, work)
    return root


def _add_datacite_rest(root: Any, work: Work) -> None:
    """What a record may lack."""
    if work.related:
        related = add(root, "relatedIdentifiers")
        for relation, address in work.related:
            add(related, "relatedIdentifier", address, relatedIdentifierType="URL", relationType=relation)
    if work.version:
        add(root, "version", work.version)
    if work.licence:
        address = licence_address(work.licence)
        add(add(root, "rightsList"), "rights", work.licence, **({"rightsURI": address} if address else {}))
    texts = [("Abstract", work.abstract), *(("Other", remark) for remark in work.remarks)]
    if any(text for _kind, text in texts):
        descriptions = add(root, "descriptions")
        for kind, text in texts:
            if text:
                add(descriptions, "description", text, descriptionType=kind)
