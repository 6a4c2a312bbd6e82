"""People bring data of their own: common mistakes are found by name, and nothing unchecked is called conforming."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualgraph.errors import DataError, UsageError
from qualgraph.namespaces import SHAPES
from qualgraph.rdf import Triple, parse_data
from qualgraph.validation import Finding, Report, Severity, validate_file, validate_triples

PREFIXES = """
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix qg: <https://w3id.org/qualgraph/def#> .
@prefix x: <https://example.org/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GOOD = 'x:q a qg:Qualification ; qg:code "ZZZ40120" ; dcterms:title "Certificate IV in Widgets" .'


def checked(turtle: str) -> Report:
    statements = parse_data(PREFIXES + turtle)
    return validate_triples((Triple(s.subject, s.predicate, s.object) for s in statements), name="mine.ttl")


def of_shape(report: Report, name: str) -> list[Finding]:
    return [finding for finding in report.findings if finding.shape.iri == SHAPES + name]


@pytest.mark.parametrize(
    ("mistake", "shape", "says"),
    [
        ('x:q qg:cod "ZZZ40120" .', "TermDefined", "the nearest is qg:code"),
        ("x:q a qg:qualification .", "TermDefined", "the nearest is qg:Qualification"),
        ("x:s qg:statesUsage qg:Curent .", "TermDefined", "the nearest is qg:Current"),
        ("x:q qg:xyzzyplugh 1 .", "TermDefined", "no term is near"),
        ("x:q a qg:code .", "TermInItsRole", "is a property and is used as a class 1 time"),
        ("x:q qg:Release x:r .", "TermInItsRole", "is a class and is used as a property 1 time"),
        (
            "x:q a <http://w3id.org/qualgraph/def#Unit> .",
            "NamespaceSpelt",
            "<https://w3id.org/qualgraph/def#> is meant",
        ),
        (
            "x:q <https://w3id.org/qualgraph/def/code> 1 .",
            "NamespaceSpelt",
            "<https://w3id.org/qualgraph/def#> is meant",
        ),
        (
            'x:q <http://purl.org/dc/elements/1.1/title> "a" .',
            "NamespaceSpelt",
            "<http://purl.org/dc/terms/> is meant",
        ),
        ('x:z qg:code "zzz 40120" .', "CodePattern", "'zzz 40120'"),
        ('x:z qg:code "ZZZ40120"@en .', "CodePattern", "(en)"),
        (
            'x:r a qg:Release ; dcterms:isVersionOf x:q ; dcterms:issued "2020" .',
            "ReleaseDate",
            "(xsd:string)",
        ),
        (
            'x:m a qg:SupersessionMapping ; qg:mappingDate "2020-02-30"^^xsd:date .',
            "MappingDate",
            "2020-02-30",
        ),
        (
            "x:m a qg:SupersessionMapping ; qg:hasEquivalence true .",
            "MappingEquivalence",
            "never true or false",
        ),
        ("x:u a qg:UnitOfCompetency ; qg:aqfLevel 4 .", "UnitHasNoLevelOfItsOwn", "Seen: 1 (4)"),
    ],
)
def test_a_common_mistake_is_found_by_name(mistake: str, shape: str, says: str):
    found = of_shape(checked(f"{GOOD}\n{mistake}"), shape)
    assert [says in finding.message for finding in found] == [True]
    assert found[0].places[0].document == "mine.ttl"


def test_good_data_conforms_and_says_how_much_was_checked():
    report = checked(GOOD)
    assert report.conforms
    assert report.exit_code() == 0
    assert report.summary().startswith("Conforms: 0 violations, 0 warnings")
    assert "3 statements read" in report.summary()


def test_data_without_our_terms_is_not_called_conforming():
    report = checked('x:a <http://www.w3.org/2004/02/skos/core#prefLabel> "a" .')
    assert report.nothing == "Nothing here to check: no qg: terms found; the data uses skos:."
    assert report.summary() == report.nothing
    assert not report.conforms
    assert report.exit_code() == 3


def test_no_statements_is_not_called_conforming():
    assert "holds no statements" in checked("").summary()


