"""The scope export: columns by header, lists in step, lost zeros, and what is current no longer."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date

import pytest

from qualgraph.errors import BrokenDocumentError
from qualgraph.identifiers import Kind
from qualgraph.model import (
    Classification,
    Component,
    Equivalence,
    Mapping,
    Parent,
    Release,
    Scheme,
    Table,
    UsageRecommendation,
    UsageStatement,
)
from qualgraph.sources.exports.scope_export import KNOWN

HEADER = [
    "Legal Name", "training_code", "National Title", "NRT Type", "Usage Recommendation",
    "Usage Recommendation Start Date", "Currency Period Start Date", "Currency Period End Date", "Superseded by",
    "Is Equivalent", "Supersedes", "Is Equivalent", "Latest Release Number", "Latest Release Date",
    "Parent Training Package Code", "Parent Training Package Title", "ANZSCO Code", "ANZSCO Name", "ASCED6 Code",
    "ASCED6 Name", "ASCED4 Code", "ASCED4 Name", "Taxonomy (Occupation)", "Qualification Level Code",
    "Qualification Level Name",
]  # fmt: skip
UNIT = {
    "training_code": "ZZZTAI402",
    "National Title": "Attach tails, bridles and bows",
    "NRT Type": "Unit of competency",
    "Usage Recommendation": "Current",
    "Usage Recommendation Start Date": "3/02/2021",
    "Currency Period Start Date": "3/02/2021",
    "Supersedes": "ZZZTAI301;ZZZBOW201",
    "Is Equivalent:Supersedes": "True;False",
    "Latest Release Number": "2",
    "Latest Release Date": "04/03/2022",
    "Parent Training Package Code": "ZZZ",
    "Parent Training Package Title": "Kites and Balloons",
    "ASCED6 Code": "30717",
    "ASCED6 Name": "Kite Crafts",
}
OLD = {
    "training_code": "ZZZTAI301",
    "National Title": "Attach tails",
    "NRT Type": "Unit of competency",
    "Usage Recommendation": "Superseded",
    "Usage Recommendation Start Date": "03/02/2021",
    "Currency Period Start Date": "10/06/2015",
    "Currency Period End Date": "02/02/2021",
    "Superseded by": "ZZZTAI402",
    "Is Equivalent:Superseded by": "TRUE",
}


def export(*rows: dict[str, str], header: Sequence[str] = HEADER) -> str:
    """The CSV of these rows; 'Is Equivalent:Supersedes' is the one of the two columns that follows 'Supersedes'."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    for row in rows:
        before = ""
        cells = []
        for name in header:
            before = name if name in ("Supersedes", "Superseded by") else before
            cells.append(row.get(f"{name}:{before}" if name == "Is Equivalent" else name, ""))
        writer.writerow(cells)
    return text.getvalue()


def test_a_row_says_everything_of_its_unit(read) -> None:
    found = read(export(UNIT))
    assert (found.kind, found.problems[1:]) == ("scope-export", ())
    assert found.counts == {"unit of competency": 1, "mapping": 2}
    assert found.records("ZZZTAI402") == [
        Component(kind=Kind.UNIT, code="ZZZTAI402", title="Attach tails, bridles and bows", line=2),
        UsageStatement(code="ZZZTAI402", value=UsageRecommendation.CURRENT, start=date(2021, 2, 3), line=2),
        Release(number="2", issued=date(2022, 3, 4), described=False, line=2),
        Parent(code="ZZZ", title="Kites and Balloons", line=2),
        mapping("ZZZTAI301", "ZZZTAI402", Equivalence.EQUIVALENT, 2),
        mapping("ZZZBOW201", "ZZZTAI402", Equivalence.NOT_EQUIVALENT, 2),
        Classification(
            scheme=Scheme.ASCED_FIELD, value="030717", label="Kite Crafts", table=Table.CURRENT, line=2
        ),
    ]


def mapping(old: str, new: str, equivalence: Equivalence, line: int) -> Mapping:
    return Mapping(
        old=old, new=new, old_title=None, new_title=None, equivalence=equivalence, date=None, note=None, line=line
    )  # fmt: skip


def test_what_is_superseded_was_current_in_its_currency_period(read) -> None:
    usages = [
        record for record in read(export(OLD)).records("ZZZTAI301") if isinstance(record, UsageStatement)
    ]
    assert usages == [
        UsageStatement(code="ZZZTAI301", value=UsageRecommendation.SUPERSEDED, start=date(2021, 2, 3), line=2),
        UsageStatement(
            code="ZZZTAI301", value=UsageRecommendation.CURRENT,
            start=date(2015, 6, 10), end=date(2021, 2, 2), line=2,
        ),
    ]  # fmt: skip


def test_each_is_equivalent_belongs_to_the_direction_before_it_wherever_the_columns_stand(read) -> None:
    turned = [
        "Supersedes",
        "Is Equivalent",
        "NRT Type",
        "Superseded by",
        "Is Equivalent",
        "training_code",
        "National Title",
    ]
    row = UNIT | {"Superseded by": "ZZZTAI999", "Is Equivalent:Superseded by": "FALSE"}
    pairs = {
        (record.old, record.new, record.equivalence)
        for record in read(export(row, header=turned)).records("ZZZTAI402")
        if isinstance(record, Mapping)
    }
    assert pairs == {
        ("ZZZTAI301", "ZZZTAI402", Equivalence.EQUIVALENT),
        ("ZZZBOW201", "ZZZTAI402", Equivalence.NOT_EQUIVALENT),
        ("ZZZTAI402", "ZZZTAI999", Equivalence.NOT_EQUIVALENT),
    }


