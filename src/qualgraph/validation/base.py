"""The seam between checking and the engine that does it: any SHACL engine fits behind ``Engine``."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from qualgraph.rdf import IRI, Quad, Term, Triple


@dataclass(frozen=True, kw_only=True, slots=True)
class Result:
    """One SHACL validation result, as the engine reported it."""

    focus: Term
    shape: Term
    component: IRI
    severity: IRI
    path: IRI | None = None
    """The property, where the path is a single one."""
    value: Term | None = None
    messages: tuple[str, ...] = ()


class Engine(Protocol):
    """Runs SHACL shapes (Core and SPARQL constraints) over a graph."""

    @property
    def name(self) -> str:
        """What reports call the engine, with its version."""
        ...

    def validate(
        self,
        data: Iterable[Triple | Quad],
        shapes: Iterable[Triple | Quad],
        background: Iterable[Triple | Quad] = (),
    ) -> list[Result]:
        """Every result over the union of data and background, in no order.

        Graph names of quads are not looked at. The background (ontology, vocabularies) is there for lookup;
        results about it are left in, the caller drops them. Nothing is fetched: owl:imports are not followed.
        Raises DataError for shapes that the engine cannot load.
        """
        ...
