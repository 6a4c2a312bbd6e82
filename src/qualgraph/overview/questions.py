"""The questions an overview asks of a store, in SPARQL; ``{component}`` is the component's IRI in angle brackets.

Some are also asked of many components at once: then ``{component}`` is a variable, and ``{of}`` gives its values.
Each names the graph of a fact ``?document``, which is its document, and its line ``?line``.
"""

from __future__ import annotations

from typing import Final

from qualgraph.namespaces import DCTERMS, PROV, QG, RDFS, SCHEMA, SKOS, XKOS

PREFIXES: Final = f"""PREFIX qg: <{QG}> PREFIX dcterms: <{DCTERMS}> PREFIX prov: <{PROV}>
PREFIX rdfs: <{RDFS}> PREFIX schema: <{SCHEMA}> PREFIX skos: <{SKOS}> PREFIX xkos: <{XKOS}>
"""

COMPONENT: Final = """
SELECT DISTINCT ?component ?kind ?title ?latest WHERE {
  ?component qg:code "{code}" ; a ?kind .
  FILTER (?kind IN (qg:Qualification, qg:UnitOfCompetency, qg:SkillSet, qg:TrainingPackage, qg:AccreditedCourse))
  OPTIONAL { ?component qg:preferredTitle ?title }
  OPTIONAL { ?component qg:hasLatestUsage ?latest }
} ORDER BY ?component ?title ?latest"""

CODES_LIKE: Final = """
SELECT DISTINCT ?code WHERE { ?component qg:code ?code .
  FILTER (STRSTARTS(?code, "{start}") || STRENDS(?code, "{end}")) } ORDER BY ?code"""

HELD: Final = """
SELECT ?thing WHERE { { ?thing qg:code "{code}" } UNION { ?thing skos:notation "{code}" } } LIMIT 1"""

DOCUMENTS: Final = """
SELECT ?document ?kind ?name ?describes ?retrieved ?line WHERE {
  { {of} ?document qg:describes {component} . BIND (true AS ?describes) }
  UNION
  { {of} GRAPH ?document { ?mention qg:mentions {component} ; qg:sourceLine ?line } BIND (false AS ?describes) }
  UNION
  { {of} GRAPH ?document { {component} qg:code ?code } BIND (false AS ?describes) }
  ?document a qg:SourceDocument ; qg:documentKind ?kind ; qg:fileName ?name .
  OPTIONAL { ?document qg:retrievedOn ?retrieved }
} ORDER BY ?document ?line"""

TITLES: Final = """
SELECT ?title ?document ?line WHERE { {of}
  GRAPH ?document { ?mention qg:mentions {component} ; qg:statedTitle ?title ; qg:sourceLine ?line }
} ORDER BY ?title ?document ?line"""

USAGE: Final = """
SELECT ?recommendation ?start ?through ?document ?line WHERE { {of}
  GRAPH ?document {
    {component} qg:hasUsageStatement ?statement .
    ?statement qg:statesUsage ?recommendation .
    OPTIONAL { ?statement qg:sourceLine ?line }
    OPTIONAL { ?statement qg:validFrom ?start }
    OPTIONAL { ?statement qg:validThrough ?through }
  }
} ORDER BY ?start ?document ?line"""

RELEASES: Final = """
SELECT ?release ?number ?issued ?described ?document ?line WHERE { {of}
  GRAPH ?document {
    ?release dcterms:isVersionOf {component} .
    OPTIONAL { ?release qg:releaseNumber ?number }
    OPTIONAL { ?release dcterms:issued ?issued }
    OPTIONAL { ?release qg:isDescribedRelease ?described }
    OPTIONAL { ?release qg:sourceLine ?line }
  }
} ORDER BY ?number ?release ?document ?line"""

MAPPINGS: Final = """
SELECT ?new ?code ?title ?equivalence ?through ?note ?document ?line WHERE {
  { {of} GRAPH ?document {
      ?mapping qg:mapsFrom {component} ; qg:mapsTo ?other ; qg:hasEquivalence ?equivalence .
      ?other qg:code ?code .
      OPTIONAL { ?mapping qg:mappingDate ?through }
      OPTIONAL { ?mapping qg:mappingNote ?note }
      OPTIONAL { ?mapping qg:sourceLine ?line }
    } BIND (true AS ?new) }
  UNION
  { {of} GRAPH ?document {
      ?mapping qg:mapsTo {component} ; qg:mapsFrom ?other ; qg:hasEquivalence ?equivalence .
      ?other qg:code ?code .
      OPTIONAL { ?mapping qg:mappingDate ?through }
      OPTIONAL { ?mapping qg:mappingNote ?note }
      OPTIONAL { ?mapping qg:sourceLine ?line }
    } BIND (false AS ?new) }
  OPTIONAL { ?other qg:preferredTitle ?title }
} ORDER BY ?through ?code ?document ?line"""

