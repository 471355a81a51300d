"""`/developers/`: what programs can read here, drawn from the declarations of the doors. Its examples are addresses."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _

from api.citations.formats import FORMS
from api.developers.schema_in_words import holds
from api.feeds.overview import feeds
from api.http import door
from api.oai.records import FORMATS
from api.v1 import response_types
from api.v1.exports import EXPORTS
from api.v1.filters import FILTERS
from api.v1.json_schema import Schema, components
from api.v1.pagination import MOST_ROWS, ROWS
from api.v1.parameters import Parameter
from api.v1.resources import RESOURCES, Resource
from api.v1.serializers import document_row
from consultation.comments.models import Comment
from core.http.site_urls import absolute
from editions.models import Edition
from formats.writing import FORMS as FILE_FORMS
from formats.writing import WrittenForm


@dataclass(frozen=True, slots=True)
class Line:
    """A parameter or a field: its name, what it holds, and what it means. shape: the one below that it is made of."""

    name: str
    holds: str
    about: str
    shape: str = ""


@dataclass(frozen=True, slots=True)
class Door:
    """One address as the page shows it. example: an address that answers, or "" while nothing is public."""

    name: str
    template: str
    about: str
    example: str = ""
    parameters: list[Line] = field(default_factory=list)
    fields: list[Line] = field(default_factory=list)
    is_list: bool = False
    method: str = "GET"


@door(for_people=True)
def developers(request: HttpRequest) -> HttpResponseBase:
    edition = example_edition()
    context = {
        "doors": [_door(each, edition) for each in RESOURCES],
        "shapes": [(name, about, _fields(schema)) for name, about, schema in _other_shapes()],
        "exports": EXPORTS,
        "filters": [_line(each) for each in FILTERS],
        "sample": json.dumps(document_row(edition), ensure_ascii=False, indent=2) if edition else "",
        "sample_command": f"curl {absolute(f'/api/v1/documents/{edition.series}')}" if edition else "",
        "check_command": "unzip bpf-editions.zip && sha256sum --check SHA256SUMS",
        "edition": edition,
        "harvest": list(_harvest(edition)),
        "feeds": feeds(),
        "citations": [(form, f"{edition.permanent_address}cite.{form}") for form in FORMS] if edition else [],
        "forms": _forms(edition) if edition else [],
        "limit": settings.API_REQUESTS_A_MINUTE,
        "rows": ROWS,
        "most_rows": MOST_ROWS,
        "version": response_types.SHAPE_VERSION,
        "breadcrumb": [(_("Home"), "/"), (_("For programs"), request.path)],
    }
    return render(request, "api/developers/developers.html", context)


def _forms(edition: Edition) -> list[tuple[WrittenForm, str]]:
    return [(form, f"{edition.permanent_address}document.{form.ending}") for form in FILE_FORMS.values()]


def example_edition() -> Edition | None:
    """The newest outcome of a real year; while there is none, another document, at last one of the invented year."""
    public = Edition.objects.public().current().defer("document").order_by("-year", "-published_at", "-pk")
    real = public.real()
    return real.filter(metadata__kind="outcome").first() or real.first() or public.first()


def _commented(edition: Edition) -> Edition:
    """One whose document has comments to show, if there is any."""
    series = Comment.objects.public().order_by("-published_at").values_list("series", flat=True)[:1]
    return Edition.objects.public().current().defer("document").filter(series__in=list(series)).first() or edition


def _door(resource: Resource, edition: Edition | None) -> Door:
    told = _commented(edition) if edition and resource.name in ("comments", "history") else edition
    return Door(
        name=resource.name,
        template=resource.template,
        about=resource.about,
        example=resource.example_for(told) if told else "",
        parameters=[_line(each) for each in resource.parameters],
        fields=_fields(components(resource.item)[resource.item.__name__]),
        is_list=resource.is_list,
    )


@cache
def _other_shapes() -> tuple[tuple[str, str, Schema], ...]:
    """(name, about, schema) of the shapes that others are made of, and of a refusal."""
    roots = {each.item.__name__ for each in RESOURCES}
    found = components(*(each.item for each in RESOURCES), response_types.ListLinks, response_types.Problem)
    return tuple((name, schema.get("description", ""), schema) for name, schema in found.items() if name not in roots)


def _line(parameter: Parameter) -> Line:
    return Line(parameter.name, holds(parameter.schema), parameter.about)


def _fields(schema: Schema) -> list[Line]:
    shown = {name for name, _about, _schema in _other_shapes()}
    return [
        Line(name, holds(about), about.get("description", ""), next(iter(shown & set(holds(about).split())), ""))
        for name, about in schema.get("properties", {}).items()
    ]


def _harvest(edition: Edition | None) -> Iterator[tuple[str, str]]:
    """(address, what it answers) of the doors for archives and crawlers."""
    yield "/oai?verb=Identify", _("Says who we are: OAI-PMH 2.0, by GET or POST.")
    for prefix in FORMATS:
        yield f"/oai?verb=ListRecords&metadataPrefix={prefix}", _("Every edition as a record: %s") % prefix
    yield "/sitemap.xml", _("Every public page, with the day of its last change.")
    if edition:
        yield f"{edition.permanent_address}linkset.json", _("The links of an edition’s page (FAIR Signposting).")
        yield f"{edition.permanent_address}document.json", _("The text of an edition as it was frozen.")
        yield f"/id/{edition.identifier}", _("Leads from an identifier, in any spelling, to its page.")
