"""What a program can ask of a server, described by OpenAPI 3.1. Source: OpenAPI Specification 3.1.1."""

from __future__ import annotations

from importlib.metadata import version
from typing import Any, Final

from qualgraph.catalogue import Catalogue, Parameter, Query
from qualgraph.pages.component_views import POLICIES
from qualgraph.pages.media import (
    CSV,
    GRAPHS,
    HTML,
    JSON,
    NQUADS,
    PROBLEM,
    TABLES,
    TRIG,
    TURTLE,
    Media,
)
from qualgraph.web.checks import MOST_UNITS
from qualgraph.web.protocol import FORM, QUERY, forms_of
from qualgraph.web.questions import MOST_ROWS, ROWS
from qualgraph.web.searches import LAST_PAGE, LONGEST

Schema = dict[str, Any]

_TYPES: Final[dict[str, Schema]] = {
    "integer": {"type": "integer", "format": "int64"},
    "date": {"type": "string"},
    "iri": {"type": "string", "format": "iri"},
}
_COMPARED: Final = (("a", "older qualification"), ("b", "newer qualification"))
PLAIN: Final = Media("text/plain", "txt")
XML: Final = Media("application/xml", "xml")


def _in_path(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "path", "required": True, "description": description, "schema": schema}


_KEY: Final = _in_path("key", "The kind and code of a thing, for example unit/BSBTWK201.", {"type": "string"})
_CODE: Final = _in_path("code", "The national code of a component.", {"type": "string"})
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
            "/id/{key}": {"get": _elsewhere("Where the document about a thing is", "thing", _KEY)},
            "/code/{code}": {"get": _elsewhere("Where the component with a code is", "by-code", _CODE)},
            **_components(),
            **_descriptions(),
            **_running(),
            "/validate": {
                "get": _operation("The page to check data on", "validate-page", [], [HTML]),
                "post": _validate(),
            },
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
    found = _operation("What is known of a thing", "document", [_KEY], [HTML, *GRAPHS])
    gone = {"description": "The register has deleted the component; this is what is known of it."}
    found["responses"]["410"] = {**found["responses"]["200"], **gone}
    return found


def _elsewhere(summary: str, name: str, place: Schema) -> dict[str, Any]:
    """An address that answers 303."""
    found = _operation(summary, name, [place], [])
    del found["responses"]["200"]
    location = {"description": "The address of the document.", "schema": {"type": "string"}}
    found["responses"]["303"] = {"description": "It is there.", "headers": {"Location": location}}
    return found


def _components() -> dict[str, Any]:
    """What can be asked about components of the register by their codes."""
    policy = _field("policy", {"type": "string", "enum": list(POLICIES)}, "The credit policy to go by.")
    two = [_field(name, {"type": "string"}, f"The code of the {which}.") for name, which in _COMPARED]
    units = _field(
        "unit",
        {"type": "array", "items": {"type": "string"}, "maxItems": MOST_UNITS},
        "A unit that is ticked; give it again for each.",
    )
    others = _field("others", {"type": "string"}, "Codes of further units in a text.")
    specialisation = _field("specialisation", {"type": "string"}, "The specialisation that is chosen.")
    return {
        "/history/{code}": {
            "get": _operation("What came before and after", "history", [_CODE, policy], [HTML, JSON])
        },
        "/pathways/{code}": {"get": _operation("Ways in and out", "pathways", [_CODE], [HTML])},
        "/compare": {"get": _operation("What changed between two qualifications", "compare", two, [HTML])},
        "/check/{code}": {
            "get": _operation(
                "Whether units earn a qualification",
                "check",
                [_CODE, units, others, specialisation],
                [HTML, JSON],
            )
        },
    }


def _descriptions() -> dict[str, Any]:
    """What describes the server and its data."""
    number = _in_path("number", "The number of the part, from 1 on.", {"type": "integer", "minimum": 0})
    ending = _in_path(
        "ending", "The ending of a file name.", {"enum": [one.ending for one in (HTML, *GRAPHS)]}
    )
    graphs = [one for one in GRAPHS if one not in (TRIG, NQUADS)]
    return {
        "/": {
            "get": _operation(
                "The page to start from, or the description of the data", "home", [], [HTML, *graphs]
            )
        },
        "/.well-known/void": {"get": _operation("The description of the data", "void", [], graphs)},
        "/openapi.json": {"get": _operation("This description", "openapi", [], [JSON])},
        "/def": {"get": _operation("The ontology", "ontology", [], [HTML, *GRAPHS])},
        "/def.{ending}": {
            "get": _operation("The ontology as a file", "ontology-file", [ending], [HTML, *GRAPHS])
        },
        "/sparql/examples": {"get": _operation("The questions as SPARQL examples", "examples", [], graphs)},
        "/robots.txt": {"get": _operation("What may be crawled", "robots", [], [PLAIN])},
        "/sitemap.xml": {"get": _operation("The parts of the sitemap", "sitemap", [], [XML])},
        "/sitemap/{number}.xml": {"get": _operation("Part of the sitemap", "sitemap-part", [number], [XML])},
    }


def _running() -> dict[str, Any]:
    """What operators ask."""
    health = _operation("Whether the server is well", "health", [], [JSON])
    health["responses"]["503"] = {"description": "It is not.", "content": {JSON.type: {}}}
    return {
        "/health": {"get": health},
        "/metrics": {"get": _operation("Counts for Prometheus", "metrics", [], [PLAIN])},
    }


def _validate() -> dict[str, Any]:
    """The check of data that is sent, by a program or by the form of the page."""
    fields = {"data": {"type": "string"}, "syntax": {"enum": [one.ending for one in GRAPHS]}}
    form = {"schema": {"type": "object", "required": ["data"], "properties": fields}}
    sent = {one.type: {"schema": {"type": "string"}} for one in GRAPHS}
    body = {"required": True, "content": {**sent, FORM: form, "multipart/form-data": form}}
    reports = [JSON, CSV, TURTLE, HTML]
    return _operation("Check data against the shapes", "validate", [], reports, requestBody=body)
