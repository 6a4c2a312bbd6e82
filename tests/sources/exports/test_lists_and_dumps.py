"""National lists, and the tables and XML of a dump: odd codes, links that are not sorted, damage."""

from __future__ import annotations

import pytest

from qualgraph.errors import BrokenDocumentError
from qualgraph.identifiers import Identifiers, Kind, listed_code
from qualgraph.model import Classification, Component, Parent, UnitGrid
from qualgraph.sources import delimited
from qualgraph.sources.exports import unit_links

LIST = (
    'code\tname\tfield of ed\n004/01\tTie knots\t061301\nZZZ5.6AA\tCook "one pot" meals\t\n'
    "zzzkit201Ax\tFly kites\t110109\n"
)
COMPONENTS = (
    "code,title,type,trainingPackage\nZZZ40120,Certificate IV in Kites,Qualification,ZZZ20\n"
    "ZZZSS00001,Kite Repair,SkillSet,ZZZ20\nZZZTAI301A,Attach tails,Unit,\n"
)
LINKS = "trainingPackage,parentType,parentCode,unitCode\n"
XML = """<?xml version="1.0"?>
<qualifications class="ZZZ20">
  <qualification id="ZZZ40120" title="Certificate IV in Kites">
    <units>
      <unit id="ZZZTAI301A" title="Attach tails"/>
      <unit id="ZZZBOW5.6A" title="Tie bows &amp; ribbons"/>
      <unit id="ZZZTAI301A" title="Attach tails"/>
    </units>
  </qualification>
  <qualification id="ZZZ30120" title="Certificate III in Kites"><units/></qualification>
</qualifications>
"""


def grids(entries) -> list[tuple[str, int, list[str]]]:
    return [
        (entry.code, record.part, [row.code for row in record.rows])
        for entry in entries
        for record in entry.records
        if isinstance(record, UnitGrid)
    ]


def test_codes_of_past_years_are_kept_as_printed(read) -> None:
    found = read(LIST, "units.tsv")
    assert (found.kind, found.problems) == ("unit-list", ())
    assert [entry.code for entry in found.entries] == ["004/01", "ZZZ5.6AA", "ZZZKIT201AX"]
    assert [entry.line for entry in found.entries] == [2, 3, 4]
    assert found.records("ZZZ5.6AA") == [
        Component(kind=Kind.UNIT, code="ZZZ5.6AA", title='Cook "one pot" meals', line=3)
    ]
    [field] = [record for record in found.records("004/01") if isinstance(record, Classification)]
    assert (field.value, field.label) == ("061301", None)


@pytest.mark.parametrize(
    "code", ["004/01", "12", "MEM5.6AA", "ZZZ 12 A", "A&B1-2", "SITXLAN1__A", "BSB40307"]
)
def test_any_printed_code_comes_back_from_its_identifier(code: str) -> None:
    ids = Identifiers()
    assert ids.component_of(ids.component(Kind.UNIT, listed_code(code)).value) == (Kind.UNIT, code)


def test_lines_without_code_or_name_or_with_more_cells_are_told(read) -> None:
    found = read(
        LIST + "\tNo code\t061301\nZZZ1\t\t061301\nZZZ2\tA\tB\tC\nZZZ\u00e93\tD\t\nZZZ4\tShort\n", "u.tsv"
    )
    assert [line for line, _ in found.messages] == [5, 6, 7, 8]
    assert found.entries[-1].code == "ZZZ4"


def test_components_have_their_kind_and_training_package(read) -> None:
    found = read(COMPONENTS)
    assert found.counts == {"qualification": 1, "skill set": 1, "unit of competency": 1}
    assert found.records("ZZZSS00001") == [
        Component(kind=Kind.SKILL_SET, code="ZZZSS00001", title="Kite Repair", line=3),
        Parent(code="ZZZ20", title=None, line=3),
    ]
    assert [type(record) for record in found.records("ZZZTAI301A")] == [Component]


def test_components_of_no_kind_are_told(read) -> None:
    found = read(COMPONENTS + "ZZZ1,Balloon,Balloon,\nZZZ2,,Unit,\n")
    assert [line for line, _ in found.messages] == [5, 6]


