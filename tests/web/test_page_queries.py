"""How many queries a page takes: each kind of page that there is, asked for as a browser does."""

from __future__ import annotations

import asyncio
from collections import Counter
from pathlib import Path
from typing import Any

import httpx
import pytest

from page_kinds import PAGES
from qualgraph.store import OxigraphStore
from qualgraph.web.app import create_app
from qualgraph.web.settings import Settings
from qualgraph.web.workers import QueryWorkers

MOST_QUERIES = 10
WITHOUT = {
    "home",
    "compare-form",
    "search",
    "search-empty",
    "ontology",
    "questions",
    "question-form",
    "question-refused",
    "editor",
    "validate",
}
"""Kinds that need nothing of the store, or only what was taken from it at the start: the index of a search."""


def test_no_kind_of_page_takes_more_than_ten_queries(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: Counter[str] = Counter()
    now = [""]

    def counted(owner: type, name: str) -> None:
        original = getattr(owner, name)

        def counting(*given: Any, **more: Any) -> Any:
            asked[now[0]] += 1
            return original(*given, **more)

        monkeypatch.setattr(owner, name, counting)

    counted(OxigraphStore, "query")
    counted(QueryWorkers, "answer")
    app = create_app(Settings(location=str(built), processes=1))

    async def visited() -> None:
        transport = httpx.ASGITransport(app)
        async with (
            app.router.lifespan_context(app),
            httpx.AsyncClient(
                transport=transport, base_url="http://qualgraph.example", headers={"Accept": "text/html"}
            ) as client,
        ):
            for kind, path in PAGES.items():
                now[0] = kind
                answer = await client.get(f"/{path}")
                assert answer.status_code in (200, 404), kind
                assert "<h1" in answer.text, kind

    asyncio.run(visited())
    assert {kind: number for kind, number in asked.items() if number > MOST_QUERIES} == {}
    assert PAGES.keys() - asked.keys() <= WITHOUT
    assert len(asked) >= 14
