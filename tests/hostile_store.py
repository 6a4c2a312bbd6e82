"""A store whose titles, codes and IRIs try to do harm: what qualgraph ships, with harmful words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import cycle
from pathlib import Path

from qualgraph.identifiers import Identifiers
from qualgraph.namespaces import DCTERMS, QG, RDFS, SKOS
from qualgraph.rdf import IRI, RDF_TYPE, Literal, Triple, text
from qualgraph.store import OxigraphStore, Store, Table, open_store

IDS = Identifiers()
MARK = "END"
"""What every hostile text ends with."""
MARKUP = "</title></textarea></script></style><script>alert(1)</script><img src=x onerror=alert(2)>\"'&amp;"
TURNED = "left \u202eturned\u2066 \u200f round\x01 \ufdd0"
HEBREW = "\u05d0\u05d1\u05d2 12, 34"
LONG_CODE = "Z" * 300
ODD_CODES = ('"><script>alert(3)</script>', LONG_CODE, "A&B/../<C>?d=1#e", "ZZZ\u202e123")
ADDRESSES = ("javascript:alert(4)", "data:text/html,alert(5)", "http://a.example/a%20b")
HUMAN = frozenset(
    f"{vocabulary}{name}"
    for vocabulary, names in {
        DCTERMS: ("title", "description", "publisher", "rights"),
        RDFS: ("label",),
        SKOS: ("prefLabel", "altLabel", "definition", "scopeNote"),
        QG: (
            "preferredTitle",
            "statedTitle",
            "statedLabel",
            "ruleTitle",
            "heading",
            "topicHeading",
            "problemMessage",
            "fileName",
            "specialisationTitle",
            "statedEdition",
            "readingReason",
        ),
    }.items()
    for name in names
)


def hostile_texts() -> Iterator[str]:
    """One text after the other: markup, turned words, another direction, and 2,000 letters without a space."""
    return cycle(f"{each} {MARK}" for each in (MARKUP, TURNED, HEBREW, "W" * 2_000))


def hostile_store(shipped: Path, location: Path) -> None:
    """Write the store."""
    with open_store(shipped, read_only=True) as source, OxigraphStore(location) as store:
        texts = hostile_texts()
        graphs = {graph: list(harmful(said(source, graph), texts)) for graph in source.graphs()}
        graphs[IRI("http://a.example/added")] = list(added())
        store.replace_graphs(graphs)


def said(source: Store, graph: IRI) -> Iterator[Triple]:
    answer = source.query(f"SELECT ?s ?p ?o WHERE {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    assert isinstance(answer, Table)
    for row in answer.rows:
        yield Triple(*row)  # type: ignore[arg-type]


def harmful(triples: Iterable[Triple], texts: Iterator[str]) -> Iterator[Triple]:
    """The same statements with harmful words."""
    for subject, predicate, value in triples:
        if predicate.value in HUMAN and isinstance(value, Literal):
            yield Triple(subject, predicate, Literal(f"{value.value} {next(texts)}", language=value.language))
        else:
            yield Triple(subject, predicate, value)


def added() -> Iterator[Triple]:
    """Units with codes that are none, and links that a browser would run."""
    for number, code in enumerate(ODD_CODES):
        iri = IRI(f"{IDS.base}unit/odd-{number}")
        yield Triple(iri, RDF_TYPE, IRI(f"{QG}UnitOfCompetency"))
        yield Triple(iri, IRI(f"{QG}code"), text(code))
        yield Triple(iri, IRI(f"{QG}preferredTitle"), text(f"Hostile unit {MARKUP}"))
    for thing in ("graph/vocabulary", "concept/anzsco/541111", "document/register-page/BSB40307/release-1"):
        for address in ADDRESSES:
            for predicate in (f"{RDFS}seeAlso", f"{SKOS}related", f"{QG}describes"):
                yield Triple(IRI(f"{IDS.base}{thing}"), IRI(predicate), IRI(address))
