"""What stands around a component: its training package, its type and level, the occupations that sources link to it."""

from __future__ import annotations

import json
import re
from functools import cache

import pytest

import classification_register
from qualgraph.assets import asset_folder
from qualgraph.catalogue import discover
from qualgraph.identifiers import Identifiers, OwnGraph
from qualgraph.overview import Overview, overview
from qualgraph.overview.levels import unit_levels
from qualgraph.overview.many import Overviews, components
from qualgraph.overview.occupations import LINKED, occupations_of
from qualgraph.overview.questions import CLASSIFICATIONS
from qualgraph.overview.rows import local
from qualgraph.pages import component_views
from qualgraph.pages.component_views import ComponentViews
from qualgraph.pages.pages import Pages
from qualgraph.pipeline.derivation import derive
from qualgraph.rdf import IRI, Triple, parse_data, parse_file
from qualgraph.store import MemoryStore, OxigraphStore, Store, Table
from query_cases import ENGINES, shown

BASE = Identifiers().base
HEAD = f"""
@base <{BASE}> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix qg: <https://w3id.org/qualgraph/def#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""
OLD_EDITION = """
<document/anzsco-page/2006> a qg:SourceDocument , prov:Entity ; qg:documentKind "anzsco-page" ;
    qg:fileName "old.txt" ; qg:sourceRank 1 .
<concept/anzsco/999911> a skos:Concept ; skos:inScheme <scheme/anzsco-2006> ; skos:notation "999911" ;
    qg:hasEditionEntry <concept/anzsco/999911/edition/anzsco-2006> , <concept/anzsco/999911/edition/anzsco-2013> .
<concept/anzsco/999911/edition/anzsco-2013> a qg:EditionEntry ; qg:isInEdition <scheme/anzsco-2013> ;
    qg:statedLabel "Kite Crew Leader" .
<concept/anzsco/999911/edition/anzsco-2006> a qg:EditionEntry ; qg:isInEdition <scheme/anzsco-2006> ;
    qg:statedLabel "Kite Boss" .
"""
QUALIFICATIONS = {
    "ZZZ30120": ("Certificate III in Kites", "certificate-iii", "Superseded"),
    "ZZZ40120": ("Certificate IV in Kites", "certificate-iv", "Current"),
    "ZZZ40220": ("Certificate IV in Strings", "certificate-iv", "Superseded"),
    "ZZZ70120": ("Kite Studies", None, "Current"),
}


def _register() -> str:
    """Qualifications with their types, each with one core unit; a skill set that has the unit in a grid."""
    yielded = [
        """<document/register-page/all> a qg:SourceDocument , prov:Entity ; qg:documentKind "register-page" ;
    qg:fileName "all.txt" ; qg:sourceRank 1 .
<unit/ZZZFLY901> a qg:UnitOfCompetency ; qg:code "ZZZFLY901" .
<unit/ZZZNIL501> a qg:UnitOfCompetency ; qg:code "ZZZNIL501" .
<training-package/ZZZ> a qg:TrainingPackage ; qg:code "ZZZ" .
<m/package> a qg:Listing ; qg:mentions <training-package/ZZZ> ; qg:sourceLine 2 ;
    qg:statedTitle "Kite Training Package" .
<skill-set/ZZZSS00001> a qg:SkillSet ; qg:code "ZZZSS00001" ; qg:isInTrainingPackage <training-package/ZZZ> .
<skill-set/ZZZSS00001/release/1> dcterms:isVersionOf <skill-set/ZZZSS00001> ; qg:hasUnitGrid <grid/1> .
<grid/1> a qg:UnitGrid ; qg:rowsSeen 1 ; qg:hasRow <row/1> .
<row/1> qg:mentions <unit/ZZZFLY901> ; qg:sourceLine 3 ."""
    ]
    for code, (title, type_, usage) in QUALIFICATIONS.items():
        iri = f"<qualification/{code}>"
        named = f" ; qg:namesQualificationType <concept/aqf-type/{type_}>" if type_ else ""
        yielded.append(
            f"""{iri} a qg:Qualification ; qg:code "{code}" ; qg:isInTrainingPackage <training-package/ZZZ>{named} ;
    qg:hasUsageStatement <use/{code}> .
