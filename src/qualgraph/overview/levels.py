"""The qualification type and AQF level of a qualification, and the levels at which a unit of competency is packaged.

The level of a unit is that of the qualifications that package it, never the digit in its code.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from qualgraph.overview.rows import each_once, grouped, local, source
from qualgraph.overview.source import Source
from qualgraph.store.rows import Row

TYPES: Final = """
SELECT DISTINCT ?type ?name ?level ?basis ?document ?line WHERE {
  {
    {of} GRAPH ?document { {component} qg:namesQualificationType ?type }
    BIND ("title" AS ?basis)
  } UNION {
    {of} GRAPH ?document {
      {component} qg:hasClassification ?assignment .
      ?assignment qg:assignsConcept ?stated ; qg:listedIn ?table .
      FILTER (?table = qg:CurrentTable)
      OPTIONAL { ?assignment qg:sourceLine ?line }
    }
    ?stated (skos:relatedMatch|^skos:relatedMatch) ?type .
    ?type qg:aqfLevel ?any .
    BIND ("classification" AS ?basis)
  }
  OPTIONAL { ?type qg:aqfLevel ?level ; skos:prefLabel ?name }
} ORDER BY ?basis ?type ?name ?document ?line"""

PACKAGERS: Final = """
SELECT DISTINCT ?qualification ?class ?level ?usage ?release ?number ?lists WHERE {
  { {of} ?qualification qg:packages {component} ; a ?class . FILTER (?class = qg:Qualification) }
  UNION { {of} ?qualification qg:packages {component} ; qg:namesQualificationType ?type . ?type qg:aqfLevel ?level }
  UNION {
    {of} ?qualification qg:packages {component} ; xkos:classifiedUnder ?stated .
    ?stated (skos:relatedMatch|^skos:relatedMatch) ?type . ?type qg:aqfLevel ?level
  }
  UNION { {of} ?qualification qg:packages {component} ; qg:hasLatestUsage ?usage }
  UNION {
    {of} ?qualification qg:packages {component} . ?release dcterms:isVersionOf ?qualification .
    ?release (qg:hasPackagingRule|qg:hasUnitGrid) ?told . OPTIONAL { ?release qg:releaseNumber ?number }
  } UNION {
    {of} ?group qg:hasMember {component} . ?rule qg:hasGroup ?group .
    ?release qg:hasPackagingRule ?rule ; dcterms:isVersionOf ?qualification . BIND (true AS ?lists)
  } UNION {
    {of} ?row qg:mentions {component} . ?grid qg:hasRow ?row .
    ?release qg:hasUnitGrid ?grid ; dcterms:isVersionOf ?qualification . BIND (true AS ?lists)
  }
} ORDER BY ?qualification ?class ?level ?usage ?release ?number ?lists"""
"""What packages a unit, its levels and usage recommendation, its releases with a rule or a grid, and those of them that
list the unit; each in rows by itself, as that is quick."""


@dataclass(frozen=True, kw_only=True, slots=True)
class QualificationType:
    """A qualification type of the Australian Qualifications Framework (AQF), and the level the AQF locates it at.

    ``stated_by``: title, which begins with the type, or classification, the register's by level of education.
    ``level`` runs from 1 to 10, the highest; None where the store does not know where the type is located.
    """

    name: str
    level: int | None
    stated_by: str
    iri: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class UnitLevel:
    """How many qualifications of one AQF level package a unit in some release, and how many of them do today.

    ``level`` is None for those whose own level is not known. One of which two levels are stated counts at both.
    ``latest`` are those that list it in their latest release of which a rule or a unit grid was read, ``current``
    those of them that are current, ``unknown`` those of which no document states whether they are.
    """

    level: int | None
    qualifications: int
    latest: int
    current: int
    unknown: int


def types_of(rows: Sequence[Row]) -> tuple[QualificationType, ...]:
    """Each type that is stated of a qualification, once for its title and once for its classification."""
    return tuple(
        QualificationType(
            name=group[0]["name"] or local(group[0]["type"]),
            level=group[0]["level"],
            stated_by=group[0]["basis"],
            iri=group[0]["type"],
            sources=each_once(source(row) for row in group),
        )
        for group in grouped(rows, "basis", "type")
    )


def unit_levels(rows: Sequence[Row]) -> tuple[UnitLevel, ...]:
    """The levels of the qualifications that package a unit, the lowest first and those not known last."""
    levels: defaultdict[str, set[int | None]] = defaultdict(set)
    for row in rows:
        if row["level"] is not None:
            levels[row["qualification"]].add(row["level"])
    current = {row["qualification"] for row in rows if row["usage"] and local(row["usage"]) == "Current"}
    stated = {row["qualification"] for row in rows if row["usage"]}
    packaging: defaultdict[int | None, set[str]] = defaultdict(set)
    for qualification in {row["qualification"] for row in rows if row["class"]}:
        for level in levels.get(qualification, {None}):
            packaging[level].add(qualification)
    latest = _in_latest_release(rows)
    return tuple(
        UnitLevel(
            level=level,
            qualifications=len(packaging[level]),
            latest=len(packaging[level] & latest),
            current=len(packaging[level] & latest & current),
            unknown=len((packaging[level] & latest) - stated),
        )
        for level in sorted(packaging, key=lambda level: (level is None, level or 0))
    )


def _in_latest_release(rows: Sequence[Row]) -> set[str]:
    """The qualifications that list the unit in their latest release with a rule or a grid.

    Which of several is the latest is known by their numbers alone; where one has none, all of them must list it.
    """
    listing = {row["release"] for row in rows if row["lists"]}
    numbers: defaultdict[str, dict[str, int | None]] = defaultdict(dict)
    for row in rows:
        if row["release"] and not row["lists"]:
            stated = row["number"] or ""
            numbers[row["qualification"]][row["release"]] = int(stated) if stated.isdecimal() else None
    return {qualification for qualification, told in numbers.items() if _latest(told) <= listing}


def _latest(numbers: Mapping[str, int | None]) -> set[str]:
    """The releases that may be the latest, by their numbers."""
    known = [number for number in numbers.values() if number is not None]
    if len(known) < len(numbers):
        return set(numbers)
    return {release for release, number in numbers.items() if number == max(known)}