CLASSIFICATIONS: Final = """
SELECT ?assignment ?concept ?scheme ?value ?label ?start ?through ?listed ?document ?line WHERE { {of}
  GRAPH ?document {
    {component} qg:hasClassification ?assignment .
    ?assignment qg:assignsConcept ?concept ; qg:statedLabel ?label .
    ?concept skos:inScheme ?scheme .
    OPTIONAL { ?concept skos:notation ?value }
    OPTIONAL { ?assignment qg:validFrom ?start }
    OPTIONAL { ?assignment qg:validThrough ?through }
    OPTIONAL { ?assignment qg:listedIn ?listed }
    OPTIONAL { ?assignment qg:sourceLine ?line }
  }
} ORDER BY ?scheme ?value ?start ?assignment ?document ?line ?listed ?label"""

PACKAGES: Final = """
SELECT DISTINCT ?package ?code ?title ?document WHERE {
  { {of} GRAPH ?document { {component} qg:isInTrainingPackage ?package } }
  UNION { {of} {component} qg:isInTrainingPackage ?package . ?package qg:code ?code }
  UNION { {of} {component} qg:isInTrainingPackage ?package . ?package qg:preferredTitle ?title }
} ORDER BY ?package ?code ?title ?document"""

PACKAGING: Final = """
SELECT ?rule ?release ?measure ?total ?core ?elective ?status ?document ?line WHERE {
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasPackagingRule ?rule .
    ?rule qg:measure ?measure ; qg:readingStatus ?status .
    OPTIONAL { ?of qg:releaseNumber ?release }
    OPTIONAL { ?rule qg:totalCount ?total }
    OPTIONAL { ?rule qg:coreCount ?core }
    OPTIONAL { ?rule qg:electiveCount ?elective }
    OPTIONAL { ?rule qg:sourceLine ?line }
  }
} ORDER BY ?release ?document ?rule ?line"""

GROUPS: Final = """
SELECT ?rule ?key ?name ?role ?document ?line WHERE {
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasPackagingRule ?rule .
    ?rule qg:hasGroup ?group .
    ?group qg:groupKey ?key ; qg:hasRole ?role .
    OPTIONAL { ?group rdfs:label ?name }
    OPTIONAL { ?group qg:sourceLine ?line }
  }
} ORDER BY ?document ?line ?key"""

UNITS: Final = """
SELECT ?of ?rule ?group ?unit ?position ?code ?title ?heading ?document ?line WHERE {
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasPackagingRule ?rule .
    ?rule qg:hasGroup ?list .
    ?list qg:groupKey ?group ; qg:hasMembership ?membership .
    ?membership qg:mentions ?unit ; qg:position ?position .
    ?unit qg:code ?code .
    OPTIONAL { ?membership qg:statedTitle ?title }
    OPTIONAL { ?membership qg:topicHeading ?heading }
    OPTIONAL { ?membership qg:sourceLine ?line }
  }
} ORDER BY ?document ?group ?position ?line"""

UNIT_USAGE: Final = """
SELECT DISTINCT ?unit ?recommendation WHERE {
  ?of dcterms:isVersionOf {component} ; qg:hasPackagingRule/qg:hasGroup/qg:hasMember ?unit .
  ?unit qg:hasLatestUsage ?recommendation .
} ORDER BY ?unit"""

POOLS: Final = """
SELECT DISTINCT ?pool ?key ?name ?level ?origin WHERE {
  ?of dcterms:isVersionOf {component} ; qg:hasPackagingRule ?rule .
  { ?rule qg:hasGroup ?pool . OPTIONAL { ?pool rdfs:label ?name } ?pool qg:groupKey ?key }
  UNION
  { ?rule qg:hasImportPool ?pool .
    OPTIONAL { ?pool qg:statedLevel ?level }
    OPTIONAL { ?pool qg:admitsSource ?origin } }
} ORDER BY ?pool ?level ?origin"""

STATEMENTS: Final = """
SELECT ?rule ?key ?kind ?count ?pool ?within ?ambiguous ?ambiguity ?text ?document ?line WHERE {
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasPackagingRule ?rule .
    ?rule qg:hasStatement ?statement .
    ?statement qg:statementKey ?key ; qg:statementKind ?kind .
    OPTIONAL { ?statement qg:statedCount ?count }
    OPTIONAL { ?statement qg:concernsPool ?pool }
    OPTIONAL { ?statement qg:countsWithin ?outer . ?outer qg:statementKey ?within }
    OPTIONAL { ?statement qg:isAmbiguous ?ambiguous }
    OPTIONAL { ?statement qg:ambiguity ?ambiguity }
    OPTIONAL { ?statement qg:sourceText ?text }
    OPTIONAL { ?statement qg:sourceLine ?line }
  }
} ORDER BY ?document ?line ?key ?pool"""

