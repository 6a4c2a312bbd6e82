"""What the files of the ontology are: OWL 2 DL, in one layout, of a known size, complete for what the code uses."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import pytest

from qualgraph.assets import ontology_files
from qualgraph.namespaces import DCTERMS, ONTOLOGY, OWL, QG, RDF, RDFS, SKOS, XSD
from qualgraph.rdf import IRI, BlankNode, Literal, Triple, canonical_turtle, parse_data, parse_file
from support import CHECKOUT

ONTOLOGY_FOLDER = CHECKOUT / "ontology"
CORE = ontology_files()
EVERYTHING = ontology_files(alignments=True)
KINDS = ("Class", "ObjectProperty", "DatatypeProperty", "AnnotationProperty")

# OWL 2 knows these without a declaration
BUILT_IN_ANNOTATIONS = {
    f"{RDFS}label",
    f"{RDFS}comment",
    f"{RDFS}seeAlso",
    f"{RDFS}isDefinedBy",
    f"{OWL}versionInfo",
    f"{OWL}deprecated",
}
AXIOMS = {
    f"{RDF}type",
    f"{RDFS}subClassOf",
    f"{RDFS}subPropertyOf",
    f"{RDFS}domain",
    f"{RDFS}range",
    f"{OWL}disjointWith",
    f"{OWL}imports",
    f"{OWL}versionIRI",
}
DATED = {f"{DCTERMS}date", f"{DCTERMS}issued"}
"""Of schemes and policies; OWL 2 has no xsd:date, and the reasoner is told not to look into one."""

OWL_DATATYPES = {f"{XSD}{name}" for name in ("string", "integer", "boolean", "positiveInteger")}


def statements(files: Iterable[Path]) -> list[Triple]:
    return [quad.triple for file in files for quad in parse_file(file)]


def declared(triples: Iterable[Triple]) -> dict[str, set[str]]:
    """Each declared IRI with the kinds it is declared to be."""
    kinds = {f"{OWL}{kind}": kind for kind in KINDS}
    found = defaultdict(set)
    for triple in triples:
        if (
            triple.predicate.value == f"{RDF}type"
            and isinstance(triple.object, IRI)
            and triple.object.value in kinds
        ):
            found[str(triple.subject).strip("<>")].add(kinds[triple.object.value])
    return found


def faults(triples: list[Triple]) -> list[str]:
    """What takes these statements out of OWL 2 DL, of what can be told without a profile checker."""
    known = declared(triples)
    found = [f"{iri} is {' and '.join(sorted(kinds))}" for iri, kinds in known.items() if len(kinds) > 1]
    for triple in triples:
        found.extend(f"{problem}: {triple}" for problem in triple_faults(triple, known))
    return found


def triple_faults(triple: Triple, known: dict[str, set[str]]) -> Iterable[str]:
    predicate, value = triple.predicate.value, triple.object
    dated = {f"{XSD}date"} if predicate in DATED else set()
    if isinstance(triple.subject, BlankNode) or isinstance(value, BlankNode):
        yield "a blank node"
    if (
        isinstance(value, Literal)
        and not value.language
        and value.datatype.value not in OWL_DATATYPES | dated
    ):
        yield "a datatype that OWL 2 has not"
    if predicate == f"{RDF}type":
        if (
            isinstance(value, IRI)
            and not value.value.startswith(OWL)
            and "Class" not in known.get(value.value, ())
        ):
            yield "a type that is not declared as a class"
    elif predicate in AXIOMS:
        yield from axiom_faults(triple, known)
    elif predicate not in BUILT_IN_ANNOTATIONS:
        kinds = known.get(predicate, set())
        if not kinds:
            yield "a property that is not declared"
        if "ObjectProperty" in kinds and isinstance(value, Literal):
            yield "a literal as value of an object property"
        if "DatatypeProperty" in kinds and not isinstance(value, Literal):
            yield "a thing as value of a datatype property"


def axiom_faults(triple: Triple, known: dict[str, set[str]]) -> Iterable[str]:
    subject, predicate, value = str(triple.subject)[1:-1], triple.predicate.value, str(triple.object)[1:-1]
    if predicate in (f"{RDFS}subClassOf", f"{OWL}disjointWith"):
        if not {"Class"} <= known.get(subject, set()) & known.get(value, set()):
            yield "a class axiom about something that is not declared as a class"
    elif predicate == f"{RDFS}subPropertyOf" and known.get(subject) != known.get(value):
        yield "a sub-property of another kind of property"
    elif predicate == f"{RDFS}domain" and "Class" not in known.get(value, ()):
        yield "a domain that is not declared as a class"
    elif predicate == f"{RDFS}range":
        wanted = (
            value in OWL_DATATYPES
            if "DatatypeProperty" in known[subject]
            else "Class" in known.get(value, ())
        )
        if not wanted:
            yield "a range of the wrong kind"


def test_the_ontology_has_as_many_files_and_terms_as_its_change_log_says() -> None:
    assert len(CORE) == 8 + 16
    assert len(EVERYTHING) == len(CORE) + 4
    own = Counter(
        kind for iri, kinds in declared(statements(CORE)).items() if iri.startswith(QG) for kind in kinds
    )
    assert own == {"Class": 68, "ObjectProperty": 98, "DatatypeProperty": 109}
    told = " ".join((ONTOLOGY_FOLDER / "CHANGES.md").read_text(encoding="utf-8").split())
    assert "68 classes, 98 object properties and 109 datatype properties in 8 files" in told


def test_every_file_in_the_folder_is_one_of_the_ontologys() -> None:
    assert set(ONTOLOGY_FOLDER.rglob("*.ttl")) == set(EVERYTHING)


@pytest.mark.parametrize("file", EVERYTHING, ids=lambda file: file.relative_to(ONTOLOGY_FOLDER).as_posix())
def test_a_file_is_in_the_canonical_layout(file: Path) -> None:
    assert file.read_text(encoding="utf-8") == canonical_turtle(statements([file]))


def test_the_script_says_which_file_is_not_in_the_canonical_layout_and_rewrites_it(tmp_path: Path) -> None:
    script = [sys.executable, str(CHECKOUT / "scripts" / "canonical-turtle")]
    untidy = tmp_path / "untidy.ttl"
    untidy.write_text("<http://e/b> <http://e/p> 1 .\n<http://e/a> <http://e/p> 1 .\n")
    checked = subprocess.run([*script, "--check", str(tmp_path)], capture_output=True, text=True)
    assert (checked.returncode, checked.stdout) == (1, f"{untidy}: not canonical\n")
    assert subprocess.run([*script, str(tmp_path)], capture_output=True).returncode == 0
    assert subprocess.run([*script, "--check", str(tmp_path)], capture_output=True).returncode == 0
    untidy.write_text("<http://e/b> ")
    assert subprocess.run([*script, str(tmp_path)], capture_output=True).returncode == 3


@pytest.mark.parametrize("files", [CORE, EVERYTHING], ids=["core", "with alignments"])
def test_nothing_takes_the_ontology_out_of_owl_2_dl(files: list[Path]) -> None:
    assert faults(statements(files)) == []


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        ("e:p a owl:ObjectProperty , owl:DatatypeProperty .", "is DatatypeProperty and ObjectProperty"),
        ("e:a e:p e:b .", "a property that is not declared"),
        ('e:p a owl:ObjectProperty . e:a e:p "b" .', "a literal as value of an object property"),
        ("e:p a owl:DatatypeProperty . e:a e:p e:b .", "a thing as value of a datatype property"),
        ("e:a a e:C .", "a type that is not declared as a class"),
        ("e:C a owl:Class ; rdfs:subClassOf [ a owl:Class ] .", "a blank node"),
        ("e:C a owl:Class ; rdfs:subClassOf e:D .", "a class axiom about something that is not declared"),
        ("e:p a owl:ObjectProperty ; rdfs:domain e:D .", "a domain that is not declared as a class"),
        ("e:p a owl:DatatypeProperty ; rdfs:range xsd:date .", "a range of the wrong kind"),
        ("e:p a owl:ObjectProperty ; rdfs:subPropertyOf e:q .", "a sub-property of another kind of property"),
        ('e:p a owl:DatatypeProperty . e:a e:p "2011-11-27"^^xsd:date .', "a datatype that OWL 2 has not"),
    ],
)
def test_a_departure_from_owl_2_dl_is_seen(broken: str, fault: str) -> None:
    names = {"owl": OWL, "rdfs": RDFS, "xsd": XSD, "e": "http://example.org/"}
    prefixes = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in names.items())
    assert any(fault in found for found in faults([quad.triple for quad in parse_data(prefixes + broken)]))


def test_the_core_does_not_load_the_alignments() -> None:
    core = statements(CORE)
    assert not [triple for triple in core if triple.predicate.value == f"{OWL}imports"]
    elsewhere = (
        "https://schema.org/",
        "https://purl.org/ctdl",
        "http://data.europa.eu/snb",
        "https://training.gov.au",
    )
    assert not [triple for triple in core if any(f"<{start}" in str(triple) for start in elsewhere)]


def test_each_alignment_is_an_ontology_that_imports_ours() -> None:
    for file in sorted(set(EVERYTHING) - set(CORE)):
        imports = [str(triple) for triple in statements([file]) if triple.predicate.value == f"{OWL}imports"]
        assert imports == [f"<{ONTOLOGY}/align/{file.stem}> <{OWL}imports> <{ONTOLOGY}>"]


def test_derived_terms_say_that_they_are_derived() -> None:
    said = {
        str(triple.subject)[1:-1].removeprefix(QG)
        for triple in statements(CORE)
        if triple.predicate.value == f"{SKOS}definition" and str(triple.object).startswith('"Derived: ')
    }
    assert said == {
        "packages",
        "packagesCore",
        "packagesElective",
        "leadsTo",
        "supersededByEquivalent",
        "preferredTitle",
        "hasLatestUsage",
    }


NAME = re.compile(r"(?<![\w/])qg:([A-Za-z]\w*)|\{QG\}([A-Za-z]\w*)|\bQG \+ \"([A-Za-z]\w*)")
"""How a term stands in Turtle, SPARQL, Markdown and Python strings."""


def unknown_terms(used: Iterable[tuple[Path, str]]) -> set[str]:
    named = {triple.subject.value for triple in statements(CORE) if isinstance(triple.subject, IRI)}
    return {f"{file.relative_to(CHECKOUT)}: qg:{name}" for file, name in used if QG + name not in named}


@pytest.mark.parametrize(
    ("folder", "endings"),
    [("queries", {".rq"}), ("shapes", {".ttl", ".rq"}), ("src", {".py"}), ("docs", {".md"})],
)
def test_every_term_that_is_used_is_declared(folder: str, endings: set[str]) -> None:
    files = [file for file in sorted((CHECKOUT / folder).rglob("*")) if file.suffix in endings]
    used = [
        (file, "".join(names)) for file in files for names in NAME.findall(file.read_text(encoding="utf-8"))
    ]
    assert used
    assert unknown_terms(used) == set()


def terms_written(call: ast.Call) -> Iterable[str]:
    """The terms that a call of the builder in ``qualgraph.triples`` writes: by position, and as keywords."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    positions = {"qg": [0], "add": [1], "hang": [1, 3], "node": [1], "mention": [1]}.get(name, [])
    for position in positions:
        argument = call.args[position] if position < len(call.args) else None
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            yield argument.value
    for keyword in call.keywords:
        if name in ("hang", "node", "mention") and keyword.arg not in (None, "line"):
            yield keyword.arg
        elif keyword.arg == "predicate" and isinstance(keyword.value, ast.Constant):
            yield keyword.value.value


def test_every_term_that_the_triples_are_written_with_is_declared() -> None:
    used = [
        (file, term)
        for file in sorted((CHECKOUT / "src" / "qualgraph" / "triples").rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        for term in terms_written(node)
    ]
    assert len(used) > 100
    assert unknown_terms(used) == set()
