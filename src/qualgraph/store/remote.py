"""A SPARQL endpoint somewhere else, read through SPARQLWrapper with time-outs, retries and plain errors."""

from __future__ import annotations

import time
import urllib.error
import urllib.request
from base64 import b64encode
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from email.message import Message
from http.client import HTTPException, HTTPResponse, IncompleteRead
from typing import Any, Final
from urllib.parse import parse_qsl, unquote, urlsplit, urlunsplit

from SPARQLWrapper import GET, JSON, POST, TURTLE, SPARQLWrapper

from qualgraph.errors import EndpointAnswerError, StoreReadOnlyError, UsageError
from qualgraph.rdf import IRI, Literal, Triple
from qualgraph.store.base import ENDPOINT_RETRIES, ENDPOINT_TIMEOUT, Answer, Graph, Store, Table
from qualgraph.store.replies import Failure, Reply, answer_of, http_failure, transport_failure
from qualgraph.store.sparql import ReadQuery

_ACCEPT: Final = {
    "SELECT": "application/sparql-results+json, application/sparql-results+xml;q=0.8",
    "ASK": "application/sparql-results+json, application/sparql-results+xml;q=0.8",
    "CONSTRUCT": "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.7",
    "DESCRIBE": "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.7",
}
_LONGEST_GET: Final = (
    1_800  # characters of query; encoded it stays below the 8,000 that servers take in a URL
)
_CHUNK: Final = 65_536
_HARMLESS: Final = ("Accept", "User-agent", "Content-type")


