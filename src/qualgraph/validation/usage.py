"""Whether the data uses the properties of the ontology as they are defined: kind of value, datatype, domain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from qualgraph.namespaces import DCTERMS, OWL, QG, RDFS, SHAPES, SKOS, XSD
from qualgraph.rdf import IRI, BlankNode, Literal, Quad, Term
from qualgraph.validation.facts import TYPE, Facts, literal_text, short_name
from qualgraph.validation.findings import Finding
from qualgraph.validation.shapes import Severity, Shape

SOURCE = "qualgraph, docs/reference/ontology.md"
OBJECT_IS_A_THING = Shape(
    iri=f"{SHAPES}ObjectIsAThing",
    name="A property between two things has a thing as its value",
    description="Text in the place of a thing leads nowhere: no query can follow it.",
    hint="Give the IRI of the thing, not its code or name as text.",
    source=SOURCE,
)
VALUE_IS_A_LITERAL = Shape(
    iri=f"{SHAPES}ValueIsALiteral",
    name="A property for text, numbers or dates has such a value",
    description="A thing in the place of text or a number is not read as either.",
    hint="Write the value itself, in quotes or as a number.",
    source=SOURCE,
)
VALUE_HAS_DATATYPE = Shape(
    iri=f"{SHAPES}ValueHasDatatype",
    name="A value has the datatype that the property is defined with",
    description="A number as text is not equal to the number, and text in a language is not equal to plain text.",
    hint='Type the value as the ontology says, for example 12 without quotes, or "2020-01-31"^^xsd:date.',
    source=SOURCE,
)
SUBJECT_IN_DOMAIN = Shape(
    iri=f"{SHAPES}SubjectInDomain",
    name="A property is said of the kind of thing that it is defined for",
    description="The thing has a class of the ontology, and the property belongs to another.",
    hint="Move the statement to the thing that it is about, or correct the class.",
    source=SOURCE,
    severity=Severity.WARNING,
)
TEXT_NOT_EMPTY = Shape(
    iri=f"{SHAPES}TextNotEmpty",
    name="A code, title or label is not empty",
    description="An empty code, title or label says nothing and hides that the real one is not known.",
    hint="Write the text, or leave the statement out.",
    source=SOURCE,
)
USAGE_CHECKS: Final = (
    OBJECT_IS_A_THING,
    VALUE_IS_A_LITERAL,
    VALUE_HAS_DATATYPE,
    SUBJECT_IN_DOMAIN,
    TEXT_NOT_EMPTY,
)
TEXTS: Final = frozenset(
    {
        *(f"{QG}{name}" for name in ("code", "preferredTitle", "statedTitle", "statedLabel", "heading")),
        f"{DCTERMS}title",
        f"{RDFS}label",
        f"{SKOS}prefLabel",
        f"{SKOS}altLabel",
    }
)
_INTEGERS = frozenset(
    f"{XSD}{name}"
    for name in (
        "byte",
        "int",
        "integer",
        "long",
        "negativeInteger",
        "nonNegativeInteger",
        "nonPositiveInteger",
        "positiveInteger",
        "short",
        "unsignedByte",
        "unsignedInt",
        "unsignedLong",
        "unsignedShort",
    )
)


def usage_findings(
    quads: Iterable[Quad], facts: Facts, background: Facts, told: Iterable[Finding]
) -> list[Finding]:
    """One finding for each statement that uses a property otherwise than it is defined.

    What a shape already blames (``told``: same thing, same property) is not blamed again; the ontology never is.
    """
    known = {place for finding in told if not finding.unverifiable for place in _blamed(finding, facts)}
    found: dict[Finding, None] = {}
    for subject, predicate, value in dict.fromkeys(_statements(quads)):
        if (subject, predicate) in known or (subject, value) in known:
            continue
        for shape, message, blamed in _mistakes(subject, predicate, value, facts, background):
            found[_finding(shape, subject, predicate, blamed, message, facts)] = None
    return list(found)


def _statements(quads: Iterable[Quad]) -> Iterator[tuple[Term, str, Term]]:
    for quad in quads:
        subject, value = quad.subject, quad.object
        if not isinstance(subject, IRI | BlankNode) or not isinstance(value, IRI | BlankNode | Literal):
            continue
        if isinstance(subject, BlankNode) or not subject.value.startswith(QG):
            yield subject, quad.predicate.value, value


def _blamed(finding: Finding, facts: Facts) -> Iterator[tuple[Term, str | Term]]:
    """The thing with the property that a shape blames, or with the values at the end of its path."""
    if finding.path:
        yield finding.focus, finding.path
    elif finding.shape.path:
        for value in finding.shape.path.values(facts, finding.focus) or ():
            yield finding.focus, value


Mistake = tuple[Shape, str, Term | None]


def _mistakes(
    subject: Term, predicate: str, value: Term, facts: Facts, background: Facts
) -> Iterator[Mistake]:
    name = short_name(IRI(predicate))
    if predicate in TEXTS and isinstance(value, Literal) and not value.value.strip():
        yield (
            TEXT_NOT_EMPTY,
            f"{name} has at least 1 character that is no blank. Seen: '{value.value}'.",
            value,
        )
        return
    if not predicate.startswith(QG):
        return
    kinds = {getattr(kind, "value", "") for kind in background.objects(IRI(predicate), TYPE)}
    ranges = [
        term.value for term in background.objects(IRI(predicate), f"{RDFS}range") if isinstance(term, IRI)
    ]
    if f"{OWL}ObjectProperty" in kinds and isinstance(value, Literal):
        wanted = f"a thing ({short_name(IRI(ranges[0]))})" if ranges else "a thing (an IRI)"
        yield OBJECT_IS_A_THING, f"{name} leads to {wanted}. Seen: {_shown(value)}.", value
    elif f"{OWL}DatatypeProperty" in kinds:
        yield from _about_literal(name, value, ranges)
    yield from _about_domain(subject, predicate, facts, background)


def _about_literal(name: str, value: Term, ranges: list[str]) -> Iterator[Mistake]:
    wanted = " or ".join(short_name(IRI(one)) for one in ranges) or "a literal"
    if not isinstance(value, Literal):
        yield VALUE_IS_A_LITERAL, f"{name} has {wanted} for its value. Seen: {_iri(value)}.", value
    elif ranges and not any(_fits(value, one) for one in ranges):
        yield VALUE_HAS_DATATYPE, f"{name} has {wanted} for its value. Seen: {_shown(value)}.", value


def _fits(value: Literal, wanted: str) -> bool:
    own = value.datatype.value
    if wanted == f"{XSD}integer":
        return own in _INTEGERS
    return own == wanted or wanted == f"{RDFS}Literal"


def _about_domain(subject: Term, predicate: str, facts: Facts, background: Facts) -> Iterator[Mistake]:
    """Only where every class of the subject is one of ours, and none is the domain, below it or above it."""
    domains = {
        term.value for term in background.objects(IRI(predicate), f"{RDFS}domain") if isinstance(term, IRI)
    }
    classes = {term.value for term in facts.objects(subject, TYPE) if isinstance(term, IRI)}
    ours = sorted(one for one in classes if one.startswith(QG) and background.objects(IRI(one), TYPE))
    if not domains or not ours or len(ours) < len(classes):
        return
    if any(_related(one, domain, background) for one in ours for domain in domains):
        return
    wanted = " or ".join(short_name(IRI(one)) for one in sorted(domains))
    seen = ", ".join(short_name(IRI(one)) for one in ours)
    yield SUBJECT_IN_DOMAIN, f"{short_name(IRI(predicate))} is said of a {wanted}. Seen: {seen}.", None


def _related(one: str, other: str, background: Facts) -> bool:
    return other in _above(one, background) or one in _above(other, background)


def _above(iri: str, background: Facts) -> set[str]:
    waiting, known = [iri], {iri}
    while waiting:
        for parent in background.objects(IRI(waiting.pop()), f"{RDFS}subClassOf"):
            if isinstance(parent, IRI) and parent.value not in known:
                known.add(parent.value)
                waiting.append(parent.value)
    return known


def _shown(value: Literal) -> str:
    return literal_text(value) if value.language else f"'{value.value}' ({short_name(value.datatype)})"


def _iri(value: Term) -> str:
    return f"<{value.value}>" if isinstance(value, IRI) else "a thing without an IRI"


def _finding(
    shape: Shape, subject: Term, predicate: str, value: Term | None, message: str, facts: Facts
) -> Finding:
    return Finding(
        shape=shape,
        severity=shape.severity,
        focus=subject,
        label=facts.label(subject),
        message=message,
        component=shape.iri,
        path=predicate,
        value=value,
        value_label=facts.label(value) if value is not None else None,
        places=facts.places(subject),
    )
