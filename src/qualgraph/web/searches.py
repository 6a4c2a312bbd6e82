"""The search: a page for people, JSON for programs and for suggestions while one types."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from qualgraph.pages.media import HTML, JSON
from qualgraph.pages.pages import PAGE, Pages
from qualgraph.pages.search_index import Hits, SearchIndex
from qualgraph.web.problems import problem
from qualgraph.web.requests import RefusedError, chosen, fields_of

LONGEST: Final = 200
"""Characters of what may be searched for."""
LAST_PAGE: Final = 500
OLDER_AFTER: Final = 1.0
"""Seconds after which a search finds what was there before the store was written to, rather than wait on."""


class Searches:
    """Answers searches of one store; one that comes before there is an index waits ``patience`` seconds for it."""

    def __init__(self, index: SearchIndex, pages: Pages, patience: float) -> None:
        self._index = index
        self._pages = pages
        self._patience = patience

    async def answered(self, request: Request) -> Response:
        """What was found, ``PAGE`` at a time: ``q`` are the words, ``page`` counts from 1."""
        fields = fields_of(request.url.query)
        media = chosen(request, (HTML, JSON), format=fields.one("format"))
        asked = (fields.one("q") or "").strip()
        if len(asked) > LONGEST:
            raise RefusedError(
                problem(400, f"A search has at most {LONGEST} characters.", hint="Use fewer words.")
            )
        page = _page(fields.one("page"))
        hits = await self._found(asked, page) if asked else None
        body = self._pages.search(asked, hits, page) if media is HTML else self._json(asked, hits, page)
        return Response(body, headers={"Content-Type": media.content_type, "Vary": "Accept"})

    async def _found(self, asked: str, page: int) -> Hits:
        """What was found; waiting for the index takes no thread from other requests."""
        making = await run_in_threadpool(self._index.begin)
        if making is not None:
            patience = OLDER_AFTER if self._index.ready else self._patience
            with suppress(TimeoutError):
                await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(making)), patience)
        return await run_in_threadpool(
            self._index.find, asked, limit=PAGE, offset=PAGE * (page - 1), patience=0
        )

    def _json(self, asked: str, hits: Hits | None, page: int) -> str:
        found = hits or Hits(found=(), total=0)
        told = {
            "asked": asked,
            "page": page,
            "total": found.total,
            "older": found.older,
            "meant": found.meant,
            "found": [
                {
                    "iri": one.iri,
                    "document": self._pages.href(one.iri),
                    "kind": one.kind,
                    "code": one.code,
                    "title": one.title,
                    "usage": one.usage,
                }
                for one in found.found
            ],
        }
        return json.dumps(told, ensure_ascii=False) + "\n"


def _page(said: str | None) -> int:
    if said is None:
        return 1
    if not (said.isascii() and said.isdigit() and len(said) <= 6 and 1 <= int(said) <= LAST_PAGE):
        raise RefusedError(
            problem(400, f"'page' is a number from 1 to {LAST_PAGE}.", hint="Use more words to find less.")
        )
    return int(said)
