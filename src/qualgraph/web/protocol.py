"""The SPARQL endpoint. Sources: SPARQL 1.1 Protocol, section 2.1; SPARQL 1.1 Service Description."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from qualgraph.pages.media import BOOLEANS, GRAPHS, HTML, SYNTAXES, TABLES, Media
from qualgraph.rdf import RdfFormat
from qualgraph.store.sparql import dataset_clauses, form_of
from qualgraph.web.negotiation import by_ending, wanted
from qualgraph.web.problems import problem
from qualgraph.web.requests import Fields, RefusedError, body_of, chosen, fields_of, media_type_of, text_of
from qualgraph.web.settings import Settings
from qualgraph.web.workers import QueryWorkers

FORM: Final = "application/x-www-form-urlencoded"
QUERY: Final = "application/sparql-query"
UPDATE: Final = "application/sparql-update"
ACCEPT_POST: Final = f"{FORM}, {QUERY}"
_DIRECT: Final = {"default-graph-uri", "named-graph-uri"}
FLAT: Final = tuple(media for media in GRAPHS if SYNTAXES[media] not in (RdfFormat.TRIG, RdfFormat.N_QUADS))
"""How RDF is written that has no named graphs."""


def is_visit(request: Request) -> bool:
    """Whether nothing is asked: no query is given, or a browser follows a link to the editor with one in it.

    Raises QueryError where the graphs that are named are none, as it would with a query.
    """
    if request.method not in ("GET", "HEAD"):
        return False
    fields = fields_of(request.url.query)
    dataset_clauses(*_dataset(fields))
    if "query" not in fields.names():
        return "update" not in fields.names()
    offered = (*TABLES, *GRAPHS, HTML)
    return wanted(request.headers.getlist("accept"), offered) is HTML


async def asked(request: Request, settings: Settings) -> Fields:
    """The fields of a protocol request, however it was sent; raises RefusedError for one that is none."""
    in_url = fields_of(request.url.query)
    if request.method in ("GET", "HEAD"):
        found = in_url
    else:
        kind = media_type_of(request)
        body = await body_of(request, settings.max_body)
        if kind == FORM:
            found = fields_of(text_of(body))
        elif kind == QUERY:
            if "query" in in_url.names():
                raise RefusedError(
                    problem(400, "A query is given in the address and in the body.", hint="Give one.")
                )
            found = Fields((*in_url.pairs, ("query", text_of(body))))
        elif kind == UPDATE:
            raise RefusedError(_read_only())
        else:
            raise RefusedError(
                problem(
                    415,
                    f"The request sends '{kind or 'nothing that it names'}', which is no way to send a query.",
                    hint=f"Send a form ({FORM}) with a field 'query', or the query itself as {QUERY}.",
                    headers={"Accept-Post": ACCEPT_POST},
                )
            )
    if "update" in found.names():
        raise RefusedError(_read_only())
    return found


def _read_only() -> Response:
    return problem(
        403,
        "This endpoint answers questions and changes nothing.",
        hint="Use SELECT, ASK, CONSTRUCT or DESCRIBE.",
    )


async def answered(request: Request, fields: Fields, workers: QueryWorkers) -> Response:
    """The answer to the query in the fields, as the client wants it written.

    Raises RefusedError, or a QualgraphError for a query that cannot be answered.
    """
    text = fields.one("query")
    if text is None:
        raise RefusedError(problem(400, "No query is given.", hint="Give it in the field 'query'."))
    forms = forms_of(form_of(text))
    named = fields.one("format")  # of clients that send it beside Accept, in names of their own
    media = (named and by_ending(named.lower(), forms)) or chosen(request, forms)
    body = (await workers.answer(text, forms[media], dataset=_dataset(fields))).body
    return Response(
        b"" if request.method == "HEAD" else body,
        media_type=None,
        headers={
            "Content-Type": media.content_type,
            "Content-Length": str(len(body)),
            "Vary": "Accept",
            "Cache-Control": "no-cache",
        },
    )


def _dataset(fields: Fields) -> tuple[Sequence[str], Sequence[str]]:
    """The graphs that make the default graph, and those that the query may name."""
    return fields.all("default-graph-uri"), fields.all("named-graph-uri")


def forms_of(form: str) -> Mapping[Media, str]:
    """The ways to write the answer to a query of this form, and what a worker calls them."""
    if form == "SELECT":
        return TABLES
    if form == "ASK":
        return BOOLEANS
    return {media: SYNTAXES[media].media_type for media in FLAT}
