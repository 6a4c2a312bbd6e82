"""The vocabularies and classification branches: what their concepts say, and where that can be checked."""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter

import pytest

from qualgraph.assets import ontology_files
from qualgraph.identifiers import Identifiers, slug
from qualgraph.model import Equivalence, Scheme, UsageRecommendation
from qualgraph.namespaces import DCTERMS, DEFAULT_BASE, QG, RDF, SKOS, XKOS
from qualgraph.rdf import IRI, Literal, parse_file
from qualgraph.vocabulary import QUALIFICATION_TYPES
from support import seed_path, shared_path

IDS = Identifiers()
TRIPLES = [
    quad.triple for file in ontology_files() if file.parent.name == "vocab" for quad in parse_file(file)
]


def values(subject: str, predicate: str) -> set[str]:
    """The values of a property: IRIs in full, literals as their text."""
    found = (
        triple.object
        for triple in TRIPLES
        if str(triple.subject) == f"<{subject}>" and triple.predicate.value == predicate
    )
    return {value.value for value in found if isinstance(value, IRI | Literal)}


def concept(scheme: str, value: str) -> str:
    return IDS.concept(scheme, value).value


def members(scheme: str) -> set[str]:
    wanted = IDS.scheme(scheme)
    return {
        str(triple.subject)[1:-1]
        for triple in TRIPLES
        if triple.predicate.value == f"{SKOS}inScheme" and triple.object == wanted
    }


def label(concept_iri: str) -> str:
    [found] = values(concept_iri, f"{SKOS}prefLabel")
    return found


def test_each_scheme_has_as_many_concepts_as_it_should() -> None:
    schemes = {
        str(triple.subject)[1:-1].removeprefix(f"{DEFAULT_BASE}scheme/")
        for triple in TRIPLES
        if triple.predicate.value == f"{RDF}type" and str(triple.object) == f"<{SKOS}ConceptScheme>"
    }
    assert {name: len(members(name)) for name in sorted(schemes)} == {
        "anzsco": 6,
        "anzsco-2006": 3,
        "anzsco-2013-1.2": 0,
        "anzsco-2013-1.3": 0,
        "anzsco-2021": 0,
        "anzsco-2022": 6,
        "aqf-level": 10,
        "aqf-type": 13,
        "asced-field": 2,
        "asco": 1,
        "classification-table": 2,
        "credit-policy": 2,
        "employability-skill": 8,
        "equivalence": 3,
        "import-source": 4,
        "isco-08": 0,
        "level-of-education": 12,
        "level-relation": 4,
        "osca": 0,
        "osca-2024": 0,
        "taxonomy-industry-sector": 0,
        "taxonomy-occupation": 0,
        "unit-role": 2,
        "usage-recommendation": 3,
    }


def test_every_scheme_that_the_model_names_is_described() -> None:
    for scheme in Scheme:
        assert values(IDS.scheme(scheme.value).value, f"{DCTERMS}title")


def test_the_fixed_concepts_are_those_of_the_model() -> None:
    assert members("usage-recommendation") == {QG + value.value for value in UsageRecommendation}
    assert members("equivalence") == {QG + value.value for value in Equivalence}


AQF_LEVELS = {
    "Certificate I": 1,
    "Certificate II": 2,
    "Certificate III": 3,
    "Certificate IV": 4,
    "Diploma": 5,
    "Advanced Diploma": 6,
    "Associate Degree": 6,
    "Bachelor Degree": 7,
    "Bachelor Honours Degree": 8,
    "Graduate Certificate": 8,
    "Graduate Diploma": 8,
    "Masters Degree": 9,
    "Doctoral Degree": 10,
}


@pytest.mark.parametrize("name", QUALIFICATION_TYPES)
def test_a_qualification_type_is_located_at_its_aqf_level(name: str) -> None:
    iri = concept("aqf-type", slug(name))
    assert label(iri) == name
    assert values(iri, f"{QG}aqfLevel") == {str(AQF_LEVELS[name])}
    assert values(iri, f"{QG}isLocatedAt") == {concept("aqf-level", str(AQF_LEVELS[name]))}


@pytest.mark.parametrize(
    ("code", "name"),
    {
        "524": "Certificate I",
        "521": "Certificate II",
        "514": "Certificate III",
        "511": "Certificate IV",
        "421": "Diploma",
        "411": "Advanced Diploma",
        "413": "Associate Degree",
        "221": "Graduate Certificate",
        "211": "Graduate Diploma",
    }.items(),
)
def test_a_level_of_education_is_related_to_the_qualification_type_of_its_name(code: str, name: str) -> None:
    iri = concept("level-of-education", code)
    assert label(iri) == name
    assert values(iri, f"{SKOS}notation") == {code}
    assert values(iri, f"{SKOS}relatedMatch") == {concept("aqf-type", slug(name))}


@pytest.mark.parametrize("code", ["991", "992", "999"])
def test_a_code_for_no_level_of_education_is_related_to_no_qualification_type(code: str) -> None:
    assert values(concept("level-of-education", code), f"{SKOS}relatedMatch") == set()