DEMANDS: Final = """
SELECT ?rule ?demand ?node ?number ?pool ?document ?line WHERE {
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasPackagingRule ?rule .
    { ?rule qg:hasSlot ?node . ?node qg:demand ?number ; qg:drawsFrom ?pool . BIND (true AS ?demand) }
    UNION
    { ?rule qg:hasCap ?node . ?node qg:limit ?number ; qg:capsPool ?pool . BIND (false AS ?demand) }
    OPTIONAL { ?node qg:isReadFrom ?statement . ?statement qg:sourceLine ?line }
  }
} ORDER BY ?document DESC(?demand) ?node ?pool ?line"""

CONDITIONS: Final = """
SELECT ?rule ?unread ?text ?document ?line WHERE {
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasPackagingRule ?rule .
    { ?rule qg:hasHumanCondition ?node . BIND (false AS ?unread) }
    UNION
    { ?rule qg:hasUnreadText ?node . BIND (true AS ?unread) }
    OPTIONAL { ?node qg:sourceText ?text }
    OPTIONAL { ?node qg:sourceLine ?line }
  }
} ORDER BY ?document ?line"""

GRIDS: Final = """
SELECT ?seen ?stated ?document ?line WHERE { {of}
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasUnitGrid ?grid .
    ?grid qg:rowsSeen ?seen .
    OPTIONAL { ?grid qg:rowsStated ?stated }
    OPTIONAL { ?grid qg:sourceLine ?line }
  }
} ORDER BY ?document ?line"""

PACKAGED_BY: Final = """
SELECT ?of ?code ?title ?role ?key ?group ?document ?line WHERE {
  { SELECT ?document ?list ?line WHERE {
      GRAPH ?document {
        ?membership qg:mentions {component} ; a qg:GroupMembership .
        ?list qg:hasMembership ?membership .
        OPTIONAL { ?membership qg:sourceLine ?line }
      } } }
  GRAPH ?document {
    ?list qg:hasRole ?role ; qg:groupKey ?key .
    ?rule qg:hasGroup ?list .
    ?of qg:hasPackagingRule ?rule ; dcterms:isVersionOf ?qualification .
    ?qualification qg:code ?code .
    OPTIONAL { ?list rdfs:label ?group }
  }
  OPTIONAL { ?qualification qg:preferredTitle ?title }
} ORDER BY ?code ?document ?line"""

GRID_UNITS: Final = """
SELECT DISTINCT ?of ?unit ?code ?document ?line WHERE { {of}
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasUnitGrid ?grid .
    ?grid qg:hasRow ?row .
    ?row qg:mentions ?unit ; qg:sourceLine ?line .
  }
  ?unit qg:code ?code .
} ORDER BY ?document ?line ?code"""

IN_GRIDS: Final = """
SELECT DISTINCT ?of ?qualification ?code ?document ?line WHERE { {of}
  GRAPH ?document {
    ?row qg:mentions {component} ; qg:sourceLine ?line .
    ?grid qg:hasRow ?row .
    ?of qg:hasUnitGrid ?grid ; dcterms:isVersionOf ?qualification .
  }
  ?qualification qg:code ?code .
} ORDER BY ?code ?document ?line"""

GRID_NAMES: Final = """
SELECT DISTINCT ?thing ?title ?usage WHERE {
  { {component} qg:packages ?thing . ?thing qg:preferredTitle ?title }
  UNION { {component} qg:packages ?thing . ?thing qg:hasLatestUsage ?usage }
  UNION { ?thing qg:packages {component} ; qg:preferredTitle ?title }
} ORDER BY ?thing DESC(?title) DESC(?usage)"""
"""Titles and usage recommendations of what grids list, or of what has the grids; each by itself, as that is quick."""

ENTRY: Final = """
SELECT ?none ?text ?document ?line WHERE {
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasEntryRequirement ?entry .
    ?entry qg:noneRequired ?none .
    OPTIONAL { ?entry qg:sourceText ?text }
    OPTIONAL { ?entry qg:sourceLine ?line }
  }
} ORDER BY ?document ?line"""

