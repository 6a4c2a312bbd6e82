"""Answers of the register's interface as triples: what hangs on the component, and what on the release."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from qualgraph.identifiers import Identifiers, Kind
from qualgraph.namespaces import QG, SKOS
from qualgraph.rdf import IRI, Triple
from qualgraph.sources import open_dataset
from qualgraph.triples import TextPolicy, describe_dataset
from register_answers import answers, component, saved

IDS = Identifiers()
QUALIFICATION = IDS.component(Kind.QUALIFICATION, "ZZZ40120")


def triples(tmp_path: Path, content: str, name: str = "ZZZ40120.jsonl") -> set[Triple]:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    dataset = open_dataset(path)
    assert dataset is not None
    return set(describe_dataset(dataset, IDS, TextPolicy.RULES))


def objects(found: set[Triple], subject: Any, name: str) -> set[str]:
    return {str(t.object) for t in found if t.subject == subject and t.predicate == IRI(f"{QG}{name}")}


def test_grid_and_rule_hang_on_the_release_that_was_asked_for(tmp_path: Path) -> None:
    found = triples(tmp_path, saved(answers()))
    release = IDS.release(Kind.QUALIFICATION, "ZZZ40120", "2")
    for name in ("hasUnitGrid", "hasPackagingRule"):
        [one] = objects(found, release, name)
        assert "/release/2/rest-answers/" in one
    assert not [t for t in found if "unstated" in str(t.subject)]


def test_mapping_usage_and_classifications_hang_on_the_component(tmp_path: Path) -> None:
    found = triples(tmp_path, saved(answers()))
    assert len(objects(found, QUALIFICATION, "hasClassification")) == 5
    assert len(objects(found, QUALIFICATION, "hasUsageStatement")) == 1
    mapping = IDS.mapping("ZZZ40115", "ZZZ40120")
    assert objects(found, mapping, "mapsFrom") == {str(IDS.component(Kind.QUALIFICATION, "ZZZ40115"))}
    assert objects(found, mapping, "hasEquivalence") == {f"<{QG}Equivalent>"}


def test_an_answer_that_describes_no_release_makes_none_up(tmp_path: Path) -> None:
    found = triples(tmp_path, json.dumps(component()), "component.json")
    releases = {str(t.subject) for t in found if t.object == IRI(f"{QG}Release")}
    assert releases == {str(IDS.release(Kind.QUALIFICATION, "ZZZ40120", number)) for number in ("1", "2")}


def test_a_value_of_a_scheme_is_a_concept_of_the_scheme(tmp_path: Path) -> None:
    rows = [{"schemeCode": "04", "code": "0313", "name": "Lamp Engineering"}]
    found = triples(tmp_path, json.dumps(rows), "values.json")
    concept = IDS.concept("asced-field", "0313")
    assert Triple(concept, IRI(f"{SKOS}inScheme"), IDS.scheme("asced-field")) in found
