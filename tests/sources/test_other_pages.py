"""Register pages of units, skill sets and training packages, in the older form as text and the newer as HTML."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TypeVar

import pytest

from qualgraph.errors import BrokenDocumentError, UnrecognisedDocumentError
from qualgraph.identifiers import Identifiers, Kind
from qualgraph.model import (
    Classification,
    Component,
    Equivalence,
    Inclusion,
    Mapping,
    ProblemKind,
    Reading,
    Release,
    UnitElement,
    UnitGrid,
    UnitPrerequisite,
    UnitSection,
    UsageRecommendation,
    UsageStatement,
)
from qualgraph.namespaces import QG
from qualgraph.sources import read_bytes, read_file
from qualgraph.triples import TextPolicy, describe
from support import DOCUMENTS, shared_path

Kept = TypeVar("Kept")
FIXTURE = DOCUMENTS / "unit-page.txt"
TEXT = FIXTURE.read_text(encoding="utf-8")
NEWER = """<!DOCTYPE html><html><body>
<div>Unit of competency</div><h1>ZZKFLY303&nbsp;Fly kites in company</h1>
<div>Usage recommendation</div><div>Current</div>
<div>03/Mar/2013First released Supersedes: </div><div>ZZKFLY203 - not equivalent</div><div>ZZKFLY204 - equivalent</div>
<h2>Elements and performance criteria</h2>
<table><tr><th>Element</th><th>Performance criteria</th></tr>
<tr><td><ul><li>1. Plan</li></ul></td><td><ul><li>1.1 Look up</li><li>1.2 Look down</li></ul></td></tr></table>
<h2>Qualifications that include this unit</h2>
<table><thead><tr><th><button>Code<span>sortable</span></button></th><th><button>Title</button></th>
<th><button>Essential</button></th></tr></thead><tbody>
<tr><td><div>Code</div><div>ZZZ30124</div></td><td><div>Title</div><div>Certificate III in Kite Making</div></td>
<td><div>Essential</div><div>Core</div></td></tr></tbody></table>
<h2>Mapping</h2>
<table><tr><th>Mapping</th><th>Notes</th><th>Date</th></tr>
<tr><td><div>Mapping</div><div>Supersedes <a>ZZKFLY203</a> Fly kites</div></td><td><div>Notes</div><div></div></td>
<td><div>Date</div><div>02/Mar/2013</div></td></tr>
<tr><td><div>Mapping</div><div>Supersedes and is equivalent to <a>ZZKFLY204</a> Land</div></td>
<td><div>Notes</div><div>Moved</div></td><td><div>Date</div><div>02/Mar/2013</div></td></tr></table>
<h2>Releases</h2>
<table><tr><th>Compare</th><th>Release</th><th>Release date</th></tr>
<tr><td><div>Compare</div><div>Select 1 (This release)</div></td><td><div>Release</div><div>1 (This release)</div>
<div>current</div></td><td><div>Release date</div><div>03/Mar/2013</div></td></tr></table>
</body></html>
"""
SKILL_SET = """Skill set details

ZZKSS00007 - Night Kite Skill Set (Release 1)

Usage recommendation:
Current
Releases:
ReleaseRelease date
1 1 (this release) 03/Mar/2013

Units of competency

Code	Title	Usage Recommendation	Essential
ZZKFLY303	Fly kites in company	Current	N/A
ZZKLMP301	Light kites	Current	N/A

Skill Set Requirements

Both units.
"""
PACKAGE = """Training package details

ZZK - Kite Making Training Package (Release 2.1)

Usage recommendation:
Current
Releases:
ReleaseRelease date
2.1 2.1 (this release) 03/Mar/2013

Qualifications