<use/{code}> a qg:UsageStatement ; qg:statesUsage qg:{usage} ; qg:sourceLine 4 .
<m/{code}> a qg:Listing ; qg:mentions {iri} ; qg:statedTitle "{title}" ; qg:sourceLine 5 .
<qualification/{code}/release/1> dcterms:isVersionOf {iri} ; qg:hasPackagingRule <rule/{code}> .
<rule/{code}> a qg:PackagingRule ; qg:measure "units" ; qg:readingStatus "complete" ; qg:hasGroup <group/{code}> .
<group/{code}> a qg:UnitGroup ; qg:groupKey "core" ; qg:hasRole qg:CoreRole ; qg:hasMember <unit/ZZZFLY901> ;
    qg:hasMembership <place/{code}> .
<place/{code}> a qg:GroupMembership ; qg:mentions <unit/ZZZFLY901> ; qg:position 1 ; qg:sourceLine 6 ."""
        )
    return "\n".join(yielded)


@cache
def filled(engine: str) -> Store:
    """The register of classifications, ANZSCO of 2006 beside that of 2022, and qualifications of several levels."""
    vocabulary = sorted((asset_folder("ontology") / "vocab").glob("*.ttl"))
    graphs: dict[IRI, list[Triple]] = {
        **classification_register.graphs(),
        Identifiers().graph(OwnGraph.VOCABULARY): [
            quad.triple for path in vocabulary for quad in parse_file(path)
        ],
    }
    for key, text in (("anzsco-page/2006", OLD_EDITION), ("register-page/all", _register())):
        graphs[IRI(f"{BASE}document/{key}")] = [quad.triple for quad in parse_data(HEAD + text)]
    graphs[IRI(f"{BASE}document/register-page/ZZZ40120")] += [
        quad.triple for quad in parse_data(HEAD + "<concept/anzsco/999911> skos:inScheme <scheme/anzsco> .")
    ]
    store = OxigraphStore(None)
    store.replace_graphs(graphs)
    derive(store)
    if engine == "oxigraph":
        return store
    copy = MemoryStore()
    copy.replace_graphs({graph: list(store.triples(graph)) for graph in store.graphs()})
    return copy


def with_document(engine: str, key: str, text: str) -> Store:
    """The register with one more document, without what would be derived from it."""
    copy: Store = MemoryStore() if engine == "rdflib" else OxigraphStore(None)
    copy.replace_graphs({graph: list(filled(engine).triples(graph)) for graph in filled(engine).graphs()})
    triples = [quad.triple for quad in parse_data(HEAD + text)]
    copy.replace_graphs({IRI(f"{BASE}document/{key}"): triples})
    return copy


def page_of(told: Overview) -> str:
    return ComponentViews(Pages(Identifiers())).component(told, None, ())


def words_of(page: str) -> str:
    """What a page says, without tags and places."""
    main = re.sub(r"\[[^\]]*\]", "", re.sub(r"<[^>]*>", "", page.split("<main", 1)[1].split("</main>")[0]))
    return re.sub(r"\s+", " ", main)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_qualification_has_its_type_with_the_aqf_level_and_who_says_so(engine: str) -> None:
    told = overview(filled(engine), "ZZZ40220")
    assert [(each.name, each.level, each.stated_by) for each in told.types] == [
        ("Certificate IV", 4, "title")
    ]
    assert [source.document.rpartition("/document/")[2] for source in told.types[0].sources] == [
        "register-page/all"
    ]
    assert "Qualification type Certificate IV, AQF level 4, as its title says" in words_of(page_of(told))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_type_that_nothing_tells_is_unknown_in_words(engine: str) -> None:
    told = overview(filled(engine), "ZZZ70120")
    assert told.types == ()
    assert "Qualification type UNKNOWN, and so is its AQF level" in words_of(page_of(told))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_type_that_a_classification_states_is_told_as_that(engine: str) -> None:
    said = """<qualification/ZZZ70120> a qg:Qualification ; qg:code "ZZZ70120" ; qg:hasClassification <a/l> .
