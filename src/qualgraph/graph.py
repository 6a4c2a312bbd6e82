"""The Python API: a graph of qualifications that answers questions."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Self

from qualgraph.catalogue.header import Severity
from qualgraph.catalogue.index import Catalogue, Query, discover
from qualgraph.catalogue.result import Result
from qualgraph.catalogue.run import run, run_text
from qualgraph.overview import ASQA, History, Overview, history, overview
from qualgraph.pipeline import Status, require_content, status
from qualgraph.quality import Quality, quality
from qualgraph.quality.run import SHOWN
from qualgraph.store import ENDPOINT_TIMEOUT, Store, open_store
from qualgraph.store.remote import RemoteStore


class Graph:
    """Questions to one store. Close it when done, or use it in a ``with`` statement.

    ``store`` is the store underneath, for what this class does not offer.
    """

    def __init__(self, store: Store, *, timeout: float | None = None) -> None:
        """``timeout`` in seconds bounds each question where the store can be interrupted."""
        self.store = store
        self._timeout = timeout

    @cached_property
    def catalogue(self) -> Catalogue:
        """The questions that come with qualgraph."""
        return discover()

    def queries(self) -> tuple[Query, ...]:
        """Every question of the catalogue: name, parameters, columns, example."""
        return self.catalogue.queries

    def query(self, name: str, /, **parameters: object) -> Result:
        """The answer to a catalogue question: ``g.query("pathways-from", code="BSB40307")``.

        Raises UnknownQueryError or ParameterError, each of which says what there is.
        """
        return run(self.store, self.catalogue[name], parameters, timeout=self._timeout)

    def sparql(self, text: str) -> Result:
        """The answer to a SPARQL 1.1 query that only reads; qualgraph's prefixes need no declaration.

        Raises QueryError for one that is not valid or writes.
        """
        return run_text(self.store, text, timeout=self._timeout)

    def component(self, code: str) -> Overview:
        """Everything about one component, as a record: ``g.component("BSBTWK201").packaged_by``.

        Titles, usage recommendations, releases, classifications, packaging and the qualifications that list it each
        say where they were read; ``.table("packaged_by")`` makes data frames of them. Raises UnknownComponentError
        with codes that look like it.
        """
        return overview(self.store, code)

    def history(self, code: str, *, policy: str = ASQA) -> History:
        """What the component superseded and what superseded it, both ways, and what is current.

        ``policy`` is the credit policy under which equivalence over more than one step is judged. ``.table()`` makes
        data frames of the steps. Raises UnknownComponentError with codes that look like it.
        """
        return history(self.store, code, policy=policy)

    def quality(self, *severities: str, examples: int = SHOWN) -> Quality:
        """How many rows each question about faults gives, of these severities or of all, with the first of them."""
        wanted = [Severity(each) for each in severities] or tuple(Severity)
        return quality(self.store, wanted, catalogue=self.catalogue, examples=examples, timeout=self._timeout)

    def status(self) -> Status:
        """What the store holds, from which documents, and whether its derived graph is up to date."""
        return status(self.store)

    def close(self) -> None:
        """Let go of the store."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"<qualgraph.Graph {self.store.location}>"


def open_graph(
    location: str | Path | None = None,
    *,
    user: str | None = None,
    password: str | None = None,
    token: str | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float | None = None,
) -> Graph:
    """Open a store to ask it questions: a folder, an endpoint's http(s) URL, or None for the default store.

    ``user``, ``password``, ``token`` and ``headers`` authenticate to an endpoint. ``timeout`` in seconds bounds each
    question; an endpoint has one in any case, a folder then answers each question in a process of its own.
    Raises StoreMissingError (fill a store with ``qualgraph build``) or an EndpointError.
    """
    store = open_store(
        location,
        user=user,
        password=password,
        token=token,
        headers=headers,
        timeout=ENDPOINT_TIMEOUT if timeout is None else timeout,
    )
    if not isinstance(store, RemoteStore):
        require_content(store)
    return Graph(store, timeout=timeout)
