"""The occupations that sources link to a qualification, each as its source states it.

The code of an occupation means something in an edition of its classification, and neither the register nor linked data
says in which. So the titles of the editions stand beside the link, each by itself, and none is taken for another.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from qualgraph.overview import questions
from qualgraph.overview.rows import Answers, each_once, grouped, local, source
from qualgraph.overview.source import Source
from qualgraph.store.rows import Row
from qualgraph.triples.classification import LISTED_IN

LINKED: Final = """
SELECT DISTINCT ?occupation ?title ?document WHERE { {of}
  GRAPH ?document {
    ?occupation schema:qualifications {component} .
    OPTIONAL { ?occupation schema:qualifications {component} ; rdfs:label ?title }
  }
} ORDER BY ?occupation ?title ?document"""

EDITIONS: Final = """
SELECT DISTINCT ?occupation ?edition ?title ?document WHERE {
  {
    {of} ?occupation schema:qualifications {component} .
    GRAPH ?document {
      ?occupation qg:hasEditionEntry ?entry . ?entry qg:isInEdition ?edition ; qg:statedLabel ?title
    }
  } UNION {
    {of} {component} qg:hasClassification ?assignment . ?assignment qg:assignsConcept ?occupation .
    GRAPH ?document {
      ?occupation qg:hasEditionEntry ?entry . ?entry qg:isInEdition ?edition ; qg:statedLabel ?title
    }
  }
} ORDER BY ?occupation ?edition ?title ?document"""

SCHEMES: Final = {
    "anzsco": "ANZSCO",
    "osca": "OSCA",
    "taxonomy-occupation": "the register's taxonomy of occupations",
}
"""The classifications of occupations by the key of their scheme, in words."""
_CODED: Final = {"anzsco", "osca"}
_CURRENT: Final = next(term for table, term in LISTED_IN.items() if table.value == "current")


@dataclass(frozen=True, kw_only=True, slots=True)
class EditionTitle:
    """What the code of an occupation is called in one edition, such as anzsco-2022, with the places that say so."""

    edition: str
    title: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkedOccupation:
    """An occupation that a source links to a qualification; ``title`` is as that source prints it, in all its ways.

    ``scheme``: anzsco, osca or taxonomy-occupation, which has no codes. ``stated_by``: classification, a row of the
    register's current table, or link, data of somebody else. ``editions`` are the titles of each edition of the scheme.
    """

    scheme: str
    code: str | None
    title: str | None
    stated_by: str
    iri: str
    editions: tuple[EditionTitle, ...]
    source: Source


def occupations_of(told: Answers) -> tuple[LinkedOccupation, ...]:
    """The occupations of a qualification by scheme and code; what is linked by two sources is there twice."""
    titles: defaultdict[str, list[EditionTitle]] = defaultdict(list)
    for group in grouped(told.get(EDITIONS, ()), "occupation", "edition", "title"):
        titles[group[0]["occupation"]].append(_edition(group))
    found = [
        LinkedOccupation(
            scheme=scheme,
            code=code if scheme in _CODED else None,
            title=row["title"],
            stated_by=stated_by,
            iri=row["occupation"],
            editions=tuple(titles[row["occupation"]]),
            source=source(row),
        )
        for stated_by, row in _stated(told)
        for scheme, code in [_key(row["occupation"])]
        if scheme in SCHEMES
    ]
    return tuple(
        sorted(found, key=lambda each: (each.scheme, each.code or "", each.title or "", each.stated_by))
    )


def _edition(rows: list[Row]) -> EditionTitle:
    return EditionTitle(
        edition=local(rows[0]["edition"]),
        title=rows[0]["title"],
        sources=each_once(source(row) for row in rows),
    )


def _stated(told: Answers) -> Iterator[tuple[str, Row]]:
    """Who states each occupation, and the row that says so, each row of a document once."""
    for group in grouped(told.get(LINKED, ()), "occupation", "document"):
        titles = dict.fromkeys(row["title"] for row in group if row["title"])
        yield "link", {**group[0], "title": " / ".join(titles) or None}
    current = (
        row for row in told[questions.CLASSIFICATIONS] if row["listed"] and local(row["listed"]) == _CURRENT
    )
    for group in grouped(current, "assignment", "document"):
        first = group[0]
        yield "classification", {**first, "occupation": first["concept"], "title": first["label"]}


def _key(concept: str) -> tuple[str, str]:
    """The key of the scheme of a concept, and of the concept in it."""
    scheme, _, code = concept.partition("/concept/")[2].partition("/")
    return scheme, code
