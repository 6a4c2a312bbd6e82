"""Mistakes in the terms themselves, which no shape can see: shapes look for terms by their right names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Final

from qualgraph.namespaces import DCTERMS, OWL, QG, RDF, RDFS, SCHEMA, SHAPES, SKOS
from qualgraph.rdf import IRI, BlankNode, Quad, Term
from qualgraph.validation.facts import TYPE, Facts, short_name
from qualgraph.validation.findings import Finding
from qualgraph.validation.shapes import Severity, Shape, ShapeSet
from qualgraph.validation.usage import USAGE_CHECKS

CLASSES = (IRI(f"{OWL}Class"), IRI(f"{RDFS}Class"))
PROPERTIES = tuple(
    IRI(name)
    for name in (
        f"{OWL}ObjectProperty",
        f"{OWL}DatatypeProperty",
        f"{OWL}AnnotationProperty",
        f"{RDF}Property",
    )
)
NAMESPACE_MISTAKES: Final = {
    QG.replace("https:", "http:"): QG,
    QG.replace("#", "/"): QG,
    QG.replace("#", "/").replace("https:", "http:"): QG,
    QG.replace("w3id.org", "www.w3id.org"): QG,
    QG.replace("w3id.org", "www.w3id.org").replace("https:", "http:"): QG,
    SCHEMA.replace("https:", "http:"): SCHEMA,
    SKOS.replace("http:", "https:"): SKOS,
    DCTERMS.replace("http:", "https:"): DCTERMS,
    "http://purl.org/dc/elements/1.1/": DCTERMS,
}
"""Namespaces that are often written for another, and the one that is meant."""

SOURCE = "qualgraph, docs/reference/ontology.md"
TERM_DEFINED = Shape(
    iri=f"{SHAPES}TermDefined",
    name="Every qg: term that the data uses is defined in the ontology",
    description="A misspelt term is a term of its own: no query finds it and no shape looks at it.",
    hint="Use the term that is suggested, or look the right one up in the ontology reference.",
    source=SOURCE,
)
TERM_IN_ROLE = Shape(
    iri=f"{SHAPES}TermInItsRole",
    name="Classes are used as classes and properties as properties",
    description="A property after 'a' (rdf:type), or a class between subject and object, says nothing.",
    hint="Classes begin with a capital and stand after 'a'; properties begin with a small letter.",
    source=SOURCE,
)
NAMESPACE_SPELT = Shape(
    iri=f"{SHAPES}NamespaceSpelt",
    name="Namespaces are spelt as published",
    description="http and https, or '#' and '/', make different terms, which are not checked.",
    hint="Correct the @prefix line or the context.",
    source="qualgraph, docs/reference/ontology.md",
    severity=Severity.WARNING,
)
TERM_CHECKS: Final = (NAMESPACE_SPELT, TERM_DEFINED, TERM_IN_ROLE, *USAGE_CHECKS)


def with_term_checks(shapes: ShapeSet) -> ShapeSet:
    """A set of shapes with the checks of this module and of ``usage`` beside them."""
    return ShapeSet(
        label=shapes.label,
        statements=shapes.statements,
        shapes=(*shapes.shapes, *TERM_CHECKS),
        owners=shapes.owners,
    )


def uses_our_terms(facts: Facts) -> bool:
    """True where the data uses a qualgraph term, rightly spelt or not."""
    ours = (QG, *_lookalikes())
    if any(iri.startswith(ours) for _, iri in facts.terms):
        return True
    return any(isinstance(value, IRI) and value.value.startswith(ours) for value in facts.values())


def _lookalikes() -> Iterator[str]:
    return (wrong for wrong, right in NAMESPACE_MISTAKES.items() if right == QG)


def term_findings(quads: Iterable[Quad], facts: Facts, background: Facts) -> list[Finding]:
    """One finding for each term that is misspelt, used in the wrong role, or in a namespace that is misspelt."""
    classes = _declared(background, CLASSES)
    properties = _declared(background, PROPERTIES)
    known = classes | properties | {node.value for node in background.subjects() if isinstance(node, IRI)}
    found: list[Finding] = []
    for (role, iri), (first, uses) in _uses(quads).items():
        if iri.startswith(QG) and iri not in known:
            right = {"predicate": properties, "class": classes}.get(role, known - properties - classes)
            found.append(_undefined(iri, right, first, uses, facts))
        elif (role, iri in properties, iri in classes) in {
            ("class", True, False),
            ("predicate", False, True),
        }:
            found.append(_misplaced(role, iri, first, uses, facts))
    return [*found, *_namespace_findings(facts, quads)]


def _declared(background: Facts, kinds: Iterable[IRI]) -> set[str]:
    return {
        node.value for kind in kinds for node in background.subjects_of(TYPE, kind) if isinstance(node, IRI)
    }


def _uses(quads: Iterable[Quad]) -> dict[tuple[str, str], tuple[Term, int]]:
    """Each IRI in the data by the role it plays, with the first thing it is said of and how often."""
    uses: dict[tuple[str, str], tuple[Term, int]] = {}

    def count(role: str, iri: str, subject: Term) -> None:
        first, number = uses.get((role, iri), (subject, 0))
        uses[role, iri] = (first, number + 1)

    for quad in quads:
        subject = quad.subject
        if isinstance(subject, BlankNode) or (isinstance(subject, IRI) and not subject.value.startswith(QG)):
            count("predicate", quad.predicate.value, subject)
            if isinstance(quad.object, IRI) and (
                quad.predicate.value == TYPE or quad.object.value.startswith(QG)
            ):
                count("class" if quad.predicate.value == TYPE else "value", quad.object.value, subject)
    return uses


def _undefined(iri: str, right: set[str], first: Term, uses: int, facts: Facts) -> Finding:
    """``right`` has the terms that could stand in this place."""
    ours = {term.removeprefix(QG): term for term in right if term.startswith(QG)}
    near = _nearest(iri.removeprefix(QG), ours)
    advice = f"the nearest is qg:{near}" if near else "no term is near"
    return _term_finding(
        TERM_DEFINED,
        iri,
        first,
        facts,
        f"{short_name(IRI(iri))}, used {uses} time(s), is not a term of the ontology; {advice}.",
    )


def _nearest(name: str, ours: dict[str, str]) -> str | None:
    folded = {term.lower(): term for term in sorted(ours)}
    if name.lower() in folded:
        return folded[name.lower()]
    close = get_close_matches(name.lower(), folded, n=1, cutoff=0.75)
    return folded[close[0]] if close else None


def _misplaced(role: str, iri: str, first: Term, uses: int, facts: Facts) -> Finding:
    is_a, used_as = ("property", "class") if role == "class" else ("class", "property")
    return _term_finding(
        TERM_IN_ROLE,
        iri,
        first,
        facts,
        f"{short_name(IRI(iri))} is a {is_a} and is used as a {used_as} {uses} time(s).",
    )


def _namespace_findings(facts: Facts, quads: Iterable[Quad]) -> Iterator[Finding]:
    uses = _uses(quads)
    for wrong, right in NAMESPACE_MISTAKES.items():
        hits = [(iri, first, number) for (_, iri), (first, number) in uses.items() if iri.startswith(wrong)]
        if hits:
            iri, first, _ = hits[0]
            number = sum(number for _, _, number in hits)
            message = f"<{wrong}> is used {number} time(s), for example <{iri}>; <{right}> is meant."
            yield _term_finding(NAMESPACE_SPELT, iri, first, facts, message)


def _term_finding(shape: Shape, iri: str, first: Term, facts: Facts, message: str) -> Finding:
    return Finding(
        shape=shape,
        severity=shape.severity,
        focus=first,
        label=facts.label(first),
        message=message,
        component=shape.iri,
        value=IRI(iri),
        value_label=short_name(IRI(iri)),
        places=facts.places(first),
    )
