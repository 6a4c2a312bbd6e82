"""``data/`` is what the readers make of the four documents today, without their prose, and says where it is from."""

from __future__ import annotations

from pathlib import Path

import pytest

from qualgraph.assets import asset_folder
from qualgraph.identifiers import Identifiers
from qualgraph.namespaces import DCAT, DCTERMS
from qualgraph.rdf import IRI, Literal, canonical_turtle, parse_file
from qualgraph.sources import read_file
from qualgraph.triples import TextPolicy, describe
from support import seed_path

PACKAGINGS = ("2013-07", "2026-04")
FILES = {"BSB40307": "000", "BSB50307": "001", "BSB50311": "003", "ANZSCO-5411": "004"}


def register_file(name: str) -> Path:
    return asset_folder("data") / "register" / f"{name}.ttl"


def test_the_folder_holds_the_four_documents_and_no_other() -> None:
    assert {path.stem for path in (asset_folder("data") / "register").iterdir()} == set(FILES)


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_is_what_the_reader_makes_of_its_document(name: str) -> None:
    reading = read_file(seed_path(FILES[name]), code=name if name == "BSB50311" else None)
    made = canonical_turtle(describe(reading, Identifiers(), TextPolicy.NONE))
    assert register_file(name).read_text("utf-8") == made, "run scripts/build-data"


@pytest.mark.parametrize("name", sorted(FILES))
def test_no_sentence_of_a_document_stands_in_its_file(name: str) -> None:
    sentences = {
        line.strip(" •-\t\xa0")
        for line in seed_path(FILES[name]).read_text("utf-8").splitlines()
        if len(line.split()) > 12 and line.rstrip().endswith((".", ":"))
    }
    literals = " ".join(
        quad.object.value for quad in parse_file(register_file(name)) if isinstance(quad.object, Literal)
    )
    assert len(sentences) >= 5
    assert [sentence for sentence in sentences if sentence in literals] == []


def test_the_catalogue_states_source_licence_attribution_and_checksum_of_each_document() -> None:
    catalogue = [quad.triple for quad in parse_file(asset_folder("data") / "catalog.ttl")]
    datasets = {t.object for t in catalogue if t.predicate.value == f"{DCAT}dataset"}
    tables = {IRI(f"https://w3id.org/qualgraph/data/packagings/{date}") for date in PACKAGINGS}
    assert len(datasets) == len(FILES) + len(PACKAGINGS)
    assert tables <= datasets
    for predicate in ("license", "rights", "creator", "title", "source"):
        stated = {t.subject for t in catalogue if t.predicate.value == f"{DCTERMS}{predicate}"}
        assert datasets <= stated, predicate
    stated_checksums = {t.object.value for t in catalogue if t.predicate.value.endswith("#checksumValue")}
    own_checksums = {
        quad.object.value
        for name in FILES
        for quad in parse_file(register_file(name))
        if quad.predicate.value.endswith("#sha256")
    }
    assert stated_checksums == own_checksums
    sources = {
        t.object for t in catalogue if t.predicate.value == f"{DCTERMS}source" and t.subject not in tables
    }
    described = {
        quad.subject
        for name in FILES
        for quad in parse_file(register_file(name))
        if quad.object.value.endswith("#SourceDocument")
    }
    assert sources == described
