"""What a program can ask of a server, described by OpenAPI 3.1. Source: OpenAPI Specification 3.1.1."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, Final

from qualgraph.catalogue import Catalogue, Parameter, Query
from qualgraph.pages.media import GRAPHS, HTML, JSON, PROBLEM, TABLES, Media
from qualgraph.web.protocol import FORM, QUERY, forms_of
from qualgraph.web.questions import MOST_ROWS, ROWS
from qualgraph.web.searches import LAST_PAGE, LONGEST

Schema = dict[str, Any]

_TYPES: Final[dict[str, Schema]] = {
    "integer": {"type": "integer", "format": "int64"},
    "date": {"type": "string"},
    "iri": {"type": "string", "format": "iri"},
}
_PROBLEM: Final[Schema] = {
    "type": "object",
    "description": "What went wrong and what to do about it (RFC 9457).",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri-reference"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "hint": {"type": "string"},
    },
}


def openapi(catalogue: Catalogue) -> dict[str, Any]:
    """The description of a server with these questions."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "qualgraph",
            "version": version("qualgraph"),
            "description": "Vocational qualifications as linked data: questions, search, SPARQL and documents.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "paths": {
            "/sparql": {"get": _sparql_get(), "post": _sparql_post()},
            "/search": {"get": _search()},
            "/doc/{key}": {"get": _document()},
            "/query": {"get": _operation("The questions", "questions", [], [JSON, HTML])},
            **{f"/query/{query.name}": {"get": _question(query)} for query in catalogue},
        },
        "components": {"schemas": {"Problem": _PROBLEM}},
    }


def _operation(
    summary: str, name: str, parameters: list[Schema], media: list[Media], **more: Any
) -> dict[str, Any]:
    return {
        "summary": summary,
        "operationId": name,
        "parameters": parameters,
        "responses": {
            "200": {"description": "The answer.", "content": {one.type: {} for one in media}},
            "default": {
                "description": "What went wrong.",
                "content": {
                    PROBLEM.type: {"schema": {"$ref": "#/components/schemas/Problem"}},
                    HTML.type: {},
                },
            },
        },
        **more,
    }


def _field(name: str, schema: Schema, description: str, *, required: bool = False) -> Schema:
    return {"name": name, "in": "query", "required": required, "description": description, "schema": schema}


def _question(query: Query) -> dict[str, Any]:
    parameters = [_parameter(parameter) for parameter in query.parameters]
    if query.form == "SELECT":
        limit = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": ROWS}
        parameters += [
            _field("limit", limit, "How many rows to give."),
            _field(
                "offset", {"type": "integer", "minimum": 0, "default": 0}, "How many rows to leave out first."
            ),
        ]
    return _operation(
        query.title,
        query.name,
        parameters,
        [*forms_of(query.form), HTML],
        description=query.question,
        tags=[query.folder],
    )


def _parameter(parameter: Parameter) -> Schema:
    schema = dict(_TYPES.get(parameter.type, {"type": "string"}))
    if parameter.default is not None and schema["type"] == "string":
        schema["default"] = parameter.default
    found = _field(parameter.name, schema, parameter.description, required=parameter.required)
    return {**found, "example": parameter.example}


def _sparql_get() -> dict[str, Any]:
    fields = [
        _field("query", {"type": "string"}, "A query that reads.", required=True),
        *(
            _field(name, {"type": "array", "items": {"type": "string", "format": "iri"}}, description)
            for name, description in (
                ("default-graph-uri", "Graphs to take the default graph from."),
                ("named-graph-uri", "Graphs that the query may name."),
            )
        ),
    ]
    return _operation("Ask in SPARQL", "sparql", fields, [*TABLES, *GRAPHS])


def _sparql_post() -> dict[str, Any]:
    form = {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}
    body = {
        "required": True,
        "content": {FORM: {"schema": form}, QUERY: {"schema": {"type": "string"}}},
    }
    return _operation("Ask in SPARQL", "sparql-by-post", [], [*TABLES, *GRAPHS], requestBody=body)


def _search() -> dict[str, Any]:
    fields = [
        _field("q", {"type": "string", "maxLength": LONGEST}, "A code, or words of a title."),
        _field("page", {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1}, "Which page."),
    ]
    return _operation("Search codes and titles", "search", fields, [HTML, JSON])


def _document() -> dict[str, Any]:
    key = {
        "name": "key",
        "in": "path",
        "required": True,
        "description": "The kind and code of a thing, for example unit/BSBTWK201.",
        "schema": {"type": "string"},
    }
    return _operation("What is known of a thing", "document", [key], [HTML, *GRAPHS])
