"""The front door: what this server holds and offers, as a page and as data, and its SPARQL editor."""

from __future__ import annotations

import json
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from qualgraph.catalogue import Catalogue
from qualgraph.namespaces import DCAT, RDFS, VOID
from qualgraph.pages.media import GRAPHS, HTML, JSON, SYNTAXES, Media
from qualgraph.pages.pages import Pages
from qualgraph.publishing import (
    DESCRIBED,
    dataset_description,
    dump_triples,
    service_triples,
    sparql_examples,
)
from qualgraph.rdf import IRI, Triple, written
from qualgraph.web.dumps import PLACE, Dumps
from qualgraph.web.negotiation import wanted
from qualgraph.web.openapi import openapi
from qualgraph.web.protocol import FLAT
from qualgraph.web.requests import chosen, fields_of
from qualgraph.web.service import EXAMPLES, FORMAT_NAMES, FORMATS, service_description
from qualgraph.web.settings import Settings
from qualgraph.web.statistics import Statistics


class Front:
    """Describes one store and the server that gives it out."""

    def __init__(
        self, catalogue: Catalogue, pages: Pages, settings: Settings, statistics: Statistics, dumps: Dumps
    ) -> None:
        self._catalogue = catalogue
        self._pages = pages
        self._settings = settings
        self._statistics = statistics
        self._dumps = dumps

    async def home(self, request: Request) -> Response:
        """The page to start from; for a program, the description of the data."""
        return await self._answered(request, self._home, self._dataset)

    async def void(self, request: Request) -> Response:
        """The description of the data at the address where it is looked for. Source: VoID, section 7.2."""
        return await self._answered(request, None, self._dataset)

    async def service(self, request: Request) -> Response:
        """The SPARQL endpoint without a question: its editor, or for a program what it can do."""
        query = fields_of(request.url.query).one("query") or ""
        return await self._answered(
            request, lambda _root: self._pages.editor(self._catalogue, query), service_description
        )

    async def examples(self, request: Request) -> Response:
        """The questions as examples of SPARQL queries, for programs that look for them."""

        def described(root: str) -> list[Triple]:
            return sparql_examples(self._catalogue, f"{root}{EXAMPLES}", IRI(f"{root}sparql"))

        return await self._answered(request, None, described)

    async def openapi(self, _request: Request) -> Response:
        """What a program can ask, by OpenAPI."""
        body = json.dumps(openapi(self._catalogue), ensure_ascii=False, indent=1) + "\n"
        return Response(body, headers={"Content-Type": JSON.content_type})

    async def _answered(
        self,
        request: Request,
        page: Callable[[str], str] | None,
        described: Callable[[str], list[Triple]],
    ) -> Response:
        offered: tuple[Media, ...] = (HTML, *FLAT) if page else FLAT
        format = fields_of(request.url.query).one("format")
        if page is None and format is None and wanted(request.headers.getlist("accept"), offered) is None:
            format = FLAT[0].ending  # a person who follows a link is given what there is
        media = chosen(request, offered, format=format)
        root = self._root(request)
        if page and media is HTML:
            body = (await run_in_threadpool(page, root)).encode()
        else:
            body = await run_in_threadpool(lambda: written(described(root), SYNTAXES[media], DESCRIBED))
        return Response(
            b"" if request.method == "HEAD" else body,
            headers={
                "Content-Type": media.content_type,
                "Content-Length": str(len(body)),
                "Vary": "Accept",
                "Link": f'<{root}openapi.json>; rel="service-desc", <{root}.well-known/void>; rel="describedby"',
            },
        )

    def _root(self, request: Request) -> str:
        public = self._settings.public_url
        return f"{public}/" if public else str(request.base_url)

    def _home(self, root: str) -> str:
        return self._pages.home(root, self._dumps.files())

    def _dataset(self, root: str) -> list[Triple]:
        """The description of the store as it is now; without its counts while they are being made."""
        stated, dataset, sparql = self._settings.stated, IRI(f"{root}#dataset"), IRI(f"{root}sparql")
        return [
            *dataset_description(dataset, self._statistics.known(), stated, _offers(root)),
            *service_triples(dataset, sparql, IRI(root), IRI(f"{root}openapi.json"), stated),
            *dump_triples(dataset, f"{root}{PLACE}", self._dumps.files(), stated),
        ]


def _offers(root: str) -> list[tuple[str, IRI]]:
    """What a server offers for its data beside documents."""
    return [
        (f"{VOID}sparqlEndpoint", IRI(f"{root}sparql")),
        (f"{DCAT}landingPage", IRI(root)),
        (f"{RDFS}seeAlso", IRI(f"{root}{EXAMPLES}")),
        (f"{VOID}uriLookupEndpoint", IRI(f"{root}search?q=")),
        *((f"{VOID}feature", IRI(f"{FORMATS}{FORMAT_NAMES[media.ending]}")) for media in GRAPHS),
    ]
