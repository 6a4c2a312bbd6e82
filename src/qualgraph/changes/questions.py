"""What is compared: for each aspect a question whose rows are what a thing is called and one thing said of it."""

from __future__ import annotations

from typing import Final

from qualgraph.namespaces import DCTERMS, PROV, QG, SKOS

PREFIXES: Final = (
    f"PREFIX qg: <{QG}> PREFIX dcterms: <{DCTERMS}> PREFIX skos: <{SKOS}> PREFIX prov: <{PROV}>\n"
)

COMPONENTS: Final = "components"
PACKAGING: Final = "packaging rules"

ASPECTS: Final[dict[str, str]] = {
    COMPONENTS: """
SELECT DISTINCT ?key ?said WHERE {
  ?component qg:code ?key ; a ?kind .
  FILTER (?kind IN (qg:Qualification, qg:UnitOfCompetency, qg:SkillSet, qg:TrainingPackage, qg:AccreditedCourse))
  BIND (IF(?kind = qg:UnitOfCompetency, "unit of competency",
        IF(?kind = qg:SkillSet, "skill set",
        IF(?kind = qg:TrainingPackage, "training package",
        IF(?kind = qg:AccreditedCourse, "accredited course", "qualification")))) AS ?said)
} ORDER BY ?key ?said""",
    "titles": """
SELECT DISTINCT ?key ?said WHERE { ?component qg:code ?key ; dcterms:title ?said } ORDER BY ?key ?said""",
    "usage recommendations": """
SELECT DISTINCT ?key ?said WHERE {
  ?component qg:code ?key ; qg:hasUsageStatement ?statement .
  ?statement qg:statesUsage ?usage .
  OPTIONAL { ?statement qg:validFrom ?start }
  OPTIONAL { ?statement qg:validThrough ?end }
  BIND (CONCAT(STRAFTER(STR(?usage), "#"), COALESCE(CONCAT(" from ", STR(?start)), ""),
               COALESCE(CONCAT(" through ", STR(?end)), "")) AS ?said)
} ORDER BY ?key ?said""",
    "releases": """
SELECT DISTINCT ?key ?said WHERE {
  ?release dcterms:isVersionOf ?component .
  ?component qg:code ?key .
  ?release qg:releaseNumber ?number .
  OPTIONAL { ?release dcterms:issued ?issued }
  BIND (CONCAT("release ", ?number, COALESCE(CONCAT(" of ", STR(?issued)), "")) AS ?said)
} ORDER BY ?key ?said""",
    "mappings": """
SELECT DISTINCT ?key ?said WHERE {
  ?mapping qg:mapsFrom ?before ; qg:mapsTo ?after ; qg:hasEquivalence ?equivalence .
  ?before qg:code ?old .
  ?after qg:code ?new .
  OPTIONAL { ?mapping qg:mappingDate ?day }
  BIND (CONCAT(?old, " -> ", ?new) AS ?key)
  BIND (CONCAT(IF(?equivalence = qg:Equivalent, "equivalent",
                  IF(?equivalence = qg:NotEquivalent, "not equivalent", "not stated")),
               COALESCE(CONCAT(", last day ", STR(?day)), "")) AS ?said)
} ORDER BY ?key ?said""",
    "classifications": """
SELECT DISTINCT ?key ?said WHERE {
  ?component qg:code ?key ; qg:hasClassification ?assignment .
  ?assignment qg:assignsConcept ?concept .
  ?concept skos:inScheme ?scheme .
  OPTIONAL { ?concept skos:notation ?notation }
  OPTIONAL { ?assignment qg:statedLabel ?label }
  OPTIONAL { ?assignment qg:validFrom ?start }
  OPTIONAL { ?assignment qg:validThrough ?end }
  BIND (CONCAT(REPLACE(STR(?scheme), "^.*/", ""), COALESCE(CONCAT(" ", ?notation), ""),
               COALESCE(CONCAT(" ", ?label), ""), COALESCE(CONCAT(" from ", STR(?start)), ""),
               COALESCE(CONCAT(" through ", STR(?end)), "")) AS ?said)
} ORDER BY ?key ?said""",
    "documents": """
SELECT DISTINCT ?key ?said WHERE {
  ?document a qg:SourceDocument ; qg:sha256 ?sum .
  OPTIONAL { ?document prov:wasGeneratedBy ?reading . ?reading qg:readerVersion ?version }
  BIND (REPLACE(STR(?document), "^.*/id/document/", "") AS ?key)
  BIND (CONCAT("sha256 ", ?sum, COALESCE(CONCAT(", reader version ", ?version), "")) AS ?said)
} ORDER BY ?key ?said""",
}
"""Each aspect, in the order of a report. Packaging rules are compared in another way, after the mappings."""

OF_A_COMPONENT: Final = ("titles", "usage recommendations", "releases", "classifications", PACKAGING)
"""Aspects that say nothing more of a component that is itself new or gone."""