class _CarefulRedirects(urllib.request.HTTPRedirectHandler):
    """Repeats the whole request where a redirect points, with credentials only if that is the same host."""

    def redirect_request(
        self, req: urllib.request.Request, fp: Any, code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request:
        kept = dict(req.header_items())
        if not _same_site(req.full_url, newurl):
            kept = {name: value for name, value in kept.items() if name in _HARMLESS}
        return urllib.request.Request(newurl, data=req.data, headers=kept, unverifiable=True)


def _same_site(old: str, new: str) -> bool:
    """Whether credentials for one URL may go to the other: same host and port, or its https side."""
    before, after = urlsplit(old), urlsplit(new)
    if before.hostname != after.hostname:
        return False
    return (before.scheme, before.port) == (after.scheme, after.port) or after.scheme == "https"


class _Wrapper(SPARQLWrapper):
    """SPARQLWrapper that keeps HTTP errors whole (their headers say when to retry) and credentials at home."""

    opener = urllib.request.build_opener(_CarefulRedirects)
    seconds: float  # SPARQLWrapper's own time-out takes whole seconds only

    def _query(self) -> tuple[HTTPResponse, str]:
        return self.opener.open(self._createRequest(), timeout=self.seconds), self.returnFormat


@dataclass(frozen=True, kw_only=True)
class _Address:
    """An endpoint's URL taken apart: credentials and parameters are sent, but never shown."""

    url: str
    parameters: tuple[tuple[str, str], ...]
    user: str | None
    password: str | None


class RemoteStore(Store):
    """A SPARQL 1.1 endpoint. It is read-only, and its default graph is whatever the endpoint makes it."""

    LONGEST_WAIT: Final = 30.0

    def __init__(
        self,
        url: str,
        *,
        user: str | None = None,
        password: str | None = None,
        token: str | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float = ENDPOINT_TIMEOUT,
        retries: int = ENDPOINT_RETRIES,
        allow_service: bool | Collection[str] = False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """``timeout`` is in seconds for each attempt; ``token`` is sent as ``Authorization: Bearer``.

        A failure to connect and the answers 429, 502, 503 and 504 are tried ``retries`` times more, waiting 0.5 s,
        1 s, 2 s and so on, or as long as the endpoint's Retry-After asks (up to 30 s).
        """
        address = _address(url)
        super().__init__(address.url, read_only=True, allow_service=allow_service)
        if timeout <= 0 or retries < 0:
            raise UsageError("a time-out is above 0 seconds and a number of retries at least 0.")
        self._address = address
        self._user = user or address.user
        self._password = password if password is not None else address.password
        self._headers = {**({"Authorization": f"Bearer {token}"} if token else {}), **(headers or {})}
        self._timeout = timeout
        self._retries = retries
        self._sleep = sleep

    def _answer(self, query: ReadQuery, timeout: float | None) -> Answer:
        attempt = 0
        while isinstance(outcome := self._attempt(query, timeout or self._timeout), Failure):
            wait = outcome.wait if outcome.wait is not None else 0.5 * 2**attempt
            if not outcome.transient or attempt == self._retries or wait > self.LONGEST_WAIT:
                raise outcome.error
            self._sleep(wait)
            attempt += 1
        return answer_of(query, outcome, self.location)

    def _attempt(self, query: ReadQuery, timeout: float) -> Reply | Failure:
        """One request and its whole reply."""
        end = time.monotonic() + timeout
        try:
            with self._request(query, timeout).query().response as response:
                body = _body(response, end)
                return Reply(media_type=response.headers.get_content_type(), body=body)
        except urllib.error.HTTPError as error:
            with error:
                return http_failure(error.code, error.headers, error.read(_CHUNK), self.location)
        except (OSError, HTTPException) as error:
            return transport_failure(error, self.location, timeout)

    def _request(self, query: ReadQuery, timeout: float) -> _Wrapper:
        wrapper = _Wrapper(self.location)
        # set directly: setQuery() guesses the form by searching the text, and takes words of a comment for it
        wrapper.queryString, wrapper.queryType = query.text, query.form
        wrapper.returnFormat = JSON if query.form in ("SELECT", "ASK") else TURTLE
        wrapper.seconds = timeout
        wrapper.setOnlyConneg(True)
        wrapper.setMethod(GET if len(query.text) <= _LONGEST_GET and not self._address.parameters else POST)
        for name, value in self._address.parameters:
            wrapper.addParameter(name, value)
        if self._user is not None:
            wrapper.addCustomHttpHeader("Authorization", _basic(self._user, self._password or ""))
        for name, value in {"Accept": _ACCEPT[query.form], **self._headers}.items():
            wrapper.addCustomHttpHeader(name, value)
        return wrapper

    def graphs(self) -> tuple[IRI, ...]:
        """The named graphs that the endpoint lets us see, sorted."""
        found = self._table("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
        return tuple(sorted((cell for (cell,) in found.rows if isinstance(cell, IRI)), key=str))

    def count(self, graph: IRI | None = None) -> int:
        """How many triples a graph holds, or all named graphs together, as the endpoint counts them."""
        [(cell,)] = self._table(
            f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH {graph or '?g'} {{ ?s ?p ?o }} }}"
        ).rows
        if not isinstance(cell, Literal):
            raise EndpointAnswerError("did not answer a count with a number.", where=self.location)
        return int(cell.value)

    def _table(self, sparql: str) -> Table:
        answer = self.query(sparql)
        if not isinstance(answer, Table):
            raise EndpointAnswerError("did not answer a SELECT with a table.", where=self.location)
        return answer

    def triples(self, graph: IRI) -> Iterator[Triple]:
        """The triples of one graph, fetched whole."""
        answer = self.query(f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
        return answer.triples if isinstance(answer, Graph) else iter(())

    def replace_graphs(self, graphs: Mapping[IRI, Iterable[Triple]], *, drop: Iterable[IRI] = ()) -> None:
        """Raise StoreReadOnlyError: qualgraph writes to no endpoint."""
        raise StoreReadOnlyError(
            "is a remote endpoint; qualgraph only reads from those.",
            where=self.location,
            hint="Write to a store in a folder.",
        )

    def close(self) -> None:
        """Nothing to let go of: each query is a connection of its own."""


def _basic(user: str, password: str) -> str:
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode("ascii")


def _body(response: HTTPResponse, end: float) -> bytes:
    """The whole body; raises TimeoutError at ``end`` however slowly it drips, IncompleteRead if it breaks off."""
    parts: list[bytes] = []
    while part := response.read1(_CHUNK):
        parts.append(part)
        if time.monotonic() > end:
            raise TimeoutError
    body = b"".join(parts)
    announced = response.headers.get("Content-Length")
    if announced is not None and announced.isdigit() and len(body) < int(announced):
        raise IncompleteRead(body, int(announced) - len(body))
    return body


def _address(url: str) -> _Address:
    """Take a URL apart; raises UsageError for one that is not http(s) or has no host."""
    parts = urlsplit(url)
    try:
        host, port = parts.hostname, parts.port
    except ValueError:
        host, port = None, None
    if parts.scheme not in ("http", "https") or not host:
        shown = urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2]))
        raise UsageError(
            "is not an http(s) address.", where=shown, hint="For example http://localhost:7878/query."
        )
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port else "")
    return _Address(
        url=urlunsplit((parts.scheme, netloc, parts.path or "/", "", "")),
        parameters=tuple(parse_qsl(parts.query, keep_blank_values=True)),
        user=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
    )