def test_terms_that_no_shape_looks_at_are_said_to_be_unchecked_by_shapes():
    outcomes = {check.shape.iri: check.outcome.value for check in checked(GOOD).checks}
    assert outcomes[f"{SHAPES}CodePattern"] == "conforms"
    assert outcomes[f"{SHAPES}MappingDate"] == "not applicable"


def test_a_definition_of_the_ontology_is_never_blamed():
    report = checked(f"{GOOD}\nx:s a qg:UsageStatement ; qg:statesUsage qg:Current .")
    assert all(finding.focus_iri.startswith("https://example.org/") for finding in report.findings)


def test_data_may_bring_a_class_of_its_own_below_one_of_ours():
    own = "x:Diploma <http://www.w3.org/2000/01/rdf-schema#subClassOf> qg:Qualification . x:d a x:Diploma ."
    assert len(of_shape(checked(own), "ComponentHasOneCode")) == 1


FORMS = {
    "ttl": PREFIXES + 'x:q a qg:Qualification ; qg:code "bad code" .',
    "nt": '<https://example.org/q> <https://w3id.org/qualgraph/def#code> "bad code" .\n',
    "nq": '<https://example.org/q> <https://w3id.org/qualgraph/def#code> "bad code" <https://example.org/g> .\n',
    "trig": PREFIXES + 'x:g { x:q qg:code "bad code" . }',
    "rdf": '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:qg="https://w3id.org/qualgraph/def#">'
    '<rdf:Description rdf:about="https://example.org/q"><qg:code>bad code</qg:code></rdf:Description></rdf:RDF>',
    "jsonld": '{"@id": "https://example.org/q", "https://w3id.org/qualgraph/def#code": "bad code"}',
}


@pytest.mark.parametrize("ending", sorted(FORMS))
def test_any_syntax_is_read(tmp_path: Path, ending: str):
    file = tmp_path / f"data.{ending}"
    file.write_text(FORMS[ending], encoding="utf-8")
    assert len(of_shape(validate_file(file), "CodePattern")) == 1


@pytest.mark.parametrize(
    ("name", "content", "where"),
    [
        ("broken.ttl", "@prefix x: <https://example.org/> .\nx:a x:b .\n", "broken.ttl:2"),
        ("space.ttl", "<https://example.org/a b> a <https://example.org/c> .", "space.ttl:1"),
        (
            "space.nt",
            "<https://example.org/a> <https://example.org/b c> <https://example.org/d> .",
            "space.nt:1",
        ),
        ("binary.ttl", "\x00\x01\x02", "binary.ttl"),
        ("data.docx", "text", "data.docx"),
    ],
)
def test_broken_data_is_one_error_with_its_place(tmp_path: Path, name: str, content: str, where: str):
    file = tmp_path / name
    file.write_text(content, encoding="utf-8")
    with pytest.raises(DataError) as raised:
        validate_file(file)
    assert where in (raised.value.where or "")


def test_a_file_that_is_not_there_is_one_error(tmp_path: Path):
    with pytest.raises(DataError, match="is not a file"):
        validate_file(tmp_path / "absent.ttl")


def test_a_finding_names_the_document_of_its_graph_and_the_line(tmp_path: Path):
    file = tmp_path / "data.trig"
    file.write_text(
        PREFIXES + 'x:doc { x:doc a qg:SourceDocument ; qg:fileName "page.txt" . '
        "x:m a qg:SupersessionMapping ; qg:hasEquivalence true ; qg:sourceLine 16 ; qg:lastSourceLine 17 . }",
        encoding="utf-8",
    )
    [finding] = of_shape(validate_file(file), "MappingEquivalence")
    assert [str(place) for place in finding.places] == ["page.txt:16-17"]


@pytest.mark.parametrize(
    ("documents", "place"),
    [
        ('x:d qg:fileName "page.txt" .', "page.txt:16"),
        ('x:d qg:fileName "page.txt" . x:e qg:fileName "other.txt" .', "source of data.ttl:16"),
        ("", "source of data.ttl:16"),
    ],
)
def test_a_line_is_never_taken_for_a_line_of_the_rdf_file(tmp_path: Path, documents: str, place: str):
    file = tmp_path / "data.ttl"
    mapping = "x:m a qg:SupersessionMapping ; qg:hasEquivalence true ; qg:sourceLine 16 ."
    file.write_text(f"{PREFIXES}{documents} {mapping}", encoding="utf-8")
    [finding] = of_shape(validate_file(file), "MappingEquivalence")
    assert [str(at) for at in finding.places] == [place]


