"""What the checked data says, indexed for reports: labels of things, and the document and line of each."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from qualgraph.namespaces import DCTERMS, DEFAULT_BASE, QG, RDFS, SKOS, XSD, prefixed
from qualgraph.rdf import IRI, RDF_TYPE, BlankNode, Literal, Quad, Term

TYPE = RDF_TYPE.value
LABELS = (f"{SKOS}prefLabel", f"{RDFS}label", f"{QG}fileName", f"{QG}statedLabel", f"{DCTERMS}title")
TITLES = (f"{QG}preferredTitle", f"{DCTERMS}title", f"{QG}statedTitle")
MOST_PLACES = 5


@dataclass(frozen=True, kw_only=True, slots=True, order=True)
class Place:
    """Where something stands: a document and its lines (1-based, inclusive); None where not known."""

    document: str
    line: int | None = None
    last_line: int | None = None

    def __str__(self) -> str:
        if self.line is None:
            return self.document
        last = f"-{self.last_line}" if self.last_line and self.last_line != self.line else ""
        return f"{self.document}:{self.line}{last}"


Objects = list[tuple[Term, str]]


@dataclass(kw_only=True)
class Facts:
    """Statements by subject and by object, each with the graph that holds it."""

    statements: int = 0
    terms: Counter[tuple[str, str]] = field(default_factory=Counter)
    """How often each IRI stands as ``predicate`` or ``class``."""
    _forward: dict[Term, dict[str, Objects]] = field(default_factory=dict)
    _backward: dict[Term, dict[str, list[Term]]] = field(default_factory=dict)
    _documents: dict[str, str] = field(default_factory=dict)
    _sources: dict[str, str] = field(default_factory=dict)
    """For graphs that are RDF files: the document whose lines the file speaks of."""

    @classmethod
    def of(cls, quads: Iterable[Quad], documents: Mapping[str, str] | None = None) -> Facts:
        """An index of ``quads``; ``documents`` gives the file names of graphs that are RDF files.

        Lines are lines of the document a file was made from, never of the RDF file itself.
        """
        facts = cls()
        files = dict(documents or {})
        for quad in quads:
            facts._add(quad)
        for subject, name, graph in list(facts._file_names()):
            facts._documents[_key(subject)] = name
            if graph in files:
                other = facts._sources.get(graph, name)
                facts._sources[graph] = name if other == name else f"source of {files[graph]}"
        facts._documents.update(files)
        facts._sources = {graph: f"source of {file}" for graph, file in files.items()} | facts._sources
        return facts

    def _file_names(self) -> Iterator[tuple[Term, str, str]]:
        for subject, by_predicate in self._forward.items():
            for value, graph in by_predicate.get(f"{QG}fileName", ()):
                if isinstance(value, Literal):
                    yield subject, value.value, graph

    def _add(self, quad: Quad) -> None:
        subject, predicate, value = quad.subject, quad.predicate.value, quad.object
        if not isinstance(subject, IRI | BlankNode) or not isinstance(value, IRI | BlankNode | Literal):
            return
        self.statements += 1
        self.terms["predicate", predicate] += 1
        if predicate == TYPE and isinstance(value, IRI):
            self.terms["class", value.value] += 1
        forward = self._forward.setdefault(subject, defaultdict(list))
        forward[predicate].append((value, getattr(quad.graph_name, "value", "")))
        self._backward.setdefault(value, defaultdict(list))[predicate].append(subject)

    def _pairs(self, predicate: str) -> Iterator[tuple[Term, Term]]:
        for subject, by_predicate in self._forward.items():
            for value, _ in by_predicate.get(predicate, ()):
                yield subject, value

    def subjects(self) -> Iterable[Term]:
        """Everything the data says something about."""
        return self._forward.keys()

    def values(self) -> Iterable[Term]:
        """Everything that is the value of a property in the data."""
        return self._backward.keys()

    def says_something_of(self, node: Term) -> bool:
        """True where a statement of the data has this subject."""
        return node in self._forward

    def objects(self, subject: Term, predicate: str) -> list[Term]:
        """The values of a property, each once, in the order of the data."""
        found = self._forward.get(subject, {}).get(predicate, ())
        return list(dict.fromkeys(value for value, _ in found))

    def subjects_of(self, predicate: str, value: Term) -> list[Term]:
        """The things that have this value, each once, in the order of the data."""
        return list(dict.fromkeys(self._backward.get(value, {}).get(predicate, ())))

    def blank_objects(self, subject: Term) -> list[Term]:
        """The nameless things that ``subject`` points at, by any property."""
        by_predicate = self._forward.get(subject, {})
        return [
            value for values in by_predicate.values() for value, _ in values if isinstance(value, BlankNode)
        ]

    def instances(self, classes: frozenset[str]) -> Iterator[Term]:
        """The things typed by any of these classes."""
        for name in classes:
            yield from self.subjects_of(TYPE, IRI(name))

    def having(self, predicate: str) -> Iterator[Term]:
        """The things with a value for this property."""
        return (subject for subject, by_predicate in self._forward.items() if by_predicate.get(predicate))

    def values_of(self, predicate: str) -> Iterator[Term]:
        """The values that this property has anywhere."""
        return (value for _, value in self._pairs(predicate))

    def places(self, node: Term) -> tuple[Place, ...]:
        """The documents and lines of a thing, at most five: its own, else those of what names it."""
        found = self._own_places(node)
        if not any(place.line for place in found):
            nearby = {
                place for other in self._naming(node) for place in self._own_places(other) if place.line
            }
            found = nearby or found
        return tuple(sorted(found, key=lambda place: (place.document, place.line or 0)))[:MOST_PLACES]

    def _own_places(self, node: Term) -> set[Place]:
        by_predicate = self._forward.get(node, {})
        lines = {
            Place(document=self._source(graph), line=_number(value), last_line=self._last_line(node, graph))
            for value, graph in by_predicate.get(f"{QG}sourceLine", ())
        }
        documents = {graph for values in by_predicate.values() for _, graph in values}
        return lines or {Place(document=self._document(graph)) for graph in documents}

    def _last_line(self, node: Term, graph: str) -> int | None:
        found = self._forward[node].get(f"{QG}lastSourceLine", ())
        return next((_number(value) for value, where in found if where == graph), None)

    def _naming(self, node: Term) -> list[Term]:
        backward = self._backward.get(node, {})
        mentions = backward.get(f"{QG}mentions")
        return mentions or [subject for subjects in backward.values() for subject in subjects]

    def _document(self, graph: str) -> str:
        return self._documents.get(graph) or graph or "data"

    def _source(self, graph: str) -> str:
        return self._sources.get(graph) or self._document(graph)

    def label(self, node: Term) -> str:
        """A thing in words: code and title, a label, or the last part of its IRI."""
        if isinstance(node, Literal):
            return literal_text(node)
        code = self._first(node, f"{QG}code")
        title = next(filter(None, (self._first(node, name) for name in TITLES)), None)
        if code:
            return f"{code} {title}" if title else code
        for mentioned in self.objects(node, f"{QG}mentions"):
            if named := self._first(mentioned, f"{QG}code"):
                return f"{short_name(node)} ({named})"
        label = next(filter(None, (self._first(node, name) for name in LABELS)), None)
        return f"{short_name(node)} ({label})" if label else short_name(node)

    def _first(self, node: Term, predicate: str) -> str | None:
        return next(
            (value.value for value in self.objects(node, predicate) if isinstance(value, Literal)), None
        )


def _key(node: Term) -> str:
    return node.value if isinstance(node, IRI) else str(node)


def _number(value: Term) -> int | None:
    return int(value.value) if isinstance(value, Literal) and value.value.isdecimal() else None


def short_name(node: Term) -> str:
    """An IRI without its base, or with a known prefix; the label of a blank node."""
    if not isinstance(node, IRI):
        return str(node)
    if node.value.startswith(DEFAULT_BASE):
        return node.value.removeprefix(DEFAULT_BASE)
    return prefixed(node.value)


def literal_text(value: Literal) -> str:
    """A value as people read it: text in quotes, other types named behind it unless plain."""
    if value.language:
        return f"'{value.value}' ({value.language})"
    datatype = value.datatype.value
    if datatype == f"{XSD}string":
        return f"'{value.value}'"
    if datatype in {f"{XSD}integer", f"{XSD}date"}:
        return value.value
    return f"{value.value} ({short_name(value.datatype)})"
