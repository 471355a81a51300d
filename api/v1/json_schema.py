"""From the shape of an answer, declared as a TypedDict, to JSON Schema 2020-12, which OpenAPI 3.1 speaks. Pure."""

from collections.abc import Mapping
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, NotRequired, Union, get_args, get_origin, get_type_hints, is_typeddict

Schema = dict[str, Any]

_PLAIN: dict[Any, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    NoneType: {"type": "null"},
    Any: {},
}


class Says(dict[str, Any]):
    """What a field means, in one sentence, with further keywords of JSON Schema: Annotated[str, Says("…", format=…)]"""

    def __init__(self, about: str = "", **keywords: Any) -> None:
        super().__init__({"description": about} | keywords if about else keywords)


def schema_of(declared: Any) -> Schema:
    """The schema of a type. A TypedDict is referred to by its name; `components` gives its own schema."""
    origin, arguments = get_origin(declared), get_args(declared)
    if is_typeddict(declared):
        return {"$ref": f"#/components/schemas/{declared.__name__}"}
    if origin is Annotated:
        said: Schema = {}
        for says in arguments[1:]:
            said |= says
        return schema_of(arguments[0]) | said
    if origin in (Union, UnionType):
        return {"anyOf": [schema_of(argument) for argument in arguments]}
    if origin is list:
        return {"type": "array", "items": schema_of(arguments[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": schema_of(arguments[1])}
    if origin is Literal:
        return {"enum": list(arguments)}
    if origin is NotRequired:
        return schema_of(arguments[0])
    return dict(_PLAIN[declared])


def components(*roots: Any) -> dict[str, Schema]:
    """Every TypedDict that the roots are made of, by name."""
    found: dict[str, Schema] = {}
    waiting = list(roots)
    while waiting:
        declared = waiting.pop()
        if not is_typeddict(declared):
            waiting += get_args(declared)
        elif declared.__name__ not in found:
            hints = get_type_hints(declared, include_extras=True)
            found[declared.__name__] = _object(declared, hints)
            waiting += hints.values()
    return dict(sorted(found.items()))


def _object(declared: Any, hints: Mapping[str, Any]) -> Schema:
    about = " ".join((declared.__doc__ or "").split())
    made = {
        "type": "object",
        "properties": {name: schema_of(hint) for name, hint in hints.items()},
        "required": sorted(declared.__required_keys__),
        "additionalProperties": False,
    }
    return {"description": about} | made if about else made
