"""A register on loopback: its REST interface with invented lamps, and whatever goes wrong that a test wants."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import register_answers as made
from servers import Response, send

JSON = {"Content-Type": "application/json; charset=utf-8"}


@dataclass(kw_only=True)
class Register:
    """What the register answers: ``answers`` by path, ``items`` in searches, ``odd`` before all for some paths.

    ``answered`` are the paths with query of answers that were sent whole, in order.
    """

    base: str = ""
    answers: dict[str, Any] = field(default_factory=dict)
    items: list[dict[str, Any]] = field(default_factory=list)
    odd: dict[str, list[Response]] = field(default_factory=dict)
    page: Callable[[list[dict[str, Any]], int, int], Any] | None = None
    asked: list[str] = field(default_factory=list)
    answered: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    def times(self) -> Counter[str]:
        """How often each address was answered."""
        return Counter(self.answered)

    def add(self, code: str, **changes: Any) -> None:
        """A qualification with all its answers."""
        found = dict(made.answers(code))
        self.answers |= {path: value for path, value in found.items() if not path.startswith("search/")}
        self.answers |= made.earlier(code)
        self.answers[f"training/{code}"] = made.component(code, **changes)
        self.items.append(made.item(code))

    def add_unit(self, code: str, **changes: Any) -> None:
        """A unit of competency."""
        self.answers[f"training/{code}"] = made.unit(code, **changes)
        key = f"u-{code}"
        self.answers[f"training/{code}/releases/{key}"] = made.release(
            id=key, releaseNumber="1", contentBundles=[]
        )
        self.items.append(
            made.item(code, type={"id": "unit"}, title=made.UNITS.get(code, (code,))[0], supersedes=[])
        )

    def response(self, target: str, headers: Mapping[str, str]) -> Response:
        """What a request gets."""
        parts = urlsplit(target)
        path = parts.path.removeprefix("/api/")
        if self.odd.get(path):
            return self.odd[path].pop(0)
        if path == "search/training":
            return self.search({name: values[0] for name, values in parse_qs(parts.query).items()})
        if path not in self.answers:
            return Response(status=404, body=b'{"title":"Not Found"}', headers=JSON)
        body = json.dumps(self.answers[path]).encode()
        tag = f'"{hashlib.sha256(body).hexdigest()[:8]}"'
        if headers.get("If-None-Match") == tag:
            return Response(status=304, body=b"", headers={"ETag": tag})
        return Response(body=body, headers={**JSON, "ETag": tag})

    def search(self, asked: Mapping[str, str]) -> Response:
        """A page of a search, which must be in an order."""
        assert asked.get("orderBy") == "code", "paging without an order loses rows"
        text = asked.get("searchText")
        found = [row for row in self.items if text in (None, row["code"])]
        offset, size = int(asked["offset"]), int(asked["pageSize"])
        if self.page:
            value = self.page(found, offset, size)
        else:
            value = made.page(*found[offset : offset + size], total=len(found))
        return Response(body=json.dumps(value).encode(), headers=JSON)


@contextmanager
def register(**settings: Any) -> Iterator[Register]:
    """A register that answers for as long as the block runs."""
    state = Register(**settings)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            state.asked.append(self.path)
            state.headers.append(dict(self.headers))
            response = state.response(self.path, self.headers)
            if response.delay:
                time.sleep(response.delay)
            send(self, response)
            state.answered.append(self.path)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    state.base = f"http://127.0.0.1:{server.server_port}/api"
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()
