"""What the page of an edition says to machines: Highwire tags, JSON-LD and the links of FAIR Signposting, level 2.

Sources: scholar.google.com/intl/en/scholar/inclusion.html (citation_ tags), schema.org Report, signposting.org/FAIR.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from api.citations.bibliography_writers import unparted
from api.citations.licences import licence_address
from api.citations.work import OtherLanguage, Work
from api.http import one_link
from core.http.site_urls import absolute
from editions.document.citation_styles import PUBLISHER
from editions.document.doi import doi_address
from editions.models import Edition
from formats.writing import FORMS

ABOUT_PAGE = "https://schema.org/AboutPage"
REPORT = "https://schema.org/Report"
_IN_SCRIPT = str.maketrans({"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def highwire(work: Work) -> Iterator[tuple[str, str]]:
    """(name, content) of the meta tags that scholarly search engines read. Authors are whole, one tag each: what
    reads them takes “last, first” for a person."""
    yield "citation_title", work.full_title
    yield from (("citation_author", unparted(author)) for author in work.authors)
    yield "citation_publication_date", work.issued.replace("-", "/")
    yield "citation_language", work.language
    yield "citation_technical_report_institution", PUBLISHER
    yield "citation_technical_report_number", work.identifier
    yield "citation_abstract_html_url", work.address
    yield "citation_pdf_url", _pdf(work.address)
    if work.doi:
        yield "citation_doi", work.doi
    if work.keywords:
        yield "citation_keywords", "; ".join(work.keywords)


def json_ld(work: Work) -> SafeString:
    """An edition as a schema.org Report, for a script element: no text in it can end the element."""
    text = json.dumps(report(work), ensure_ascii=False)
    return mark_safe(text.translate(_IN_SCRIPT))


def report(work: Work) -> dict[str, Any]:
    """A document, an edition or a paragraph as a schema.org Report."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Report",
        "@id": work.address,
        "url": work.address,
        "name": work.full_title,
        "reportNumber": work.identifier,
        "identifier": [
            work.key,
            *([{"@type": "PropertyValue", "propertyID": "DOI", "value": work.doi}] if work.doi else []),
        ],
        "sameAs": doi_address(work.doi) if work.doi else "",
        "version": work.version,
        "inLanguage": work.language,
        "datePublished": work.issued,
        "author": [{"@type": "Organization", "name": author} for author in work.authors],
        "publisher": {"@type": "Organization", "name": work.publisher},
        "abstract": work.abstract,
        "keywords": ", ".join(map(unparted, work.keywords)),
        "license": licence_address(work.licence) or work.licence,
        "isBasedOn": work.original,
        "translationOfWork": _in_other_language(work.translation_of) if work.translation_of else {},
        "workTranslation": [_in_other_language(each) for each in work.translations],
        "creativeWorkStatus": work.note,
        "encoding": {"@type": "MediaObject", "encodingFormat": "application/pdf", "contentUrl": _pdf(work.address)},
    }
    return {name: value for name, value in data.items() if value}


def _in_other_language(other: OtherLanguage) -> dict[str, str]:
    return {
        "@type": "Report", "@id": other.address, "name": other.title, "reportNumber": other.identifier,
        "inLanguage": other.language,
    }  # fmt: skip


def links(work: Work, edition: Edition) -> list[tuple[str, str, dict[str, str]]]:
    """(target, relation, attributes) of the landing page, as its Link header and its linkset say them.

    The author is the forum, by the address of its page; the licence is given where its words name an address.
    """
    here = absolute(edition.permanent_address)
    licence = licence_address(work.licence)
    return [
        (work.named_by, "cite-as", {}),
        (absolute(f"/library/{edition.year}/{edition.forum_slug}/"), "author", {}),
        *([(licence, "license", {})] if licence else []),
        (f"{here}cite.datacite.json", "describedby", {"type": "application/vnd.datacite.datacite+json"}),
        (f"{here}cite.ld.json", "describedby", {"type": "application/ld+json"}),
        (f"{here}cite.bib", "describedby", {"type": "application/x-bibtex"}),
        (_pdf(here), "item", {"type": "application/pdf"}),
        (f"{here}document.json", "item", {"type": "application/json"}),
        *((f"{here}document.{form.ending}", "item", {"type": form.media_type}) for form in FORMS.values()),
        (ABOUT_PAGE, "type", {}),
        (REPORT, "type", {}),
        (f"{here}linkset.json", "linkset", {"type": "application/linkset+json"}),
    ]


def link_header_of_file(edition: Edition) -> str:
    """Of a file of the edition: the page that it is a form of, and belongs to."""
    page = absolute(edition.permanent_address)
    return header_of([(page, "canonical", {}), (page, "collection", {"type": "text/html"})])


def link_header(work: Work, edition: Edition) -> str:
    return header_of(links(work, edition))


def header_of(found: Iterable[tuple[str, str, dict[str, str]]]) -> str:
    """The value of a Link header (RFC 8288). found: (target, relation, attributes)."""
    return ", ".join(one_link(*link) for link in found)


def linkset(work: Work, edition: Edition) -> dict[str, Any]:
    """RFC 9264, the JSON form: the landing page, and each file pointing back to it."""
    here = absolute(edition.permanent_address)
    page: dict[str, Any] = {"anchor": here}
    for target, relation, attributes in links(work, edition):
        if relation != "linkset":
            page.setdefault(relation, []).append({"href": target} | attributes)
    back = {"collection": [{"href": here, "type": "text/html"}]}
    return {"linkset": [page, *({"anchor": item["href"]} | back for item in page["item"])]}


def _pdf(page: str) -> str:
    return f"{page.partition('#')[0]}document.pdf"
