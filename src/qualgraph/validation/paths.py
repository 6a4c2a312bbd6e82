"""SHACL property paths: reading one from shapes, and the values it leads to in the data.

Only so that a message can say how many values were seen and which; engines evaluate paths themselves.
"""

from __future__ import annotations

from dataclasses import dataclass

from qualgraph.namespaces import RDF, SH
from qualgraph.rdf import IRI, Term
from qualgraph.validation.facts import Facts

NIL = IRI(f"{RDF}nil")


@dataclass(frozen=True, kw_only=True)
class Path:
    """A property, its inverse, a sequence or a choice; ``kind`` other than these is not followed."""

    kind: str
    property: str = ""
    parts: tuple[Path, ...] = ()

    def values(self, facts: Facts, node: Term) -> list[Term] | None:
        """The values from ``node``, each once; None where the path is of a kind that is not followed."""
        match self.kind:
            case "property":
                return facts.objects(node, self.property)
            case "inverse":
                return facts.subjects_of(self.property, node)
            case "choice":
                found = [part.values(facts, node) for part in self.parts]
                return _each_once(found)
            case "sequence":
                return self._follow(facts, node)
        return None

    def _follow(self, facts: Facts, node: Term) -> list[Term] | None:
        reached: list[Term] | None = [node]
        for part in self.parts:
            reached = _each_once([part.values(facts, step) for step in reached or ()])
        return reached


def _each_once(lists: list[list[Term] | None]) -> list[Term] | None:
    if any(found is None for found in lists):
        return None
    return list(dict.fromkeys(value for found in lists for value in found or ()))


def read_path(shapes: Facts, node: Term) -> Path:
    """The path that ``node`` stands for in a shapes graph."""
    if isinstance(node, IRI):
        return Path(kind="property", property=node.value)
    for inverse in shapes.objects(node, f"{SH}inversePath"):
        if isinstance(inverse, IRI):
            return Path(kind="inverse", property=inverse.value)
    for choice in shapes.objects(node, f"{SH}alternativePath"):
        return Path(kind="choice", parts=_read_list(shapes, choice))
    if shapes.objects(node, f"{RDF}first"):
        return Path(kind="sequence", parts=_read_list(shapes, node))
    return Path(kind="other")


def _read_list(shapes: Facts, node: Term) -> tuple[Path, ...]:
    parts: list[Path] = []
    while node != NIL and (first := shapes.objects(node, f"{RDF}first")):
        parts.append(read_path(shapes, first[0]))
        node = next(iter(shapes.objects(node, f"{RDF}rest")), NIL)
    return tuple(parts)
