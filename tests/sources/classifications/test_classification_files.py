"""Structures, title indexes and correspondence tables are read as published, as CSV, and not at all if damaged."""

from __future__ import annotations

import tracemalloc
import zipfile
from collections import Counter
from pathlib import Path

import pytest

import classification_tables as books
from qualgraph.errors import (
    BrokenDocumentError,
    DocumentError,
    UnidentifiedDocumentError,
    UnrecognisedDocumentError,
)
from qualgraph.identifiers import Identifiers
from qualgraph.model import ClassifiedConcept, CorrespondenceRow, GroupSkillLevels, IndexTitle, ProblemKind
from qualgraph.sources import open_dataset
from qualgraph.sources.classifications.editions import edition_named_in
from qualgraph.sources.classifications.structure import skill_levels
from qualgraph.sources.dataset import Dataset, Item
from qualgraph.triples import TextPolicy, describe_dataset
from support import shared_path

KIND = {
    "classification-structure": {**books.STRUCTURE},
    "classification-index": {"Contents": books.HEAD, "Table 1": books.INDEX, "Table 2": books.INDEX},
    "classification-correspondence": {"Contents": books.HEAD, "Table 4": books.TO_ISCO},
}


def opened(path: Path) -> Dataset:
    dataset = open_dataset(path)
    assert dataset is not None
    return dataset


def items(path: Path) -> tuple[list[Item], Dataset]:
    dataset = opened(path)
    return list(dataset), dataset


def facts(path: Path) -> set[str]:
    return {str(t) for t in describe_dataset(opened(path), Identifiers(), TextPolicy.RULES)}


@pytest.mark.parametrize("kind", KIND)
def test_a_file_is_told_by_its_content_and_its_key_by_its_edition(kind: str, tmp_path: Path) -> None:
    dataset = opened(books.workbook(tmp_path, KIND[kind], "anything.xlsx"))
    assert dataset.document.reader == kind
    assert dataset.document.key.startswith("anzsco-2022")


def test_a_structure_has_every_category_below_the_one_it_belongs_to(tmp_path: Path) -> None:
    found, dataset = items(books.workbook(tmp_path, books.STRUCTURE))
    concepts = {one.code: one for one in found if isinstance(one, ClassifiedConcept)}
    assert {code: one.broader for code, one in concepts.items()} == {
        "9": None,
        "99": "9",
        "999": "99",
        "9999": "999",
        "999911": "9999",
        "999912": "9999",
    }
    assert concepts["999911"].skill
    assert concepts["999911"].skill.single == 3
    assert concepts["999912"].skill
    assert concepts["999912"].skill.by_country == (("AU", 5), ("NZ", 4))
    assert dataset.counts["occupation"] == 2
    assert dataset.counts["unit group"] == 1
    [group] = [one for one in found if isinstance(one, GroupSkillLevels)]
    assert group.skill.several == (3, 4)
    messages = [problem.message for problem in dataset.problems]
    assert messages == [
        "Skill level '3.4' was taken for 3 and 4 (Table 1).",
        "The codes of Table 6 are no part of the structure; they were not read.",
    ]


def test_an_edition_says_its_own_label_and_skill_level_of_a_concept_of_all_editions(tmp_path: Path) -> None:
    said = " ".join(sorted(facts(books.workbook(tmp_path, books.STRUCTURE))))
    base, qg = "https://w3id.org/qualgraph/id", "https://w3id.org/qualgraph/def#"
    concept = f"{base}/concept/anzsco/999912"
    entry = f"{concept}/edition/anzsco-2022"
    assert f"<{concept}> <{qg}hasEditionEntry> <{entry}>" in said
    assert f"<{entry}> <{qg}isInEdition> <{base}/scheme/anzsco-2022>" in said
    assert f'<{entry}> <{qg}statedLabel> "Kite Hand"' in said
    assert f"<{entry}/skill-level/NZ> <{qg}skillLevel> " in said
    assert f"<{concept}> <{qg}skillLevel>" not in said
    assert (
        f"<{base}/scheme/anzsco-2022/level/5> <http://www.w3.org/2004/02/skos/core#member> <{concept}>"
        in said
    )


def test_a_group_has_predominant_levels_and_no_skill_level_of_its_own(tmp_path: Path) -> None:
    groups = [*books.HEAD, ["Major Group", None, "Predominant Skill Levels"], [9, "Kite People", 3]]
    said = facts(books.workbook(tmp_path, {"Table 1": groups, "Table 5": books.FULL}))
    about = [triple for triple in said if "/concept/anzsco/9/edition/anzsco-2022>" in triple.split()[0]]
    assert any("#predominantSkillLevel>" in triple for triple in about)
    assert not any("#skillLevel>" in triple for triple in about)


