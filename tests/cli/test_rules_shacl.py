"""``rules shacl``: shapes of one rule, or of all as files of a folder or one stream."""

from __future__ import annotations

from pathlib import Path

from commands import Run
from qualgraph.namespaces import RDF, SH
from qualgraph.rdf import IRI, parse_data
from rule_texts import row, written

NODE_SHAPE = IRI(f"{SH}NodeShape")


def shapes(turtle: str) -> set[str]:
    triples = [quad.triple for quad in parse_data(turtle)]
    return {str(t.subject) for t in triples if t.predicate.value == f"{RDF}type" and t.object == NODE_SHAPE}


def test_the_shapes_of_a_rule_of_the_store_are_turtle(run: Run, built: Path, tmp_path: Path) -> None:
    out = tmp_path / "shapes.ttl"
    done = run("rules", "shacl", "BSB50311", "--store", built, "--out", out)
    assert done.code == 0
    assert shapes(out.read_text(encoding="utf-8"))
    assert run("rules", "shacl", "BSB50311", "--store", built).out == out.read_text(encoding="utf-8")


def test_identifiers_begin_as_wanted(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "r.jsonl", row())
    done = run("rules", "shacl", "ZZZ30120", "--rules", path, "--base-iri", "https://data.example.org/")
    assert all(name.startswith("<https://data.example.org/") for name in shapes(done.out))


def test_all_rules_are_files_of_a_folder_or_one_stream(run: Run, tmp_path: Path) -> None:
    nothing = row(code="ZZZ30320", packagingRules="Nothing to see.")
    path = written(tmp_path / "r.jsonl", row(), row(code="ZZZ30220"), nothing)
    folder = tmp_path / "shapes"
    done = run("rules", "shacl", "--all", "--rules", path, "--out", folder)
    assert done.code == 2
    assert f"{path}:3: " in done.err
    assert done.out == f"{folder}: written, the shapes of 2 packaging rules\n"
    assert sorted(file.name for file in folder.iterdir()) == ["ZZZ30120.ttl", "ZZZ30220.ttl"]
    stream = run("rules", "shacl", "--all", "--rules", path)
    apart = [shapes(file.read_text(encoding="utf-8")) for file in folder.iterdir()]
    assert shapes(stream.out) == apart[0] | apart[1]
    one = tmp_path / "all.ttl"
    assert run("rules", "shacl", "--all", "--rules", path, "--out", one).code == 2
    assert one.read_text(encoding="utf-8") == stream.out


def test_either_a_code_or_all(run: Run) -> None:
    assert run("rules", "shacl").code == 2
    assert run("rules", "shacl", "ZZZ30120", "--all").code == 2


def test_a_code_that_is_none_names_no_file(run: Run, tmp_path: Path) -> None:
    path = written(tmp_path / "r.jsonl", row(code="../../outside"), row())
    done = run("rules", "shacl", "--all", "--rules", path, "--out", tmp_path / "shapes")
    assert done.code == 2
    assert "'../../OUTSIDE'" in done.err
    assert sorted(file.name for file in tmp_path.rglob("*.ttl")) == ["ZZZ30120.ttl"]
