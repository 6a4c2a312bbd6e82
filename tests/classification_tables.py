"""Invented classifications as spreadsheets in the layout that the Bureau of Statistics publishes."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

Rows = Sequence[Sequence[object]]

TITLE = "ANZSCO - Australian and New Zealand Standard Classification of Occupations, 2022 Australian Update"
HEAD: Rows = [[None], [TITLE], ["Table"], ["Released at 11:30am"], [None]]
FOOT: Rows = [[None], ["© Nobody in particular"]]
GROUPS: Rows = [
    *HEAD,
    ["Major Group", None, "Predominant Skill Levels"],
    [9, "Kite People", 3.4],
    *FOOT,
]
FULL: Rows = [
    *HEAD,
    ["Major Group", None],
    [None, "Sub-Major Group"],
    [None, None, "Minor Group"],
    [None, None, None, "Unit Group"],
    [None, None, None, None, "Occupation", None, "Skill Level"],
    [9, "Kite People"],
    [None, 99, "Kite Hands and Leaders"],
    [None, None, 999, "Kite Workers"],
    [None, None, None, 9999, "Kite Crews"],
    [None, None, None, None, 999911, "Kite Crew Leader", 3],
    [None, None, None, None, 999912, "Kite Hand", "5 Aus,4 NZ"],
    *FOOT,
]
CODER: Rows = [*HEAD, ["Code", "Title"], *[[f"9990{n:02}", "Kite People nfd"] for n in range(20)]]
INDEX: Rows = [
    *HEAD,
    ["Occupation Code", "Description", "Category"],
    ["999911", "Kite Boss", "Alternative Title"],
    ["999911", "Kite Crew Leader", "Principal Title"],
    [999912, "Stunt Kite Hand", "Specialisation"],
    *FOOT,
]
TO_ISCO: Rows = [
    *HEAD,
    ["ANZSCO 2022 Australian Update", None, "ISCO-08", None, None],
    ["999911", "Kite Crew Leader", "0110", "p", "Flyers, all kinds"],
    [None, None, "9111", None, "Kite leaders"],
    ["xxxxxx", "No Correspondence", "6340", None, "Subsistence kite flyers"],
    *FOOT,
]
STRUCTURE = {"Contents": HEAD, "Table 1": GROUPS, "Table 5": FULL, "Table 6": CODER}


def workbook(folder: Path, tables: dict[str, Rows], name: str = "tables.xlsx") -> Path:
    """A spreadsheet with these sheets."""
    book = Workbook()
    book.remove(book["Sheet"])
    for title, rows in tables.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    path = folder / name
    book.save(path)
    return path


def csv_file(folder: Path, rows: Rows, name: str = "table.csv") -> Path:
    """One table saved as CSV."""
    path = folder / name
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)
    return path
