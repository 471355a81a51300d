"""A work as bibliography programs read it: BibTeX, RIS, CSL-JSON, DataCite, Dublin Core. Pure.

A group that wrote a text is one author, whole: programs that take it for a person would print its last word first.
"""

import re
from collections.abc import Iterator
from typing import Any

from api.citations.licences import licence_address
from api.citations.work import Work, one_line
from editions.document.doi import doi_address

_LATEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "&": r"\&", "%": r"\%", "#": r"\#", "_": r"\_", "$": r"\$",
}  # fmt: skip
"""Braces by name: BibTeX counts the sign itself even behind a backslash."""


_COMMA = re.compile(r",\s*")


def unparted(text: str) -> str:
    """With full-width commas: RIS reads a comma in an author as the end of the last name, lists of keywords read one as
    the end of a keyword, and neither knows an escape. People read the same sign."""
    return _COMMA.sub("，", text)


def latex(text: str) -> str:
    return "".join(_LATEX.get(sign, sign) for sign in one_line(text))


def bibtex(work: Work) -> str:
    """One entry, UTF-8, for BibTeX and biber."""
    fields = {
        "author": " and ".join(f"{{{latex(author)}}}" for author in work.authors),
        "title": f"{{{latex(work.full_title)}}}",
        "year": str(work.year or ""),
        "date": work.issued if len(work.issued) > 4 else "",
        "institution": latex(work.publisher),
        "type": latex(work.genre),
        "number": work.identifier,
        "version": work.version,
        "doi": latex(work.doi),
        "language": work.language,
        "keywords": latex(", ".join(map(unparted, work.keywords))),
        "note": latex(". ".join(work.remarks)),
        "url": work.address,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@techreport{{{work.key},\n{lines}}}\n"


def ris(work: Work) -> str:
    """One record. Lines end as the format's own programs write them."""
    date = "/".join([*work.issued.split("-"), "", "", ""][:4]) if work.issued else ""
    fields = [
        ("TY", "RPRT"),
        *(("AU", unparted(author)) for author in work.authors),
        ("TI", work.full_title),
        ("PY", str(work.year or "")),
        ("DA", date),
        ("PB", work.publisher),
        ("M1", work.identifier),
        ("M3", work.genre),
        ("ET", work.version),
        ("SE", f"para. {work.paragraph}" if work.paragraph else ""),
        ("LA", work.language),
        ("AB", work.abstract),
        *(("KW", keyword) for keyword in work.keywords),
        ("N1", work.note),
        ("DO", work.doi),
        ("UR", work.address),
        ("ID", work.key),
    ]
    lines = [f"{tag}  - {one_line(value)}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", ""])


def csl(work: Work) -> dict[str, Any]:
    """One item of CSL-JSON 1.0."""
    data = {
        "id": work.key,
        "type": "report",
        "title": work.full_title,
        "author": [{"literal": author} for author in work.authors],
        "issued": {"date-parts": [[int(part) for part in work.issued.split("-")]]} if work.issued else None,
        "genre": work.genre,
        "number": work.identifier,
        "version": work.version,
        "section": f"para. {work.paragraph}" if work.paragraph else "",
        "publisher": work.publisher,
        "abstract": work.abstract,
        "keyword": ", ".join(map(unparted, work.keywords)),
        "language": work.language,
        "note": work.note,
        "DOI": work.doi,
        "URL": work.address,
    }
    return {name: value for name, value in data.items() if value}


def datacite(work: Work) -> dict[str, Any]:
    """DataCite Metadata Schema 4.6, the first that knows translations, as JSON. The site mints no DOI: where none was
    entered, the identifier is the address."""
    lasting = {"identifier": work.address, "identifierType": "URL"}
    registered = {"doi": work.doi, "url": work.address} if work.doi else {}
    named = [{"identifier": work.doi, "identifierType": "DOI"}] if work.doi else []
    own = {"alternateIdentifier": work.key, "alternateIdentifierType": "BPF Library identifier"}
    descriptions = [("Abstract", work.abstract), *(("Other", remark) for remark in work.remarks)]
    return {
        "schemaVersion": "http://datacite.org/schema/kernel-4",
        **registered,
        "identifiers": [*named, lasting],
        "creators": [{"name": author, "nameType": "Organizational"} for author in work.authors],
        "titles": [{"title": work.full_title, "lang": work.language}],
        "publisher": {"name": work.publisher},
        "publicationYear": str(work.year),
        "types": {"resourceTypeGeneral": "Report", "resourceType": work.genre},
        "subjects": [{"subject": keyword} for keyword in work.keywords],
        "dates": [{"date": day, "dateType": kind} for day, kind in work.dates],
        "language": work.language,
        "alternateIdentifiers": [own],
        "relatedIdentifiers": [
            {"relatedIdentifier": address, "relatedIdentifierType": "URL", "relationType": relation}
            for relation, address in work.related
        ],
        "version": work.version,
        "rightsList": [_rights(work)] if work.licence else [],
        "descriptions": [{"description": text, "descriptionType": kind} for kind, text in descriptions if text],
    }


def _rights(work: Work) -> dict[str, str]:
    address = licence_address(work.licence)
    return {"rights": work.licence} | ({"rightsUri": address} if address else {})


def dublin_core(work: Work) -> Iterator[tuple[str, str]]:
    """(element, value) in the fifteen elements of Dublin Core; plain text without markup."""
    yield "title", one_line(work.full_title)
    yield from (("creator", one_line(author)) for author in work.authors)
    yield from (("subject", one_line(keyword)) for keyword in work.keywords)
    yield from (("description", one_line(text)) for text in (work.abstract, *work.remarks) if text)
    yield "publisher", work.publisher
    if work.issued:
        yield "date", work.issued
    yield "type", "Text"
    if work.genre:
        yield "type", work.genre
    yield "identifier", work.address
    if work.doi:
        yield "identifier", doi_address(work.doi)
    yield "identifier", work.key
    yield "language", work.language
    yield from (("relation", address) for _relation, address in work.beside)
    if work.original:
        yield "source", work.original
    if work.licence:
        yield "rights", one_line(work.licence)
        if (address := licence_address(work.licence)) and address not in work.licence:
            yield "rights", address
