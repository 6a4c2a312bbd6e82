"""What an endpoint's HTTP replies mean: an answer, or one clear error, and whether trying again may help."""

from __future__ import annotations

import re
import time
import urllib.error
from dataclasses import dataclass
from email.message import Message
from email.utils import parsedate_to_datetime
from html import unescape
from http.client import HTTPException
from typing import Final

from qualgraph.errors import (
    DataError,
    EndpointAnswerError,
    EndpointError,
    EndpointRefusedError,
    EndpointTimeoutError,
    EndpointUnreachableError,
    QueryError,
)
from qualgraph.rdf import QueryResultsFormat, parse_data
from qualgraph.store.base import Answer, graph, parsed_results
from qualgraph.store.sparql import ReadQuery

_RESULTS: Final = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/json": QueryResultsFormat.JSON,
    "text/json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
    "application/xml": QueryResultsFormat.XML,
    "text/xml": QueryResultsFormat.XML,
}
_GRAPHS: Final = {
    "application/n-triples": "nt",
    "text/plain": "nt",
    "text/turtle": "ttl",
    "application/turtle": "ttl",
    "application/x-turtle": "ttl",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
}
_BUSY: Final = (429, 502, 503, 504)
_SHOWN: Final = 300  # characters of a reply that an error message repeats


@dataclass(frozen=True, kw_only=True)
class Reply:
    """A successful reply: its media type (without parameters, lower case) and whole body."""

    media_type: str
    body: bytes


@dataclass(frozen=True, kw_only=True)
class Failure:
    """A failed attempt: what to raise, and whether and when (in seconds) another may succeed."""

    error: EndpointError | QueryError
    transient: bool = False
    wait: float | None = None


def answer_of(query: ReadQuery, reply: Reply, where: str) -> Answer:
    """The answer in a reply; raises EndpointAnswerError for HTML, a cut-off document or anything else."""
    known = _RESULTS if query.form in ("SELECT", "ASK") else _GRAPHS
    if reply.media_type not in known:
        kind = reply.media_type or "no media type"
        raise _bad_answer(f"answered with {kind}, not with a SPARQL result: {excerpt(reply.body)}", where)
    try:
        if query.form in ("SELECT", "ASK"):
            answer: Answer = parsed_results(query, reply.body, _RESULTS[reply.media_type])
        else:
            quads = parse_data(reply.body, _GRAPHS[reply.media_type], where=where)
            answer = graph([quad.triple for quad in quads])
    except (SyntaxError, ValueError, DataError) as error:
        raise _bad_answer(f"answered with a broken or cut-off {reply.media_type} document", where) from error
    if isinstance(answer, bool) != (query.form == "ASK"):
        raise _bad_answer(f"answered a {query.form} query with the result of another form", where)
    return answer


def _bad_answer(what: str, where: str) -> EndpointAnswerError:
    return EndpointAnswerError(
        f"{what}.",
        where=where,
        hint="Check that the address is that of a SPARQL query endpoint, or ask for less.",
    )


def excerpt(body: bytes) -> str:
    """The start of a reply's words, without markup."""
    plain = re.sub(r"(?is)<(script|style).*?</\1>|<[^>]*>", " ", body[:20_000].decode("utf-8", "replace"))
    words = " ".join(unescape(plain).split())
    shown = "".join(mark if mark.isprintable() else " " for mark in words[:_SHOWN])
    return f"'{shown}{'...' if len(words) > _SHOWN else ''}'" if shown else "(nothing)"


def http_failure(status: int, headers: Message, body: bytes, where: str) -> Failure:
    """What a reply with an error status means."""
    said = f"(HTTP {status}) {excerpt(body)}"
    transient = status in _BUSY
    return Failure(
        error=_status_error(status, said, where),
        transient=transient,
        wait=_retry_after(headers) if transient else None,
    )


def _status_error(status: int, said: str, where: str) -> EndpointError | QueryError:
    if status == 400:
        return QueryError(f"the endpoint finds the query wrong {said}.", where=where)
    if status in (401, 403, 407):
        hint = "Give a user and password, or a token, that may read here."
        return EndpointRefusedError(f"refused the request {said}.", where=where, hint=hint)
    if status == 429:
        return EndpointRefusedError(
            f"refused: too many requests {said}.", where=where, hint="Try again later."
        )
    if status in (408, 504):
        return EndpointTimeoutError(f"did not answer in time {said}.", where=where, hint="Ask for less.")
    if status in (502, 503):
        return EndpointUnreachableError(f"is not available {said}.", where=where, hint="Try again later.")
    return EndpointAnswerError(
        f"answered with an error {said}.", where=where, hint="Check the endpoint's address and the query."
    )


def _retry_after(headers: Message) -> float | None:
    """Seconds that a Retry-After header asks to wait, given as a number or as a date."""
    asked = str(headers.get("Retry-After", "")).strip()
    if asked.isdigit():
        return float(asked)
    try:
        return max(0.0, parsedate_to_datetime(asked).timestamp() - time.time())
    except (ValueError, TypeError):
        return None


def transport_failure(error: OSError | HTTPException, where: str, timeout: float) -> Failure:
    """What it means that no whole reply came."""
    reason = error.reason if isinstance(error, urllib.error.URLError) else error
    if isinstance(reason, TimeoutError):
        return Failure(error=timed_out(where, timeout))
    if isinstance(error, HTTPException) and not isinstance(error, ConnectionError):
        broken = _bad_answer(f"broke off its answer ({type(error).__name__})", where)
        return Failure(error=broken)
    unreachable = EndpointUnreachableError(
        f"cannot be reached ({reason}).",
        where=where,
        hint="Check the address, the network, and that it is running.",
    )
    return Failure(error=unreachable, transient=True)


def timed_out(where: str, timeout: float) -> EndpointTimeoutError:
    """No answer within the time allowed."""
    return EndpointTimeoutError(
        f"did not answer within {timeout:g} s.", where=where, hint="Ask for less, or allow more time."
    )
