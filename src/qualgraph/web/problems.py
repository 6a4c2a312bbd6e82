"""What a client is told when something goes wrong: one shape, for every address. Source: RFC 9457."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Final

from starlette.responses import Response

from qualgraph.errors import (
    AnswerTooLargeError,
    BusyError,
    DataError,
    DocumentError,
    EndpointError,
    EndpointTimeoutError,
    ParameterError,
    QualgraphError,
    QueryError,
    QueryTimeoutError,
    StoreError,
    UnknownComponentError,
    UnknownQueryError,
    UsageError,
)

DOCUMENTATION: Final = "https://w3id.org/qualgraph/docs/errors#"
_STATUS: Final[tuple[tuple[type[QualgraphError], int], ...]] = (
    (BusyError, 503),
    (QueryTimeoutError, 503),
    (AnswerTooLargeError, 422),
    (QueryError, 400),
    (UnknownComponentError, 404),
    (UnknownQueryError, 404),
    (ParameterError, 400),
    (UsageError, 400),
    (DataError, 400),
    (DocumentError, 422),
    (EndpointTimeoutError, 504),
    (EndpointError, 502),
    (StoreError, 503),
)
"""The status of each kind of error, the narrower before the wider."""
_OF_THE_STORE: Final = (StoreError, EndpointError, UnknownComponentError)
"""Errors that name the folder or the endpoint which is served; that is for those who run the server to know."""

_INSTEAD: Final[Mapping[type[QualgraphError], str]] = {
    UnknownComponentError: "Search for a code or title at /search.",
    UnknownQueryError: "All questions are at /query.",
}


def problem(
    status: int,
    title: str,
    *,
    detail: str | None = None,
    hint: str | None = None,
    kind: str = "about:blank",
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> Response:
    """A problem: what is wrong, in which detail, and what to do about it."""
    told = {"type": kind, "title": title, "status": status, "detail": detail, "hint": hint, **more}
    body = json.dumps({key: value for key, value in told.items() if value is not None}, ensure_ascii=False)
    return Response(
        body + "\n",
        status_code=status,
        media_type="application/problem+json",
        headers={"Cache-Control": "no-store", **(headers or {})},
    )


def of_error(error: QualgraphError, *, see: str | None = None, about: str | None = None) -> Response:
    """The problem that an error of qualgraph's is to a client; 500 for one that a client did not cause.

    ``see`` is the page of the component ``about``, whose code was given.
    """
    status = next((code for kind, code in _STATUS if isinstance(error, kind)), 500)
    headers = {"Retry-After": "5"} if isinstance(error, BusyError) else {}
    name = error.anchor.removesuffix("error")
    where = None if isinstance(error, _OF_THE_STORE) else error.where
    return problem(
        status,
        f"{where}: {error.what}" if where else error.what,
        hint=_for_visitors(error),
        kind=f"{DOCUMENTATION}{error.anchor}",
        headers=headers,
        error=name,
        see=see,
        about=about,
    )


def _for_visitors(error: QualgraphError) -> str | None:
    """What a visitor can do: no command, which only who runs the server can give, but the address that helps."""
    sentences = re.split(r"(?<=[.?!]) ", error.hint or "")
    kept = [each for each in sentences if each and "'qualgraph " not in each]
    instead = next((where for kind, where in _INSTEAD.items() if isinstance(error, kind)), None)
    if instead and (len(kept) < len(sentences) or not kept):
        kept.append(instead)
    return " ".join(kept) or None
