"""RDF in the JSA shape is read in any syntax and any order, its misspellings told, and other RDF is left alone."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from qualgraph.errors import BrokenDocumentError
from qualgraph.identifiers import Identifiers, Kind
from qualgraph.model import LinkedThing, Organisation, Thing
from qualgraph.rdf import RdfFormat, Triple, ntriples, parse_data, serialize
from qualgraph.sources import open_dataset
from qualgraph.sources.dataset import Dataset
from qualgraph.sources.linked_data.terms import meant
from qualgraph.sources.linked_data.things import RELATIVE, thing_named
from qualgraph.triples import TextPolicy, describe_dataset
from support import CHECKOUT, shared_path

PREFIXES = """
PREFIX anzsco: <https://abs.gov.au/classifications/ANZSCO/>
PREFIX asced: <https://abs.gov.au/classifications/ASCED/>
PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX schema: <https://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX tgaocc: <https://training.gov.au/tgaOccupation/>
PREFIX tgaqual: <https://training.gov.au/tgaQualifications/>
PREFIX unit: <https://training.gov.au/training/details/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
BODY = """
<https://kites.example/> a schema:Organization ; schema:name "Kite Council"@en ; schema:url "https://kites.example/" .
anzsco:999911 a skos:Concept , schema:Occupation ; skos:broader anzsco:9999 ; skos:notation "999911" ;
    skos:prefLabel "Kite Crew Leader"@en ; schema:qualifications tgaqual:ZZZ40120 , tgaqual:ZZZ50120 .
asced:9901 a skos:Concept ; skos:broader asced:99 ; skos:notation "9901" ; skos:prefLabel "Kite Making" ;
    skos:definition "Making kites." .
tgaocc:7 a skos:Concept ; skos:prefLabel "Kite Judge (Indoor)"@en ; schema:qualifications tgaqual:ZZZ40120 .
unit:ZZZFLY401 a skos:Concept , schema:Course ; skos:prefLabel "Fly in strong wind"@en ;
    dcterms:isRequiredBy tgaqual:ZZZ40120 ; dcterms:isReferencedBy tgaqual:ZZZ50120 .
<https://training.gov.au/Package/ZZZ> a skos:Concept , schema:EducationalOccupationalProgram ;
    skos:prefLabel "Kites Training Package" ; dcterms:creator <https://kites.example/> .
"""
BASE = "https://w3id.org/qualgraph/id"


def dataset_of(folder: Path, turtle: str, name: str = "kites.ttl") -> Dataset:
    path = folder / name
    path.write_text(PREFIXES + turtle, encoding="utf-8")
    return opened(path)


def opened(path: Path) -> Dataset:
    dataset = open_dataset(path)
    assert dataset is not None
    assert dataset.document.reader == "jsa-skills-graph"
    return dataset


def facts(dataset: Dataset, policy: TextPolicy = TextPolicy.RULES) -> set[Triple]:
    about_file = f"<{BASE}/document/"
    made = describe_dataset(dataset, Identifiers(), policy)
    return {triple for triple in made if not str(triple.subject).startswith(about_file)}


def told(dataset: Dataset) -> list[str]:
    list(dataset)
    return [problem.message for problem in dataset.problems]


def test_each_thing_has_our_identifier_and_is_the_same_as_theirs(tmp_path: Path) -> None:
    said = ntriples(facts(dataset_of(tmp_path, BODY)))
    same = "https://schema.org/sameAs"
    for ours, theirs in {
        "concept/anzsco/999911": "https://abs.gov.au/classifications/ANZSCO/999911",
        "concept/asced-field/9901": "https://abs.gov.au/classifications/ASCED/9901",
        "concept/taxonomy-occupation/kite-judge-indoor": "https://training.gov.au/tgaOccupation/7",
        "unit/ZZZFLY401": "https://training.gov.au/training/details/ZZZFLY401",
        "training-package/ZZZ": "https://training.gov.au/Package/ZZZ",
    }.items():
        assert f"<{BASE}/{ours}> <{same}> <{theirs}> ." in said
    unit, qualification = f"<{BASE}/unit/ZZZFLY401>", f"<{BASE}/qualification/ZZZ40120>"
    assert f"{unit} <http://purl.org/dc/terms/isRequiredBy> {qualification} ." in said
    assert f"{unit} <http://purl.org/dc/terms/isReferencedBy> <{BASE}/qualification/ZZZ50120> ." in said
    assert f"<{BASE}/concept/anzsco/999911> <https://schema.org/qualifications> {qualification} ." in said
    assert '<https://kites.example/> <https://schema.org/name> "Kite Council" .' in said
    assert "packages" not in said