def test_an_index_is_read_once_though_two_sheets_have_it(tmp_path: Path) -> None:
    found, dataset = items(books.workbook(tmp_path, KIND["classification-index"]))
    titles = [(one.code, one.title, one.category) for one in found if isinstance(one, IndexTitle)]
    assert titles == [
        ("999911", "Kite Boss", "alternative title"),
        ("999911", "Kite Crew Leader", "principal title"),
        ("999912", "Stunt Kite Hand", "specialisation"),
    ]
    assert dataset.problems == ()


def test_a_correspondence_keeps_its_partial_marks_and_what_has_no_counterpart(tmp_path: Path) -> None:
    found, dataset = items(books.workbook(tmp_path, KIND["classification-correspondence"]))
    rows = [one for one in found if isinstance(one, CorrespondenceRow)]
    assert [(one.source_code, one.target_code, one.partial, one.line) for one in rows] == [
        ("999911", "0110", True, 7),
        ("999911", "9111", False, 8),
        (None, "6340", False, 9),
    ]
    assert rows[1].source_title == "Kite Crew Leader"
    assert rows[1].target_title == "Kite leaders"
    assert dataset.problems == ()


OSCA_TITLE = "OSCA - Occupation Standard Classification for Australia, 2024, Version 1.0"


@pytest.mark.parametrize(
    "rows",
    [
        [[OSCA_TITLE], [], ["Identifier", "Title", "Skill level"], ["9", "Kite People", ""], ["99", "Hands", ""],
         ["999", "Workers", ""], ["9999", "Crews", ""], ["999931", "Kite Pilot", "2"]],
        [[OSCA_TITLE], ["Major Group"], ["", "Sub-Major Group"], ["", "", "Minor Group"], ["", "", "", "Unit Group"],
         ["", "", "", "", "Occupation", "", "Skill Level"], ["9", "Kite People"], ["", "99", "Hands"],
         ["", "", "999", "Workers"], ["", "", "", "9999", "Crews"], ["", "", "", "", "999931", "Kite Pilot", "2"]],
        [[OSCA_TITLE], ["Major group code", "Major group title", "Sub-major group code", "Sub-major group title",
                        "Minor group code", "Minor group title", "Unit group code", "Unit group title",
                        "Occupation code", "Occupation title", "Skill level"],
         ["9", "Kite People", "99", "Hands", "999", "Workers", "9999", "Crews", "999931", "Kite Pilot", "2"]],
    ],
    ids=["flat", "stepped", "wide"],
)  # fmt: skip
def test_a_structure_saved_as_csv_is_the_same_in_each_layout(rows: books.Rows, tmp_path: Path) -> None:
    found, dataset = items(books.csv_file(tmp_path, rows))
    concepts = [one for one in found if isinstance(one, ClassifiedConcept)]
    assert [(one.code, one.title, one.broader) for one in concepts] == [
        ("9", "Kite People", None),
        ("99", "Hands", "9"),
        ("999", "Workers", "99"),
        ("9999", "Crews", "999"),
        ("999931", "Kite Pilot", "9999"),
    ]
    assert concepts[-1].skill
    assert concepts[-1].skill.single == 2
    assert concepts[-1].edition.name == dataset.document.key == "osca-2024"
    assert dataset.problems == ()


