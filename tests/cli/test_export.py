"""``export``: the whole store as one file, which a SPARQL server answers from as the store does."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands import Run
from qualgraph.rdf import IRI, parse_file
from qualgraph.store import open_store


@pytest.mark.parametrize("ending", ["nq", "trig"])
def test_an_export_holds_every_graph_of_the_store_and_nothing_else(
    run: Run, built: Path, tmp_path: Path, ending: str
) -> None:
    file = tmp_path / f"all.{ending}"
    done = run("export", file, "--store", built)
    assert (done.code, done.err) == (0, "")
    with open_store(built) as store:
        wanted = {(graph, triple) for graph in store.graphs() for triple in store.triples(graph)}
    assert {(quad.graph_name, quad.triple) for quad in parse_file(file)} == wanted
    assert f"{len(wanted):,} statements" in done.out


def test_a_merged_export_has_each_triple_once_in_the_default_graph_as_well(
    run: Run, built: Path, tmp_path: Path
) -> None:
    file = tmp_path / "all.nq"
    told = run("export", file, "--merged", "--store", built, "--json").data
    quads = list(parse_file(file))
    named = {quad.triple for quad in quads if isinstance(quad.graph_name, IRI)}
    default = [quad.triple for quad in quads if not isinstance(quad.graph_name, IRI)]
    assert len(default) == len(set(default))
    assert set(default) == named
    assert told == {"file": str(file), "statements": len(quads), "merged": True}


def test_an_export_to_another_ending_or_from_no_store_writes_nothing(
    run: Run, built: Path, tmp_path: Path
) -> None:
    wrong = run("export", tmp_path / "all.ttl", "--store", built)
    assert wrong.code == 2
    assert ".nq, .trig" in wrong.err
    assert run("export", tmp_path / "all.nq", "--store", tmp_path / "nowhere").code == 4
    assert list(tmp_path.iterdir()) == []
