"""Parsed unit documents in JSON Lines: what can be told apart is read, damage is told, nothing is guessed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from qualgraph.errors import BrokenDocumentError
from qualgraph.model import (
    Component,
    Entry,
    Equivalence,
    LicensingNote,
    Mapping,
    Release,
    UnitElement,
    UnitSection,
    UsageStatement,
)
from qualgraph.sources import open_dataset
from qualgraph.sources.dataset import Dataset
from support import shared_path

UNIT: dict[str, Any] = {
    "url": "https://example.org/ZZKFLY303",
    "code": "ZZKFLY303",
    "title": "Fly kites in company",
    "status": "Current",
    "release": "Release 2",
    "elements": [
        {"element": "Elements", "performanceCriteria": ["Performance Criteria"]},
        {"element": "1.\tPlan", "performanceCriteria": ["1.1.Look up", "1.2 Look down"]},
        {"element": "Fly", "performanceCriteria": ["2.1 Launch"]},
        {"element": "MappingSupersedes and is equivalent to  ZZKFLY203 \u00a0Fly", "performanceCriteria": []},
    ],
    "performanceEvidence": (
        "Fly:\n\n\u2022 near\n\u2022 far:\n  \u25e6 over land\n  \u25e6 over sea\n\n\u2022 over land\n\u2022 over sea"
    ),
    "knowledgeEvidence": "\u2022 knots",
    "supersededBy": None,
    "supersedes": {"code": "ZZKFLY203"},
    "licensingOrRegulatoryInfo": "No licensing or legislative requirements apply to this unit at the time of writing.",
}


def opened(tmp_path: Path, *rows: object) -> Dataset:
    path = tmp_path / "units.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    found = open_dataset(path)
    assert found is not None
    return found


def only(tmp_path: Path, **changes: object) -> tuple[Entry, list[str]]:
    dataset = opened(tmp_path, {**UNIT, **changes})
    [entry] = dataset
    return entry, [problem.message for problem in dataset.problems]


def of(entry: Entry, kind: type) -> list[Any]:
    return [record for record in entry.records if isinstance(record, kind)]


def test_a_row_is_a_unit_with_its_elements_and_evidence(tmp_path: Path) -> None:
    entry, problems = only(tmp_path)
    assert [one.title for one in of(entry, Component)] == ["Fly kites in company"]
    assert [(one.number, one.described) for one in of(entry, Release)] == [("2", True)]
    assert len(of(entry, UsageStatement)) == 1
    elements = of(entry, UnitElement)
    assert [(one.number, one.text, [c.number for c in one.criteria]) for one in elements] == [
        ("1", "Plan", ["1.1", "1.2"]),
        (None, "Fly", ["2.1"]),
    ]
    assert [one.direct_link for one in of(entry, LicensingNote)] == [False]
    [evidence, _] = of(entry, UnitSection)
    assert [(item.depth, item.text) for item in evidence.items] == [
        (0, "Fly:"),
        (1, "near"),
        (1, "far:"),
        (2, "over land"),
        (2, "over sea"),
    ]
    assert problems == ["Items of 1 lists are printed again after the list; taken once."]


def test_the_mapping_row_among_the_elements_says_what_the_pair_leaves_open(tmp_path: Path) -> None:
    entry, _ = only(tmp_path)
    assert [(one.old, one.new, one.equivalence) for one in of(entry, Mapping)] == [
        ("ZZKFLY203", "ZZKFLY303", Equivalence.EQUIVALENT)
    ]
    entry, _ = only(tmp_path, elements=UNIT["elements"][:3], supersededBy={"code": "ZZKFLY403"})
    assert [(one.old, one.new, one.equivalence) for one in of(entry, Mapping)] == [
        ("ZZKFLY203", "ZZKFLY303", Equivalence.NOT_DETERMINED),
        ("ZZKFLY303", "ZZKFLY403", Equivalence.NOT_DETERMINED),
    ]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"status": "Sleeping"}, "usage recommendation is not known"),
        ({"release": "latest"}, "states no release"),
        ({"elements": []}, "holds no elements"),
        (
            {"elements": [{"element": "1.2", "performanceCriteria": ["Look up"]}]},
            "stand where the elements should",
        ),
        ({"licensingOrRegulatoryInfo": "has been added."}, "begins in the middle of a sentence"),
        ({"knowledgeEvidence": "to fly on two occasions"}, "begins in the middle of a sentence"),
    ],
)
def test_what_was_lost_on_the_way_is_told(changes: dict[str, object], told: str, tmp_path: Path) -> None:
    _, problems = only(tmp_path, **changes)
    assert any(told in message for message in problems), problems


@pytest.mark.parametrize("row", [{**UNIT, "code": None}, {**UNIT, "title": 7.5}, [1], "ZZKFLY303"])
def test_a_row_that_is_no_unit_is_told_and_the_others_are_read(row: object, tmp_path: Path) -> None:
    dataset = opened(tmp_path, UNIT, row, {**UNIT, "code": "ZZKFLY304"})
    assert [entry.code for entry in dataset] == ["ZZKFLY303", "ZZKFLY304"]
    assert [problem.line for problem in dataset.problems if "without a national code" in problem.message] == [
        2
    ]


def test_a_file_that_breaks_off_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "units.jsonl"
    path.write_text(json.dumps(UNIT) + "\n" + json.dumps(UNIT)[:400], encoding="utf-8")
    dataset = open_dataset(path)
    assert dataset is not None
    with pytest.raises(BrokenDocumentError):
        list(dataset)


def test_all_units_of_the_current_site_are_read() -> None:
    dataset = open_dataset(shared_path("corpus", "register-2026", "unit-documents.jsonl"))
    assert dataset is not None
    entries = list(dataset)
    assert len({entry.code for entry in entries}) == len(entries) == 129
    elements = [element for entry in entries for element in of(entry, UnitElement)]
    assert (len(elements), sum(len(element.criteria) for element in elements)) == (500, 2263)
    numbered = [c.number for element in elements for c in element.criteria if c.number is None]
    assert numbered == []
    assert [entry.code for entry in entries if not of(entry, UnitElement)] == ["CPCCLDG3001"]
    equivalent = [
        m for entry in entries for m in of(entry, Mapping) if m.equivalence is Equivalence.EQUIVALENT
    ]
    assert (len([m for entry in entries for m in of(entry, Mapping)]), len(equivalent)) == (64, 14)


def test_a_second_row_of_a_unit_is_told_and_not_mixed_with_the_first(tmp_path: Path) -> None:
    dataset = opened(tmp_path, UNIT, {**UNIT, "elements": []})
    assert len(list(dataset)) == 1
    assert (2, "ZZKFLY303 has a second row; only the first is read.") in [
        (problem.line, problem.message) for problem in dataset.problems
    ]


def test_half_of_a_character_is_refused_with_the_line(tmp_path: Path) -> None:
    long = {**UNIT, "code": "ZZKFLY304", "knowledgeEvidence": "x" * 70_000}
    dataset = opened(tmp_path, long, {**UNIT, "title": "Fly \ud800"})
    with pytest.raises(BrokenDocumentError, match="half of a character"):
        list(dataset)
