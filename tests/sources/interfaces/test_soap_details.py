"""GetDetails of the SOAP service: one answer or many in a file, as the service's schemas describe them."""

from __future__ import annotations

import tracemalloc
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from qualgraph.errors import BrokenDocumentError, UnrecognisedDocumentError
from qualgraph.identifiers import Kind
from qualgraph.model import (
    Classification,
    Component,
    Entry,
    Equivalence,
    Mapping,
    Parent,
    Release,
    Scheme,
    UnitGrid,
    UsageStatement,
)
from qualgraph.sources import open_dataset, read_file
from qualgraph.sources.dataset import Dataset
from soap_answers import details, enveloped
from support import shared_path


def opened(tmp_path: Path, text: str, name: str = "details.xml") -> Dataset:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    found = open_dataset(path)
    assert found is not None
    return found


def of(entry: Entry, kind: type) -> list[Any]:
    return [record for record in entry.records if isinstance(record, kind)]


def test_an_answer_is_a_component_with_all_that_it_states(tmp_path: Path) -> None:
    dataset = opened(tmp_path, enveloped(details()))
    entry, earlier = dataset
    assert (dataset.document.reader, entry.kind, entry.code) == (
        "soap-details",
        Kind.QUALIFICATION,
        "ZZZ30124",
    )
    assert [one.title for one in of(entry, Component)] == ["Certificate III in Kite Making"]
    assert [(one.start, one.end) for one in of(entry, UsageStatement)] == [(date(2013, 3, 3), None)]
    assert [(one.number, one.issued, one.described) for one in of(entry, Release)] == [
        ("1", date(2013, 3, 3), False),
        ("2", date(2015, 2, 15), True),
    ]
    assert [(one.code, one.title) for one in of(entry, Parent)] == [("ZZK", "Kite Making")]
    assert [(one.scheme, one.value, one.start, one.end) for one in of(entry, Classification)] == [
        (Scheme.ANZSCO, "399999", date(2013, 3, 3), None),
        (Scheme.ASCED_FIELD, "0307", date(2013, 3, 3), date(2014, 1, 31)),
    ]
    [grid] = of(entry, UnitGrid)
    assert [(row.code, row.essential) for row in grid.rows] == [
        ("ZZKFLY301", "Core"),
        ("ZZKFLY303", "Elective"),
    ]
    assert [(one.number, one.described) for one in of(earlier, Release)] == [("1", True)]
    assert [row.essential for row in of(earlier, UnitGrid)[0].rows] == [None]
    assert [one.message for one in dataset.problems] == [
        "Parts of the answer about ZZZ30124 that are not read: Contacts."
    ]


def test_a_current_component_supersedes_the_one_it_is_mapped_to(tmp_path: Path) -> None:
    entry, _ = opened(tmp_path, enveloped(details()))
    assert [(one.old, one.new, one.old_title, one.equivalence) for one in of(entry, Mapping)] == [
        ("ZZZ30119", "ZZZ30124", "Certificate III in Kites", Equivalence.EQUIVALENT)
    ]


def test_which_of_two_is_the_older_is_not_guessed(tmp_path: Path) -> None:
    dataset = opened(tmp_path, enveloped(details()).replace(">Current</State>", ">Superseded</State>"))
    entry, _ = dataset
    assert of(entry, Mapping) == []
    assert any("is not said" in problem.message for problem in dataset.problems)


def test_a_file_of_many_answers_is_read_one_by_one_and_memory_stays_flat(tmp_path: Path) -> None:
    def peak(answers: int) -> int:
        dataset = opened(tmp_path, enveloped(*(details(f"ZZZ{number:05}") for number in range(answers))))
        tracemalloc.start()
        assert sum(1 for _ in dataset) == 2 * answers
        used = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return used

    assert peak(400) < 2 * peak(40) + 200_000


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("<Code>ZZZ30124</Code>\n", "", "without code or title"),
        (">Qualification<", ">UnitContextualisation<", "of the type UnitContextualisation"),
        ("<SchemeCode>01<", "<SchemeCode>77<", "in the scheme '77' is not read"),
        (">Current</State>", ">Asleep</State>", "A usage recommendation of ZZZ30124 is not known"),
        ("<ReleaseNumber>1</ReleaseNumber>", "", "without a number is not read"),
        ("<Code>ZZKFLY303</Code>", "", "unit grid without a national code"),
    ],
)
def test_what_is_missing_or_unknown_is_told(before: str, after: str, told: str, tmp_path: Path) -> None:
    text = enveloped(details())
    assert before in text
    dataset = opened(tmp_path, text.replace(before, after))
    list(dataset)
    assert any(told in problem.message for problem in dataset.problems), dataset.problems


@pytest.mark.parametrize(
    "text",
    [
        enveloped(details(), details("ZZZ30125"))[:-900],
        enveloped(details()).replace("?>", '?><!DOCTYPE x [<!ENTITY k "kite">]>', 1),
        enveloped(details())
        .replace("?>", '?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>', 1)
        .replace("Kite Making<", "&b;<"),
        enveloped(details()).replace("</Title>", "</Titel>", 1),
    ],
    ids=["cut off", "document type", "entities", "not well-formed"],
)
def test_hostile_xml_is_one_clear_error(text: str, tmp_path: Path) -> None:
    with pytest.raises(BrokenDocumentError) as raised:
        list(opened(tmp_path, text))
    assert raised.value.hint


def schema() -> etree.XMLSchema:
    folder = shared_path("corpus", "tga-soap-schema", "TrainingComponentService3")
    return etree.XMLSchema(etree.parse(str(folder / "TrainingComponentService3.xsd")))


def test_the_invented_answer_is_valid_by_the_service_s_own_schema() -> None:
    schema().assertValid(etree.fromstring(details()))
    wrong = details().replace("<Code>ZZZ30124</Code>\n", "<Kode>ZZZ30124</Kode>\n", 1)
    assert not schema().validate(etree.fromstring(wrong))


def test_schemas_and_service_descriptions_hold_no_data_and_are_named_so() -> None:
    files = sorted(shared_path("corpus", "tga-soap-schema").rglob("*.*"))
    assert len(files) == 11
    for path in files:
        assert open_dataset(path) is None
        with pytest.raises(
            UnrecognisedDocumentError, match=r"is (?:an XML schema|the description of a web service)"
        ):
            read_file(path)
