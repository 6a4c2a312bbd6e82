"""What search engines may read, and where it is. Sources: sitemaps.org protocol 0.9; RFC 9309 (robots.txt)."""

from __future__ import annotations

from html import escape
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from qualgraph.pages.pages import Pages
from qualgraph.store import Store
from qualgraph.store.rows import selected
from qualgraph.web.problems import problem
from qualgraph.web.requests import RefusedError

MOST: Final = 50_000
"""How many addresses one file may have."""
_SCHEMA: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_COMPONENTS: Final = """
PREFIX qg: <https://w3id.org/qualgraph/def#>
SELECT DISTINCT ?component WHERE { ?component qg:code ?code } ORDER BY ?component LIMIT %d OFFSET %d"""
_COUNT: Final = """
PREFIX qg: <https://w3id.org/qualgraph/def#>
SELECT (COUNT(DISTINCT ?component) AS ?number) WHERE { ?component qg:code ?code }"""


class Sitemap:
    """Lists the pages about the components of one store."""

    def __init__(self, store: Store, pages: Pages, public_url: str | None) -> None:
        self._store = store
        self._pages = pages
        self._public_url = public_url

    async def robots(self, request: Request) -> Response:
        """Everything may be read but what has no end: questions, searches and plans."""
        closed = "".join(
            f"Disallow: /{path}\n" for path in ("sparql", "search", "check/", "compare", "validate")
        )
        body = f"User-agent: *\n{closed}Sitemap: {self._root(request)}/sitemap.xml\n"
        return Response(body, headers={"Content-Type": "text/plain; charset=utf-8"})

    async def all(self, request: Request) -> Response:
        """The parts of the list."""
        [row] = await run_in_threadpool(selected, self._store, _COUNT)
        root = self._root(request)
        parts = range(1, max(1, -(-int(row["number"]) // MOST)) + 1)
        listed = "".join(f"<sitemap><loc>{escape(root)}/sitemap/{n}.xml</loc></sitemap>\n" for n in parts)
        return _xml(f'<sitemapindex xmlns="{_SCHEMA}">\n{listed}</sitemapindex>\n')

    async def part(self, request: Request) -> Response:
        """One part of the list, by its number from 1 on."""
        number = min(int(request.path_params["number"]), 10_000)
        question = _COMPONENTS % (MOST, max(0, number - 1) * MOST)
        rows = await run_in_threadpool(selected, self._store, question)
        if not rows or number < 1:
            raise RefusedError(
                problem(404, "There is no such part of the sitemap.", hint="See /sitemap.xml.")
            )
        return _xml(f'<urlset xmlns="{_SCHEMA}">\n{"".join(self._entries(request, rows))}</urlset>\n')

    def _entries(self, request: Request, rows: list[dict[str, str]]) -> list[str]:
        root = self._root(request)
        places = (self._pages.href(row["component"]) for row in rows)
        return [
            f"<url><loc>{escape(root + place)}</loc></url>\n" for place in places if place.startswith("/")
        ]

    def _root(self, request: Request) -> str:
        return (self._public_url or str(request.base_url)).rstrip("/")


def _xml(body: str) -> Response:
    return Response(
        f'<?xml version="1.0" encoding="UTF-8"?>\n{body}', headers={"Content-Type": "application/xml"}
    )
