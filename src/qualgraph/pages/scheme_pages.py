"""A classification or vocabulary as a page: its concepts as a tree that opens without a script."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qualgraph.namespaces import DCTERMS, SCHEMA, SKOS
from qualgraph.pages.descriptions import Description
from qualgraph.pages.media import GRAPHS
from qualgraph.pages.pages import Pages, names_of
from qualgraph.rdf import IRI, RDF_TYPE, python_value
from qualgraph.store import Store
from qualgraph.store.rows import selected
from qualgraph.store.sparql import iri_text

MOST_CONCEPTS: Final = 10_000
"""How many concepts a tree shows; of a larger scheme these."""
DEEPEST: Final = 30
"""How many levels a tree shows."""
_CONCEPTS: Final = f"""
PREFIX skos: <{SKOS}>
SELECT ?concept ?saying ?value WHERE {{{{ ?concept skos:inScheme {{scheme}} ; ?saying ?value
  FILTER (?saying IN (skos:inScheme, skos:broader, skos:narrower, skos:prefLabel, skos:notation)) }}}}"""
_FACTS: Final = (
    ("Title", f"{DCTERMS}title"),
    ("Definition", f"{SKOS}definition"),
    ("Version of", f"{DCTERMS}isVersionOf"),
    ("Creator", f"{DCTERMS}creator"),
    ("Publisher", f"{DCTERMS}publisher"),
    ("Source", f"{DCTERMS}source"),
    ("Same as", f"{SCHEMA}sameAs"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Branch:
    """A concept and those below it."""

    name: str
    href: str
    below: tuple[Branch, ...]


def is_scheme(iri: IRI, found: Description) -> bool:
    """Whether the thing is a concept scheme."""
    scheme = IRI(f"{SKOS}ConceptScheme")
    return any(q.subject == iri and q.predicate == RDF_TYPE and q.object == scheme for q in found.quads)


def scheme_page(pages: Pages, stores: Sequence[Store], iri: IRI, found: Description) -> str:
    """The page of a concept scheme: what is said of it, and its concepts from the top down.

    The concepts are those of the first of the stores that knows any.
    """
    trees = (concept_tree(pages, store, iri) for store in stores)
    tree, number = next((each for each in trees if each[1]), ((), 0))
    names = names_of(found)
    own = [quad for quad in found.quads if quad.subject == iri]
    facts = [
        (label, [_shown(pages, quad.object, names) for quad in own if quad.predicate.value == predicate])
        for label, predicate in _FACTS
    ]
    return pages.written(
        "scheme.html",
        title=names.get(iri.value) or iri.value.rsplit("/", 1)[-1],
        iri=iri.value,
        key=pages.key(iri.value),
        facts=[(label, sorted(set(values))) for label, values in facts if values],
        tree=tree,
        number=number,
        cut=number >= MOST_CONCEPTS,
        representations=GRAPHS,
    )


def _shown(pages: Pages, value: object, names: dict[str, str]) -> tuple[str, str]:
    """The text of a value, and where it leads; empty for nowhere."""
    if isinstance(value, IRI):
        return names.get(value.value) or value.value, pages.href(value.value)
    return str(python_value(value)), ""  # type: ignore[arg-type]


def concept_tree(pages: Pages, store: Store, scheme: IRI) -> tuple[tuple[Branch, ...], int]:
    """The top concepts of a scheme with what is below them, by notation and name, and how many concepts there are.

    The top is what has nothing broader in the scheme; what is below a concept is
    shown where it stands first, so that a circle in the data ends.
    """
    said: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in selected(store, _CONCEPTS.format(scheme=iri_text(scheme.value))):
        if row["concept"] in said or len(said) < MOST_CONCEPTS:
            said[row["concept"]][row["saying"].removeprefix(SKOS)].add(str(row["value"]))
    names = {concept: _name(concept, own) for concept, own in said.items()}
    parents: defaultdict[str, set[str]] = defaultdict(set)
    for concept, own in said.items():
        parents[concept] |= {each for each in own["broader"] if each in names and each != concept}
        for narrower in own["narrower"] - {concept}:
            parents[narrower].add(concept)
    children: defaultdict[str, list[str]] = defaultdict(list)
    for concept in sorted(names, key=lambda each: (names[each], each)):
        for parent in parents[concept]:
            children[parent].append(concept)
    tops = [concept for concept in sorted(names, key=lambda each: names[each]) if not parents[concept]]
    seen: set[str] = set()

    def branch(concept: str, depth: int) -> Branch:
        first = concept not in seen
        seen.add(concept)
        below = children[concept] if first and depth < DEEPEST else ()
        return Branch(
            name=names[concept],
            href=pages.href(concept),
            below=tuple(branch(each, depth + 1) for each in below),
        )

    tree = [branch(top, 1) for top in tops]
    for concept in sorted(
        names, key=lambda each: names[each]
    ):  # of a circle nothing is at the top, and it is shown all the same
        if concept not in seen:
            tree += [branch(concept, 1)]
    return tuple(tree), len(names)


def _name(concept: str, own: Mapping[str, set[str]]) -> str:
    """The notation and the label of a concept, the first of each by the alphabet; else the end of its IRI."""
    parts = [min(own[kind]) for kind in ("notation", "prefLabel") if own.get(kind)]
    return " ".join(parts) or concept.rsplit("/", 1)[-1]
