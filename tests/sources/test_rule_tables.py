"""Packaging rules in spreadsheets and CSV: columns by their headers, cells at their limit, hostile archives."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from qualgraph.errors import BrokenDocumentError, DocumentError, DocumentTooLargeError
from qualgraph.packaging import parse
from qualgraph.sources import spreadsheets
from qualgraph.sources.rule_files import rules_in
from qualgraph.sources.rule_rows import CELL_LIMIT

RULE = """\
Total number of units = 3
1 core unit plus
2 elective units
Core units
ZZC101 Fly a kite
Elective units
ZZE101 Mend a kite
ZZE102 Sell a kite
"""
HEADERS = ["Title", "Qualification Code", "Usage recommendation", "TP code", "PACKAGING RULES"]
ROW = ["Certificate III in Kites", "ZZZ30120", "Current", "ZZZ", RULE]


def workbook(path: Path, *rows: list[Any], more: list[list[Any]] | None = None) -> Path:
    book = openpyxl.Workbook()
    [sheet] = book.worksheets
    sheet.title = "About"
    sheet.append(["This is the export of an invented register."])
    sheet = book.create_sheet("Qualifications")
    for row in rows:
        sheet.append(row)
    for row in more or []:
        book.create_sheet("More").append(row)
    book.save(path)
    return path


def test_columns_are_told_by_their_headers_wherever_they_stand(tmp_path: Path) -> None:
    path = workbook(
        tmp_path / "r.xlsx", ["An export"], [], HEADERS, ROW, [None] * 5, [*ROW[:1], "ZZZ30220", *ROW[2:]]
    )
    first, second = rules_in(path)
    assert first.where == f"{path}[Qualifications]:4"
    assert (first.package, first.usage) == ("ZZZ", "Current")
    assert first.rule == parse(RULE, code="ZZZ30120", title="Certificate III in Kites")
    assert (second.where, second.rule.code) == (f"{path}[Qualifications]:6", "ZZZ30220")


def test_a_cell_at_its_limit_was_cut_off_and_is_never_complete(tmp_path: Path) -> None:
    [found] = rules_in(workbook(tmp_path / "r.xlsx", HEADERS, [*ROW[:4], RULE.ljust(CELL_LIMIT, " ")]))
    assert found.rule.status == "partial"
    assert "cut off" in found.rule.unread[-1].text


def test_carriage_returns_as_spreadsheets_write_them_end_lines(tmp_path: Path) -> None:
    [found] = rules_in(workbook(tmp_path / "r.xlsx", HEADERS, [*ROW[:4], RULE.replace("\n", "_x000D_\n")]))
    assert found.rule.status == "complete"


def test_csv_has_the_same_columns(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows([HEADERS, ROW, [*ROW[:1], "ZZZ30220", *ROW[2:]]])
    first, second = rules_in(path)
    assert first.rule == parse(RULE, code="ZZZ30120", title="Certificate III in Kites")
    assert (first.where, second.where) == (f"{path}:2", f"{path}:{2 + RULE.count(chr(10)) + 1}")


def test_a_spreadsheet_without_the_columns_says_what_it_has(tmp_path: Path) -> None:
    with pytest.raises(BrokenDocumentError, match=r"has no sheet with packaging rules.*'Colour'"):
        list(rules_in(workbook(tmp_path / "r.xlsx", ["Colour", "Size"], ["red", 3])))


def test_a_broken_row_stops_no_other(tmp_path: Path) -> None:
    errors: list[DocumentError] = []
    rows = [HEADERS, [*ROW[:4]], ROW]
    path = workbook(tmp_path / "r.xlsx", *rows)
    found = list(rules_in(path, failed=errors.append))
    assert [each.rule.code for each in found] == ["ZZZ30120"]
    assert [error.where for error in errors] == [f"{path}[Qualifications]:2"]


def archive(members: dict[str, bytes]) -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in members.items():
            made.writestr(name, content)
    return data.getvalue()


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spreadsheets, "MAX_UNPACKED", 1_000_000)
    path = tmp_path / "r.xlsx"
    path.write_bytes(archive({"xl/workbook.xml": b"<workbook/>", "xl/sheet.xml": b" " * 2_000_000}))
    with pytest.raises(DocumentTooLargeError, match="unpacks to 2,000,011 bytes"):
        list(rules_in(path))


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"PK\x03\x04 and no more", "damaged ZIP archive"),
        (archive({"word/document.xml": b"<document/>"}), "no spreadsheet"),
        (archive({"xl/workbook.xml": b"<workbook/>"}), "cannot be read as a spreadsheet"),
        (
            archive({"xl/workbook.xml": b'<!DOCTYPE w [<!ENTITY a "b">]><workbook/>'}),
            "declares a document type",
        ),
        (b"code,packagingRules\n\xff\xfe,x\n", "is not UTF-8 text"),
        ("code,packagingRules\n".encode("utf-16"), "it is UTF-16"),
    ],
    ids=["cut off", "another document", "empty workbook", "entities", "no UTF-8", "UTF-16"],
)
def test_a_hostile_table_is_one_clear_error(tmp_path: Path, content: bytes, told: str) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(content)
    errors: list[DocumentError] = []
    assert list(rules_in(path, failed=errors.append)) == []
    [error] = errors
    assert told in error.what
    assert str(path) in str(error.where)
    assert error.hint


def test_a_spreadsheet_that_was_cut_off_is_one_clear_error(tmp_path: Path) -> None:
    path = workbook(tmp_path / "r.xlsx", HEADERS, ROW)
    path.write_bytes(path.read_bytes()[:-400])
    with pytest.raises(BrokenDocumentError):
        list(rules_in(path))
