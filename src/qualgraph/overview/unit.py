"""The part of an overview that is about a unit of competency: elements, prerequisites, sections, what includes it."""

from __future__ import annotations

from typing import Final

from qualgraph.overview.levels import PACKAGERS, unit_levels
from qualgraph.overview.prerequisites import PREREQUISITES, RULE_PREREQUISITES, prerequisites_of
from qualgraph.overview.records import (
    ElementSummary,
    InclusionSummary,
    SectionSummary,
    UnitSummary,
)
from qualgraph.overview.rows import Answers, answers, each_once, grouped, local, source
from qualgraph.store.base import Store

ELEMENTS: Final = """
SELECT ?element ?position ?number ?text ?criterion ?document ?line WHERE {
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasElement ?element .
    ?element qg:position ?position .
    OPTIONAL { ?element qg:statedNumber ?number }
    OPTIONAL { ?element qg:sourceText ?text }
    OPTIONAL { ?element qg:sourceLine ?line }
    OPTIONAL { ?element qg:hasPerformanceCriterion ?criterion }
  }
} ORDER BY ?document ?position ?element ?criterion"""

SECTIONS: Final = """
SELECT ?kind ?document ?line (COUNT(?item) AS ?items) WHERE {
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasUnitSection ?section .
    ?section qg:sectionKind ?kind ; qg:hasSectionItem ?item .
    OPTIONAL { ?section qg:sourceLine ?line }
  }
} GROUP BY ?section ?kind ?document ?line ORDER BY ?document ?line ?kind"""

FIELDS: Final = """
SELECT DISTINCT ?field ?sector WHERE {
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} .
    OPTIONAL { ?of qg:competencyField ?field }
    OPTIONAL { ?of qg:unitSector ?sector }
    FILTER (BOUND(?field) || BOUND(?sector))
  }
} ORDER BY ?field ?sector"""

INCLUSIONS: Final = """
SELECT ?kind ?code ?title ?essential ?releases ?document ?line WHERE {
  GRAPH ?document {
    {component} qg:hasInclusion ?inclusion .
    ?inclusion qg:mentions ?other .
    ?other qg:code ?code ; a ?kind .
    OPTIONAL { ?inclusion qg:statedTitle ?title }
    OPTIONAL { ?inclusion qg:statedEssential ?essential }
    OPTIONAL { ?inclusion qg:statedReleases ?releases }
    OPTIONAL { ?inclusion qg:sourceLine ?line }
  }
} ORDER BY ?kind ?code ?document ?line"""


def unit_of(store: Store, component: str) -> UnitSummary:
    """What documents say of a unit beside what they say of any component; ``component`` is its IRI in brackets."""
    told = answers(
        store,
        (FIELDS, ELEMENTS, PREREQUISITES, RULE_PREREQUISITES, SECTIONS, INCLUSIONS, PACKAGERS),
        component=component,
    )
    fields = told[FIELDS]
    return UnitSummary(
        competency_fields=each_once(row["field"] for row in fields),
        sectors=each_once(row["sector"] for row in fields),
        elements=_elements(told),
        prerequisites=prerequisites_of(told),
        sections=tuple(
            SectionSummary(kind=row["kind"], items=row["items"], source=source(row))
            for row in told[SECTIONS]
            if row["kind"]
        ),
        included_in=tuple(
            InclusionSummary(
                kind=local(row["kind"]),
                code=row["code"],
                title=row["title"],
                essential=row["essential"],
                releases=row["releases"],
                source=source(row),
            )
            for row in told[INCLUSIONS]
        ),
        levels=unit_levels(told[PACKAGERS]),
    )


def _elements(told: Answers) -> tuple[ElementSummary, ...]:
    rows = told[ELEMENTS]
    return tuple(
        ElementSummary(
            position=group[0]["position"],
            number=group[0]["number"],
            text=group[0]["text"],
            criteria=len(each_once(row["criterion"] for row in group)),
            source=source(group[0]),
        )
        for group in grouped(rows, "element", "document")
    )