def test_the_two_credit_policies_differ_on_chains() -> None:
    assert values(f"{QG}AsqaCreditPolicy2022", f"{QG}allowsChains") == {"true"}
    assert values(f"{QG}AsqaCreditPolicy2022", f"{DCTERMS}date") == {"2022-06-30"}
    assert values(f"{QG}WaTacCreditPolicy2023", f"{QG}allowsChains") == {"false"}
    assert values(f"{QG}WaTacCreditPolicy2023", f"{DCTERMS}date") == {"2023-05-11"}
    for policy in members("credit-policy"):
        [source] = values(policy, f"{DCTERMS}source")
        assert source.startswith("https://")


def test_the_employability_skills_have_the_iris_that_their_labels_make() -> None:
    assert members("employability-skill") == {
        concept("employability-skill", slug(label(skill))) for skill in members("employability-skill")
    }


def test_levels_count_from_the_broadest_and_every_concept_is_in_one() -> None:
    for scheme, depths in (("anzsco", 5), ("asced-field", 3)):
        iri = IDS.scheme(scheme).value
        assert values(iri, f"{XKOS}numberOfLevels") == {str(depths)}
        held: Counter[str] = Counter()
        for depth in range(1, depths + 1):
            level = f"{iri}/level/{depth}"
            assert values(level, f"{XKOS}depth") == {str(depth)}
            held.update(values(level, f"{SKOS}member"))
        assert held == dict.fromkeys(members(scheme), 1)


def test_a_code_is_broader_than_the_codes_that_begin_with_it() -> None:
    for code, parent in (("541111", "5411"), ("541112", "5411"), ("5411", "541"), ("541", "54"), ("54", "5")):
        assert values(concept("anzsco", code), f"{SKOS}broader") == {concept("anzsco", parent)}
    assert values(concept("anzsco", "5"), f"{SKOS}topConceptOf") == {IDS.scheme("anzsco").value}
    assert values(concept("asced-field", "0805"), f"{SKOS}broader") == {concept("asced-field", "08")}


def test_skill_levels_belong_to_occupations_and_their_notes_tell_them_from_aqf_levels() -> None:
    assert values(concept("anzsco", "541111"), f"{QG}skillLevel") == {"3"}
    assert values(concept("anzsco", "541112"), f"{QG}skillLevel") == {"4"}
    assert values(concept("anzsco", "5411"), f"{QG}skillLevel") == set()
    [note] = values(concept("anzsco", "541111"), f"{SKOS}scopeNote")
    assert "1 is the highest" in note
    assert "not AQF level 3" in note


def anzsco_2022() -> dict[str, str]:
    """Code and title of every row of the structure tables of the 2022 edition."""
    workbook = zipfile.ZipFile(
        io.BytesIO(shared_path("corpus", "anzsco-2022", "anzsco_structure.xlsx").read_bytes())
    )
    shared = [
        re.sub("<[^>]+>", "", item)
        for item in re.findall(r"<si>(.*?)</si>", workbook.read("xl/sharedStrings.xml").decode(), re.DOTALL)
    ]
    rows = re.findall(r"<row .*?</row>", workbook.read("xl/worksheets/sheet6.xml").decode(), re.DOTALL)
    found = {}
    for row in rows:
        cells = re.findall(r'<c [^>]*?(t="s")?(?:/>|>(?:<f>.*?</f>)?<v>(.*?)</v></c>)', row)
        texts = [shared[int(value)] if kind else value for kind, value in cells if value]
        if len(texts) >= 2 and texts[0].isdigit():
            found[texts[0]] = texts[1]
    return found


def test_labels_of_the_2022_edition_are_those_that_its_publisher_prints() -> None:
    printed = anzsco_2022()
    held = {iri.rsplit("/", 1)[1]: label(iri) for iri in members("anzsco-2022")}
    assert held == {code: printed[code] for code in held}


def test_concepts_of_the_2006_edition_are_those_of_the_page_that_was_read() -> None:
    page = seed_path("004").read_text(encoding="utf-8")
    for iri in members("anzsco-2006"):
        code = iri.rsplit("/", 1)[1]
        assert f"{code} {label(iri)}".casefold() in page.casefold()


def test_labels_of_fields_and_occupations_are_those_of_the_skills_graph() -> None:
    for scheme, file in (("asced-field", "asced.ttl"), ("anzsco", "anzsco.ttl")):
        theirs = shared_path("corpus", "jsa-skills-graph", file)
        labels = {
            str(quad.subject)[1:-1].rsplit("/", 1)[1]: quad.object.value
            for quad in parse_file(theirs)
            if quad.predicate.value == f"{SKOS}prefLabel" and isinstance(quad.object, Literal)
        }
        shared = {
            iri.rsplit("/", 1)[1]: label(iri) for iri in members(scheme) if iri.rsplit("/", 1)[1] in labels
        }
        assert shared
        assert {code: name.casefold() for code, name in shared.items()} == {
            code: labels[code].casefold() for code in shared
        }