def test_files_are_checked_together_and_their_blank_nodes_stay_apart(tmp_path: Path):
    one, two = tmp_path / "one.ttl", tmp_path / "two.ttl"
    one.write_text(PREFIXES + '_:n qg:code "ZZZ40120" .', encoding="utf-8")
    two.write_text(PREFIXES + '_:n qg:code "ZZZ40120" .', encoding="utf-8")
    found = of_shape(validate_file([one, two]), "CodeNamesOneComponent")
    assert sorted(str(finding.places[0]) for finding in found) == ["one.ttl", "two.ttl"]


def test_progress_is_told_while_a_large_file_is_read(tmp_path: Path):
    file = tmp_path / "large.nt"
    line = "<https://example.org/{}> <https://example.org/p> <https://example.org/o> .\n"
    file.write_text("".join(line.format(number) for number in range(100_001)), encoding="utf-8")
    told: list[tuple[str, int]] = []
    validate_file(file, progress=lambda stage, count: told.append((stage, count)))
    assert told == [("reading", 50_000), ("reading", 100_000)]


OWN_SHAPES = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix x: <https://example.org/> .
x:Named a sh:NodeShape ; sh:targetClass x:Thing ; sh:property [ sh:path x:name ; sh:minCount 1 ] .
"""


def test_shapes_of_ones_own_are_run_instead(tmp_path: Path):
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(OWN_SHAPES, encoding="utf-8")
    data.write_text("@prefix x: <https://example.org/> . x:a a x:Thing .", encoding="utf-8")
    report = validate_file(data, shapes=shapes)
    assert [finding.shape.iri for finding in report.findings] == ["https://example.org/Named"]
    assert report.exit_code() == 1


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("@prefix x: <https://example.org/> . x:a x:b x:c .", "holds no SHACL shape"),
        (
            OWN_SHAPES
            + 'x:S a sh:NodeShape ; sh:targetClass x:Thing ; sh:sparql [ sh:select "SELECT nonsense" ] .',
            "SPARQL that cannot be parsed",
        ),
        (OWN_SHAPES + "x:P a sh:PropertyShape ; sh:targetClass x:Thing .", "cannot be used as SHACL shapes"),
    ],
)
def test_shapes_that_cannot_be_used_are_one_error(tmp_path: Path, content: str, says: str):
    shapes, data = tmp_path / "shapes.ttl", tmp_path / "data.ttl"
    shapes.write_text(content, encoding="utf-8")
    data.write_text("@prefix x: <https://example.org/> . x:a a x:Thing .", encoding="utf-8")
    with pytest.raises(DataError, match=says):
        validate_file(data, shapes=shapes)


def test_shapes_that_are_not_there_are_one_error(tmp_path: Path):
    with pytest.raises(UsageError, match="there are no shapes at"):
        validate_file(tmp_path, shapes=tmp_path / "absent")


def test_what_cannot_be_decided_never_fails():
    report = checked(
        f"{GOOD}\nx:r a qg:Release ; dcterms:isVersionOf x:q ; qg:sourceLine 1 . x:d qg:describes x:q ."
    )
    undecided = of_shape(report, "ReleaseNumberStated")
    assert [finding.unverifiable for finding in undecided] == [True]
    only_undecided = Report(
        engine="", shapes="", sources=(), statements=1, findings=tuple(undecided), checks=report.checks
    )
    assert only_undecided.exit_code(Severity.INFO) == 0
    assert report.undecided == 1


@pytest.mark.parametrize(
    ("fail_on", "code"), [(Severity.VIOLATION, 0), (Severity.WARNING, 1), (Severity.INFO, 1)]
)
def test_fail_on_sets_what_makes_the_exit_code(fail_on: Severity, code: int):
    warning_only = f"{GOOD}\nx:s a qg:EmployabilitySkillEntry ."
    assert checked(warning_only).exit_code(fail_on) == code
