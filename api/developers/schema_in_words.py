"""A schema of the JSON interface in words, for the manual."""

from api.v1.json_schema import Schema

WORDS = {"string": "text", "integer": "number", "number": "number", "boolean": "true or false", "null": "null"}
FORMATS_IN_WORDS = {"date-time": "date and time, UTC", "date": "day, YYYY-MM-DD", "uri": "address"}


def holds(schema: Schema) -> str:
    """What a value is, in words that need no knowledge of JSON Schema."""
    if "$ref" in schema:
        return str(schema["$ref"].rpartition("/")[2])
    if "enum" in schema:
        return " | ".join(map(str, schema["enum"]))
    if "anyOf" in schema:
        known = [holds(each | {"format": schema.get("format", "")}) for each in schema["anyOf"]]
        return " or ".join(known)
    if schema.get("type") == "array":
        return f"list of {holds(schema['items'])}"
    if schema.get("type") == "object":
        return f"{holds(schema['additionalProperties'])} by name"
    if "minimum" in schema:
        return f"number, {schema['minimum']} to {schema['maximum']}"
    if schema.get("format") in FORMATS_IN_WORDS and schema.get("type") == "string":
        return FORMATS_IN_WORDS[schema["format"]]
    return WORDS.get(schema.get("type", ""), "anything")