@pytest.mark.parametrize(
    ("rows", "editions"),
    [
        ([["Table 5: ANZSCO 2022 Australian Update to OSCA 2024, Version 1.0"],
          ["ANZSCO 2022 Australian Update", "", "OSCA 2024, Version 1.0", "", ""],
          ["999911", "Kite Crew Leader", "999931", "p", "Kite Pilot"],
          ["", "", "999932", "", "Kite Chief"]], ("anzsco-2022", "osca-2024")),
        ([["ANZSCO to OSCA"],
          ["ANZSCO code", "ANZSCO title", "OSCA code", "OSCA title", "Partial match"],
          ["999911", "Kite Crew Leader", "999931", "Kite Pilot", "p"],
          ["999911", "Kite Crew Leader", "999932", "Kite Chief", ""]], ("anzsco", "osca")),
        ([["ANZSCO v1.3", "", "OSCA 2024", "", ""],
          ["999911", "Kite Crew Leader", "999931", "p", "Kite Pilot"],
          ["999911", "Kite Crew Leader", "999932", "", "Kite Chief"]], ("anzsco-2013-1.3", "osca-2024")),
    ],
    ids=["as published", "with columns named", "by version"],
)  # fmt: skip
def test_a_correspondence_saved_as_csv_is_read(
    rows: books.Rows, editions: tuple[str, str], tmp_path: Path
) -> None:
    found, dataset = items(books.csv_file(tmp_path, rows))
    read = [one for one in found if isinstance(one, CorrespondenceRow)]
    assert [(one.source_code, one.target_code, one.target_title, one.partial) for one in read] == [
        ("999911", "999931", "Kite Pilot", True),
        ("999911", "999932", "Kite Chief", False),
    ]
    assert (read[0].source.name, read[0].target.name) == editions
    unstated = [one for one in dataset.problems if one.kind is ProblemKind.RELEASE_NOT_STATED]
    assert len(unstated) == sum(name in ("anzsco", "osca") for name in editions)
    assert dataset.document.media_type == "text/csv"
    assert facts(tmp_path / "table.csv")


def test_a_zero_that_a_spreadsheet_took_from_an_isco_code_is_put_back_and_told(tmp_path: Path) -> None:
    rows = [["ISCO-08", "", "ANZSCO 2022", "", ""], ["110", "Flyers", "999911", "", "Kite Crew Leader"]]
    found, dataset = items(books.csv_file(tmp_path, rows))
    [read] = [one for one in found if isinstance(one, CorrespondenceRow)]
    assert read.source_code == "0110"
    assert [one.message for one in dataset.problems] == ["ISCO-08 code '110' was taken for 0110."]


def test_a_structure_without_the_table_of_occupations_is_refused(tmp_path: Path) -> None:
    tables = {title: rows for title, rows in books.STRUCTURE.items() if title != "Table 5"}
    with pytest.raises(BrokenDocumentError, match="no table that goes down to occupations"):
        list(opened(books.workbook(tmp_path, tables)))


def test_a_table_that_never_says_its_edition_is_refused(tmp_path: Path) -> None:
    rows = [["OSCA code", "Title", "Skill level"], ["9", "Kite People", ""]]
    with pytest.raises(UnidentifiedDocumentError, match="never says which edition"):
        open_dataset(books.csv_file(tmp_path, rows))


@pytest.mark.parametrize(
    "header",
    [["Group", "Name"], ["Code", "Description"], ["ANZSCO 2022", "OSCA 2024"], ["ISCO-08", None, None]],
)
def test_a_table_with_another_header_is_no_classification(header: list[str | None], tmp_path: Path) -> None:
    rows = [*books.HEAD, header, ["9", "Kite People"]]
    assert open_dataset(books.workbook(tmp_path, {"Table 1": rows})) is None
    assert open_dataset(books.csv_file(tmp_path, rows)) is None


@pytest.mark.parametrize("keep", [0.2, 0.5, 0.9, 0.99])
def test_a_spreadsheet_cut_off_is_never_read_in_part(keep: float, tmp_path: Path) -> None:
    path = books.workbook(tmp_path, books.STRUCTURE)
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * keep)])
    try:
        dataset = open_dataset(path)
    except DocumentError:
        return
    assert dataset is None


def test_rows_that_cannot_be_read_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    odd = [
        [None, None, None, None, 99991, "Five Digits", 1],
        [None, None, None, None, 999913, None, 1],
        [None, None, None, None, 888811, "Elsewhere", 1],
        [None, None, None, None, 999914, "Kite Judge", "high"],
        ["a note"],
    ]
    rows = [*books.FULL[:-2], *odd]
    found, dataset = items(books.workbook(tmp_path, {"Table 5": rows}))
    assert dataset.counts["occupation"] == 4
    assert [one.message for one in dataset.problems] == [
        "99991 was not read: a code of 1 to 4 or of 6 digits is wanted (Table 5).",
        "999913 was not read: a title is wanted (Table 5).",
        "888811 does not stand below the group of its code (Table 5).",
        "Skill level 'high' was not read (Table 5).",
        "A row without a code was not read.",
    ]
    assert next(o for o in found if isinstance(o, ClassifiedConcept) and o.code == "888811").broader is None


