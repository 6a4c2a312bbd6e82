"""The questions of the catalogue as resources: ``/query/pathways-from?code=BSB40307``, as a page and as data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from qualgraph.catalogue import Catalogue, Query
from qualgraph.errors import QualgraphError
from qualgraph.pages.media import HTML, JSON, Media
from qualgraph.pages.pages import Pages
from qualgraph.web.problems import problem
from qualgraph.web.protocol import forms_of
from qualgraph.web.requests import Fields, RefusedError, chosen, fields_of
from qualgraph.web.workers import QueryWorkers

ROWS: Final = 100
"""How many rows are given where nothing is said of it."""
MOST_ROWS: Final = 10_000
LAST_ROW: Final = 10**9
_OWN: Final = ("limit", "offset", "format")


class Questions:
    """Answers the catalogue's questions on one store."""

    def __init__(self, catalogue: Catalogue, workers: QueryWorkers, pages: Pages) -> None:
        self._catalogue = catalogue
        self._workers = workers
        self._pages = pages

    async def all(self, request: Request) -> Response:
        """The list of questions."""
        media = chosen(request, (HTML, JSON), format=fields_of(request.url.query).one("format"))
        if media is HTML:
            body = self._pages.questions(self._catalogue)
        else:
            body = json.dumps([query.as_dict() for query in self._catalogue], ensure_ascii=False) + "\n"
        return Response(body, headers={"Content-Type": media.content_type, "Vary": "Accept"})

    async def one(self, request: Request) -> Response:
        """The answer to one question, ``limit`` rows from ``offset`` on; a page asks for what is needed first."""
        query = self._catalogue[request.path_params["name"]]
        fields = fields_of(request.url.query)
        forms: Mapping[Media, str] = forms_of(query.form)
        media = chosen(request, (*forms, HTML), format=fields.one("format"))
        values = _values(query, fields)
        if media is HTML:
            return await self._page(query, values, fields)
        limit, offset = _number(fields, "limit", ROWS, MOST_ROWS), _number(fields, "offset", 0, LAST_ROW)
        answered = await self._workers.answer(query.sparql(values), forms[media], skip=offset, cut=limit)
        headers = {"Content-Type": media.content_type, "Vary": "Accept", "Cache-Control": "no-cache"}
        links = _links(request, fields, limit, offset, more=answered.more)
        if links:
            headers["Link"] = links
        return Response(b"" if request.method == "HEAD" else answered.body, headers=headers)

    async def _page(self, query: Query, values: Mapping[str, str], fields: Fields) -> Response:
        limit, offset = _number(fields, "limit", ROWS, 1_000), _number(fields, "offset", 0, LAST_ROW)
        table: dict[str, object] | None = None
        error: QualgraphError | None = None
        more = False
        ready = all(parameter.name in values for parameter in query.parameters if parameter.required)
        if ready and query.form == "SELECT":
            try:
                answered = await self._workers.answer(query.sparql(values), "json", skip=offset, cut=limit)
                table, more = json.loads(answered.body), answered.more
            except QualgraphError as found:
                error = found
        body = self._pages.question(
            query, values, table, error, limit=limit, offset=offset, more=more, missing=not ready
        )
        return Response(body, headers={"Content-Type": HTML.content_type, "Vary": "Accept"})


def _values(query: Query, fields: Fields) -> dict[str, str]:
    """What is said for the parameters of the query; raises RefusedError for a field that it does not take."""
    known = {parameter.name for parameter in query.parameters}
    unknown = sorted(fields.names() - known - set(_OWN))
    if unknown:
        raise RefusedError(
            problem(400, f"The question '{query.name}' takes no '{unknown[0][:60]}'.", hint=query.usage)
        )
    said = {name: fields.one(name) for name in known}
    return {name: value for name, value in said.items() if value}


def _number(fields: Fields, name: str, default: int, most: int) -> int:
    said = fields.one(name)
    if said is None:
        return default
    least = 1 if name == "limit" else 0
    if not (said.isascii() and said.isdigit() and len(said) <= 10 and least <= int(said) <= most):
        raise RefusedError(problem(400, f"'{name}' is a whole number from {least} to {most:,}."))
    return int(said)


def _links(request: Request, fields: Fields, limit: int, offset: int, *, more: bool) -> str:
    """The pages before and after this one, as a Link header has them."""
    kept = [(name, value) for name, value in fields.pairs if name not in ("limit", "offset")]

    def link(start: int, relation: str) -> str:
        asked = urlencode([*kept, ("limit", str(limit)), ("offset", str(start))])
        return f'<{request.url.path}?{asked}>; rel="{relation}"'

    found = [link(max(0, offset - limit), "prev")] if offset else []
    return ", ".join([*found, *([link(offset + limit, "next")] if more else [])])