def test_prose_is_kept_only_where_all_text_is_wanted(tmp_path: Path) -> None:
    assert "Making kites." not in ntriples(facts(dataset_of(tmp_path, BODY)))
    assert "Making kites." in ntriples(facts(dataset_of(tmp_path, BODY), TextPolicy.ALL))


def test_what_is_counted_is_what_is_there(tmp_path: Path) -> None:
    dataset = dataset_of(tmp_path, BODY)
    assert told(dataset) == []
    assert dataset.counts == {
        "link to a qualification": 5,
        "organisation": 1,
        "occupation": 1,
        "narrow field": 1,
        "taxonomy occupation": 1,
        "unit of competency": 1,
        "training package": 1,
    }


def test_a_link_to_what_has_no_identifier_is_told(tmp_path: Path) -> None:
    links = "skos:broader <https://kites.example/a> ; skos:exactMatch <https://kites.example/b>"
    dataset = dataset_of(tmp_path, f"{BODY} tgaocc:7 {links} ; skos:related tgaocc:8 .")
    assert "<https://kites.example/b>" in ntriples(facts(dataset))
    assert [problem.message for problem in dataset.problems] == [
        "1 statements not read: with skos:broader to something that has no identifier here.",
        "1 statements not read: with skos:related to something that has no identifier here.",
    ]


@pytest.mark.parametrize(
    ("syntax", "name", "media_type"),
    [
        (RdfFormat.N_TRIPLES, "kites.nt", "text/turtle"),
        (RdfFormat.N_QUADS, "kites.nq", "text/turtle"),
        (RdfFormat.TRIG, "kites.trig", "text/turtle"),
        (RdfFormat.RDF_XML, "kites.rdf", "application/rdf+xml"),
        (RdfFormat.JSON_LD, "kites.jsonld", "application/ld+json"),
        (RdfFormat.TURTLE, "kites.txt", "text/turtle"),
    ],
)
def test_every_syntax_says_the_same(syntax: RdfFormat, name: str, media_type: str, tmp_path: Path) -> None:
    wanted = facts(dataset_of(tmp_path, BODY))
    written = serialize((quad.triple for quad in parse_data(PREFIXES + BODY)), format=syntax)
    assert written
    (tmp_path / name).write_bytes(written)
    dataset = opened(tmp_path / name)
    assert facts(dataset) == wanted
    assert dataset.document.media_type == media_type


def test_named_graphs_are_read_as_one_file(tmp_path: Path) -> None:
    quads = [f"{quad.triple!s} <https://data.example/graph/kites> ." for quad in parse_data(PREFIXES + BODY)]
    (tmp_path / "graphs.nq").write_text("\n".join(quads) + "\n", encoding="utf-8")
    dataset = opened(tmp_path / "graphs.nq")
    assert facts(dataset) == facts(dataset_of(tmp_path, BODY))
    assert dataset.document.media_type == "application/n-quads"


