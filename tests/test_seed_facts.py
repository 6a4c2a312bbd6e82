"""Every fact of the four source documents that the model has a place for, asked for by SPARQL, seed by seed.

The expected rows were read off the documents by hand. Each case is a sentence and the query that answers it.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from qualgraph.namespaces import PREFIXES
from qualgraph.pipeline import ingest_file, refresh
from qualgraph.store import OxigraphStore, Store
from qualgraph.store.base import Table
from qualgraph.triples import TextPolicy
from support import seed_path

SEEDS = {"BSB40307": "000", "BSB50307": "001", "BSB50311": "003", "ANZSCO 5411": "004"}

RELEASE = '?c qg:code "{code}" . ?r dcterms:isVersionOf ?c ; qg:isDescribedRelease true . '
RULE = RELEASE + "?r qg:hasPackagingRule ?rule . "
LISTED = RULE + "?rule qg:hasGroup ?g . ?g qg:hasMembership ?m . ?m qg:mentions/qg:code ?unit . "

FACTS: list[tuple[str, str, str, list[str]]] = [
    # Seed 000: BSB40307, a register page
    ("BSB40307", "its title", 'SELECT ?t { ?c qg:code "BSB40307" ; qg:preferredTitle ?t }',
     ["Certificate IV in Customer Contact"]),
    ("BSB40307", "its release and release date",
     f"SELECT ?n ?d {{ {RELEASE} ?r qg:releaseNumber ?n ; dcterms:issued ?d }}", ["1 | 2009-03-10"]),
    ("BSB40307", "its usage recommendation",
     "SELECT ?u { ?c qg:code '{code}' ; qg:hasUsageStatement/qg:statesUsage ?u }", ["qg:Superseded"]),
    ("BSB40307", "its successor, equivalence, last day and line",
     "SELECT ?new ?title ?e ?d ?l { ?m qg:mapsFrom/qg:code '{code}' ; qg:mapsTo ?n ; qg:statedTitle ?title ; "
     "qg:hasEquivalence ?e ; qg:mappingDate ?d ; qg:sourceLine ?l . ?n qg:code ?new }",
     ["BSB40311 | Certificate IV in Customer Contact | qg:Equivalent | 2011-11-27 | 16"]),
    ("BSB40307", "the mapping's note",
     "SELECT ?s { ?m qg:mapsFrom/qg:code '{code}' ; qg:mappingNote ?note . BIND (STRBEFORE(?note, '.') AS ?s) }",
     ["This qualification replaces BSB40307 Certificate IV in Customer Contact"]),
    ("BSB40307", "its grid of 30 rows, of which 10 were seen",
     f"SELECT ?seen ?stated {{ {RELEASE} ?r qg:hasUnitGrid ?g . ?g qg:rowsSeen ?seen ; qg:rowsStated ?stated }}",
     ["10 | 30"]),
    ("BSB40307", "each grid row seen: code, title, usage and 'Essential'",
     f"SELECT ?p ?u ?t ?s ?e {{ {RELEASE} ?r qg:hasUnitGrid/qg:hasRow ?w . ?w qg:position ?p ; "
     "qg:mentions/qg:code ?u ; qg:statedTitle ?t ; qg:statesUsage ?s ; qg:statedEssential ?e } ORDER BY ?p",
     [f"{position} | {unit} | {title} | qg:Superseded | N/A" for position, (unit, title) in enumerate([
         ("BSBADM409A", "Coordinate business resources"),
         ("BSBCCO401A", "Administer customer contact telecommunications technology"),
         ("BSBCCO402A", "Gather, collate and record information"),
         ("BSBCOM401B", "Organise and monitor the operation of compliance management system"),
         ("BSBCOM402B", "Implement processes for the management of a breach in compliance requirements"),
         ("BSBCOM403B", "Provide education and training on compliance requirements and systems"),
         ("BSBCOM404B", "Promote and liaise on compliance requirements, systems and related issues"),
         ("BSBCUS401A", "Coordinate implementation of customer service strategies"),
         ("BSBHRM402A", "Recruit, select and induct staff"),
         ("BSBINM401A", "IMPLEMENT WORKPLACE INFORMATION SYSTEM"),
     ], start=1)]),
    ("BSB40307", "the current table's four coded rows",
     "SELECT ?s ?v ?l { ?c qg:code '{code}' ; qg:hasClassification ?a . ?a qg:listedIn qg:CurrentTable ; "
     "qg:assignsConcept ?k ; qg:statedLabel ?l . ?k skos:notation ?v ; skos:inScheme ?s "
     "FILTER (!STRSTARTS(STR(?s), 'https://w3id.org/qualgraph/id/scheme/anzsco-')) } ORDER BY ?v",
     ["qgid:scheme/asced-field | 0805 | Sales And Marketing",
      "qgid:scheme/level-of-education | 511 | Certificate IV",
      "qgid:scheme/anzsco | 541111 | Call Or Contact Centre Team Leader",
      "qgid:scheme/asco | 6191-11 | Inquiry Clerk"]),
    ("BSB40307", "the history's four rows with their start dates",
     "SELECT ?v ?from { ?c qg:code '{code}' ; qg:hasClassification ?a . ?a qg:listedIn qg:HistoryTable ; "
     "qg:validFrom ?from ; qg:assignsConcept/skos:notation ?v FILTER NOT EXISTS { ?a qg:validThrough ?to } } "
     "ORDER BY ?v",
     ["0805 | 2008-09-03", "511 | 2009-03-10", "541111 | 2008-09-03", "6191-11 | 2008-09-03"]),
    ("BSB40307", "its six industry sectors",
     "SELECT ?l { ?c qg:code '{code}' ; qg:hasClassification ?a . ?a qg:statedLabel ?l ; qg:assignsConcept ?k . "
     "?k skos:inScheme <https://w3id.org/qualgraph/id/scheme/taxonomy-industry-sector> } ORDER BY ?l",
     ["Advertising and Marketing", "Business Administration", "Customer Service", "Human Resource Management",
      "Local Government Administration", "Retail Management"]),
    ("BSB40307", "its ten taxonomy occupations",
     "SELECT ?l { ?c qg:code '{code}' ; qg:hasClassification ?a . ?a qg:statedLabel ?l ; qg:assignsConcept ?k . "
     "?k skos:inScheme <https://w3id.org/qualgraph/id/scheme/taxonomy-occupation> } ORDER BY ?l",
     ["Analyst", "Call Centre Analyst", "Call Centre Scheduler", "Call Centre Team Leader",
      "Customer Service Officer (Local Government)", "Customer Service Team Leader", "Roster Clerk",
      "Sales Administrator", "Sales Team Manager", "Scheduler"]),
    ("BSB40307", "its packaging counts",
     f"SELECT ?m ?t ?k ?e ?s {{ {RULE} ?rule qg:measure ?m ; qg:totalCount ?t ; qg:coreCount ?k ; "
     "qg:electiveCount ?e ; qg:readingStatus ?s }", ["units | 13 | 7 | 6 | complete"]),
    ("BSB40307", "its core units with their headings, the imported one among them",
     f"SELECT ?unit ?h {{ {LISTED} ?g qg:hasRole qg:CoreRole . ?m qg:topicHeading ?h }} ORDER BY ?unit",
     ["BSBCCO402A | Contact Centre Operations", "BSBCUS401A | Customer Service",
      "BSBLED401A | Learning and Development", "BSBMGT403A | Management", "BSBMGT405A | Management",
      "BSBOHS407A | Occupational Health and Safety", "FNSICORG515B | Imported Units"]),
    ("BSB40307", "its 21 listed electives with their headings",
     f"SELECT ?unit ?h {{ {LISTED} ?g qg:hasRole qg:ElectiveRole . ?m qg:topicHeading ?h }} ORDER BY ?unit",
     ["BSBCCO401A | Contact Centre Operations", "BSBCOM401B | Compliance", "BSBCOM402B | Compliance",
      "BSBCOM403B | Compliance", "BSBCOM404B | Compliance", "BSBHRM402A | Human Resource Management",
      "BSBINM401A | Information Management", "BSBINN301A | Innovation", "BSBMGT401A | Management",
      "BSBMGT402A | Management", "BSBPMG404A | Project Management", "BSBPMG407A | Project Management",
      "BSBPMG510A | Project Management", "BSBSLS501A | Sales", "BSBSLS502A | Sales",
      "BSBSUS301A | Sustainability", "BSBWOR401A | Workplace Effectiveness",
      "BSBWOR403A | Workplace Effectiveness", "CHCINF5B | Imported Units", "CHCPOL3A | Imported Units",
      "PSPPM402B | Imported Units"]),
    ("BSB40307", "the slots: 7 core, 6 from the list or elsewhere",
     f"SELECT ?n (COUNT(?p) AS ?pools) {{ {RULE} ?rule qg:hasSlot ?s . ?s qg:demand ?n ; qg:drawsFrom ?p }} "
     "GROUP BY ?s ?n ORDER BY ?n", ["6 | 2", "7 | 1"]),
    ("BSB40307", "the cap: 2 units from Certificate III or Diploma qualifications",
     f"SELECT ?n ?level {{ {RULE} ?rule qg:hasCap ?k . ?k qg:limit ?n ; qg:capsPool/qg:admitsLevel ?level }} "
     "ORDER BY ?level", ["2 | qgid:concept/aqf-type/certificate-iii", "2 | qgid:concept/aqf-type/diploma"]),
    ("BSB40307", "the condition that no machine decides",
     f"SELECT ?l {{ {RULE} ?rule qg:hasHumanCondition/qg:sourceLine ?l }}", ["189"]),
    ("BSB40307", "both statements that nothing is required for entry",
     f"SELECT ?none {{ {RELEASE} ?r qg:hasEntryRequirement ?e . ?e qg:noneRequired ?none }}", ["true", "true"]),
    ("BSB40307", "the qualification that leads in, open to others",
     f"SELECT ?from ?t ?open {{ {RELEASE} ?r qg:hasPathway ?p . ?p a qg:PathwayInto ; qg:hasAlternative ?a . "
     "?a qg:mentions/qg:code ?from ; qg:statedTitle ?t ; qg:openEnded ?open }",
     ["BSB30207 | Certificate III in Customer Contact | true"]),
    ("BSB40307", "entry by experience, with the job roles that indicate it",
     f"SELECT ?l {{ {RELEASE} ?r qg:hasPathway/qg:hasAlternative ?a . ?a a qg:ExperienceAlternative ; "
     "qg:hasJobRoleListing ?w . ?w qg:statedLabel ?l ; qg:position ?p } ORDER BY ?p",
     ["Call/Contact Centre Agent", "Customer Service Representative", "Senior Customer Service Representative",
      "Telesales Representative"]),
    ("BSB40307", "where it leads",
     f"SELECT ?to {{ {RELEASE} ?r qg:hasPathway ?p . ?p a qg:PathwayFrom ; "
     "qg:hasAlternative/qg:mentions/qg:code ?to }",
     ["BSB50307"]),
    ("BSB40307", "its five job roles in order",
     f"SELECT ?l {{ {RELEASE} ?r qg:hasJobRoleListing ?w . ?w qg:statedLabel ?l ; qg:position ?p }} ORDER BY ?p",
     ["Analyst", "Quality Assurance Coordinator or Manager", "Scheduler", "Subject Matter Expert/Coach",
      "Team Leader"]),
    ("BSB40307", "no direct link to licensing",
     f"SELECT ?d {{ {RELEASE} ?r qg:hasLicensingNote/qg:directLink ?d }}", ["false"]),
    ("BSB40307", "its eight employability skills and their facets",
     f"SELECT ?l ?n {{ {RELEASE} ?r qg:hasEmployabilitySkill ?s . ?s qg:statedLabel ?l ; qg:facetCount ?n ; "
     "qg:position ?p } ORDER BY ?p",
     ["Communication | 3", "Teamwork | 3", "Problem-solving | 3", "Initiative and enterprise | 2",
      "Planning and organising | 3", "Self-management | 3", "Learning | 2", "Technology | 2"]),
    ("BSB40307", "its three examples of outcomes, the last one cut off",
     f"SELECT ?n ?core ?cut (COUNT(?u) AS ?units) {{ {RELEASE} ?r qg:hasOutcomeExample ?x . ?x rdfs:label ?n ; "
     "qg:statedCoreCount ?core ; qg:cutOff ?cut ; qg:hasExampleUnit ?u } GROUP BY ?n ?core ?cut ORDER BY ?n",
     ["Analyst | 7 | false | 4", "Quality Assurance Coordinator or Manager | 7 | true | 1",
      "Scheduler | 7 | false | 3"]),
    ("BSB40307", "that the document ends too early",
     "SELECT ?l { ?d qg:describes/qg:code '{code}' ; qg:hasProblem ?p . ?p qg:problemKind 'truncated' ; "
     "qg:sourceLine ?l }", ["310"]),
    # Seed 001: BSB50307, the text of a register PDF
    ("BSB50307", "its title, release and no release date",
     f"SELECT ?t ?n ?d {{ {RELEASE} ?r qg:releaseNumber ?n . ?c qg:preferredTitle ?t "
     "OPTIONAL { ?r dcterms:issued ?d } }", ["Diploma of Customer Contact | 1 | -"]),
    ("BSB50307", "its packaging counts",
     f"SELECT ?t ?k ?e ?s {{ {RULE} ?rule qg:totalCount ?t ; qg:coreCount ?k ; qg:electiveCount ?e ; "
     "qg:readingStatus ?s }", ["10 | 6 | 4 | complete"]),
    ("BSB50307", "its six core units",
     f"SELECT ?unit {{ {LISTED} ?g qg:hasRole qg:CoreRole }} ORDER BY ?unit",
     ["BSBCCO601A", "BSBINM501A", "BSBINN502A", "BSBMGT516C", "BSBWOR502B", "FNSICORG515B"]),
    ("BSB50307", "how many electives it lists under each heading",
     f"SELECT ?h (COUNT(?m) AS ?n) {{ {LISTED} ?g qg:hasRole qg:ElectiveRole . ?m qg:topicHeading ?h }} "
     "GROUP BY ?h ORDER BY ?h",
     ["Compliance | 7", "Contact Centre Operations | 11", "Customer Service | 1", "Diversity | 1",
      "General Administration | 1", "Human Resource Management | 7", "IT Analysis and Design | 1",
      "Imported Units | 2", "Learning and Development | 2", "Management | 4", "Marketing | 1",
      "Occupational Health and Safety | 1", "Project Management | 10", "Public Relations | 1",
      "Quality Auditing | 1", "Risk Management | 1", "Sales | 1", "Sustainability | 1",
      "Workplace Effectiveness | 1"]),
    ("BSB50307", "the title that a line break cuts",
     f"SELECT ?t {{ {LISTED} ?m qg:statedTitle ?t FILTER (?unit = 'BSBCOM503B') }}",
     ["Develop processes for the management of breaches in compliance requirements"]),
    ("BSB50307", "its grid of 63 rows",
     f"SELECT ?n (COUNT(?w) AS ?rows) {{ {RELEASE} ?r qg:hasUnitGrid ?g . ?g qg:rowsSeen ?n ; qg:hasRow ?w }} "
     "GROUP BY ?n", ["63 | 63"]),
    ("BSB50307", "the grid rows that no list names",
     f"SELECT ?u ?l {{ {RELEASE} ?r qg:hasUnitGrid/qg:hasRow ?w . ?w qg:mentions ?x ; qg:sourceLine ?l . "
     "?x qg:code ?u FILTER NOT EXISTS { ?r qg:hasPackagingRule/qg:hasGroup/qg:hasMember ?x } } ORDER BY ?u",
     ["BSBADM409A | 276", "BSBRISK501A | 330", "THHGCS06B | 338"]),
    ("BSB50307", "its eight job roles",
     f"SELECT ?l {{ {RELEASE} ?r qg:hasJobRoleListing ?w . ?w qg:statedLabel ?l ; qg:position ?p }} ORDER BY ?p",
     ["Analyst", "Campaign Manager", "Project Manager", "Quality Assurance/Compliance Officer", "Scheduler",
      "Subject Matter Expert/Coach", "Team Leader (experienced)", "Team Supervisor/Manager"]),
    ("BSB50307", "where it comes from and leads to",
     f"SELECT ?kind ?code ?t ?open {{ {RELEASE} ?r qg:hasPathway ?p . ?p a ?kind ; qg:hasAlternative ?a . "
     "?a qg:mentions/qg:code ?code ; qg:statedTitle ?t ; qg:openEnded ?open } ORDER BY ?code",
     ["qg:PathwayInto | BSB40307 | Certificate IV in Customer Contact | true",
      "qg:PathwayFrom | BSB60307 | Advanced Diploma of Customer Contact | false"]),
    ("BSB50307", "the job roles for entry by experience",
     f"SELECT ?l {{ {RELEASE} ?r qg:hasPathway/qg:hasAlternative ?a . ?a a qg:ExperienceAlternative ; "
     "qg:hasJobRoleListing ?w . ?w qg:statedLabel ?l ; qg:position ?p } ORDER BY ?p",
     ["Scheduler", "Subject Matter Expert/Coach", "Quality Assurance Coordinator or Manager",
      "Team Leader/Manager/Supervisor"]),
    ("BSB50307", "its employability skills and facets",
     f"SELECT ?l ?n {{ {RELEASE} ?r qg:hasEmployabilitySkill ?s . ?s qg:statedLabel ?l ; qg:facetCount ?n ; "
     "qg:position ?p } ORDER BY ?p",
     ["Communication | 4", "Teamwork | 4", "Problem-solving | 2", "Initiative and enterprise | 2",
      "Planning and organising | 3", "Self-management | 3", "Learning | 2", "Technology | 2"]),
    ("BSB50307", "its examples: one fixed set, one to choose from",
     f"SELECT ?n ?core ?el ?choose (COUNT(?u) AS ?units) {{ {RELEASE} ?r qg:hasOutcomeExample ?x . "
     "?x rdfs:label ?n ; qg:statedCoreCount ?core ; qg:statedElectiveCount ?el ; qg:hasExampleUnit ?u "
     "OPTIONAL { ?x qg:chooseCount ?choose } } GROUP BY ?n ?core ?el ?choose ORDER BY ?n",
     ["Campaign Manager | 6 | 4 | - | 4", "Project Manager | 6 | 4 | 4 | 11"]),
    ("BSB50307", "no classification, for the document has none",
     "SELECT ?a { ?c qg:code '{code}' ; qg:hasClassification ?a }", []),
    # Seed 003: BSB50311, a third-party copy
    ("BSB50311", "that its code was given by the user",
     "SELECT ?g { ?d qg:describes/qg:code '{code}' ; qg:codeGivenByUser ?g }", ["true"]),
    ("BSB50311", "its title and no release number",
     f"SELECT ?t ?n {{ {RELEASE} ?c qg:preferredTitle ?t OPTIONAL {{ ?r qg:releaseNumber ?n }} }}",
     ["Diploma of Customer Contact | -"]),
    ("BSB50311", "its packaging counts",
     f"SELECT ?t ?k ?e ?s {{ {RULE} ?rule qg:totalCount ?t ; qg:coreCount ?k ; qg:electiveCount ?e ; "
     "qg:readingStatus ?s }", ["10 | 3 | 7 | complete"]),
    ("BSB50311", "its groups and how many units each lists",
     f"SELECT ?k ?role (COUNT(?m) AS ?n) {{ {RULE} ?rule qg:hasGroup ?g . ?g qg:groupKey ?k ; qg:hasRole ?role ; "
     "qg:hasMembership ?m } GROUP BY ?k ?role ORDER BY ?k",
     ["A | qg:ElectiveRole | 15", "B | qg:ElectiveRole | 27", "core | qg:CoreRole | 3"]),
    ("BSB50311", "its core units with titles and lines",
     f"SELECT ?unit ?t ?l {{ {LISTED} ?g qg:hasRole qg:CoreRole . ?m qg:statedTitle ?t ; qg:sourceLine ?l }} "
     "ORDER BY ?unit",
     ["BSBCCO504A | Integrate customer contact operations in the organisation | 44",
      "BSBLED501A | Develop a workplace learning environment | 46",
      "BSBMGT516C | Facilitate continuous improvement | 48"]),
    ("BSB50311", "the slots: 3 core, 2 from Group A, 5 from either group or elsewhere",
     f"SELECT ?n (COUNT(?p) AS ?pools) {{ {RULE} ?rule qg:hasSlot ?s . ?s qg:demand ?n ; qg:drawsFrom ?p }} "
     "GROUP BY ?s ?n ORDER BY ?n", ["2 | 1", "3 | 1", "5 | 3"]),
    ("BSB50311", "the cap on Certificate IV level imports",
     f"SELECT ?n ?level {{ {RULE} ?rule qg:hasCap ?k . ?k qg:limit ?n ; qg:capsPool/qg:admitsLevel ?level }}",
     ["2 | qgid:concept/aqf-type/certificate-iv"]),
    ("BSB50311", "where it comes from and leads to, both open to others",
     f"SELECT ?kind ?code ?open {{ {RELEASE} ?r qg:hasPathway ?p . ?p a ?kind ; qg:hasAlternative ?a . "
     "?a qg:mentions/qg:code ?code ; qg:openEnded ?open } ORDER BY ?code",
     ["qg:PathwayInto | BSB40311 | true", "qg:PathwayFrom | BSB60407 | true"]),
    ("BSB50311", "its five job roles",
     f"SELECT ?l {{ {RELEASE} ?r qg:hasJobRoleListing ?w . ?w qg:statedLabel ?l ; qg:position ?p }} ORDER BY ?p",
     ["contact centre manager", "customer contact segment manager", "quality assurance officer",
      "customer contact coach", "complex enquiry customer contact manager"]),
    ("BSB50311", "its employability skills, six of them without their lost headings",
     f"SELECT ?l ?n {{ {RELEASE} ?r qg:hasEmployabilitySkill ?s . ?s qg:facetCount ?n ; qg:position ?p "
     "OPTIONAL { ?s qg:statedLabel ?l } } ORDER BY ?p",
     ["- | 3", "- | 3", "- | 3", "Initiative and enterprise | 2", "Planning and organising | 3", "- | 3", "- | 2",
      "- | 2"]),
    ("BSB50311", "that nothing is required for entry, and no direct link to licensing",
     f"SELECT ?none ?link {{ {RELEASE} ?r qg:hasEntryRequirement/qg:noneRequired ?none ; "
     "qg:hasLicensingNote/qg:directLink ?link }", ["true | false"]),
    # Seed 004: ANZSCO unit group 5411
    ("ANZSCO 5411", "the unit group and its edition",
     "SELECT ?t ?e ?n ?d ?archived { ?u a qg:OccupationUnitGroup ; skos:notation '5411' ; rdfs:label ?t . "
     "?doc qg:describes ?u ; qg:statedEdition ?e ; qg:catalogueNumber ?n ; qg:releasedOn ?d ; "
     "qg:isArchived ?archived }",
     ["CALL OR CONTACT CENTRE WORKERS | First Edition, 2006 | 1220.0 | 2006-09-11 | true"]),
    ("ANZSCO 5411", "its occupations with their skill levels",
     "SELECT ?n ?t ?s { ?o a qg:Occupation ; skos:broader/skos:notation '5411' ; skos:notation ?n ; "
     "qg:skillLevel ?s . GRAPH ?doc { ?o rdfs:label ?t } ?doc qg:documentKind 'anzsco-unit-group' } ORDER BY ?n",
     ["541111 | Call or Contact Centre Team Leader | 3", "541112 | Call or Contact Centre Operator | 4"]),
    ("ANZSCO 5411", "the alternative titles and specialisations of the team leader",
     "SELECT ?p ?t { ?o skos:notation '541111' ; ?p ?t FILTER (?p IN (skos:altLabel, qg:specialisationTitle)) } "
     "ORDER BY ?t",
     ["skos:altLabel | Call Centre Supervisor", "qg:specialisationTitle | Call or Contact Centre Coach",
      "qg:specialisationTitle | Call or Contact Centre Workforce Planner",
      "skos:altLabel | Contact Centre Supervisor"]),
    ("ANZSCO 5411", "what the skill levels correspond to in Australia",
     "SELECT ?o ?s ?type ?years ?instead { ?k skos:notation ?o ; qg:hasSkillLevelStatement ?x . "
     "?x qg:country 'AU' ; qg:skillLevel ?s ; qg:substituteYears ?instead ; qg:hasQualificationOption ?q . "
     "?q qg:acceptsQualificationType ?type OPTIONAL { ?q qg:trainingYears ?years } } ORDER BY ?o ?type",
     ["541111 | 3 | qgid:concept/aqf-type/certificate-iii | 2 | 3",
      "541111 | 3 | qgid:concept/aqf-type/certificate-iv | - | 3",
      "541112 | 4 | qgid:concept/aqf-type/certificate-ii | - | 1",
      "541112 | 4 | qgid:concept/aqf-type/certificate-iii | - | 1"]),
    ("ANZSCO 5411", "what the skill levels correspond to in New Zealand",
     "SELECT ?o ?s ?level { ?k skos:notation ?o ; qg:hasSkillLevelStatement ?x . ?x qg:country 'NZ' ; "
     "qg:skillLevel ?s ; qg:hasQualificationOption/qg:registerLevel ?level } ORDER BY ?o ?level",
     ["541111 | 3 | 4", "541112 | 4 | 2", "541112 | 4 | 3"]),
    ("ANZSCO 5411", "its eleven tasks",
     "SELECT (COUNT(?t) AS ?n) { ?u skos:notation '5411' ; qg:task ?t }", ["11"]),
]  # fmt: skip


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with OxigraphStore(None) as opened:
        for name, number in SEEDS.items():
            code = name if name == "BSB50311" else None
            ingest_file(opened, seed_path(number), code=code, policy=TextPolicy.ALL)
        refresh(opened)
        yield opened


def answer(store: Store, sparql: str) -> list[str]:
    prologue = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    table = store.query(prologue + sparql)
    assert isinstance(table, Table)
    return [" | ".join("-" if cell is None else short(cell.value) for cell in row) for row in table.rows]


def short(value: str) -> str:
    for prefix in ("qg", "qgid", "skos"):
        if value.startswith(PREFIXES[prefix]):
            return f"{prefix}:{value.removeprefix(PREFIXES[prefix])}"
    return value


@pytest.mark.parametrize(
    ("name", "sentence", "sparql", "rows"), FACTS, ids=[f"{name}: {sentence}" for name, sentence, *_ in FACTS]
)
def test_the_document_says(store: Store, name: str, sentence: str, sparql: str, rows: list[str]) -> None:
    assert answer(store, sparql.replace("{code}", name)) == rows


def test_every_seed_has_its_facts_asked_for() -> None:
    asked = {name: sum(fact[0] == name for fact in FACTS) for name in SEEDS}
    assert asked == {"BSB40307": 26, "BSB50307": 13, "BSB50311": 11, "ANZSCO 5411": 6}
