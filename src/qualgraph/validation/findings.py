"""From an engine's results to findings that a person can act on, and what became of each check."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from qualgraph.namespaces import RDFS, SH
from qualgraph.rdf import IRI, Literal, Term
from qualgraph.validation.base import Result
from qualgraph.validation.facts import TYPE, Facts, Place, literal_text, short_name
from qualgraph.validation.shapes import SEVERITIES, Severity, Shape, ShapeSet

COUNTING = frozenset({f"{SH}MinCountConstraintComponent", f"{SH}MaxCountConstraintComponent"})
SPARQL = f"{SH}SPARQLConstraintComponent"
DATATYPE = f"{SH}DatatypeConstraintComponent"
SHOWN_VALUES = 4


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that a check found: what, where in which document, and what to do."""

    shape: Shape
    severity: Severity
    focus: Term
    label: str
    """The focus in words: code and title where it has them."""
    message: str
    component: str
    path: str | None = None
    value: Term | None = None
    value_label: str | None = None
    places: tuple[Place, ...] = ()

    @property
    def unverifiable(self) -> bool:
        """True where nothing is wrong: a fact that the check needs is not in the data."""
        return self.shape.unverifiable

    @property
    def focus_iri(self) -> str:
        """The focus as an IRI, or the label of a blank node."""
        return self.focus.value if isinstance(self.focus, IRI) else str(self.focus)


class Outcome(StrEnum):
    """What became of a check."""

    CONFORMS = "conforms"
    VIOLATED = "violated"
    UNVERIFIABLE = "unverifiable"
    NOT_APPLICABLE = "not applicable"


@dataclass(frozen=True, kw_only=True)
class Check:
    """A shape and what became of it. Where a companion shape says 'cannot be decided', that is counted here."""

    shape: Shape
    outcome: Outcome
    nodes: int
    """How many things in the data the shape is about."""
    found: int
    undecided: int


def findings(results: Iterable[Result], shapes: ShapeSet, facts: Facts) -> list[Finding]:
    """The results about things that the data itself says something of, in reading order.

    A result whose focus occurs only in the background is dropped: nobody is blamed for the vocabulary.
    """
    own = (result for result in results if facts.says_something_of(result.focus))
    found = {_finding(result, shapes, facts): None for result in own}
    return sorted(_once_a_cause(found), key=_reading_order)


def _once_a_cause(found: Iterable[Finding]) -> Iterator[Finding]:
    """Where one value fails a shape in two ways that say the same, only the one that says more (its datatype)."""
    said: dict[object, Finding] = {}
    for finding in sorted(found, key=lambda one: one.component != DATATYPE):
        wanted, _, seen = finding.message.partition(" Seen: ")
        same = (finding.shape.iri, finding.focus, finding.path, finding.value, wanted)
        said.setdefault(same if seen and finding.value is not None else finding, finding)
    yield from said.values()


def _reading_order(finding: Finding) -> tuple[int, str, tuple[Place, ...], str, str]:
    first = tuple(
        Place(document=p.document, line=p.line or 0, last_line=p.last_line or 0) for p in finding.places[:1]
    )
    return (finding.severity.rank, finding.shape.iri, first, finding.focus_iri, finding.message)


def _finding(result: Result, shapes: ShapeSet, facts: Facts) -> Finding:
    shape = shapes.shape_of(result.shape)
    value = None if result.value == result.focus else result.value
    return Finding(
        shape=shape,
        severity=SEVERITIES.get(result.severity.value, shape.severity),
        focus=result.focus,
        label=facts.label(result.focus),
        message=_message(result, shape, facts),
        component=result.component.value,
        path=result.path.value if result.path else None,
        value=value,
        value_label=facts.label(value) if value is not None else None,
        places=_places(result, facts),
    )


def _places(result: Result, facts: Facts) -> tuple[Place, ...]:
    """The lines of the value where it has any, else those of the focus."""
    of_focus = facts.places(result.focus)
    if result.value is None or isinstance(result.value, Literal):
        return of_focus
    of_value = facts.places(result.value)
    return of_value if any(place.line for place in of_value) else of_focus


