"""The shapes of what is asked and answered, in JSON Schema, for the description by OpenAPI.

Sources: OpenAPI Specification 3.1.1, section 4.8.24; SPARQL 1.1 Query Results JSON Format; RFC 9457.
"""

from __future__ import annotations

from typing import Any, Final

from qualgraph.catalogue import Parameter
from qualgraph.catalogue.bind import LONGEST_TEXT, choices_of
from qualgraph.pages.component_views import POLICIES

Schema = dict[str, Any]

_MOST: Final = 10**18 - 1
_CODE: Final = "(?=[0-9]*[A-Za-z])[A-Za-z0-9]{3,16}"
CODE: Final[Schema] = {"type": "string", "pattern": f"^{_CODE}$"}
RELEASE: Final[Schema] = {"type": "string", "pattern": f"^({_CODE}(@.*)?)?$"}
"""A national code, perhaps with @ and a release; empty as if it were not given."""
POLICY: Final[Schema] = {"enum": [*POLICIES, ""]}

_TYPES: Final[dict[str, Schema]] = {
    "component-code": CODE,
    "concept-code": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$"},
    "date": {"type": "string", "format": "date"},
    "integer": {"type": "integer", "minimum": -_MOST, "maximum": _MOST},
    "iri": {"type": "string", "format": "iri"},
    "language": {"type": "string", "pattern": "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"},
    "text": {"type": "string", "pattern": "^[^\\u0000]*$", "maxLength": LONGEST_TEXT},
}


def value_of(parameter: Parameter) -> Schema:
    """What may be said for a parameter of a question; one with a default may be left empty too."""
    words = choices_of(parameter.type)
    if words:
        return {"enum": [*words, *([] if parameter.required else [""])]}
    schema = _TYPES.get(parameter.type, {"type": "string"})
    if parameter.required:
        return {**schema, "minLength": 1} if parameter.type == "text" else schema
    if parameter.type == "text":
        return {**schema, "default": parameter.default}
    return {"anyOf": [schema, {"const": ""}]}


def _object(required: list[str], **properties: Schema) -> Schema:
    return {"type": "object", "required": required, "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


_TEXT: Final[Schema] = {"type": "string"}
_TEXT_OR_NONE: Final[Schema] = {"type": ["string", "null"]}
_COUNT: Final[Schema] = {"type": "integer", "minimum": 0}

_TERM: Final = _object(["type", "value"], type={"enum": ["uri", "literal", "bnode"]}, value=_TEXT)
_GROUP: Final = _object(["id", "name", "ticked", "listed"], ticked=_COUNT, listed=_COUNT)
_HIT: Final = _object(["iri", "document", "kind", "code", "title", "usage"], iri=_TEXT, document=_TEXT)

SCHEMAS: Final[dict[str, Schema]] = {
    "Problem": {
        **_object(
            ["type", "title", "status"],
            type={"type": "string", "format": "uri-reference"},
            title=_TEXT,
            status={"type": "integer"},
            detail=_TEXT,
            hint=_TEXT,
            see={**_TEXT, "description": "The page of the component whose code was given."},
            about={**_TEXT, "description": "That code."},
        ),
        "description": "What went wrong and what to do about it (RFC 9457).",
    },
    "Results": {
        **_object(
            ["head"],
            head={"type": "object"},
            results=_object(["bindings"], bindings=_list({"type": "object", "additionalProperties": _TERM})),
            boolean={"type": "boolean"},
        ),
        "description": "Rows or a truth value (SPARQL 1.1 Query Results JSON Format).",
    },
    "Found": _object(
        ["asked", "page", "total", "older", "meant", "found"],
        asked=_TEXT,
        page=_COUNT,
        total=_COUNT,
        older={"type": "boolean", "description": "Found in what was there before the store was written to."},
        meant={
            "type": ["string", "null"],
            "description": "A text like it that finds something, where it finds none.",
        },
        found=_list(_HIT),
    ),
    "Health": _object(
        ["status"],
        status={"enum": ["ok", "empty", "failing"]},
        search={"enum": ["ready", "not ready"]},
        derived={"enum": ["current", "older than the documents"]},
        error=_TEXT,
    ),
    "Check": _object(
        ["code", "units", "others", "unreadable", "verdict", "groups", "html"],
        code=_TEXT,
        units=_list(_TEXT),
        others=_list(_TEXT),
        unreadable=_list(_TEXT),
        verdict={"type": ["object", "null"]},
        groups=_list(_GROUP),
    ),
    "History": _object(["code", "iri", "kind", "title", "usage"], code=_TEXT, iri=_TEXT, kind=_TEXT),
    "Questions": _list(
        _object(
            ["name", "title", "question", "form", "parameters", "columns"],
            name=_TEXT,
            title=_TEXT,
            question=_TEXT,
            form={"enum": ["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]},
            parameters=_list(
                _object(["name", "type", "required"], name=_TEXT, type=_TEXT, default=_TEXT_OR_NONE)
            ),
        )
    ),
    "Report": {
        "type": "object",
        "description": "The report as 'qualgraph validate --format json' writes it.",
    },
}
"""The answers and problems by name."""