@pytest.mark.parametrize("said", ["True", "True;False;True", "True;perhaps"])
def test_lists_that_are_not_in_step_or_not_true_or_false_give_no_guess(read, said: str) -> None:
    found = read(export(UNIT | {"Is Equivalent:Supersedes": said}))
    pairs = [record for record in found.records("ZZZTAI402") if isinstance(record, Mapping)]
    assert [pair.old for pair in pairs] == (["ZZZTAI301"] if ";perhaps" in said else [])
    assert any(line == 2 and ("step" in message or "neither" in message) for line, message in found.messages)


def test_an_empty_is_equivalent_is_not_determined(read) -> None:
    found = read(export(UNIT | {"Is Equivalent:Supersedes": ""}))
    pairs = [record for record in found.records("ZZZTAI402") if isinstance(record, Mapping)]
    assert {pair.equivalence for pair in pairs} == {Equivalence.NOT_DETERMINED}


@pytest.mark.parametrize(
    ("stated", "read_as"),
    [("30717", "030717"), ("120505", "120505"), ("0307", None), ("3o717", None), ("00717", None)],
)
def test_one_leading_zero_is_put_back_and_nothing_else(read, stated: str, read_as: str | None) -> None:
    found = read(export(UNIT | {"ASCED6 Code": stated}))
    values = [record.value for record in found.records("ZZZTAI402") if isinstance(record, Classification)]
    assert values == ([read_as] if read_as else [])
    assert bool(read_as) != any("no ASCED code" in message for _, message in found.messages)


def test_the_zeros_that_were_put_back_are_told_once(read) -> None:
    found = read(export(UNIT, UNIT | {"training_code": "ZZZTAI403"}))
    assert [message for _, message in found.messages if "zero of 2" in message]


def test_a_qualification_has_its_own_classifications(read) -> None:
    row = {
        "training_code": "ZZZ40120",
        "National Title": "Certificate IV in Kite Making",
        "NRT Type": "Qualification",
        "ANZSCO Code": "399999;399998",
        "ANZSCO Name": "Kite Maker;Kite Hand",
        "ASCED4 Code": "307",
        "ASCED4 Name": "Kite Engineering",
        "Taxonomy (Occupation)": "Kite Maker; Kite Crew",
        "Qualification Level Code": "511",
        "Qualification Level Name": "Certificate IV",
    }
    found = read(export(row))
    assert [
        (record.scheme, record.value, record.label)
        for record in found.records("ZZZ40120")
        if isinstance(record, Classification)
    ] == [
        (Scheme.ASCED_FIELD, "0307", "Kite Engineering"),
        (Scheme.ANZSCO, "399999", "Kite Maker"),
        (Scheme.ANZSCO, "399998", "Kite Hand"),
        (Scheme.LEVEL_OF_EDUCATION, "511", "Certificate IV"),
        (Scheme.TAXONOMY_OCCUPATION, None, "Kite Maker"),
        (Scheme.TAXONOMY_OCCUPATION, None, "Kite Crew"),
    ]


def test_names_that_are_not_in_step_with_their_codes_are_left_out(read) -> None:
    found = read(export(UNIT | {"ANZSCO Code": "399999;399998", "ANZSCO Name": "Kite Maker"}))
    named = {
        record.value: record.label
        for record in found.records("ZZZTAI402")
        if isinstance(record, Classification)
    }
    assert (named["399999"], named["399998"]) == (None, None)


def test_columns_that_are_not_known_are_told_once(read) -> None:
    found = read(export(UNIT, OLD, header=[*HEADER, "Wing Span", ""]))
    told = [message for _, message in found.messages if "not known" in message]
    assert told == ["Columns that are not known are not read: Wing Span, one without a name."]


def test_rows_that_cannot_be_read_stop_no_other(read) -> None:
    rows = [
        UNIT | {"training_code": ""},
        UNIT | {"NRT Type": "Balloon"},
        UNIT | {"training_code": "ZZZTAI404", "National Title": ""},
        UNIT | {"Usage Recommendation": "Perhaps", "Latest Release Date": "31/02/2022"},
    ]
    found = read(export(*rows))
    assert [entry.code for entry in found.entries] == ["ZZZTAI404", "ZZZTAI402"]
    assert [line for line, _ in found.messages if line] == [2, 3, 4, 5, 5]


def test_a_row_cut_off_is_not_read_and_a_cell_cut_off_breaks_the_file(read) -> None:
    whole = export(UNIT, OLD)
    found = read(whole[: whole.index("10/06/2015")])
    assert [entry.code for entry in found.entries] == ["ZZZTAI402"]
    assert any("cells, and the header" in message for _, message in found.messages)
    with pytest.raises(BrokenDocumentError, match=r"export\.csv:3"):
        read(whole[: whole.index("bridles and")])


def test_a_cell_of_two_lines_keeps_the_line_of_its_row(read) -> None:
    found = read(export(UNIT | {"National Title": "Attach tails\nand bows"}, OLD))
    assert [entry.line for entry in found.entries] == [2, 4]


def test_another_encoding_is_refused_with_its_line(read) -> None:
    with pytest.raises(BrokenDocumentError, match="UTF-8"):
        read(export(UNIT | {"National Title": "Attach a pi\u00f1ata"}).encode("latin-1"))


def test_a_direction_without_is_equivalent_is_told_and_determines_nothing(read) -> None:
    header = [name for name in HEADER if name != "Is Equivalent"]
    found = read(export(UNIT, header=header))
    assert (1, "A column of supersession has no column 'Is Equivalent' after it.") in found.messages
    pairs = [record for record in found.records("ZZZTAI402") if isinstance(record, Mapping)]
    assert {pair.equivalence for pair in pairs} == {Equivalence.NOT_DETERMINED}


def test_every_column_of_the_export_is_known() -> None:
    assert len(KNOWN) == 56
