"""The application: every address of a server and what answers there."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from qualgraph.catalogue import discover
from qualgraph.errors import QualgraphError
from qualgraph.identifiers import Identifiers
from qualgraph.pages.media import HTML, PROBLEM
from qualgraph.pages.pages import Pages
from qualgraph.pages.search_index import SearchIndex
from qualgraph.store import open_store
from qualgraph.web import protocol
from qualgraph.web.checks import Checks
from qualgraph.web.component_pages import ComponentPages
from qualgraph.web.conditional import Conditional
from qualgraph.web.dumps import Dumps
from qualgraph.web.front import Front
from qualgraph.web.negotiation import wanted
from qualgraph.web.operations import Measured, Measures, Operations
from qualgraph.web.problems import of_error, problem
from qualgraph.web.protocol import ACCEPT_POST
from qualgraph.web.questions import Questions
from qualgraph.web.requests import RefusedError
from qualgraph.web.resources import Resources
from qualgraph.web.searches import Searches
from qualgraph.web.security import SecurityHeaders
from qualgraph.web.settings import Settings
from qualgraph.web.sitemap import Sitemap
from qualgraph.web.statistics import Statistics
from qualgraph.web.validations import Validations
from qualgraph.web.vocabularies import OntologyDocument, shipped_vocabularies
from qualgraph.web.workers import QueryWorkers

Answering = Callable[[Request], Awaitable[Response]]


def create_app(settings: Settings) -> Starlette:
    """The server for one store or endpoint; it starts its query processes when it is started."""
    ids = Identifiers(settings.base_iri)
    store = open_store(settings.location, read_only=True)
    pages = Pages(ids, stated=settings.stated)
    catalogue = discover()
    components = ComponentPages(store, ids, catalogue, pages)
    conditional = Conditional(store)
    resources = Resources(
        store,
        ids,
        components.thing,
        components.component,
        shipped=shipped_vocabularies(),
        conditional=conditional,
    )
    ontology = OntologyDocument(pages, conditional)
    index = SearchIndex(store)
    searches = Searches(index, pages, settings.limits.timeout)
    workers = QueryWorkers(
        settings.location,
        settings.limits,
        services=settings.services,
        processes=settings.processes,
        waiting=settings.waiting,
    )
    questions = Questions(catalogue, workers, pages)
    checks = Checks(store, pages)
    validations = Validations(workers, pages, settings)
    sitemap = Sitemap(store, pages, settings.public_url)
    statistics = Statistics(store)
    dumps = Dumps(settings.dumps)
    front = Front(catalogue, pages, settings, statistics, dumps)

    measures = Measures(workers)
    operations = Operations(store, measures, index)

    async def sparql(request: Request) -> Response:
        if protocol.is_visit(request):
            return await front.service(request)
        fields = await protocol.asked(request, settings)
        return await protocol.answered(request, fields, workers)

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        index.begin()
        statistics.begin()
        await workers.start()
        yield
        await workers.close()
        await run_in_threadpool(index.close)
        await run_in_threadpool(statistics.close)
        store.close()

    def told(answering: Answering) -> Answering:
        return _told(answering, pages)

    async def not_found(request: Request, _error: Exception) -> Response:
        return await told(_nothing)(request)

    return Starlette(
        routes=[
            Route("/", told(front.home)),
            Route("/.well-known/void", told(front.void)),
            Route("/openapi.json", told(front.openapi)),
            Route("/dumps/{name}", told(dumps.one)),
            Route("/id/{key:path}", told(resources.thing)),
            Route("/doc/{key:path}", told(resources.document)),
            Route("/def", told(ontology.answered)),
            Route("/def.{ending}", told(ontology.answered)),
            Route("/check/{code}", told(checks.answered)),
            Route("/code/{code}", told(components.by_code)),
            Route("/compare", told(components.compare)),
            Route("/history/{code}", told(components.history)),
            Route("/pathways/{code}", told(components.pathways)),
            Route("/query", told(questions.all)),
            Route("/query/{name}", told(questions.one)),
            Route("/robots.txt", told(sitemap.robots)),
            Route("/sitemap.xml", told(sitemap.all)),
            Route("/sitemap/{number:int}.xml", told(sitemap.part)),
            Route("/search", told(searches.answered)),
            Route("/sparql", told(sparql), methods=["GET", "POST"]),
            Route("/sparql/examples", told(front.examples)),
            Route("/health", told(operations.health)),
            Route("/metrics", told(operations.metrics)),
            Route("/validate", told(validations.answered), methods=["GET", "POST"]),
            Mount("/static", StaticFiles(packages=[("qualgraph.pages", "static")])),
        ],
        middleware=[
            Middleware(Measured, measures=measures),
            Middleware(SecurityHeaders),
            Middleware(
                CORSMiddleware,
                allow_origins=["*"],
                allow_methods=["GET", "HEAD", "POST"],
                allow_headers=["*"],
                expose_headers=["Link", "ETag", "Location", "Content-Location", "Retry-After", "Allow"],
            ),
        ],
        exception_handlers={404: not_found, 405: _not_allowed, HTTPException: _refused, 500: _failed},
        lifespan=lifespan,
    )


def _told(answering: Answering, pages: Pages) -> Answering:
    """An endpoint whose errors become problems: a page for a browser, data for all others."""

    async def told(request: Request) -> Response:
        try:
            return await answering(request)
        except RefusedError as refused:
            return _shown(request, refused.response, pages)
        except QualgraphError as error:
            return _shown(request, of_error(error), pages)

    return told


def _shown(request: Request, response: Response, pages: Pages) -> Response:
    """The problem as a page where the client would rather have one."""
    if wanted(request.headers.getlist("accept"), (PROBLEM, HTML)) is not HTML:
        return response
    response.body = pages.problem(response.status_code, json.loads(bytes(response.body))).encode()
    response.headers["Content-Type"] = HTML.content_type
    response.headers["Content-Length"] = str(len(response.body))
    return response


async def _nothing(_request: Request) -> Response:
    raise RefusedError(problem(404, "There is nothing at this address.", hint="Search for a code or title."))


async def _not_allowed(request: Request, error: Exception) -> Response:
    """405 with the methods that there are, which is also all that OPTIONS asks for."""
    said = (getattr(error, "headers", None) or {}).get("Allow", "GET, HEAD")
    allowed = ", ".join(sorted({*said.split(", "), "OPTIONS"}))
    if request.method == "OPTIONS":
        posted = {"Accept-Post": ACCEPT_POST} if request.url.path == "/sparql" else {}
        return Response(status_code=204, headers={"Allow": allowed, **posted})
    return problem(
        405,
        "This address cannot be asked in this way.",
        hint=f"It can be asked by {allowed}.",
        headers={"Allow": allowed},
    )


async def _refused(_request: Request, error: Exception) -> Response:
    """What the library refuses before anything here sees it, such as a form in parts that cannot be taken apart."""
    told = error if isinstance(error, HTTPException) else HTTPException(400)
    return problem(
        told.status_code, f"The request cannot be read: {told.detail.rstrip('.')}.", headers=told.headers
    )


async def _failed(_request: Request, _error: Exception) -> Response:
    return problem(500, "This is a fault of the server.", hint="Please report it with what you asked.")
