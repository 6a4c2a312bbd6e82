"""Pages for people: templates filled with what a store knows; nothing in them is trusted to be harmless."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from qualgraph.catalogue import Catalogue, Query
from qualgraph.errors import QualgraphError
from qualgraph.identifiers import Identifiers
from qualgraph.namespaces import prefixed
from qualgraph.pages.addresses import Addresses, ServerAddresses, key_of
from qualgraph.pages.descriptions import CUT, Description
from qualgraph.pages.media import GRAPHS, TABLES, Media
from qualgraph.pages.search_index import Hits
from qualgraph.pages.text import in_script, linked, shown, verbatim
from qualgraph.publishing import NOTHING_STATED, DumpFile, Publication, licence_name, schema_org
from qualgraph.rdf import IRI, Quad, Term, Triple, python_value

PAGE: Final = 20
"""How many results of a search a page has."""
EXAMPLE: Final = """SELECT ?code ?title WHERE {
  ?qualification a qg:Qualification ; qg:code ?code ; qg:preferredTitle ?title
} ORDER BY ?code LIMIT 20"""
NAMING: Final = ("preferredTitle", "prefLabel", "label", "title")


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """A value of a statement as it is shown: its text, and where it leads if it is a thing."""

    text: str
    href: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Lines:
    """The values of one property, or of one thing's property that points here."""

    predicate: str
    values: tuple[Value, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Statements:
    """Statements under one heading."""

    name: str
    lines: tuple[Lines, ...]


class Pages:
    """Writes pages; ``addresses`` say where their links lead."""

    def __init__(
        self,
        ids: Identifiers,
        addresses: Addresses | None = None,
        representations: Sequence[Media] = GRAPHS,
        stated: Publication = NOTHING_STATED,
    ) -> None:
        self._ids = ids
        self.representations = tuple(representations)
        """What stands beside each page about a thing."""
        self.addresses = addresses or ServerAddresses(ids)
        self._templates = Environment(
            loader=PackageLoader("qualgraph.pages"),
            autoescape=select_autoescape(default=True, default_for_string=True),
            undefined=StrictUndefined,
            finalize=shown,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self._templates.filters.update(verbatim=verbatim, linked=linked, licence_name=licence_name)
        self._templates.globals.update(
            url=self.addresses.page,
            file=self.addresses.file,
            href=self.addresses.thing,
            component=self.addresses.code,
            canonical=self.addresses.canonical,
            live=self.addresses.live,
            publication=stated,
            site_name=stated.title or "qualgraph",
        )
        self._stated = stated

    def url(self, path: str) -> str:
        """The address of a page."""
        return self.addresses.page(path)

    def href(self, iri: str) -> str:
        """Where an IRI leads from a page: to the document here about a thing of ours, else to itself."""
        return self.addresses.thing(iri)

    def key(self, iri: str) -> str:
        """What tells a thing of ours from others in the address of its document."""
        return key_of(self._ids, iri) or iri

    def written(self, template: str, **values: object) -> str:
        """A page from a template."""
        return self._templates.get_template(template).render({"asked": None, **values})

    def thing(self, iri: IRI, found: Description) -> str:
        """A page about anything: what is said of it and what points at it."""
        names = names_of(found)
        own = [quad for quad in found.quads if quad.subject == iri]
        parts = [quad for quad in found.quads if quad.subject != iri and quad.object != iri]
        into = [quad for quad in found.quads if quad.object == iri]
        groups = [
            Statements(name="What is said of it", lines=self._lines(own, names)),
            Statements(name="What points at it", lines=self._pointing(into, names)),
        ]
        for subject, quads in groupby(
            sorted(parts, key=lambda quad: str(quad.subject)), key=lambda q: q.subject
        ):
            groups.append(Statements(name=self._short(subject, iri), lines=self._lines(quads, names)))
        return self.written(
            "thing.html",
            title=names.get(iri.value) or prefixed(iri.value),
            iri=iri.value,
            key=self.key(iri.value),
            statements=[group for group in groups if group.lines],
            cut=CUT if found.cut else None,
            representations=self.representations,
        )

    def search(self, asked: str, hits: Hits | None, page: int) -> str:
        """The page of a search; ``hits`` None before anything was asked."""
        return self.written(
            "search.html",
            title=f"Search: {asked}" if asked else "Search",
            asked=asked,
            hits=hits,
            page=page,
            pages=-(-hits.total // PAGE) if hits else 0,
            words=words_of_kind,
        )

    def home(self, root: str | None = None, dumps: Sequence[DumpFile] = ()) -> str:
        """The page to start from; ``root`` is its address on the web, None where that is not known.

        ``dumps`` are the files below ``dumps/`` that hold all of the data.
        """
        return self.written(
            "home.html",
            title=self._stated.name,
            asked="",
            root=root,
            dumps=dumps,
            linked_data=self.about_dataset(root, dumps),
        )

    def about_dataset(self, root: str | None, dumps: Sequence[DumpFile]) -> Markup:
        """The data in the terms of schema.org, for a script element."""
        files = [(f"{root}dumps/{file.name}", file.syntax.media_type) for file in dumps if file.syntax]
        told = schema_org(self._stated, root, root and f"{root}#dataset", files if root else ())
        return Markup(in_script(json.dumps(told)))

    def editor(self, catalogue: Catalogue, query: str) -> str:
        """The page to ask in SPARQL, with the catalogue's queries as examples."""
        examples = [
            {"name": each.name, "title": each.title, "text": each.sparql(each.example)}
            for each in sorted(catalogue, key=lambda each: each.title)
        ]
        return self.written("editor.html", title="Ask in SPARQL", query=query or EXAMPLE, examples=examples)

    def questions(self, catalogue: Catalogue) -> str:
        """The page of all questions, by their subjects."""
        ordered = sorted(catalogue, key=lambda query: (query.folder, query.title))
        folders = [
            (folder, list(queries)) for folder, queries in groupby(ordered, key=lambda query: query.folder)
        ]
        return self.written("questions.html", title="Questions", folders=folders)

    def question(
        self,
        query: Query,
        values: Mapping[str, str],
        table: Mapping[str, Any] | None,
        error: QualgraphError | None,
        *,
        limit: int,
        offset: int,
        more: bool,
        missing: bool,
    ) -> str:
        """The page of one question with its answer: ``table`` is SPARQL JSON, None where it was not answered."""
        address = self.url(f"query/{query.name}")

        def part(start: int) -> str:
            asked = {**values, "limit": limit, "offset": max(0, start)}
            return f"{address}?{urlencode(asked)}"

        def download(media: Media) -> str:
            return f"{address}?{urlencode({**values, 'format': media.ending})}"

        return self.written(
            "question.html",
            title=query.title,
            query=query,
            values=values,
            table=table,
            rows=[self._cells(row, table["head"]["vars"]) for row in table["results"]["bindings"]]
            if table
            else [],
            error=error,
            limit=limit,
            offset=offset,
            more=more,
            missing=missing,
            part=part,
            download=download,
            representations=TABLES if query.form == "SELECT" else GRAPHS,
            example=urlencode(query.example),
            sparql=None if missing or error else urlencode({"query": query.sparql(values)}),
        )

    def _cells(self, row: Mapping[str, Mapping[str, str]], columns: Iterable[str]) -> list[Value]:
        return [self._cell(row.get(column)) for column in columns]

    def _cell(self, cell: Mapping[str, str] | None) -> Value:
        if cell is None:
            return Value(text="")
        if cell["type"] == "uri":
            return Value(text=prefixed(cell["value"]), href=self.href(cell["value"]))
        return Value(text=cell["value"])

    def problem(self, status: int, told: dict[str, object]) -> str:
        """The page that says what went wrong and what to do."""
        return self.written(
            "problem.html",
            title=told["title"],
            status=status,
            hint=told.get("hint"),
            see=told.get("see"),
            about=told.get("about"),
        )

    def _lines(self, quads: Iterable[Quad], names: dict[str, str]) -> tuple[Lines, ...]:
        ordered = sorted({(quad.predicate.value, quad.object) for quad in quads}, key=str)
        return tuple(
            Lines(
                predicate=prefixed(predicate), values=tuple(self._value(value, names) for _, value in pairs)
            )
            for predicate, pairs in groupby(ordered, key=lambda pair: pair[0])
        )

    def _pointing(self, quads: Iterable[Quad], names: dict[str, str]) -> tuple[Lines, ...]:
        ordered = sorted({(quad.predicate.value, quad.subject) for quad in quads}, key=str)
        return tuple(
            Lines(
                predicate=prefixed(predicate), values=tuple(self._value(value, names) for _, value in pairs)
            )
            for predicate, pairs in groupby(ordered, key=lambda pair: pair[0])
        )

    def _value(self, value: object, names: dict[str, str]) -> Value:
        if isinstance(value, IRI):
            return Value(text=self._named(value.value, names), href=self.href(value.value))
        return Value(text=str(python_value(value)))  # type: ignore[arg-type]

    def _named(self, iri: str, names: dict[str, str]) -> str:
        """What a thing is called: a component by its code and title, another by its name."""
        name = names.get(iri)
        component = self._ids.component_of(iri)
        if component is None or (name or "").startswith(component[1]):
            return name or prefixed(iri)
        return f"{component[1]} {name}" if name else component[1]

    def _short(self, subject: object, iri: IRI) -> str:
        named = subject.value if isinstance(subject, IRI) else str(subject)
        return named.removeprefix(f"{iri.value}/")


def names_of(found: Description) -> dict[str, str]:
    """One name for each thing that has any, the title that is preferred before labels."""
    statements: list[Triple] = [*found.labels, *(quad.triple for quad in found.quads)]
    names: dict[str, tuple[int, str]] = {}
    for subject, predicate, value in statements:
        kind = predicate.value.rpartition("#")[2].rpartition("/")[2]
        if kind in NAMING and isinstance(subject, IRI):
            rank = (NAMING.index(kind), _text(value))
            names[subject.value] = min(names.get(subject.value, rank), rank)
    return {iri: name for iri, (_, name) in names.items()}


def _text(value: Term) -> str:
    return str(python_value(value))


def words_of_kind(kind: str) -> str:
    """The name of a class or a scheme in words: 'UnitOfCompetency' is a unit of competency.

    >>> words_of_kind("UnitOfCompetency"), words_of_kind("asced-field")
    ('unit of competency', 'asced-field')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind).lower()
