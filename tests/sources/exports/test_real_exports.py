"""The files of the register's exports and dumps themselves: what must come out of them, counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import islice

from qualgraph.errors import ParameterError
from qualgraph.identifiers import Kind, national_code
from qualgraph.model import (
    Classification,
    Equivalence,
    Mapping,
    Packaging,
    UnitGrid,
    UsageRecommendation,
    UsageStatement,
)
from qualgraph.sources import open_dataset
from qualgraph.sources.dataset import SourceFile
from qualgraph.sources.exports import packaging_export
from support import shared_path


def test_the_scope_export_has_1499_units_and_1499_pairs(read_path) -> None:
    found = read_path(shared_path("corpus", "register-2026", "scope-export.csv"))
    assert found.kind == "scope-export"
    assert {entry.kind for entry in found.entries} == {Kind.UNIT}
    assert len({entry.code for entry in found.entries}) == len(found.entries) == 1_499
    pairs: dict[tuple[str, str], set[Equivalence]] = defaultdict(set)
    values: Counter[UsageRecommendation] = Counter()
    for entry in found.entries:
        for record in entry.records:
            if isinstance(record, Mapping):
                pairs[record.old, record.new].add(record.equivalence)
            elif isinstance(record, UsageStatement) and record.end is None:
                values[record.value] += 1
    assert Counter(tuple(said) for said in pairs.values()) == {
        (Equivalence.EQUIVALENT,): 1_291,
        (Equivalence.NOT_EQUIVALENT,): 208,
    }
    assert {value.value: number for value, number in values.items()} == {
        "Current": 1_400,
        "Superseded": 91,
        "Deleted": 8,
    }
    assert [problem.message[:29] for problem in found.problems] == ["The leading zero of 1,424 ASC"]


def test_the_tables_of_2013_have_their_components_and_links(read_path) -> None:
    found = read_path(shared_path("corpus", "register-2013", "components.csv"))
    assert found.counts == {"qualification": 4_590, "skill set": 1_056, "unit of competency": 20_817}
    links = read_path(shared_path("corpus", "register-2013", "unit-links.csv"))
    assert links.counts == {"qualification": 2_273, "skill set": 1_056, "grid row": 80_912}
    grids = [record for entry in links.entries for record in entry.records if isinstance(record, UnitGrid)]
    assert Counter(grid.part for grid in grids) == {1: 3_329, 2: 2}
    assert found.problems == links.problems == ()


def test_the_national_list_has_52624_units_also_those_with_odd_codes(read_path) -> None:
    found = read_path(shared_path("corpus", "register-2013", "ntis-units.tsv"))
    assert len({entry.code for entry in found.entries}) == len(found.entries) == 52_624
    assert found.problems == ()
    classified = sum(
        isinstance(record, Classification) for entry in found.entries for record in entry.records
    )
    assert classified == 48_272
    assert sum(is_odd(entry.code) for entry in found.entries) == 1_547


def is_odd(code: str) -> bool:
    try:
        return national_code(code) != code
    except ParameterError:
        return True


def test_the_xml_of_two_packages_gives_every_grid(read_path) -> None:
    folder = shared_path("corpus", "register-2013", "oktga-xml")
    found = {path.name: read_path(path).counts for path in sorted(folder.iterdir())}
    assert found == {
        "BSB07_qualifications.xml": {"qualification": 58, "grid row": 1_457},
        "BSB07_skillsets.xml": {"skill set": 27, "grid row": 84},
        "ICT10_qualifications.xml": {"qualification": 29, "grid row": 1_169},
        "ICT10_skillsets.xml": {"skill set": 23, "grid row": 105},
    }


def test_the_packaging_export_has_762_rules_of_39_packages() -> None:
    file = SourceFile(shared_path("corpus", "register-2026", "packaging-rules.jsonl"))
    assert packaging_export.READER.recognises(file)
    rows = list(packaging_export._rows(file))
    assert len({row["code"] for _, row in rows}) == len(rows) == 762
    assert len({row["tpCode"] for _, row in rows}) == 39


def test_the_first_rules_of_the_export_are_read() -> None:
    dataset = open_dataset(shared_path("corpus", "register-2026", "packaging-rules.jsonl"))
    assert dataset is not None
    entries = list(islice(dataset, 15))
    assert [entry.line for entry in entries] == list(range(1, 16))
    assert all(any(isinstance(record, Packaging) for record in entry.records) for entry in entries)
    assert dataset.problems == ()
