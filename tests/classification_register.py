"""An invented register about classifications: files in the published layouts, read by the readers themselves."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from classification_tables import FULL, INDEX, TITLE, TO_ISCO, Rows, csv_file, workbook
from qualgraph.identifiers import Identifiers
from qualgraph.rdf import IRI, Triple, parse_data
from qualgraph.sources import open_dataset
from qualgraph.triples import TextPolicy, describe_dataset, document_iri

TITLE_2021 = TITLE.replace("2022", "2021")
FULL_2021: Rows = [
    [TITLE_2021],
    ["Identifier", "Title", "Skill Level"],
    ["9", "Kite People", ""],
    ["99", "Kite Hands and Leaders", ""],
    ["999", "Kite Workers", ""],
    ["9999", "Kite Crews", ""],
    ["999911", "Kite Crew Chief", "2"],
    ["999919", "Kite Starter", "5"],
]
TO_OSCA: Rows = [
    ["Table 5: ANZSCO 2022 Australian Update to OSCA 2024, Version 1.0"],
    ["ANZSCO 2022 Australian Update", "", "OSCA 2024, Version 1.0", "", ""],
    ["999911", "Kite Crew Leader", "999931", "p", "Kite Pilot"],
    ["", "", "999932", "", "Kite Chief"],
    ["999912", "Kite Hand", "xxxxxx", "", "No Correspondence"],
]

LINKED = """
PREFIX anzsco: <https://abs.gov.au/classifications/ANZSCO/>
PREFIX asced: <https://abs.gov.au/classifications/ASCED/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX tgaocc: <https://training.gov.au/tgaOccupation/>
PREFIX tgaqual: <https://training.gov.au/tgaQualifications/>
PREFIX unit: <https://training.gov.au/training/details/>
anzsco:999911 a skos:Concept ; skos:broader anzsco:9999 ; skos:notation "999911" ;
    skos:prefLabel "Kite Crew Leader"@en ; schema:qualifications tgaqual:ZZZ40120 , tgaqual:ZZZ50120 .
anzsco:9999 a skos:Concept ; skos:notation "9999" ; skos:prefLabel "Kite Crews"@en .
asced:99 a skos:Concept ; skos:notation "99" ; skos:prefLabel "Crafts" .
asced:9901 a skos:Concept ; skos:broader asced:99 ; skos:notation "9901" ; skos:prefLabel "Kite Making" .
asced:990101 a skos:Concept ; skos:broader asced:9901 ; skos:notation "990101" ; skos:prefLabel "Kite Sewing" .
asced:990103 a skos:Concept ; skos:broader asced:9901 ; skos:notation "990103" ; skos:prefLabel "Kite Design" .
tgaocc:7 a skos:Concept ; skos:prefLabel "Kite Judge (Indoor)"@en ; schema:qualifications tgaqual:ZZZ40120 .
unit:ZZZFLY401 a skos:Concept , schema:Course ; skos:prefLabel "Fly in strong wind"@en ;
    dcterms:isRequiredBy tgaqual:ZZZ40120 ; dcterms:isReferencedBy tgaqual:ZZZ50120 .
"""

PAGE = """
@base <https://w3id.org/qualgraph/id/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix qg: <https://w3id.org/qualgraph/def#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<document/register-page/ZZZ40120> a qg:SourceDocument , prov:Entity ; qg:documentKind "register-page" ;
    qg:fileName "kite.txt" ; qg:sourceRank 1 .
<qualification/ZZZ40120> a qg:Qualification ; qg:code "ZZZ40120" ; dcterms:title "Certificate IV in Kites" ;
    qg:hasClassification <a/1> , <a/2> , <a/3> ; qg:isInTrainingPackage <training-package/ZZZ> .
<unit/ZZZFLY401> a qg:UnitOfCompetency ; qg:code "ZZZFLY401" ; qg:hasClassification <a/4> ;
    qg:isInTrainingPackage <training-package/ZZZ> .
<training-package/ZZZ> a qg:TrainingPackage ; qg:code "ZZZ" ; dcterms:title "Kite Training Package" .
<a/1> a qg:ClassificationAssignment ; qg:assignsConcept <concept/anzsco/999911> ; qg:statedLabel "Kite Crew Leader" ;
    qg:listedIn qg:CurrentTable ; qg:validFrom "2021-07-01"^^xsd:date ; qg:sourceLine 11 .
<a/2> a qg:ClassificationAssignment ; qg:assignsConcept <concept/anzsco/999919> ; qg:statedLabel "Kite Starter" ;
    qg:listedIn qg:HistoryTable ; qg:validFrom "2020-01-01"^^xsd:date ; qg:validThrough "2021-06-30"^^xsd:date ;
    qg:sourceLine 12 .
<a/3> a qg:ClassificationAssignment ; qg:assignsConcept <concept/asced-field/9901> ; qg:listedIn qg:CurrentTable ;
    qg:statedLabel "Kite Making" ; qg:sourceLine 13 .
<a/4> a qg:ClassificationAssignment ; qg:assignsConcept <concept/asced-field/990101> ; qg:listedIn qg:CurrentTable ;
    qg:statedLabel "Kite Sewing" ; qg:sourceLine 14 .
"""


def graphs() -> dict[IRI, list[Triple]]:
    """A graph for each file."""
    made = {
        IRI("https://w3id.org/qualgraph/id/document/register-page/ZZZ40120"): [
            quad.triple for quad in parse_data(PAGE)
        ]
    }
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "kites.ttl").write_text(LINKED, encoding="utf-8")
        for path in (
            workbook(folder, {"Table 5": FULL}, "structure.xlsx"),
            workbook(folder, {"Table 1": INDEX}, "index.xlsx"),
            workbook(folder, {"Table 4": TO_ISCO}, "isco.xlsx"),
            csv_file(folder, FULL_2021, "older.csv"),
            csv_file(folder, TO_OSCA, "osca.csv"),
            folder / "kites.ttl",
        ):
            dataset = open_dataset(path)
            if dataset is None:
                raise AssertionError(f"{path.name} is not recognised")
            triples = set(describe_dataset(dataset, Identifiers(), TextPolicy.RULES))
            made[document_iri(dataset.document, Identifiers())] = sorted(triples, key=str)
    return made