@pytest.mark.parametrize("seed", range(5))
def test_statements_in_any_order_say_the_same(seed: int, tmp_path: Path) -> None:
    wanted = facts(dataset_of(tmp_path, BODY))
    lines = [f"{quad.triple} ." for quad in parse_data(PREFIXES + BODY)]
    random.Random(seed).shuffle(lines)
    (tmp_path / "shuffled.nt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert facts(opened(tmp_path / "shuffled.nt")) == wanted


@pytest.mark.parametrize(
    ("extra", "message"),
    [
        (
            'anzsco:999912 a skos:Concpet ; skos:prefLabel "Hand" .',
            "skos:Concpet taken for skos:Concept (once).",
        ),
        ('anzsco:999912 skos:prefLable "Hand" .', "skos:prefLable taken for skos:prefLabel (once)."),
        (
            'anzsco:999912 skos:prefLabel "Hand" ; schema:qualification tgaqual:ZZZ40120 .',
            "schema:qualification taken for schema:qualifications (once).",
        ),
        (
            '<https://o.example/> a schema:Orgainzation ; schema:name "O" .',
            "schema:Orgainzation taken for schema:Organization (once).",
        ),
        (
            '<https://o.example/> a schema:Organization ; schema:url "https://wwww.o.example" .',
            "address https://wwww.o.example taken for https://www.o.example (once).",
        ),
        (
            'anzsco:999912 skos:prefLabel "Hand" ; schema:qualifications <tgaQualifications/ZZZ40120> .',
            "relative IRIs <tgaQualifications/...> completed from the table of IRIs (once).",
        ),
        (
            'anzsco:999912 skos:prefLabel "Hand" ; schema:qualifications '
            "<http://training.gov.au/tgaQualifications/ZZZ40120> .",
            "<http://training.gov.au/tgaQualifications/...> taken for its https twin (once).",
        ),
        (
            'anzsco:999912 skos:prefLabel "Hand" ; skos:inScheme <http://abs.gov.au/classifications/ANZSCO> .',
            "<http://abs.gov.au/classifications/ANZSCO> taken for its https twin (once).",
        ),
        (
            'anzsco:999912 skos:prefLabel "Hand" ; skos:notation "99991" .',
            "notation '99991' of anzsco 999912 left for the code of its IRI (once).",
        ),
        (
            'anzsco:999912 skos:prefLabel "Hand" ; dcterms:modified "a" , "b" .',
            "2 statements not read: with the property dcterms:modified.",
        ),
        (
            'anzsco:999912 skos:prefLabel "Hand" ; skos:broader "9999" .',
            "1 statements not read: with text where skos:broader leads to a thing.",
        ),
        (
            "tgaocc:8 schema:qualifications tgaqual:ZZZ40120 .",
            "1 statements not read: about things of taxonomy-occupation without a label.",
        ),
        (
            'anzsco:99991111 skos:prefLabel "Hand" .',
            "1 statements not read: about things that are neither concepts, components nor organisations.",
        ),
        (
            'anzsco:999912 skos:prefLabel "Hand" ; skos:related [ skos:prefLabel "x" ] .',
            "1 statements not read: with a value that has no IRI.",
        ),
    ],
)
def test_what_is_misspelt_or_not_read_is_told_once_with_what_was_made_of_it(
    extra: str, message: str, tmp_path: Path
) -> None:
    dataset = dataset_of(tmp_path, BODY + extra)
    assert message in told(dataset)
    assert dataset.counts["occupation"] >= 1


def test_a_misspelt_term_says_what_the_right_one_would(tmp_path: Path) -> None:
    right = 'anzsco:999912 skos:prefLabel "Hand" ; skos:broader anzsco:9999 ; schema:qualifications tgaqual:ZZZ40120 .'
    wrong = (
        right.replace("broader", "brodaer").replace("tgaqual:", "tgaqual:").replace("prefLabel", "preflabel")
    )
    assert facts(dataset_of(tmp_path, wrong, "a.ttl")) == facts(dataset_of(tmp_path, right, "b.ttl"))


@pytest.mark.parametrize("name", ["created", "contributor", "requires", "subject"])
def test_a_real_term_that_is_not_read_is_never_taken_for_another(name: str) -> None:
    assert meant(f"http://purl.org/dc/terms/{name}", of_types=False) is None


def test_kinds_of_problems_do_not_grow_without_end(tmp_path: Path) -> None:
    many = "".join(f'anzsco:999912 <https://p.example/{n}> "x" .\n' for n in range(300))
    dataset = dataset_of(tmp_path, BODY + many)
    assert len(told(dataset)) == 101
    assert "200 statements not read: of other kinds." in told(dataset)


@pytest.mark.parametrize(
    ("iri", "thing"),
    [
        ("https://training.gov.au/aqfType/511", ("level-of-education", "511")),
        ("https://training.gov.au/aqfType/DD", ("aqf-type", "DD")),
        ("https://training.gov.au/aqfLevel/10", ("aqf-level", "10")),
        ("https://training.gov.au/aqfLevel", ("aqf-level", None)),
        ("https://training.gov.au/aqfLevel/11", None),
        ("https://abs.gov.au/classifications/OSCA/03b408d3-820b", None),
        ("https://training.gov.au/tgaqualifications/zzz40120", (Kind.QUALIFICATION, "ZZZ40120")),
        (f"{RELATIVE}aqfLevel/4", ("aqf-level", "4")),
        (f"{RELATIVE}elsewhere/4", None),
        ("https://example.org/aqfLevel/4", None),
        ("", None),
    ],
)
def test_an_iri_names_what_the_table_says(iri: str, thing: tuple[object, object] | None) -> None:
    found, _ = thing_named(iri)
    seen = None if found is None else (found.kind or found.scheme, found.code)
    assert seen == thing


@pytest.mark.parametrize(
    "content",
    [
        "",
        "anzsco of training.gov.au/tgaQualifications/ZZZ40120, as prose",
        "code,iri\nZZZ40120,https://training.gov.au/tgaQualifications/ZZZ40120\n",
        '{"iri": "https://training.gov.au/tgaQualifications/ZZZ40120"}',
        "<html><a href='https://training.gov.au/tgaQualifications/ZZZ40120'>x</a></html>",
        "<https://e.example/a> <https://schema.org/sameAs> <https://training.gov.au/tgaQualifications/ZZZ40120> .",
        "@prefix q: <https://training.gov.au/tgaQualifications/> .",
        "@prefix q: <https://training.gov.au/tgaQualifications/> . q:ZZZ40120 a ",
        "\x00\x01https://training.gov.au/tgaQualifications/ZZZ40120",
    ],
)
def test_what_is_not_about_things_of_the_graph_is_not_taken_for_it(content: str, tmp_path: Path) -> None:
    path = tmp_path / "other.ttl"
    path.write_text(content, encoding="utf-8")
    assert open_dataset(path) is None


def test_our_own_files_and_the_test_suite_of_shapes_are_not_taken_for_it() -> None:
    ours = [*(CHECKOUT / "ontology").rglob("*.ttl"), *(CHECKOUT / "data").rglob("*.ttl")]
    suite = list(shared_path("corpus", "w3c-shacl-tests").rglob("*.ttl"))
    assert len(ours) > 20
    assert len(suite) > 100
    assert [path for path in (*ours, *suite) if open_dataset(path) is not None] == []


@pytest.mark.parametrize("tail", ["\nanzsco:1111 a skos:Con", '\nanzsco:1111 skos:prefLabel "open', "\n]]"])
def test_a_file_that_breaks_off_is_refused_with_its_line(tail: str, tmp_path: Path) -> None:
    dataset = dataset_of(tmp_path, BODY + tail)
    with pytest.raises(BrokenDocumentError, match=r"kites\.ttl:\d+"):
        list(dataset)


PUBLISHED = {
    "anzsco": {
        "sub-major group": 43,
        "minor group": 99,
        "unit group": 364,
        "occupation": 1076,
        "link to a qualification": 1055,
    },
    "asced": {"broad field": 12, "narrow field": 71, "detailed field": 356},
    "aqf": {"AQF level": 10, "level of education": 8, "AQF qualification type": 4},
    "certIIIitUnits": {"unit of competency": 73, "link to a qualification": 427},
    "tgaind": {"industry sector": 262, "link to a qualification": 916},
    "tgaocc": {"taxonomy occupation": 2317, "link to a qualification": 3353},
    "tgapkg": {"training package": 52},
}
TYPOS = {
    "asced": "skos:Concpet taken for skos:Concept (once).",
    "aqf": "schema:Orgainzation taken for schema:Organization (once).",
    "certIIIitUnits": "<http://training.gov.au/tgaUnit> taken for its https twin (73 times).",
    "tgaocc": "address https://wwww.dewr.gov.au taken for https://www.dewr.gov.au (once).",
}


@pytest.mark.parametrize("name", PUBLISHED)
def test_a_published_file_has_everything_in_it(name: str) -> None:
    dataset = opened(shared_path("corpus", "jsa-skills-graph", f"{name}.ttl"))
    found = list(dataset)
    counts = {noun: n for noun, n in dataset.counts.items() if noun not in ("organisation", "concept scheme")}
    assert counts == PUBLISHED[name]
    things = [one.thing for one in found if isinstance(one, LinkedThing)]
    assert all(isinstance(one, LinkedThing | Organisation) for one in found)
    assert len(set(things)) == len(things) - (name == "tgaocc") * 0
    messages = [problem.message for problem in dataset.problems]
    assert [message for message in messages if " taken for " in message][:1] == (
        [TYPOS[name]] if name in TYPOS else []
    )


def test_core_and_elective_links_of_the_published_units_are_apart() -> None:
    dataset = opened(shared_path("corpus", "jsa-skills-graph", "certIIIitUnits.ttl"))
    links = [link for one in dataset if isinstance(one, LinkedThing) for link in one.links]
    kinds = [predicate.rsplit("/", 1)[1] for predicate, value in links if isinstance(value, Thing)]
    assert (kinds.count("isRequiredBy"), kinds.count("isReferencedBy")) == (27, 400)
