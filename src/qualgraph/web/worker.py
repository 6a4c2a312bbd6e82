"""A process that answers queries for a server, one at a time, and that can be ended at any moment.

It reads requests from standard input and writes replies to standard output; each is a line of JSON, and a reply may
be followed by as many bytes of the answer as the line says. The answer is complete before any of it is sent, so that
what is too large becomes an error and never half an answer.
"""

from __future__ import annotations

import io
import json
import signal
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import islice
from typing import Any, Final, TypeVar

from qualgraph.catalogue.formats import boolean_to, table_to
from qualgraph.errors import AnswerTooLargeError, QualgraphError
from qualgraph.rdf import IRI, DefaultGraph, Quad, RdfFormat, parse_data, written
from qualgraph.store import Graph, Row, Store, Table, open_store
from qualgraph.store.sparql import with_dataset, with_known_prefixes

SHOWN: Final = 20
"""Findings of one kind that a page shows."""
LONGEST: Final = 1000
"""Characters of one part of an error."""
_One = TypeVar("_One")


def serve(location: str, memory: str, *services: str) -> None:
    """Answer requests about the store at ``location`` until there are no more; ``memory`` is the limit in bytes.

    ``services`` are the endpoints that a query may ask by SERVICE.
    """
    _limit_memory(int(memory))
    source, target = sys.stdin.buffer, sys.stdout.buffer
    with open_store(location, read_only=True, allow_service=services) as store:
        target.write(b'{"ready": true}\n')
        target.flush()
        for line in source:
            request = json.loads(line)
            with _ended_after(request["seconds"]):
                head, body = _reply(store, request)
                target.write(json.dumps(head).encode() + b"\n" + body)
                target.flush()


def _limit_memory(limit: int) -> None:
    """Take no more memory than this, where the system can be asked to see to that (Windows cannot)."""
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


@contextmanager
def _ended_after(seconds: float) -> Iterator[None]:
    """Let the system end this process when the server has not, which may have been killed (Windows does not)."""
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def _reply(store: Store, request: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    try:
        if "data" in request:
            return _sized(_validated(request))
        body, more = _answered(store, request)
    except QualgraphError as error:
        return {"error": {key: _clipped(value) for key, value in error.as_dict().items()}}, b""
    except MemoryError:
        return {"error": AnswerTooLargeError("took too much memory.", where="query").as_dict()}, b""
    return _sized(body, more)


def _clipped(value: object) -> object:
    """What an error says, which may repeat part of a query, at a length that one can read."""
    return f"{value[:LONGEST]}..." if isinstance(value, str) and len(value) > LONGEST else value


def _sized(body: bytes, more: bool = False) -> tuple[dict[str, Any], bytes]:
    return {"size": len(body), "more": more}, body


def _validated(request: dict[str, Any]) -> bytes:
    """The report on the data of the request; nothing of the data is kept."""
    from qualgraph.validation import report_as, report_fragment, validate_quads

    graph = IRI("urn:qualgraph:file:data")
    quads: list[Quad] = []
    for quad in parse_data(request["data"], request["syntax"], where=request["name"]):
        if len(quads) >= request["max_statements"]:
            raise AnswerTooLargeError(
                f"has more than {request['max_statements']:,} statements.",
                where=request["name"],
                hint="Install qualgraph and check it with 'qualgraph validate FILE'.",
            )
        named = quad.graph_name
        own = graph if isinstance(named, DefaultGraph) else named
        quads.append(Quad(quad.subject, quad.predicate, quad.object, own))
    report = validate_quads(quads, documents={graph.value: request["name"]}, sources=(request["name"],))
    if request["form"] == "fragment":
        return report_fragment(report, shown=SHOWN).encode()
    return report_as(report, request["form"]).encode()


def _answered(store: Store, request: dict[str, Any]) -> tuple[bytes, bool]:
    """The answer, or the part of it that is asked for, and whether there is more after that part."""
    answer = store.query(with_known_prefixes(with_dataset(request["query"], *request["dataset"])))
    stream = _Bounded(request["max_bytes"])
    more = False
    match answer:
        case Table():
            part = _Part(answer.rows, request["skip"], request["cut"])
            table_to(
                stream, request["form"], answer.columns, _at_most(part.rows(), request["max_rows"], "rows")
            )
            more = part.more
        case Graph():
            triples = _at_most(answer.triples, request["max_rows"], "triples")
            stream.write(written(triples, RdfFormat.from_media_type(request["form"]) or RdfFormat.TURTLE))
        case bool():
            boolean_to(stream, request["form"], answer)
    return stream.getvalue(), more


class _Part:
    """Some rows of a table; ``more`` says, once they have been read, whether others follow."""

    def __init__(self, rows: Iterable[Row], skip: int, cut: int | None) -> None:
        self._rows = iter(rows)
        self._skip = skip
        self._cut = cut
        self.more = False

    def rows(self) -> Iterator[Row]:
        """The rows of the part."""
        after = islice(self._rows, self._skip, None)
        yield from islice(after, self._cut)
        self.more = self._cut is not None and next(after, None) is not None


def _at_most(found: Iterable[_One], most: int, things: str) -> Iterator[_One]:
    for number, one in enumerate(found, start=1):
        if number > most:
            raise AnswerTooLargeError(
                f"has more than {most:,} {things}, which is the most that is given out at once.",
                where="query",
                hint="Ask for less with LIMIT and OFFSET, with ORDER BY so that pages do not overlap.",
            )
        yield one


class _Bounded(io.BytesIO):
    """Bytes in memory, so many at most."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._most = most

    def write(self, data: Any) -> int:
        """Raises AnswerTooLargeError past the limit."""
        if self.tell() + len(data) > self._most:
            raise AnswerTooLargeError(
                f"takes more than {self._most:,} bytes, which is the most that is given out at once.",
                where="query",
                hint="Ask for fewer columns or rows.",
            )
        return super().write(data)
