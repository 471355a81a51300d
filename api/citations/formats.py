"""The forms in which a work is cited as a file: ending, content type, and who writes it."""

import json
from collections.abc import Callable

from api.citations.bibliography_writers import bibtex, csl, datacite, dublin_core, ris
from api.citations.page_metadata import report
from api.citations.work import Work
from api.citations.xml import dublin_core_element, written
from editions.document.citation_styles import STYLES, Style


def as_json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


def _in_words(style: Style) -> Callable[[Work], bytes]:
    return lambda work: f"{style.sentence(work.cited)}\n".encode()


FORMS: dict[str, tuple[str, Callable[[Work], bytes]]] = {
    "bib": ("application/x-bibtex; charset=utf-8", lambda work: bibtex(work).encode()),
    "ris": ("application/x-research-info-systems; charset=utf-8", lambda work: ris(work).encode()),
    "csl.json": ("application/vnd.citationstyles.csl+json", lambda work: as_json([csl(work)])),
    "ld.json": ("application/ld+json", lambda work: as_json(report(work))),
    "datacite.json": ("application/vnd.datacite.datacite+json", lambda work: as_json(datacite(work))),
    "dc.xml": ("application/xml; charset=utf-8", lambda work: written(dublin_core_element(dublin_core(work)))),
    **{f"{name}.txt": ("text/plain; charset=utf-8", _in_words(style)) for name, style in STYLES.items()},
}
"""The ending of the file to (content type, drawing)."""

NAMES = {
    "bib": "BibTeX", "ris": "RIS", "csl.json": "CSL-JSON", "ld.json": "JSON-LD", "datacite.json": "DataCite",
    "dc.xml": "Dublin Core",
}  # fmt: skip
"""Names of the forms for programs, the same in every language."""
