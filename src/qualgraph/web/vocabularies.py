"""The ontology and its vocabularies at their own addresses, whether or not the store holds them."""

from __future__ import annotations

from functools import cache

from starlette.requests import Request
from starlette.responses import Response

from qualgraph.assets import ontology_files
from qualgraph.identifiers import Identifiers, OwnGraph
from qualgraph.pages.media import GRAPHS, HTML, SYNTAXES, Media
from qualgraph.pages.ontology_pages import ontology_page, shipped_ontology
from qualgraph.pages.pages import Pages
from qualgraph.rdf import parse_file, written
from qualgraph.store import OxigraphStore, Store
from qualgraph.web.conditional import Conditional
from qualgraph.web.negotiation import by_ending
from qualgraph.web.problems import problem
from qualgraph.web.requests import RefusedError, chosen, fields_of


@cache
def shipped_vocabularies() -> Store:
    """A store in memory with the vocabularies that come with qualgraph."""
    store = OxigraphStore(None)
    paths = set(ontology_files()) - set(ontology_files(vocabularies=False))
    triples = [quad.triple for path in sorted(paths) for quad in parse_file(path)]
    store.replace_graphs({Identifiers().graph(OwnGraph.VOCABULARY): triples})
    return store


class OntologyDocument:
    """Answers for the ontology, whose terms are fragments of its one document."""

    def __init__(self, pages: Pages, conditional: Conditional) -> None:
        self._pages = pages
        self._conditional = conditional

    async def answered(self, request: Request) -> Response:
        """The ontology, as the ending of the address, ``format`` or the Accept headers ask for it."""
        offered = (HTML, *GRAPHS)
        ending = request.path_params.get("ending")
        media = by_ending(ending, offered) if ending else None
        if ending and media is None:
            raise RefusedError(
                problem(404, "There is nothing at this address.", hint="The ontology is at /def.")
            )
        media = media or chosen(request, offered, format=fields_of(request.url.query).one("format"))
        body = self._written(media)
        links = (f'</def.{each.ending}>; rel="alternate"; type="{each.type}"' for each in offered)
        headers = {
            "Content-Type": media.content_type,
            "Vary": "Accept",
            "Cache-Control": "public, max-age=300",
            "Content-Location": f"/def.{media.ending}",
            "Link": ", ".join(['</def>; rel="canonical"', *links]),
        }
        return self._conditional.response(request, body, headers)

    def _written(self, media: Media) -> bytes:
        if media is HTML:
            return ontology_page(self._pages).encode()
        return written(shipped_ontology(), SYNTAXES[media])
