"""What operators need of a server: whether it is well, how much it does, and a line for each request.

Sources: Prometheus text exposition format; one JSON object a line on standard error for the log.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Hashable
from datetime import UTC, datetime
from typing import Final

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from qualgraph.errors import QualgraphError
from qualgraph.pages.media import JSON
from qualgraph.pages.search_index import SearchIndex
from qualgraph.pipeline import is_current
from qualgraph.store import Store
from qualgraph.web.workers import QueryWorkers

LOG: Final = logging.getLogger("qualgraph.web")
_BUCKETS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Measures:
    """What a server counts."""

    def __init__(self, workers: QueryWorkers) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "qualgraph_requests", "Requests answered.", ("route", "method", "status"), registry=self.registry
        )
        self.seconds = Histogram(
            "qualgraph_request_seconds",
            "How long answers took.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        working = Gauge("qualgraph_queries", "Queries being answered or waiting.", registry=self.registry)
        working.set_function(lambda: workers.working)
        stopped = Gauge(
            "qualgraph_queries_stopped", "Queries stopped as their time was up.", registry=self.registry
        )
        stopped.set_function(lambda: workers.stopped)


class Measured:
    """Counts and logs every request that the application answers."""

    def __init__(self, app: ASGIApp, measures: Measures) -> None:
        self._app = app
        self._measures = measures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does, and note how it went."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 500
        size = 0
        start = time.perf_counter()

        async def sent(message: Message) -> None:
            nonlocal status, size
            if message["type"] == "http.response.start":
                status = message["status"]
            elif message["type"] == "http.response.body":
                size += len(message.get("body", b""))
            await send(message)

        try:
            await self._app(scope, receive, sent)
        finally:
            self._note(scope, status, size, time.perf_counter() - start)

    def _note(self, scope: Scope, status: int, size: int, seconds: float) -> None:
        route = getattr(scope.get("route"), "path", None) or "none"
        self._measures.requests.labels(route, scope["method"], str(status)).inc()
        self._measures.seconds.labels(route).observe(seconds)
        LOG.info(
            json.dumps(
                {
                    "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                    "client": (scope.get("client") or (None,))[0],
                    "method": scope["method"],
                    "path": scope["path"][:500],
                    "status": status,
                    "bytes": size,
                    "seconds": round(seconds, 4),
                },
                ensure_ascii=True,
            )
        )


class Operations:
    """Answers for those who run the server."""

    def __init__(self, store: Store, measures: Measures, index: SearchIndex) -> None:
        self._store = store
        self._measures = measures
        self._index = index
        self._derived: tuple[Hashable, bool] | None = None

    async def health(self, _request: Request) -> Response:
        """200 where the store answers, else 503.

        ``search`` says whether the index of codes and titles is made, ``derived`` whether what is derived was made
        from the documents that are stored now; of an endpoint that is not known.
        """
        try:
            well = await run_in_threadpool(self._answers)
            told = {
                "status": "ok" if well else "empty",
                "search": "ready" if self._index.ready else "not ready",
                **await run_in_threadpool(self._derivation),
            }
        except QualgraphError as error:
            well, told = False, {"status": "failing", "error": error.what}
        return Response(
            json.dumps(told) + "\n",
            status_code=200 if well else 503,
            headers={"Content-Type": JSON.content_type, "Cache-Control": "no-store"},
        )

    def _answers(self) -> bool:
        return self._store.query("ASK { ?s ?p ?o }") is True

    def _derivation(self) -> dict[str, str]:
        """Whether what is derived is that of the documents, found out once for each state of the store."""
        state = getattr(self._store, "database_folder", None)
        if state is None:
            return {}
        if self._derived is None or self._derived[0] != state:
            self._derived = state, is_current(self._store)
        return {"derived": "current" if self._derived[1] else "older than the documents"}

    async def metrics(self, _request: Request) -> Response:
        """The counts for Prometheus."""
        return Response(
            generate_latest(self._measures.registry),
            headers={"Content-Type": CONTENT_TYPE_LATEST, "Cache-Control": "no-store"},
        )
