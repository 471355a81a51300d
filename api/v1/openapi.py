"""The OpenAPI 3.1 file, made from the table of resources: nothing is written here that could disagree with it."""

from typing import Any

from api.v1 import response_types
from api.v1.exports import EXPORTS, Export
from api.v1.filters import FILTERS
from api.v1.json_schema import Schema, components, schema_of
from api.v1.parameters import Parameter
from api.v1.resources import PARTS, RESOURCES, Resource
from core.http.site_urls import absolute

PROBLEM = "application/problem+json"


def openapi() -> dict[str, Any]:
    roots = [each.item for each in RESOURCES] + [response_types.Problem, response_types.ListLinks]
    roots += [each.row for each in EXPORTS if each.row]
    lists = {f"{each.item.__name__}List": _list(each) for each in RESOURCES if each.is_list}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "BPF Library",
            "version": response_types.SHAPE_VERSION,
            "summary": "Outcome documents of the Best Practice Forums, read only.",
            "description": "Every answer is made of published editions. Nothing that is not public is ever in one.",
        },
        "servers": [{"url": absolute("").rstrip("/") or "/"}],
        "externalDocs": {"url": absolute("/developers/")},
        "paths": {each.template: {"get": _operation(each)} for each in RESOURCES}
        | {each.template: {"get": _file(each)} for each in EXPORTS},
        "components": {
            "schemas": components(*roots) | lists,
            "responses": {
                "TooMany": _refusal("Too many requests; Retry-After says in how many seconds to come back.")
                | {"headers": {"Retry-After": {"schema": {"type": "integer"}}}},
                "NotFound": _refusal("Nothing public has this address."),
                "Gone": _refusal("Was public, and was withdrawn; the reason is given."),
                "Refused": _refusal("A parameter is unknown, repeated or has a wrong value; every one is named."),
            },
        },
    }


def _list(resource: Resource) -> Schema:
    properties = {
        "total": {"type": "integer", "description": "Rows of the whole list."},
        "items": {"type": "array", "items": schema_of(resource.item)},
        "links": schema_of(response_types.ListLinks),
    }
    return {"type": "object", "properties": properties, "required": sorted(properties), "additionalProperties": False}


def _operation(resource: Resource) -> dict[str, Any]:
    name = f"{resource.item.__name__}List" if resource.is_list else resource.item.__name__
    responses = {
        "200": {
            "description": resource.about,
            "headers": {header: {"schema": {"type": "string"}} for header in ("ETag", "Link")},
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}},
        },
        "304": {"description": "Not changed since the ETag or the moment that was sent."},
        "400": {"$ref": "#/components/responses/Refused"},
        "429": {"$ref": "#/components/responses/TooMany"},
    }
    if resource.parts:
        responses["404"] = {"$ref": "#/components/responses/NotFound"}
    if resource.gone:
        responses["410"] = {"$ref": "#/components/responses/Gone"}
    return {
        "operationId": resource.name,
        "summary": resource.about,
        "parameters": [*map(_part, resource.parts), *map(_parameter, resource.parameters)],
        "responses": dict(sorted(responses.items())),
    }


def _file(export: Export) -> dict[str, Any]:
    kind = export.content_type.partition(";")[0]
    about = export.about
    if export.row:
        about += f" Each is a {export.row.__name__}."
    return {
        "operationId": f"export_{export.name.replace('.', '_')}",
        "summary": about,
        "parameters": [_parameter(each) for each in FILTERS],
        "responses": {
            "200": {"description": about, "content": {kind: {}}},
            "304": {"description": "Not changed since the ETag that was sent."},
            "400": {"$ref": "#/components/responses/Refused"},
            "429": {"$ref": "#/components/responses/TooMany"},
        },
    }


def _part(name: str) -> dict[str, Any]:
    part = PARTS[name]
    return {"name": name, "in": "path", "required": True, "description": part.about, "schema": part.schema}


def _parameter(parameter: Parameter) -> dict[str, Any]:
    schema = parameter.schema | ({"default": parameter.default} if parameter.default is not None else {})
    return {"name": parameter.name, "in": "query", "description": parameter.about, "schema": schema}


def _refusal(about: str) -> dict[str, Any]:
    return {"description": about, "content": {PROBLEM: {"schema": schema_of(response_types.Problem)}}}
