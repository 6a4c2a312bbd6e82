"""Which qualifications package a unit, and at which level, as the documents of a store tell."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import product
from typing import Final

from qualgraph.namespaces import DCTERMS, QG, SKOS
from qualgraph.packaging.facts import KnownUnits, Packaging, level_in_title, training_package
from qualgraph.store.base import Store
from qualgraph.store.rows import Row, selected

AT_ONCE: Final = 200
"""Units asked for in one query."""
LEVELS_OF_EDUCATION: Final = {
    "524": "Certificate I",
    "521": "Certificate II",
    "514": "Certificate III",
    "511": "Certificate IV",
    "421": "Diploma",
    "411": "Advanced Diploma",
    "413": "Associate Degree",
    "221": "Graduate Certificate",
    "211": "Graduate Diploma",
}
"""The register's level of education codes as qualification types."""
QUESTION: Final = f"""
PREFIX qg: <{QG}> PREFIX dcterms: <{DCTERMS}>
SELECT DISTINCT ?code ?of ?qualification ?document WHERE {{
  {{
    VALUES ?code {{ {{codes}} }}
    ?unit qg:code ?code .
    GRAPH ?document {{
      ?membership qg:mentions ?unit . ?group qg:hasMembership ?membership . ?rule qg:hasGroup ?group .
      ?release qg:hasPackagingRule ?rule ; dcterms:isVersionOf ?of .
      ?of qg:code ?qualification .
    }}
  }} UNION {{
    VALUES ?code {{ {{codes}} }}
    ?unit qg:code ?code .
    GRAPH ?document {{
      ?row qg:mentions ?unit . ?grid qg:hasRow ?row . ?release qg:hasUnitGrid ?grid ; dcterms:isVersionOf ?of .
      ?of qg:code ?qualification .
    }}
  }}
}} ORDER BY ?code ?qualification ?document"""
TITLES: Final = f"""
PREFIX dcterms: <{DCTERMS}>
SELECT ?of ?document ?title WHERE {{
  VALUES ?of {{ {{qualifications}} }}
  GRAPH ?document {{ ?of dcterms:title ?title }}
}} ORDER BY ?of ?document ?title"""
EDUCATION: Final = f"""
PREFIX qg: <{QG}> PREFIX skos: <{SKOS}>
SELECT DISTINCT ?of ?education WHERE {{
  VALUES ?of {{ {{qualifications}} }}
  ?of qg:hasClassification ?assignment .
  ?assignment qg:assignsConcept ?concept .
  ?concept skos:inScheme ?scheme ; skos:notation ?education .
  FILTER (STRENDS(STR(?scheme), "level-of-education"))
}} ORDER BY ?of ?education"""


class StoreFacts:
    """What a store knows of units; each unit is asked for once. It is a ``UnitFacts`` for the judges.

    The level is the qualification type in the title of a qualification that packages the unit, else the level of
    education that the register assigns to it. ``source`` of each fact is the document's IRI.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._known: dict[str, tuple[Packaging, ...]] = {}

    def packagings(self, code: str) -> tuple[Packaging, ...]:
        """The qualifications that a document of the store says package the unit."""
        self._learn([code])
        return self._known.get(code, ())

    def known(self, codes: Iterable[str]) -> KnownUnits:
        """What is known of many units, asked for together."""
        wanted = list(dict.fromkeys(codes))
        self._learn(wanted)
        return KnownUnits({code: self._known[code] for code in wanted if self._known.get(code)})

    def _learn(self, codes: Iterable[str]) -> None:
        new = [code for code in codes if code not in self._known]
        for start in range(0, len(new), AT_ONCE):
            some = new[start : start + AT_ONCE]
            found: dict[str, list[Packaging]] = {code: [] for code in some}
            for row, title, education in self._rows(some):
                found[row["code"]].append(_packaging(row, title, education))
            self._known |= {code: tuple(dict.fromkeys(facts)) for code, facts in found.items()}

    def _rows(self, codes: Iterable[str]) -> Iterator[tuple[Row, str | None, str | None]]:
        """What packages the units, each with the title that its document states and the level of education.

        Titles and levels are asked for by themselves: joined to the rest, those of all qualifications would be read.
        """
        asked = " ".join(f'"{code}"' for code in codes if code.isalnum())
        rows = selected(self._store, QUESTION.replace("{codes}", asked)) if asked else []
        qualifications = {row["of"] for row in rows}
        titles: dict[tuple[str, str], list[str | None]] = {}
        for row in self._of(TITLES, qualifications):
            titles.setdefault((row["of"], row["document"]), []).append(row["title"])
        levels: dict[str, list[str | None]] = {}
        for row in self._of(EDUCATION, qualifications):
            levels.setdefault(row["of"], []).append(row["education"])
        for row in rows:
            stated = titles.get((row["of"], row["document"]), [None])
            yield from product([row], stated, levels.get(row["of"], [None]))

    def _of(self, question: str, qualifications: Iterable[str]) -> list[Row]:
        asked = " ".join(f"<{iri}>" for iri in sorted(qualifications))
        return selected(self._store, question.replace("{qualifications}", asked)) if asked else []


def _packaging(row: Row, title: str | None, education: str | None) -> Packaging:
    code = row["qualification"]
    return Packaging(
        qualification=code,
        level=level_in_title(title) or LEVELS_OF_EDUCATION.get(education or ""),
        package=training_package(code),
        source=row["document"],
    )