def test_links_that_stand_together_are_one_grid(read) -> None:
    rows = "ZZZ20,qualification,ZZZ40120,ZZZA1\nZZZ20,qualification,ZZZ40120,ZZZB2\nZZZ20,skillset,ZZZSS1,ZZZA1\n"
    found = read(LINKS + rows)
    assert grids(found.entries) == [("ZZZ40120", 1, ["ZZZA1", "ZZZB2"]), ("ZZZSS1", 1, ["ZZZA1"])]
    assert [entry.kind for entry in found.entries] == [Kind.QUALIFICATION, Kind.SKILL_SET]
    assert found.counts == {"qualification": 1, "skill set": 1, "grid row": 3}


def test_links_in_any_order_lose_nothing(read) -> None:
    rows = "".join(f"ZZZ20,qualification,ZZZ{number}0120,ZZZ{unit}1\n" for unit in "ABC" for number in (4, 5))
    found = read(LINKS + rows)
    assert grids(found.entries) == [
        (f"ZZZ{number}0120", part, [f"ZZZ{unit}1"]) for part, unit in enumerate("ABC", 1) for number in (4, 5)
    ]
    assert found.counts == {"qualification": 2, "grid row": 6}


def test_very_many_links_of_one_component_are_not_held_together(
    read, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(unit_links, "MOST_ROWS", 2)
    found = read(LINKS + "".join(f"ZZZ20,qualification,ZZZ40120,ZZZ{number}A\n" for number in range(5)))
    assert grids(found.entries) == [
        ("ZZZ40120", 1, ["ZZZ0A", "ZZZ1A"]), ("ZZZ40120", 2, ["ZZZ2A", "ZZZ3A"]), ("ZZZ40120", 3, ["ZZZ4A"])
    ]  # fmt: skip


def test_a_link_printed_twice_or_without_codes_is_told(read) -> None:
    row = "ZZZ20,qualification,ZZZ40120,ZZZA1\n"
    found = read(
        LINKS
        + row
        + row
        + "ZZZ20,qualification,ZZZ40120,\nZZZ20,qualification,,ZZZA1\nZZZ20,kite,ZZZ1,ZZZA1\n"
    )
    assert [line for line, _ in found.messages] == [3, 4, 5, 6]
    assert grids(found.entries) == [("ZZZ40120", 1, ["ZZZA1"])]


def test_xml_of_a_package_gives_grids_with_their_lines(read) -> None:
    found = read(XML, "package.xml")
    assert found.kind == "package-xml"
    assert grids(found.entries) == [("ZZZ40120", 1, ["ZZZTAI301A", "ZZZBOW5.6A"]), ("ZZZ30120", 1, [])]
    [grid] = [record for record in found.records("ZZZ40120") if isinstance(record, UnitGrid)]
    assert [(row.title, row.line) for row in grid.rows] == [("Attach tails", 5), ("Tie bows & ribbons", 6)]
    assert Parent(code="ZZZ20", title=None, line=3) in found.records("ZZZ40120")
    assert [line for line, _ in found.messages] == [7]


@pytest.mark.parametrize(
    "text",
    [
        XML[: XML.index("Tie bows")],
        XML.replace("</units>", "</unit>", 1),
        XML.replace("<qualifications", "<!DOCTYPE q [<!ENTITY e 'x'>]><qualifications", 1),
        XML.replace("bows", "b\x01ws"),
    ],
)
def test_xml_that_is_cut_off_damaged_or_of_a_declared_type_is_refused(read, text: str) -> None:
    with pytest.raises(BrokenDocumentError, match=r"package\.xml"):
        read(text, "package.xml")


def test_xml_of_a_package_in_a_namespace_is_read_like_any_other(read) -> None:
    found = read(XML.replace("class=", 'xmlns="urn:kites" class='), "package.xml")
    assert grids(found.entries) == grids(read(XML, "package.xml").entries)


def test_a_line_without_an_end_is_refused_and_not_held(read, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delimited, "MAX_LINE", 1_000)
    with pytest.raises(BrokenDocumentError, match=r"units.tsv:5"):
        read(LIST + "x" * 2_000, "units.tsv")