<a/l> a qg:ClassificationAssignment ; qg:assignsConcept <concept/level-of-education/421> ;
    qg:listedIn qg:CurrentTable ; qg:statedLabel "Diploma" ; qg:sourceLine 7 ."""
    told = overview(with_document(engine, "x/1", said), "ZZZ70120")
    assert [(each.name, each.level, each.stated_by, each.sources[0].line) for each in told.types] == [
        ("Diploma", 5, "classification", 7)
    ]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_training_package_of_a_component_is_named_with_its_places(engine: str) -> None:
    for code in ("ZZZ40120", "ZZZFLY401", "ZZZSS00001"):
        told = overview(filled(engine), code)
        assert [(each.code, each.title) for each in told.training_packages] == [
            ("ZZZ", "Kite Training Package")
        ]
        assert all(source.document for source in told.training_packages[0].sources)
    assert len(overview(filled(engine), "ZZZ40120").training_packages[0].sources) == 2
    page = page_of(overview(filled(engine), "ZZZ40120"))
    assert '<dd><a href="/code/ZZZ">ZZZ</a> <bdi>Kite Training Package</bdi>' in page


@pytest.mark.parametrize("engine", ENGINES)
def test_the_occupations_of_a_qualification_say_which_source_links_them(engine: str) -> None:
    found = overview(filled(engine), "ZZZ40120").occupations
    told = [(each.scheme, each.code, each.title, each.stated_by, each.source.line) for each in found]
    assert told == [
        ("anzsco", "999911", "Kite Crew Leader", "classification", 11),
        ("anzsco", "999911", "Kite Crew Leader", "link", None),
        ("taxonomy-occupation", None, "Kite Judge (Indoor)", "link", None),
    ]
    page = page_of(overview(filled(engine), "ZZZ50120"))
    assert f'<a href="/doc/{found[0].iri.removeprefix(BASE)}">999911</a> <bdi>Kite Crew Leader</bdi>' in page
    assert "ANZSCO; linked data, not the register" in page
    assert "jsa-skills-graph" in page.split('id="occupations"')[1].split("</section>")[0]


@pytest.mark.parametrize("engine", ENGINES)
def test_an_occupation_has_another_title_in_each_edition_and_none_is_taken_for_another(engine: str) -> None:
    told = overview(filled(engine), "ZZZ50120")
    [linked] = told.occupations
    assert [(each.edition, each.title) for each in linked.editions] == [
        ("anzsco-2006", "Kite Boss"),
        ("anzsco-2013", "Kite Crew Leader"),
        ("anzsco-2021", "Kite Crew Chief"),
        ("anzsco-2022", "Kite Crew Leader"),
    ]
    places = {each.edition: {source.document for source in each.sources} for each in linked.editions}
    assert places["anzsco-2006"] == {f"{BASE}document/anzsco-page/2006"}
    assert not places["anzsco-2006"] & (places["anzsco-2021"] | places["anzsco-2022"])
    words = words_of(page_of(told))
    assert (
        "anzsco-2006: Kite Boss anzsco-2013: Kite Crew Leader "
        "anzsco-2021: Kite Crew Chief anzsco-2022: Kite Crew Leader" in words
    )
    data = data_of(page_of(told))["@reverse"]["qualifications"]
    assert [each["name"] for each in data] == ["Kite Crew Leader"]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_level_of_a_unit_is_that_of_the_qualifications_that_package_it(engine: str) -> None:
    told = overview(filled(engine), "ZZZFLY901")
    assert told.unit is not None
    assert [(each.level, each.qualifications, each.current) for each in told.unit.levels] == [
        (3, 1, 0),
        (4, 2, 1),
        (None, 1, 1),
    ]
    words = words_of(page_of(told))
    assert (
        "AQF level 3: packaged by 1 qualification (0 current) 4: packaged by 2 qualifications (1 current)"
        in words
    )
    assert "UNKNOWN: packaged by 1 qualification whose level is not known (1 current)" in words


@pytest.mark.parametrize("engine", ENGINES)
def test_the_level_of_a_unit_that_nothing_packages_is_unknown_whatever_its_code(engine: str) -> None:
    told = overview(filled(engine), "ZZZNIL501")
    assert told.unit is not None
    assert told.unit.levels == ()
    assert "AQF level UNKNOWN: no qualification is known to package it." in words_of(page_of(told))


def _release(qualification: str, number: int | None, units: str, name: str) -> str:
    """One more release of a qualification, with these core units."""
    numbered = f' ; qg:releaseNumber "{number}"' if number is not None else ""
    return f"""