@pytest.mark.parametrize(
    ("stated", "single", "several", "by_country"),
    [
        ("1", 1, (), ()),
        ("2,3 ", None, (2, 3), ()),
        ("4 Aus,3 NZ", None, (), (("AU", 4), ("NZ", 3))),
        ("2,4,5", None, (2, 4, 5), ()),
    ],
)
def test_a_cell_of_skill_levels(stated: str, single: int | None, several: object, by_country: object) -> None:
    read, doubt = skill_levels(stated.strip())
    assert read
    assert (read.single, read.several, read.by_country) == (single, several, by_country)
    assert doubt is None


@pytest.mark.parametrize("stated", ["6", "0", "1-5", "3 Fiji", "3.14159", "1,9"])
def test_what_is_no_skill_level_is_not_read(stated: str) -> None:
    read, doubt = skill_levels(stated)
    assert read is None
    assert doubt


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        (books.TITLE, "anzsco-2022"),
        ("ANZSCO, First Edition, 2006", "anzsco-2006"),
        ("ANZSCO 2013, Version 1.2", "anzsco-2013-1.2"),
        (OSCA_TITLE, "osca-2024"),
        ("OSCA v1.1", "osca-1.1"),
        ("ISCO-08", "isco-08"),
        ("Occupation", None),
        ("TOSCA 2024", None),
    ],
)
def test_an_edition_is_told_from_its_heading(heading: str, name: str | None) -> None:
    found = edition_named_in(heading)
    assert (found.name if found else None) == name


def test_the_published_structure_of_2022_has_every_category() -> None:
    found, dataset = items(shared_path("corpus", "anzsco-2022", "anzsco_structure.xlsx"))
    assert dataset.counts == {
        "edition": 1,
        "major group": 8,
        "sub-major group": 43,
        "minor group": 99,
        "unit group": 364,
        "occupation": 1076,
        "predominant skill level": 513,
    }
    concepts = {one.code: one for one in found if isinstance(one, ClassifiedConcept)}
    assert len(concepts) == 8 + 43 + 99 + 364 + 1076
    assert all(one.broader in concepts for one in concepts.values() if one.depth > 1)
    levels = Counter(one.skill.single for one in concepts.values() if one.depth == 5 and one.skill)
    assert levels == {1: 392, 2: 128, 3: 196, 4: 190, 5: 114, None: 56}
    assert [one.message for one in dataset.problems] == [
        "Skill level '3.4' was taken for 3 and 4 (Table 1).",
        "The codes of Table 6 are no part of the structure; they were not read.",
    ]


def test_the_published_index_of_2022_has_every_title() -> None:
    found, dataset = items(shared_path("corpus", "anzsco-2022", "anzsco_index.xlsx"))
    assert Counter(one.category for one in found if isinstance(one, IndexTitle)) == {
        "specialisation": 1408,
        "principal title": 1076,
        "alternative title": 467,
        "occupation in nec category": 318,
    }
    assert dataset.problems == ()


def test_the_published_correspondences_of_2022_keep_every_mark() -> None:
    found, dataset = items(shared_path("corpus", "anzsco-2022", "anzsco_correspondence.xlsx"))
    rows = [one for one in found if isinstance(one, CorrespondenceRow)]
    tables = Counter((one.source.name, one.target.name) for one in rows)
    assert tables == {
        ("anzsco-2021", "anzsco-2022"): 1076,
        ("anzsco-2022", "anzsco-2021"): 1076,
        ("isco-08", "anzsco-2022"): 1345,
        ("anzsco-2022", "isco-08"): 1345,
    }
    assert Counter(one.table for one in rows if one.partial) == {
        "Table 2": 11,
        "Table 3": 451,
        "Table 4": 1197,
    }
    assert sum(one.source_code is None for one in rows) == sum(one.target_code is None for one in rows) == 5
    assert dataset.problems == ()


def test_the_structure_of_a_classification_without_known_levels_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "isco.csv"
    path.write_text(
        "ISCO-08 International Standard Classification of Occupations\nMajor group,Code,Title,Skill level\n1,11,X,1\n",
        encoding="utf-8",
    )
    found = open_dataset(path)
    assert found is not None
    with pytest.raises(UnrecognisedDocumentError, match="ISCO-08"):
        list(found)


def test_an_archive_whose_list_of_sheets_unpacks_without_end_is_not_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * (64 * 1024 * 1024))
    tracemalloc.start()
    try:
        assert open_dataset(path) is None
        assert tracemalloc.get_traced_memory()[1] < 32 * 1024 * 1024
    finally:
        tracemalloc.stop()
