"""Identifiers that resolve: a thing answers with where its document is, and its document with what is known of it.

``/id/unit/BSBTWK201`` is the unit and answers 303; ``/doc/unit/BSBTWK201`` is the document about it, in any of the
representations, and ``/doc/unit/BSBTWK201.ttl`` is one of them. Source: Cool URIs for the Semantic Web, section 4.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from qualgraph.identifiers import Identifiers
from qualgraph.namespaces import DEFAULT_BASE, PREFIXES, QG
from qualgraph.pages.descriptions import Description, description
from qualgraph.pages.media import GRAPHS, HTML, SYNTAXES, Media
from qualgraph.rdf import IRI, Quad, RdfFormat, serialize, written
from qualgraph.store import Store
from qualgraph.web.conditional import Conditional
from qualgraph.web.negotiation import by_ending
from qualgraph.web.problems import problem
from qualgraph.web.requests import RefusedError, chosen, fields_of

_DELETED: Final = f"{QG}Deleted"
_LATEST: Final = f"{QG}hasLatestUsage"
_SAFE: Final = "/-._~!$&'()*+,;=:@"


class Resources:
    """Answers for the things of one store whose identifiers begin with ``ids.base``."""

    def __init__(
        self,
        store: Store,
        ids: Identifiers,
        page: Callable[[Request, IRI, Description], str],
        component: Callable[[IRI], tuple[str, bool] | None],
        *,
        shipped: Store,
        conditional: Conditional,
    ) -> None:
        """``component`` gives the page of a component and whether it is deleted, which takes no description of it.

        ``shipped`` answers for what the store does not know: a vocabulary that it does not hold.
        """
        self._store = store
        self._shipped = shipped
        self._conditional = conditional
        self._ids = ids
        self._page = page
        self._component = component

    async def thing(self, request: Request) -> Response:
        """303 from a thing to the document about it."""
        key = request.path_params["key"]
        format = fields_of(request.url.query).one("format")
        ending = chosen(request, (HTML, *GRAPHS), format=format).ending if format is not None else None
        where = f"{request.scope.get('root_path', '')}/doc/{quote(key, safe=_SAFE)}"
        return Response(
            status_code=303,
            headers={"Location": f"{where}.{ending}" if ending else where, "Vary": "Accept"},
        )

    async def document(self, request: Request) -> Response:
        """The document about a thing, as the ending of the address or the Accept headers ask for it."""
        key, ending = self._key(request.path_params["key"])
        offered = (HTML, *GRAPHS)
        media = ending or chosen(request, offered, format=fields_of(request.url.query).one("format"))
        if media is HTML:
            iri = IRI(f"{self._ids.base}{quote(key, safe=_SAFE)}")
            page, gone = await run_in_threadpool(self._component, iri) or (None, False)
            if page:
                return self._response(request, iri, key, page.encode(), media, gone=gone)
        iri, found = await run_in_threadpool(self._found, key)
        if not found:
            raise RefusedError(
                problem(404, f"Nothing is known of '{key}'.", hint="Search for its code or title at /search.")
            )
        body = await run_in_threadpool(self._written, request, iri, found, media)
        return self._response(request, iri, key, body, media, gone=_is_deleted(iri, found))

    def _key(self, key: str) -> tuple[str, Media | None]:
        stem, dot, ending = key.rpartition(".")
        media = by_ending(ending, (HTML, *GRAPHS)) if dot else None
        return (stem, media) if media else (key, None)

    def _found(self, key: str) -> tuple[IRI, Description]:
        """The thing under the server's own base, else under the base that all vocabularies are under."""
        path = quote(key, safe=_SAFE)
        vocabularies = IRI(f"{DEFAULT_BASE}{path}")
        for base in dict.fromkeys((self._ids.base, DEFAULT_BASE)):
            iri = IRI(f"{base}{path}")
            found = description(self._store, iri)
            if found:
                return iri, found
        return vocabularies, description(self._shipped, vocabularies)

    def _written(self, request: Request, iri: IRI, found: Description, media: Media) -> bytes:
        if media is HTML:
            return self._page(request, iri, found).encode()
        syntax = SYNTAXES[media]
        if syntax in (RdfFormat.TRIG, RdfFormat.N_QUADS):
            notes = (Quad(*triple) for triple in found.notes())
            quads = [*sorted(found.quads, key=str), *notes]
            return serialize(quads, format=syntax, prefixes=dict(PREFIXES)) or b""
        return written(found.triples(), syntax)

    def _response(
        self, request: Request, iri: IRI, key: str, body: bytes, media: Media, *, gone: bool
    ) -> Response:
        place = quote(key, safe=_SAFE)
        others = (
            f'</doc/{place}.{other.ending}>; rel="alternate"; type="{other.type}"'
            for other in (HTML, *GRAPHS)
        )
        headers = {
            "Content-Type": media.content_type,
            "Vary": "Accept",
            "Cache-Control": "public, max-age=300",
            "Link": ", ".join(
                [f'</doc/{place}>; rel="canonical"', f'<{iri.value}>; rel="describes"', *others]
            ),
            "Content-Location": f"/doc/{place}.{media.ending}",
        }
        return self._conditional.response(request, body, headers, status=410 if gone else 200)


def _is_deleted(iri: IRI, found: Description) -> bool:
    """Whether the register has deleted the component: its document says so, and is kept for its history."""
    return any(
        quad.subject == iri and quad.predicate.value == _LATEST and quad.object == IRI(_DELETED)
        for quad in found.quads
    )
