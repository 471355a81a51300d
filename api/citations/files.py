"""The forms in which a work is cited as a file: ending, content type, and who writes it."""

import json
from collections.abc import Callable

from api.citations.formats import bibtex, csl, datacite, dublin_core, ris
from api.citations.work import Work
from api.citations.xml import dublin_core_element, written
from editions.document.citation_sentences import apa, chicago, mla


def csl_json(data: object) -> bytes:
    return json.dumps(data, ensure_ascii=False, indent=1).encode()


FORMS: dict[str, tuple[str, Callable[[Work], bytes]]] = {
    "bib": ("application/x-bibtex; charset=utf-8", lambda work: bibtex(work).encode()),
    "ris": ("application/x-research-info-systems; charset=utf-8", lambda work: ris(work).encode()),
    "csl.json": ("application/vnd.citationstyles.csl+json", lambda work: csl_json([csl(work)])),
    "datacite.json": ("application/vnd.datacite.datacite+json", lambda work: csl_json(datacite(work))),
    "dc.xml": ("application/xml; charset=utf-8", lambda work: written(dublin_core_element(dublin_core(work)))),
    "apa.txt": ("text/plain; charset=utf-8", lambda work: f"{apa(work.cited)}\n".encode()),
    "chicago.txt": ("text/plain; charset=utf-8", lambda work: f"{chicago(work.cited)}\n".encode()),
    "mla.txt": ("text/plain; charset=utf-8", lambda work: f"{mla(work.cited)}\n".encode()),
}
"""The ending of the file to (content type, drawing)."""
