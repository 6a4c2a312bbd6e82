"""The canonical layout of Turtle, and reading RDF that others wrote."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualgraph.assets import asset_folder
from qualgraph.errors import DataError
from qualgraph.namespaces import PREFIXES, QG
from qualgraph.rdf import IRI, Literal, Triple, canonical_turtle, format_of, parse_data, parse_file, text

IRIS = st.from_regex(r"https?://[a-z]{1,8}\.example/[a-z0-9/_-]{0,20}", fullmatch=True).map(IRI)
LITERALS = st.text(st.characters(codec="utf-8"), max_size=40).map(Literal)
TRIPLES = st.builds(Triple, IRIS, IRIS, LITERALS | IRIS)


@given(st.sets(TRIPLES, max_size=12))
def test_canonical_turtle_says_the_same_triples_in_one_layout(triples: set[Triple]) -> None:
    written = canonical_turtle(triples)
    read = [quad.triple for quad in parse_data(written)]
    assert set(read) == triples
    assert canonical_turtle(reversed(read)) == written


def test_canonical_turtle_names_only_the_prefixes_it_uses_in_order() -> None:
    triple = Triple(IRI(f"{QG}a"), IRI(f"{PREFIXES['dcterms']}title"), text("A \n @prefix in a title"))
    lines = canonical_turtle([triple]).splitlines()
    assert [line.split()[1] for line in lines if line.startswith("@prefix")] == ["dcterms:", "qg:"]


def test_every_turtle_file_in_the_data_folder_is_in_the_canonical_layout() -> None:
    files = sorted(asset_folder("data").rglob("*.ttl"))
    extra = {"foaf": "http://xmlns.com/foaf/0.1/", "spdx": "http://spdx.org/rdf/terms#"}
    assert len(files) == 5
    for path in files:
        triples = [quad.triple for quad in parse_file(path)]
        assert path.read_text("utf-8") == canonical_turtle(triples, {**PREFIXES, **extra}), path.name


def test_a_syntax_error_names_file_and_line(tmp_path: Path) -> None:
    path = tmp_path / "third-party.ttl"
    path.write_text("@prefix a: <http://a.example/> .\na:b a:c 2 .\na:b <has space> 1 .\n")
    with pytest.raises(DataError) as caught:
        list(parse_file(path))
    assert caught.value.where == f"{path}:3"


def test_a_name_that_says_no_syntax_is_refused_with_those_that_do(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"\.ttl"):
        format_of(tmp_path / "data.docx")


def test_a_missing_file_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        list(parse_file(tmp_path / "absent.ttl"))
