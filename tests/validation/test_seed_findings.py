"""docs/seed-findings.md says which findings come out of the four documents, and by what: each line is checked."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

import pytest

from qualgraph.assets import asset_folder
from qualgraph.identifiers import Identifiers
from qualgraph.namespaces import SHAPES
from qualgraph.rdf import Quad
from qualgraph.sources import read_file
from qualgraph.triples import TextPolicy, describe, document_iri
from qualgraph.validation import Outcome, Report, validate_quads
from support import CHECKOUT, seed_path

SEEDS = {"000": None, "001": None, "003": "BSB50311", "004": None}
SHAPE = re.compile(r"`qgsh:(\w+)`((?: (?:holds|\d{3}(?::\d+)?))*)")
VERDICTS = {"found": 18, "partly": 6, "holds": 4, "undecided": 1, "not found": 6}


@dataclass(frozen=True, kw_only=True)
class Row:
    number: int
    verdict: str
    shapes: tuple[tuple[str, tuple[str, ...]], ...]
    """Shapes with the places (or 'holds') that the table gives."""
    queries: tuple[str, ...]
    reason: str


def table() -> list[Row]:
    text = (CHECKOUT / "docs" / "seed-findings.md").read_text(encoding="utf-8")
    lines = [line.strip("|").split("|") for line in text.splitlines() if re.match(r"\| \d+ \|", line)]
    return [
        Row(
            number=int(number),
            verdict=verdict.strip(),
            shapes=tuple((name, tuple(places.split())) for name, places in SHAPE.findall(shapes)),
            queries=tuple(re.findall(r"`([a-z-]+)`", queries)),
            reason=reason.strip(),
        )
        for number, _, verdict, shapes, queries, reason in lines
    ]


PLACED = [(row.number, name, place) for row in table() for name, places in row.shapes for place in places]


@pytest.fixture(scope="module")
def report() -> Report:
    ids, quads = Identifiers(), list[Quad]()
    for number, code in SEEDS.items():
        reading = read_file(seed_path(number), code=code)
        graph = document_iri(reading.document, ids)
        triples = describe(reading, ids, TextPolicy.NONE)
        quads += [Quad(triple.subject, triple.predicate, triple.object, graph) for triple in triples]
    return validate_quads(quads)


def test_the_table_has_all_35_and_its_sums_are_right():
    rows = table()
    assert [row.number for row in rows] == list(range(1, 36))
    assert Counter(row.verdict for row in rows) == VERDICTS
    sums = (CHECKOUT / "docs" / "seed-findings.md").read_text(encoding="utf-8").rsplit("Sums: ", 1)[1]
    assert [int(number) for number in re.findall(r"\d+", sums)] == list(VERDICTS.values())


@pytest.mark.parametrize("row", table(), ids=lambda row: str(row.number))
def test_a_verdict_is_backed_by_shapes_or_by_a_reason(row: Row):
    places = {place for _, found in row.shapes for place in found}
    assert all(found for _, found in row.shapes), "a shape without place"
    match row.verdict:
        case "not found":
            assert not row.shapes
            assert row.reason
        case "holds":
            assert places == {"holds"}
        case "partly" | "undecided":
            assert places
            assert row.reason
        case _:
            assert places - {"holds"}


@pytest.mark.parametrize(("number", "name", "place"), PLACED)
def test_what_the_table_says_comes_out_with_document_and_line(
    report: Report, number: int, name: str, place: str
):
    if place == "holds":
        [check] = [check for check in report.checks if check.shape.iri == SHAPES + name]
        assert (check.outcome, check.nodes > 0) == (Outcome.CONFORMS, True)
        return
    document, _, line = place.partition(":")
    seen = {
        (at.document[:3], str(at.line or ""))
        for f in report.findings
        if f.shape.iri == SHAPES + name
        for at in f.places
    }
    assert (document, line) in seen


def test_nothing_in_the_register_s_own_documents_is_a_violation(report: Report):
    assert [finding.message for finding in report.findings if finding.severity == "violation"] == []
    assert report.exit_code() == 0


def test_every_warning_of_the_documents_is_in_the_table(report: Report):
    listed = {name for row in table() for name, _ in row.shapes}
    warned = {f.shape.iri.removeprefix(SHAPES) for f in report.findings if f.severity == "warning"}
    assert warned <= listed


def test_the_queries_of_the_table_are_in_the_catalogue():
    known = {file.stem for file in asset_folder("queries").rglob("*.rq")}
    assert {name for row in table() for name in row.queries} <= known