ZZZ30124	Certificate III in Kite Making
"""


def of(reading: Reading, kind: type[Kept]) -> list[Kept]:
    return [record for record in reading.records if isinstance(record, kind)]


@pytest.fixture(scope="module")
def read() -> Reading:
    return read_file(FIXTURE)


def test_the_older_page_tells_status_mappings_releases_and_classification(read: Reading) -> None:
    assert (read.document.reader, read.document.key) == ("register-page", "ZZKFLY303/release-2")
    [component] = of(read, Component)
    assert (component.kind, component.title) == (Kind.UNIT, "Fly kites in company")
    assert [one.value for one in of(read, UsageStatement)] == [UsageRecommendation.SUPERSEDED]
    assert [(one.number, one.described, one.issued) for one in of(read, Release)] == [
        ("2", True, date(2013, 3, 3)),
        ("1", False, date(2011, 7, 1)),
    ]
    assert [(one.old, one.new, one.equivalence, one.date) for one in of(read, Mapping)] == [
        ("ZZKFLY203", "ZZKFLY303", Equivalence.EQUIVALENT, date(2011, 6, 30)),
        ("ZZKFLY303", "ZZKFLY403", Equivalence.NOT_EQUIVALENT, date(2015, 2, 14)),
    ]
    assert [one.value for one in of(read, Classification)] == ["030799"]


def test_the_older_page_tells_elements_and_prerequisites(read: Reading) -> None:
    assert [[one.number for one in element.criteria] for element in of(read, UnitElement)] == [
        ["1.1", "1.2"],
        ["2.1"],
    ]
    [prerequisite] = of(read, UnitPrerequisite)
    assert [unit.code for unit in prerequisite.requires] == ["ZZKFLY301"]
    assert [section.kind.value for section in of(read, UnitSection)] == [
        "application",
        "knowledge-evidence",
        "links",
    ]


def test_what_includes_the_unit_is_read_and_what_the_page_does_not_show_is_told(read: Reading) -> None:
    assert [(one.kind, one.code, one.releases, one.essential) for one in of(read, Inclusion)] == [
        (Kind.TRAINING_PACKAGE, "ZZK", "1.0-2.1", None),
        (Kind.QUALIFICATION, "ZZZ30124", "1-2", "Elective"),
        (Kind.QUALIFICATION, "ZZZ40124", "1", "Core"),
        (Kind.ACCREDITED_COURSE, "12345NAT", None, None),
    ]
    assert [one.usage for one in of(read, Inclusion)][1:] == [
        UsageRecommendation.CURRENT,
        UsageRecommendation.SUPERSEDED,
        None,
    ]
    assert [(one.kind, one.message[:35]) for one in read.problems] == [
        (ProblemKind.PARTIAL_TABLE, "The page shows 2 of the 3 qualifica")
    ]


def test_the_newer_page_tells_the_same_things() -> None:
    found = read_bytes(NEWER.encode(), "page.html")
    assert (found.document.key, found.problems) == ("ZZKFLY303/release-1", ())
    assert [(one.number, one.described, one.issued) for one in of(found, Release)] == [
        ("1", True, date(2013, 3, 3))
    ]
    assert [(one.old, one.equivalence, one.note, one.date) for one in of(found, Mapping)] == [
        ("ZZKFLY203", Equivalence.NOT_EQUIVALENT, None, date(2013, 3, 2)),
        ("ZZKFLY204", Equivalence.EQUIVALENT, "Moved", date(2013, 3, 2)),
    ]
    assert [len(one.criteria) for one in of(found, UnitElement)] == [2]
    assert [(one.code, one.title, one.essential) for one in of(found, Inclusion)] == [
        ("ZZZ30124", "Certificate III in Kite Making", "Core")
    ]


def test_a_skill_set_has_units_and_no_rule() -> None:
    found = read_bytes(SKILL_SET.encode(), "page.txt")
    [component] = of(found, Component)
    assert (component.kind, component.code) == (Kind.SKILL_SET, "ZZKSS00007")
    [grid] = of(found, UnitGrid)
    assert [row.code for row in grid.rows] == ["ZZKFLY303", "ZZKLMP301"]
    triples = describe(found, Identifiers(), TextPolicy.RULES)
    assert not [triple for triple in triples if triple.predicate.value == f"{QG}hasPackagingRule"]
    assert len([triple for triple in triples if triple.predicate.value == f"{QG}hasRow"]) == 2


def test_a_training_package_is_read_as_far_as_its_page_is_known() -> None:
    found = read_bytes(PACKAGE.encode(), "page.txt")
    [component] = of(found, Component)
    assert (component.kind, component.code, component.title) == (
        Kind.TRAINING_PACKAGE,
        "ZZK",
        "Kite Making Training Package",
    )
    assert [one.message for one in found.problems] == [
        "What the training package holds is not read from its page."
    ]


@pytest.mark.parametrize("what", ["Unit of competency", "Skill set", "Accredited course", "Organisation"])
def test_a_page_with_none_of_the_known_tables_is_refused_by_its_kind(what: str) -> None:
    with pytest.raises(UnrecognisedDocumentError, match=rf"another kind \({what.lower()}\)"):
        read_bytes(f"{what} details\n\nZZKFLY303 - Fly\n\nAnything\n".encode(), "page.txt")


def test_a_page_that_lost_its_title_is_broken() -> None:
    with pytest.raises(BrokenDocumentError, match="without its title line"):
        read_bytes(b"Unit of competency details\nUsage recommendation:\nCurrent\nReleases:\n", "page.txt")


def test_a_page_that_breaks_off_is_told() -> None:
    cut = TEXT[: TEXT.index("Knowledge Evidence") + len("Knowledge Evidence")]
    found = read_bytes(cut.encode(), "page.txt")
    assert ProblemKind.TRUNCATED in [one.kind for one in found.problems]


@cache
def original() -> Reading:
    return read_file(shared_path("corpus", "register-2026", "unit-page-BSBTWK201.html"))


def test_the_original_page_is_read_as_the_parsed_document_of_it_says() -> None:
    found = original()
    assert found.document.key == "BSBTWK201/release-1"
    assert [len(one.criteria) for one in of(found, UnitElement)] == [4, 4, 5]
    assert [(one.old, one.equivalence, one.date) for one in of(found, Mapping)] == [
        ("BSBFLM312", Equivalence.NOT_EQUIVALENT, date(2020, 10, 18)),
        ("BSBWOR203", Equivalence.EQUIVALENT, date(2020, 10, 18)),
    ]
    assert [one.value for one in of(found, Classification)] == ["120505"]
    kinds = [one.kind for one in of(found, Inclusion)]
    assert [(kind, kinds.count(kind)) for kind in dict.fromkeys(kinds)] == [
        (Kind.QUALIFICATION, 10),
        (Kind.SKILL_SET, 1),
        (Kind.ACCREDITED_COURSE, 10),
        (Kind.TRAINING_PACKAGE, 18),
    ]
    told = [one for one in found.problems if one.kind is not ProblemKind.REPEATED]
    assert [one.kind for one in told] == [ProblemKind.PARTIAL_TABLE] * 2
