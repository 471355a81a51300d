"""`/oai`: one address, six verbs, GET and POST."""

import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from lxml import etree

from api.citations.xml import XSI, add, written
from api.http import door
from api.oai import arguments, pagination, records, sets
from api.oai.arguments import Asked, OAIError, Verb
from core.http.site_urls import absolute, repository_name

NAMESPACE = "http://www.openarchives.org/OAI/2.0/"
IDENTIFIERS = f"{NAMESPACE}oai-identifier"
DOMAIN = re.compile(r"[a-zA-Z][a-zA-Z0-9-]*(\.[a-zA-Z][a-zA-Z0-9-]*)+")
SCHEMA = f"{NAMESPACE} {NAMESPACE}OAI-PMH.xsd"


@door("POST")
def oai_pmh(request: HttpRequest) -> HttpResponse:
    root = etree.Element(f"{{{NAMESPACE}}}OAI-PMH", nsmap={None: NAMESPACE, "xsi": XSI})
    root.set(f"{{{XSI}}}schemaLocation", SCHEMA)
    add(root, "responseDate", records.stamp(timezone.now()))
    base = add(root, "request", absolute(request.path))
    attributes: dict[str, str] = {}  # of a question that was not understood none is repeated
    try:
        asked = arguments.read_question(request.POST if request.method == "POST" else request.GET)
        attributes = {"verb": str(asked.verb)} | {
            name: arguments.printable(text) for name, text in asked.values.items()
        }
        answer = etree.SubElement(root, f"{{{NAMESPACE}}}{asked.verb}")
        ANSWERS[asked.verb](answer, asked)
        base.attrib.update(attributes)
    except OAIError as error:
        for answer in root[2:]:
            root.remove(answer)
        base.attrib.update(attributes if error.code != "badArgument" else {})
        add(root, "error", str(error), code=error.code)
    return HttpResponse(written(root), content_type="text/xml; charset=utf-8")


def _identify(answer: Any, asked: Asked) -> None:
    add(answer, "repositoryName", settings.WAGTAIL_SITE_NAME)
    add(answer, "baseURL", absolute("/oai"))
    add(answer, "protocolVersion", "2.0")
    add(answer, "adminEmail", settings.DEFAULT_FROM_EMAIL)
    add(answer, "earliestDatestamp", records.earliest())
    add(answer, "deletedRecord", "persistent")
    add(answer, "granularity", "YYYY-MM-DDThh:mm:ssZ")
    name = repository_name()
    if DOMAIN.fullmatch(name):
        add(answer, "description").append(_of_identifiers(name))


def _of_identifiers(name: str) -> Any:
    """How identifiers are made (guidelines of OAI, oai-identifier 2.0): their names look like domains."""
    told = etree.Element(f"{{{IDENTIFIERS}}}oai-identifier", nsmap={None: IDENTIFIERS, "xsi": XSI})
    told.set(f"{{{XSI}}}schemaLocation", f"{IDENTIFIERS} {IDENTIFIERS}.xsd")
    newest = records.records().order_by("-pk").first()
    add(told, "scheme", "oai")
    add(told, "repositoryIdentifier", name)
    add(told, "delimiter", ":")
    add(told, "sampleIdentifier", records.record_id(newest) if newest else f"oai:{name}:BPF-2014-SPAM-E1")
    return told


def _formats(answer: Any, asked: Asked) -> None:
    for prefix in records.formats_for(asked.values.get("identifier", "")):
        schema, namespace = records.FORMATS[prefix]
        known = add(answer, "metadataFormat")
        add(known, "metadataPrefix", prefix)
        add(known, "schema", schema)
        add(known, "metadataNamespace", namespace)


def _sets(answer: Any, asked: Asked) -> None:
    if "resumptionToken" in asked.values:
        raise OAIError("badResumptionToken", "The list of sets is given in one piece.")
    for spec, name in sets.all_sets():
        known = add(answer, "set")
        add(known, "setSpec", spec)
        add(known, "setName", name)


def _record(answer: Any, asked: Asked) -> None:
    prefix = records.checked_format(asked.values["metadataPrefix"])
    records.add_record(answer, records.record_with(asked.values["identifier"]), prefix)


def _listing(answer: Any, asked: Asked) -> None:
    found = pagination.listing(asked.values)
    for edition in found.editions:
        if asked.verb == Verb.LIST_IDENTIFIERS:
            records.add_header(answer, edition)
        else:
            records.add_record(answer, edition, found.prefix)
    if found.token is not None:
        add(answer, "resumptionToken", found.token)


ANSWERS: dict[Verb, Callable[[Any, Asked], None]] = {
    Verb.IDENTIFY: _identify,
    Verb.LIST_FORMATS: _formats,
    Verb.LIST_SETS: _sets,
    Verb.LIST_IDENTIFIERS: _listing,
    Verb.LIST_RECORDS: _listing,
    Verb.GET_RECORD: _record,
}
