"""What a program can ask of a server, described by OpenAPI 3.1. Source: OpenAPI Specification 3.1.1."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import version
from typing import Any, Final

from qualgraph.catalogue import Catalogue, Query
from qualgraph.pages.media import (
    CSV,
    GRAPHS,
    HTML,
    JSON,
    JSONLD,
    PROBLEM,
    RESULTS_JSON,
    TABLES,
    TURTLE,
    Media,
)
from qualgraph.web.checks import MOST_UNITS
from qualgraph.web.openapi_schemas import CODE, POLICY, RELEASE, SCHEMAS, Schema, value_of
from qualgraph.web.protocol import FLAT, FORM, QUERY, forms_of
from qualgraph.web.questions import LAST_ROW, MOST_ROWS, ROWS
from qualgraph.web.searches import LAST_PAGE, LONGEST

_COMPARED: Final = (("a", "older qualification"), ("b", "newer qualification"))
PLAIN: Final = Media("text/plain", "txt")
XML: Final = Media("application/xml", "xml")
GZIP: Final = Media("application/gzip", "gz")


def _in_path(name: str, description: str, schema: Schema) -> Schema:
    return {"name": name, "in": "path", "required": True, "description": description, "schema": schema}


_KEY: Final = _in_path("key", "The kind and code of a thing, for example unit/BSBTWK201.", {"type": "string"})
_CODE: Final = _in_path("code", "The national code of a component.", CODE)


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
            "/id/{key}": {"get": _thing()},
            "/code/{code}": {"get": _by_code()},
            **_components(),
            **_descriptions(),
            **_running(),
            "/validate": {
                "get": _operation("The page to check data on", "validate-page", [], [HTML]),
                "post": _validate(),
            },
            "/query": {"get": _questions()},
            **{f"/query/{query.name}": {"get": _question(query)} for query in catalogue},
        },
        "components": {"schemas": SCHEMAS, "responses": {"Problem": _problem("What went wrong.")}},
    }


def _problem(description: str) -> dict[str, Any]:
    shape = {"schema": {"$ref": "#/components/schemas/Problem"}}
    return {"description": description, "content": {PROBLEM.type: shape, HTML.type: {}}}


def _answer(media: Iterable[Media], shape: str | None = None, description: str = "The answer.") -> Schema:
    """An answer; ``shape`` is that of its JSON, by name."""
    content: dict[str, Schema] = {one.type: {} for one in media}
    for one in (JSON, RESULTS_JSON):
        if shape and one.type in content:
            content[one.type] = {"schema": {"$ref": f"#/components/schemas/{shape}"}}
    return {"description": description, "content": content}


def _operation(
    summary: str,
    name: str,
    parameters: list[Schema],
    media: Iterable[Media],
    *,
    shape: str | None = None,
    refused: Iterable[int] = (),
    **more: Any,
) -> dict[str, Any]:
    """An operation that answers in one of these ways or with a problem; ``refused`` are statuses of its own."""
    problems = {str(status): {"$ref": "#/components/responses/Problem"} for status in (400, 406, *refused)}
    return {
        "summary": summary,
        "operationId": name,
        "parameters": parameters,
        "responses": {
            "200": _answer(media, shape),
            **problems,
            "5XX": _problem("The server, or the endpoint that it asks, cannot answer now."),
        },
        **more,
    }


def _field(name: str, schema: Schema, description: str, *, required: bool = False) -> Schema:
    return {"name": name, "in": "query", "required": required, "description": description, "schema": schema}


def _format(media: Iterable[Media]) -> Schema:
    """The field that asks for a way to write the answer, whatever the Accept header says."""
    endings = dict.fromkeys(one.ending for one in media)
    return _field("format", {"enum": list(endings)}, "How to write the answer; else Accept says it.")


def _questions() -> dict[str, Any]:
    media = JSON, HTML
    return _operation("The questions", "questions", [_format(media)], media, shape="Questions")


def _question(query: Query) -> dict[str, Any]:
    parameters = [
        {
            **_field(each.name, value_of(each), each.description, required=each.required),
            "example": each.example,
        }
        for each in query.parameters
    ]
    if query.form == "SELECT":
        limit = {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": ROWS}
        offset = {"type": "integer", "minimum": 0, "maximum": LAST_ROW, "default": 0}
        parameters += [
            _field("limit", limit, "How many rows to give."),
            _field("offset", offset, "How many rows to leave out first."),
        ]
    media = *forms_of(query.form), HTML
    return _operation(
        query.title,
        query.name,
        [*parameters, _format(forms_of(query.form))],  # a page is by Accept: it is also the form to fill in
        media,
        shape="Results" if query.form in ("SELECT", "ASK") else None,
        refused=(422,),
        description=query.question,
        tags=[query.folder],
    )


def _dataset() -> list[Schema]:
    graphs = {"type": "array", "items": {"type": "string", "format": "iri"}}
    return [
        _field("default-graph-uri", graphs, "Graphs to take the default graph from."),
        _field("named-graph-uri", graphs, "Graphs that the query may name."),
    ]


def _sparql_get() -> dict[str, Any]:
    query = _field(
        "query", {"type": "string"}, "A query that reads; without one the endpoint describes itself."
    )
    media = *TABLES, *FLAT, HTML
    return _operation(
        "Ask in SPARQL",
        "sparql",
        [query, *_dataset(), _format(media)],
        media,
        shape="Results",
        refused=(403, 422),
    )


def _sparql_post() -> dict[str, Any]:
    form = {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}
    content = {FORM: {"schema": form}, QUERY: {"schema": {"type": "string"}}}
    return _operation(
        "Ask in SPARQL",
        "sparql-by-post",
        _dataset(),
        [*TABLES, *FLAT],
        shape="Results",
        refused=(403, 413, 415, 422),
        requestBody={"required": True, "content": content},
    )


def _search() -> dict[str, Any]:
    page = {"type": "integer", "minimum": 1, "maximum": LAST_PAGE, "default": 1}
    media = HTML, JSON
    fields = [
        _field("q", {"type": "string", "maxLength": LONGEST}, "A code, or words of a title."),
        _field("page", page, "Which page."),
        _format(media),
    ]
    return _operation("Search codes and titles", "search", fields, media, shape="Found")


def _document() -> dict[str, Any]:
    media = HTML, *GRAPHS
    found = _operation("What is known of a thing", "document", [_KEY, _format(media)], media, refused=(404,))
    gone = "The register has deleted the component; this is what is known of it."
    found["responses"]["410"] = _answer(media, description=gone)
    return found


def _elsewhere(summary: str, name: str, fields: list[Schema], refused: Iterable[int] = ()) -> dict[str, Any]:
    """An address that answers 303."""
    found = _operation(summary, name, fields, [], refused=refused)
    del found["responses"]["200"]
    location = {"description": "The address of the document.", "required": True, "schema": {"type": "string"}}
    found["responses"]["303"] = {"description": "It is there.", "headers": {"Location": location}}
    return found


def _thing() -> dict[str, Any]:
    fields = [_KEY, _format((HTML, *GRAPHS))]
    return _elsewhere("Where the document about a thing is", "thing", fields)


def _by_code() -> dict[str, Any]:
    return _elsewhere("Where the component with a code is", "by-code", [_CODE], refused=(404,))


def _components() -> dict[str, Any]:
    """What can be asked about components of the register by their codes."""
    policy = _field("policy", POLICY, "The credit policy to go by.")
    two = [_field(name, RELEASE, f"The code of the {which}.") for name, which in _COMPARED]
    media = HTML, JSON
    return {
        "/history/{code}": {
            "get": _operation(
                "What came before and after",
                "history",
                [_CODE, policy, _format(media)],
                media,
                shape="History",
                refused=(404,),
            )
        },
        "/pathways/{code}": {
            "get": _operation("Ways in and out", "pathways", [_CODE], [HTML], refused=(404,))
        },
        "/compare": {
            "get": _operation(
                "What changed between two qualifications", "compare", two, [HTML], refused=(404,)
            )
        },
        "/check/{code}": {"get": _check()},
    }


def _check() -> dict[str, Any]:
    units = {"type": "array", "items": {"type": "string"}, "maxItems": MOST_UNITS}
    media = HTML, JSON
    fields = [
        _CODE,
        _field("unit", units, "A unit that is ticked; give it again for each."),
        _field("others", {"type": "string"}, "Codes of further units in a text."),
        _field("specialisation", {"type": "string"}, "The specialisation that is chosen."),
        _format(media),
    ]
    summary = "Whether units earn a qualification"
    return _operation(summary, "check", fields, media, shape="Check", refused=(404,))


def _descriptions() -> dict[str, Any]:
    """What describes the server and its data."""
    number = _in_path("number", "The number of the part, from 1 on.", {"type": "integer", "minimum": 1})
    known = HTML, *GRAPHS
    ending = _in_path("ending", "The ending of a file name.", {"enum": [one.ending for one in known]})
    rdf, home = [_format(FLAT)], (HTML, *FLAT)
    start = "The page to start from, or the description of the data"
    return {
        "/": {"get": _operation(start, "home", [_format(home)], home)},
        "/.well-known/void": {"get": _operation("The description of the data", "void", rdf, FLAT)},
        "/dumps/{name}": {"get": _dump()},
        "/openapi.json": {"get": _operation("This description", "openapi", [], [JSON])},
        "/def": {"get": _operation("The ontology", "ontology", [_format(known)], known)},
        "/def.{ending}": {
            "get": _operation("The ontology as a file", "ontology-file", [ending], known, refused=(404,))
        },
        "/sparql/examples": {"get": _operation("The questions as SPARQL examples", "examples", rdf, FLAT)},
        "/robots.txt": {"get": _operation("What may be crawled", "robots", [], [PLAIN])},
        "/sitemap.xml": {"get": _operation("The parts of the sitemap", "sitemap", [], [XML])},
        "/sitemap/{number}.xml": {
            "get": _operation("Part of the sitemap", "sitemap-part", [number], [XML], refused=(404,))
        },
    }


def _dump() -> dict[str, Any]:
    """A file that holds all of the data, or a part of it by its bytes."""
    name = _in_path(
        "name", "A file that the checksums (SHA256SUMS) list, for example void.ttl.", {"type": "string"}
    )
    found = _operation("A file of the whole data", "dump", [name], [GZIP, TURTLE, PLAIN], refused=(404,))
    found["responses"]["206"] = _answer([GZIP, TURTLE, PLAIN], description="The part that was asked for.")
    found["responses"]["416"] = _answer([PLAIN], description="The file has no such part.")
    return found


def _running() -> dict[str, Any]:
    """What operators ask."""
    health = _operation("Whether the server is well", "health", [], [JSON], shape="Health")
    health["responses"]["503"] = _answer([JSON], "Health", "It is not.")
    return {
        "/health": {"get": health},
        "/metrics": {"get": _operation("Counts for Prometheus", "metrics", [], [PLAIN])},
    }


def _validate() -> dict[str, Any]:
    """The check of data that is sent, by a program or by the form of the page."""
    fields = {"data": {"type": "string"}, "syntax": {"enum": [one.ending for one in GRAPHS]}}
    form = {"schema": {"type": "object", "required": ["data"], "properties": fields}}
    sent = {one.type: {"schema": {} if one is JSONLD else {"type": "string"}} for one in GRAPHS}
    media = JSON, CSV, TURTLE, HTML
    return _operation(
        "Check data against the shapes",
        "validate",
        [_format(media)],
        media,
        shape="Report",
        refused=(413, 415, 422),
        requestBody={"required": True, "content": {**sent, FORM: form, "multipart/form-data": form}},
    )