<{name}> dcterms:isVersionOf <qualification/{qualification}>{numbered} ; qg:hasPackagingRule <{name}/rule> .
<{name}/rule> a qg:PackagingRule ; qg:measure "units" ; qg:readingStatus "complete" ; qg:hasGroup <{name}/group> .
<{name}/group> a qg:UnitGroup ; qg:groupKey "core" ; qg:hasRole qg:CoreRole ; qg:hasMember {units} ."""


NUMBERED = '<qualification/ZZZ40120/release/1> qg:releaseNumber "9" .'


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("text", "latest", "current"),
    [
        (NUMBERED + _release("ZZZ40120", 10, "<unit/ZZZNIL501>", "later"), 1, 0),
        (NUMBERED + _release("ZZZ40120", 10, "<unit/ZZZFLY901>", "later"), 2, 1),
        (NUMBERED + _release("ZZZ40120", 8, "<unit/ZZZNIL501>", "earlier"), 2, 1),
        (NUMBERED + _release("ZZZ40120", None, "<unit/ZZZNIL501>", "some"), 1, 0),
    ],
    ids=["left out later", "in both", "new", "numbers not stated"],
)
def test_a_unit_is_packaged_today_where_the_latest_release_that_was_read_lists_it(
    engine: str, text: str, latest: int, current: int
) -> None:
    told = overview(with_document(engine, "x/1", text), "ZZZFLY901")
    assert told.unit is not None
    [at_four] = [each for each in told.unit.levels if each.level == 4]
    assert (at_four.qualifications, at_four.latest, at_four.current) == (2, latest, current)
    words = words_of(page_of(told))
    assert ("in some release, by 1 in the latest release that was read (0 current)" in words) == (latest == 1)


def test_a_qualification_of_which_no_document_states_a_status_is_counted_as_unknown() -> None:
    release = {
        "qualification": "q",
        "level": None,
        "usage": None,
        "class": None,
        "release": "r",
        "number": "1",
    }
    rows = [
        {"qualification": "q", "class": "c", "level": 2, "usage": None, "release": None, "lists": None},
        {**release, "lists": None},
        {**release, "lists": True},
    ]
    [level] = unit_levels(rows)
    assert (level.level, level.current, level.unknown) == (2, 0, 1)
    [level] = unit_levels([*rows, {**rows[0], "usage": "https://example.org/def#Superseded"}])
    assert (level.current, level.unknown) == (0, 0)


def test_a_link_with_two_labels_in_one_document_is_one_link() -> None:
    link = {"occupation": "x/concept/anzsco/999911", "document": "d", "line": None}
    told = {LINKED: [{**link, "title": "Kite Flyer"}, {**link, "title": "Kite flyer"}], CLASSIFICATIONS: []}
    [occupation] = occupations_of(told)
    assert occupation.title == "Kite Flyer / Kite flyer"


def test_data_in_a_page_names_no_level_at_which_only_an_earlier_release_packages_a_unit() -> None:
    text = '<qualification/ZZZ30120/release/1> qg:releaseNumber "1" .'
    store = with_document("oxigraph", "x/1", text + _release("ZZZ30120", 2, "<unit/ZZZNIL501>", "later"))
    assert data_of(page_of(overview(store, "ZZZFLY901")))["educationalLevel"] == "AQF level 4"


@pytest.mark.parametrize("engine", ENGINES)
def test_a_training_package_lists_what_belongs_to_it_with_the_current_first(engine: str) -> None:
    told = overview(filled(engine), "ZZZ")
    assert [(each.kind, each.code, each.usage) for each in told.members] == [
        ("qualification", "ZZZ40120", "Current"),
        ("qualification", "ZZZ70120", "Current"),
        ("qualification", "ZZZ30120", "Superseded"),
        ("qualification", "ZZZ40220", "Superseded"),
        ("skill set", "ZZZSS00001", None),
        ("unit of competency", "ZZZFLY401", None),
    ]
    assert [each.title for each in told.members if each.code == "ZZZFLY401"] == ["Fly in strong wind"]
    words = words_of(page_of(told))
    assert "Qualifications 4, the current ones first; 2 are current. ZZZ40120" in words
    assert "1, the current ones first; 0 are current, of 1 the status is UNKNOWN. ZZZFLY401" in words


UNIT_LINKS = """
<document/unit-links/all> a qg:SourceDocument , prov:Entity ; qg:documentKind "unit-links" ; qg:fileName "links.csv" .
<unit/ZZZNIL501> qg:isInTrainingPackage <training-package/ZZZ> .
<qualification/ZZZ40120> qg:isInTrainingPackage <training-package/ZZZ> .
"""


@pytest.mark.parametrize("engine", ENGINES)
def test_who_states_a_membership_need_not_state_the_class_and_code_of_the_member(engine: str) -> None:
    store = with_document(engine, "unit-links/all", UNIT_LINKS)
    document = f"{BASE}document/unit-links/all"
    stated = {
        each.code: [place.document for place in each.sources] for each in overview(store, "ZZZ").members
    }
    assert stated["ZZZNIL501"] == [document]
    assert document in stated["ZZZ40120"]
    [package] = overview(store, "ZZZNIL501").training_packages
    assert (package.code, [place.document for place in package.sources]) == ("ZZZ", [document])
    query = discover()["components-of-training-package"].sparql({"code": "ZZZ", "kind": "any"})
    answer = store.query(query)
    assert isinstance(answer, Table)
    rows = [[shown(cell) for cell in row] for row in answer.rows]
    assert ["unit of competency", "ZZZNIL501", "", "UNKNOWN", "unit-links/all"] in rows
    linked = {code for _, code, _, _, place in rows if place == "unit-links/all"}
    assert linked == {"ZZZNIL501", "ZZZ40120"}


@pytest.mark.parametrize("engine", ENGINES)
def test_of_two_titles_or_usages_the_first_is_told_wherever_a_component_is_named(engine: str) -> None:
    twice = """<skill-set/ZZZSS00001> qg:preferredTitle "Kites B" , "Kites A" , "Kites C" ;
        qg:hasLatestUsage qg:Superseded , qg:Current , qg:Deleted ."""
    store = with_document(engine, "x/1", twice)
    [member] = [each for each in overview(store, "ZZZ").members if each.code == "ZZZSS00001"]
    told = overview(store, "ZZZSS00001")
    named = components(store)[told.iri]
    assert (member.title, member.usage) == ("Kites A", "Current")
    assert (told.title, told.latest_usage) == (member.title, member.usage)
    assert (named["title"], local(named["latest"])) == (member.title, member.usage)


def test_a_long_list_is_cut_with_its_count_and_a_link_to_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(component_views, "MOST_MEMBERS", 3)
    page = page_of(overview(filled("oxigraph"), "ZZZ"))
    assert "Qualifications 3 of 4, the current ones first; 2 are current. All 4." in words_of(page)
    assert 'href="/query/components-of-training-package?code=ZZZ&amp;kind=qualification"' in page
    shown = page.split("<main", 1)[1]
    assert "ZZZ30120" in shown
    assert "ZZZ40220" not in shown


def data_of(page: str) -> dict[str, object]:
    data = json.loads(page.split('<script type="application/ld+json">')[1].split("</script>")[0])
    assert isinstance(data, dict)
    return data


def test_the_data_in_a_page_has_level_package_occupations_and_parts() -> None:
    register = filled("oxigraph")
    qualification, unit, package = (
        data_of(page_of(overview(register, code))) for code in ("ZZZ40120", "ZZZFLY901", "ZZZ")
    )
    assert (qualification["credentialCategory"], qualification["educationalLevel"]) == (
        "Certificate IV",
        "AQF level 4",
    )
    assert qualification["isPartOf"][0]["identifier"] == "ZZZ"
    occupations = qualification["@reverse"]["qualifications"]
    assert [each["@id"] for each in occupations] == [
        f"{BASE}concept/anzsco/999911",
        f"{BASE}concept/taxonomy-occupation/kite-judge-indoor",
    ]
    assert occupations[0]["occupationalCategory"]["codeValue"] == "999911"
    assert unit["educationalLevel"] == ["AQF level 3", "AQF level 4"]
    assert [each["identifier"] for each in package["hasPart"]] == [
        "ZZZ40120",
        "ZZZ70120",
        "ZZZ30120",
        "ZZZ40220",
    ]


def test_overviews_of_many_have_the_same_around_each_component() -> None:
    register = filled("oxigraph")
    many = list(Overviews(register).of(list(components(register).values())))
    assert {told.code for told in many} >= {*QUALIFICATIONS, "ZZZ", "ZZZFLY901", "ZZZSS00001", "ZZZ50120"}
    for told in many:
        assert told == overview(register, told.code)
