"""The wordings of mapping rows: 'not equivalent' is never read as equivalent, and nothing unknown is guessed."""

from __future__ import annotations

from datetime import date

import pytest

from qualgraph.model import Equivalence, Mapping, Problem, ProblemKind
from qualgraph.sources.mappings import read_mappings
from qualgraph.sources.text import Line

BY, OF = ("ZZZ111", "ZZZ222"), ("ZZZ222", "ZZZ111")
WORDINGS = [
    ("Is superseded by and equivalent to ZZZ222 - New title", BY, Equivalence.EQUIVALENT),
    ("Superseded by and is equivalent to ZZZ222 - New title", BY, Equivalence.EQUIVALENT),
    ("Is superseded by (equivalent) ZZZ222 - New title", BY, Equivalence.EQUIVALENT),
    ("Superseded by ZZZ222 - New title (equivalent)", BY, Equivalence.EQUIVALENT),
    ("Superseded by: ZZZ222 - equivalent", BY, Equivalence.EQUIVALENT),
    ("Is superseded by and not equivalent to ZZZ222 - New title", BY, Equivalence.NOT_EQUIVALENT),
    ("Is superseded by (not equivalent) ZZZ222 - New title", BY, Equivalence.NOT_EQUIVALENT),
    ("Is superseded by but is not equivalent to ZZZ222 - New title", BY, Equivalence.NOT_EQUIVALENT),
    ("Is superseded by and non-equivalent to ZZZ222 - New title", BY, Equivalence.NOT_EQUIVALENT),
    ("Is superseded by and nonequivalent to ZZZ222 - New title", BY, Equivalence.NOT_EQUIVALENT),
    ("Superseded by ZZZ222 - New title (not equivalent)", BY, Equivalence.NOT_EQUIVALENT),
    ("Superseded by: ZZZ222 - not equivalent", BY, Equivalence.NOT_EQUIVALENT),
    ("Is superseded by ZZZ222 - New title", BY, Equivalence.NOT_DETERMINED),
    ("Is replaced by ZZZ222 - New title", BY, Equivalence.NOT_DETERMINED),
    ("Supersedes and is equivalent to ZZZ222 - Old title", OF, Equivalence.EQUIVALENT),
    ("Supersedes and equivalent to ZZZ222 Old title", OF, Equivalence.EQUIVALENT),
    ("Supersedes and is not equivalent to ZZZ222 - Old title", OF, Equivalence.NOT_EQUIVALENT),
    ("Supersedes (non-equivalent) ZZZ222 - Old title", OF, Equivalence.NOT_EQUIVALENT),
    ("Supersedes but is not equivalent to ZZZ222 - Old title", OF, Equivalence.NOT_EQUIVALENT),
    ("Supersedes: ZZZ222 - not equivalent", OF, Equivalence.NOT_EQUIVALENT),
    ("Supersedes ZZZ222 - Old title", OF, Equivalence.NOT_DETERMINED),
    ("Replaces ZZZ222 - Old title", OF, Equivalence.NOT_DETERMINED),
]


def read(*rows: str) -> list[Mapping | Problem]:
    return list(read_mappings([Line(number, row) for number, row in enumerate(rows, start=1)], "ZZZ111"))


@pytest.mark.parametrize(("row", "pair", "equivalence"), WORDINGS)
def test_a_known_wording_gives_direction_and_equivalence(row, pair, equivalence):
    [mapping] = read(row)
    assert ((mapping.old, mapping.new), mapping.equivalence) == (pair, equivalence)


def test_every_wording_of_the_table_is_tried():
    assert len(WORDINGS) == 22
    assert {what for _, _, what in WORDINGS} == set(Equivalence)


@pytest.mark.parametrize(
    "row",
    [
        "Is partly superseded by ZZZ222 - New title 01/Jan/2020",
        "Is superseded by and almost equivalent to ZZZ222 - New title 01/Jan/2020",
        "Is superseded by and may be equivalent to ZZZ222 - New title 01/Jan/2020",
        "Is superseded by and equivalent to ZZZ222 - not equivalent",
        "Supersedes in part ZZZ222 - Old title",
        "Is superseded by and equivalent to a unit to be named 01/Jan/2020",
        "Is equivalent to ZZZ222 - New title 01/Jan/2020",
    ],
)
def test_an_unknown_wording_gives_no_mapping_but_says_so(row):
    [problem] = read(row)
    assert isinstance(problem, Problem)
    assert (problem.kind, problem.line) == (ProblemKind.NOT_READ, 1)


@pytest.mark.parametrize(
    ("row", "title", "note", "day"),
    [
        (
            "ZZZ222 - Keep lampsThe oil changed. 31/Dec/2019",
            "Keep lamps",
            "The oil changed.",
            date(2019, 12, 31),
        ),
        (
            "ZZZ222 - Keep lamps\tThe oil changed\t31/Dec/2019",
            "Keep lamps",
            "The oil changed",
            date(2019, 12, 31),
        ),
        (
            "ZZZ222 - Keep lamps (Rock)Oil changed.31/12/2019",
            "Keep lamps (Rock)",
            "Oil changed.",
            date(2019, 12, 31),
        ),
        ("ZZZ222 - Keep lamps in ICTThe oil changed.", "Keep lamps in ICT", "The oil changed.", None),
        ("ZZZ222 - Keep lamps 31/Dec/2019", "Keep lamps", None, date(2019, 12, 31)),
        ("ZZZ222 - Keep lamps", "Keep lamps", None, None),
        ("ZZZ222 - Learn eLearning", "Learn eLearning", None, None),
    ],
)
def test_title_note_and_date_of_a_row_are_parted(row, title, note, day):
    [mapping] = read(f"Is superseded by {row}")
    assert (mapping.new_title, mapping.note, mapping.date) == (title, note, day)


def test_where_title_and_note_cannot_be_parted_neither_is_taken():
    mapping, problem = read("Is superseded by ZZZ222 - Keep lamps in LightHouseThe oil changed. 31/Dec/2019")
    assert (mapping.new, mapping.new_title, mapping.note) == ("ZZZ222", None, None)
    assert problem.kind is ProblemKind.NOT_READ


def test_a_day_that_the_calendar_does_not_have_is_no_date():
    mapping, problem = read("Is superseded by ZZZ222 - Keep lamps 31/Feb/2019")
    assert mapping.date is None
    assert "calendar" in problem.message


def test_a_note_that_speaks_of_equivalence_is_pointed_out_where_the_row_states_none():
    mapping, problem = read("Is superseded by ZZZ222 - Keep lampsNot equivalent. 31/Dec/2019")
    assert mapping.equivalence is Equivalence.NOT_DETERMINED
    assert "read the note" in problem.message


def test_a_row_broken_over_lines_is_joined_and_reported():
    problem, mapping, other = sorted(
        read(
            "Is superseded by and equivalent to ZZZ222 - Keep lampsThe oil",
            "changed. 31/Dec/2019",
            "Replaces ZZZ000",
        ),
        key=lambda one: isinstance(one, Mapping),
    )
    assert (problem.kind, problem.line) == (ProblemKind.CONTINUED_LINE, 2)
    assert (mapping.note, mapping.line) == ("The oil changed.", 1)
    assert (other.old, other.line) == ("ZZZ000", 3)


def test_one_component_may_be_split_into_several():
    rows = read("Is superseded by ZZZ222 - One 01/Jan/2020", "Is superseded by ZZZ333 - Two 01/Jan/2020")
    assert [(one.old, one.new) for one in rows] == [("ZZZ111", "ZZZ222"), ("ZZZ111", "ZZZ333")]
