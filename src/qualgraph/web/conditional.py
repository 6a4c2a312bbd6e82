"""Answers that are not sent again where the client's copy is still right. Source: RFC 9110, sections 8.8 and 13."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime

from starlette.requests import Request
from starlette.responses import Response

from qualgraph.store import Store


class Conditional:
    """Knows since when the answers of one store can be what they are.

    That is when the store was last written, or the server started if that was later, since another program or another
    store may have answered before. Nothing is known of a store behind an endpoint.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._started = datetime.now(UTC).replace(microsecond=0)

    def since(self) -> datetime | None:
        """The day and time; None where it is not known."""
        folder = getattr(self._store, "database_folder", None)
        try:
            written = folder.stat().st_mtime if folder else None
        except OSError:
            return None
        if written is None:
            return None
        return max(self._started, datetime.fromtimestamp(int(written), UTC))

    def response(
        self, request: Request, body: bytes, headers: Mapping[str, str], *, status: int = 200
    ) -> Response:
        """The answer with its validators; 304 for a copy that is still right, no body for HEAD."""
        etag, since = f'"{hashlib.sha256(body).hexdigest()[:32]}"', self.since()
        told = {**headers, "ETag": etag}
        if since is not None:
            told["Last-Modified"] = format_datetime(since, usegmt=True)
        if status == 200 and is_right(request, etag, since):
            return unchanged(told)
        told["Content-Length"] = str(len(body))
        return Response(b"" if request.method == "HEAD" else body, status_code=status, headers=told)


def unchanged(told: Mapping[str, str]) -> Response:
    """What is answered instead of a whole answer with these headers for a copy that is still right."""
    kept = ("ETag", "Last-Modified", "Vary", "Cache-Control", "Content-Location")
    return Response(status_code=304, headers={name: told[name] for name in kept if name in told})


def is_right(request: Request, etag: str, since: datetime | None) -> bool:
    """Whether the client's copy is the same by its tag, or without a tag by its day and time."""
    tags = request.headers.getlist("if-none-match")
    if tags:
        known = {tag.strip().removeprefix("W/") for line in tags for tag in line.split(",")}
        return bool(known & {etag, "*"})
    asked = request.headers.get("if-modified-since")
    if asked is None or since is None:
        return False
    try:
        return since <= parsedate_to_datetime(asked).replace(tzinfo=UTC)
    except (ValueError, TypeError):
        return False