PATHWAYS: Final = """
SELECT ?alternative ?direction ?kind ?code ?title ?open ?role ?document ?line ?position ?place WHERE {
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasPathway ?pathway .
    ?pathway a ?direction ; qg:hasAlternative ?alternative .
    ?alternative a ?kind ; qg:position ?position .
    FILTER (?direction IN (qg:PathwayInto, qg:PathwayFrom))
    FILTER (?kind IN (qg:QualificationAlternative, qg:ExperienceAlternative, qg:OtherAlternative))
    OPTIONAL { ?alternative qg:mentions ?other . ?other qg:code ?code }
    OPTIONAL { ?alternative qg:statedTitle ?title }
    OPTIONAL { ?alternative qg:openEnded ?open }
    OPTIONAL { ?alternative qg:hasJobRoleListing ?listing . ?listing qg:statedLabel ?role ; qg:position ?place }
    OPTIONAL { ?alternative qg:sourceLine ?line }
  }
} ORDER BY DESC(?direction) ?document ?position ?place"""

JOB_ROLES: Final = """
SELECT DISTINCT ?role ?document ?position ?line WHERE {
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasJobRoleListing ?listing .
    ?listing qg:statedLabel ?role ; qg:position ?position .
    OPTIONAL { ?listing qg:sourceLine ?line }
  }
} ORDER BY ?document ?position ?line"""

LICENSING: Final = """
SELECT ?direct ?document ?line WHERE {
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasLicensingNote ?note .
    OPTIONAL { ?note qg:directLink ?direct }
    OPTIONAL { ?note qg:sourceLine ?line }
  }
} ORDER BY ?document ?line"""

SKILLS: Final = """
SELECT ?label ?facets ?document ?line ?position WHERE {
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasEmployabilitySkill ?entry .
    ?entry qg:position ?position ; qg:facetCount ?facets .
    OPTIONAL { ?entry qg:statedLabel ?label }
    OPTIONAL { ?entry qg:sourceLine ?line }
  }
} ORDER BY ?document ?position"""

EXAMPLES: Final = """
SELECT ?example ?name ?code ?choose ?cut ?document ?line ?position WHERE {
  GRAPH ?document {
    ?of dcterms:isVersionOf {component} ; qg:hasOutcomeExample ?example .
    ?example rdfs:label ?name .
    OPTIONAL { ?example qg:sourceLine ?line }
    OPTIONAL { ?example qg:chooseCount ?choose }
    OPTIONAL { ?example qg:cutOff ?cut }
    OPTIONAL { ?example qg:hasExampleUnit ?unit . ?unit qg:position ?position ; qg:mentions ?named .
               ?named qg:code ?code }
  }
} ORDER BY ?document ?line ?example ?position"""

PROBLEMS: Final = """
SELECT ?kind ?severity ?message ?document ?line WHERE { {of}
  ?document qg:describes {component} .
  GRAPH ?document {
    ?document qg:hasProblem ?problem .
    ?problem qg:problemKind ?kind ; qg:problemSeverity ?severity ; qg:problemMessage ?message .
    OPTIONAL { ?problem qg:sourceLine ?line }
  }
} ORDER BY ?document ?line"""

LISTS: Final = """
SELECT ?of ?list ?code ?title ?role ?key ?group ?document WHERE {
  GRAPH ?document {
    ?rule qg:hasGroup ?list .
    ?list qg:hasRole ?role ; qg:groupKey ?key .
    ?of qg:hasPackagingRule ?rule ; dcterms:isVersionOf ?qualification .
    ?qualification qg:code ?code .
    OPTIONAL { ?list rdfs:label ?group }
  }
  OPTIONAL { ?qualification qg:preferredTitle ?title }
}"""

LISTINGS: Final = """
SELECT ?component ?list ?document ?line WHERE {
  GRAPH ?document {
    ?list qg:hasMembership ?membership .
    ?membership qg:mentions ?component .
    OPTIONAL { ?membership qg:sourceLine ?line }
  }
}"""

COMPONENTS: Final = "SELECT DISTINCT ?component ?code ?kind WHERE { ?component qg:code ?code ; a ?kind }"

PREFERRED_TITLES: Final = "SELECT DISTINCT ?component ?value WHERE { ?component qg:preferredTitle ?value }"

LATEST_USAGE: Final = "SELECT DISTINCT ?component ?value WHERE { ?component qg:hasLatestUsage ?value }"

OF_COMPONENT: Final = (
    DOCUMENTS,
    TITLES,
    USAGE,
    RELEASES,
    MAPPINGS,
    CLASSIFICATIONS,
    PACKAGES,
    PACKAGING,
    GROUPS,
    UNITS,
    UNIT_USAGE,
    POOLS,
    STATEMENTS,
    DEMANDS,
    CONDITIONS,
    GRIDS,
    GRID_UNITS,
    PACKAGED_BY,
    IN_GRIDS,
    GRID_NAMES,
    ENTRY,
    PATHWAYS,
    JOB_ROLES,
    LICENSING,
    SKILLS,
    EXAMPLES,
    PROBLEMS,
)
"""What is asked of one component, all at once."""