def _message(result: Result, shape: Shape, facts: Facts) -> str:
    """What the shape says is wanted, with what was seen; a SPARQL constraint says both itself."""
    wanted = " ".join(result.messages) or shape.name
    if result.component.value == SPARQL:
        return wanted
    seen = _seen(result, shape, facts)
    return f"{wanted} Seen: {seen}." if seen else wanted


def _seen(result: Result, shape: Shape, facts: Facts) -> str | None:
    if result.component.value in COUNTING:
        values = shape.path.values(facts, result.focus) if shape.path else None
        return None if values is None else _counted(values, facts)
    if result.value is None:
        return None
    seen = _value_text(result, facts)
    against = facts.objects(result.focus, shape.compared_with) if shape.compared_with else []
    return f"{seen} against {', '.join(map(facts.label, against))}" if against else seen


def _counted(values: list[Term], facts: Facts) -> str:
    shown = ", ".join(facts.label(value) for value in values[:SHOWN_VALUES])
    more = f", and {len(values) - SHOWN_VALUES} more" if len(values) > SHOWN_VALUES else ""
    return f"{len(values)} ({shown}{more})" if values else "0"


def _value_text(result: Result, facts: Facts) -> str:
    value = result.value
    if isinstance(value, Literal) and result.component.value == DATATYPE and not value.language:
        return f"'{value.value}' ({short_name(value.datatype)})"
    if value == result.focus and value is not None:
        return ", ".join(short_name(kind) for kind in facts.objects(value, TYPE)) or "no class"
    return (
        literal_text(value) if isinstance(value, Literal) else facts.label(value) if value is not None else ""
    )


def checks(shapes: ShapeSet, found: Iterable[Finding], facts: Facts, background: Facts) -> list[Check]:
    """One check for every shape that is not another's companion."""
    by_shape: dict[str, int] = {}
    for finding in found:
        by_shape[finding.shape.iri] = by_shape.get(finding.shape.iri, 0) + 1
    companions = {shape.companion_of: shape for shape in shapes.shapes if shape.companion_of}
    return [
        _check(shape, companions.get(shape.iri), by_shape, sum(1 for _ in _nodes(shape, facts, background)))
        for shape in shapes.shapes
        if not shape.companion_of
    ]


def _check(shape: Shape, companion: Shape | None, by_shape: dict[str, int], nodes: int) -> Check:
    count = by_shape.get(shape.iri, 0)
    undecided = by_shape.get(companion.iri, 0) if companion else 0
    found, undecided = (0, count) if shape.unverifiable else (count, undecided)
    if found:
        outcome = Outcome.VIOLATED
    elif undecided:
        outcome = Outcome.UNVERIFIABLE
    else:
        outcome = Outcome.CONFORMS if nodes else Outcome.NOT_APPLICABLE
    return Check(shape=shape, outcome=outcome, nodes=nodes, found=found, undecided=undecided)


def _nodes(shape: Shape, facts: Facts, background: Facts) -> Iterator[Term]:
    """The things in the data that a shape is about."""
    seen: set[Term] = set()
    for target, iri in shape.targets:
        for node in _target_nodes(target, iri, facts, background):
            if node not in seen and facts.says_something_of(node):
                seen.add(node)
                yield node


def _target_nodes(target: str, iri: str, facts: Facts, background: Facts) -> Iterable[Term]:
    match target:
        case "targetClass":
            return facts.instances(_with_subclasses(iri, facts, background))
        case "targetSubjectsOf":
            return facts.having(iri)
        case "targetObjectsOf":
            return facts.values_of(iri)
    return (IRI(iri),)


def _with_subclasses(iri: str, *graphs: Facts) -> frozenset[str]:
    waiting, known = [iri], {iri}
    while waiting:
        parent = IRI(waiting.pop())
        for graph in graphs:
            for child in graph.subjects_of(f"{RDFS}subClassOf", parent):
                if isinstance(child, IRI) and child.value not in known:
                    known.add(child.value)
                    waiting.append(child.value)
    return frozenset(known)
