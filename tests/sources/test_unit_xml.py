"""Component XML of units of competency: elements, criteria, prerequisites, evidence, mapping text; hostile files."""

from __future__ import annotations

from functools import cache
from typing import TypeVar

import pytest

from qualgraph.errors import DocumentError
from qualgraph.identifiers import Identifiers, Kind
from qualgraph.model import (
    Component,
    Equivalence,
    LicensingNote,
    Mapping,
    Problem,
    ProblemKind,
    Reading,
    Release,
    UnitElement,
    UnitField,
    UnitPrerequisite,
    UnitSection,
    UsageRecommendation,
    UsageStatement,
)
from qualgraph.namespaces import QG
from qualgraph.sources import read_bytes, read_file
from qualgraph.sources.elements import listed_elements, read_elements
from qualgraph.sources.text import Line
from qualgraph.sources.unit_mappings import read_unit_mappings
from qualgraph.triples import TextPolicy, describe
from support import DOCUMENTS, shared_path

Kept = TypeVar("Kept")
FIXTURE = DOCUMENTS / "unit.xml"
TEXT = FIXTURE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def read() -> Reading:
    return read_file(FIXTURE)


def of(reading: Reading, kind: type[Kept]) -> list[Kept]:
    return [record for record in reading.records if isinstance(record, kind)]


def line_of(words: str) -> int:
    return TEXT[: TEXT.index(words)].count("\n") + 1


def test_the_package_book_says_what_the_unit_is(read: Reading) -> None:
    assert (read.document.reader, read.document.key) == ("component-xml", "ZZKFLY303/release-2")
    [component] = of(read, Component)
    assert (component.kind, component.code, component.title) == (
        Kind.UNIT,
        "ZZKFLY303",
        "Fly kites in company",
    )
    assert [one.number for one in of(read, Release)] == ["2"]
    assert [one.value for one in of(read, UsageStatement)] == [UsageRecommendation.CURRENT]
    assert read.problems == ()


def test_elements_have_their_criteria_whatever_the_cells_hold(read: Reading) -> None:
    elements = of(read, UnitElement)
    assert [(one.position, one.number, one.text, one.line) for one in elements] == [
        (1, "1", "Plan the flight", line_of("1. Plan")),
        (2, "2", "Fly", line_of("2. Fly")),
        (3, "3", "Bring kites down", line_of("3. Bring")),
    ]
    assert [[one.number for one in element.criteria] for element in elements] == [
        ["1.1", "1.2"],
        ["2.1"],
        ["3.1", "3.2"],
    ]
    assert elements[0].criteria[1].text == "Agree on heights with other flyers"
    assert elements[2].criteria[0].text == "Warn others:\nby call\nby flag"
    assert elements[2].criteria[1].line == line_of("3.2 Wind in")


def test_prerequisites_field_licensing_and_mapping_are_read(read: Reading) -> None:
    [prerequisite] = of(read, UnitPrerequisite)
    assert [unit.code for unit in prerequisite.requires] == ["ZZKFLY301", "ZZKSAF201"]
    assert prerequisite.requires[1].title == "Work safely in wind"
    [field] = of(read, UnitField)
    assert (field.competency_field, field.sector) == ("Flying", None)
    assert [note.direct_link for note in of(read, LicensingNote)] == [False]
    [mapping] = of(read, Mapping)
    assert (mapping.old, mapping.new, mapping.old_title) == (
        "ZZKFLY203",
        "ZZKFLY303",
        "Fly kites with others",
    )
    assert mapping.equivalence is Equivalence.EQUIVALENT


def test_sections_are_kept_item_by_item_with_the_depth_of_their_lists(read: Reading) -> None:
    sections = {section.kind.value: section.items for section in of(read, UnitSection)}
    assert list(sections) == [
        "application",
        "foundation-skills",
        "links",
        "performance-evidence",
        "knowledge-evidence",
        "assessment-conditions",
    ]
    assert [item.depth for item in sections["performance-evidence"]] == [0, 1, 2, 2, 1]
    assert [(item.label, item.text) for item in sections["foundation-skills"][1:]] == [
        ("Reading", "Reads wind tables"),
        ("Speaking", "Calls warnings"),
        ("Speaking", "Answers calls"),
    ]
    assert sections["links"][0].address == "https://example.org/kites"


@pytest.mark.parametrize(
    ("policy", "told"), [(TextPolicy.NONE, False), (TextPolicy.RULES, False), (TextPolicy.ALL, True)]
)
def test_numbers_and_places_are_facts_and_words_are_prose(
    policy: TextPolicy, told: bool, read: Reading
) -> None:
    triples = describe(read, Identifiers(), policy)
    criteria = [t for t in triples if t.predicate.value == f"{QG}hasPerformanceCriterion"]
    numbers = [t.object.value for t in triples if t.predicate.value == f"{QG}statedNumber"]
    assert (len(criteria), sorted(numbers)) == (5, ["1", "1.1", "1.2", "2", "2.1", "3", "3.1", "3.2"])
    assert any("Agree on heights" in t.object.value for t in triples) is told
    assert any("strong wind" in t.object.value for t in triples) is told


def test_a_unit_of_the_older_layout_has_labels_in_its_tables() -> None:
    older = read_file(DOCUMENTS / "unit-older.xml")
    assert older.document.key == "ZZKFLY201A/release-1"
    assert [[one.number for one in element.criteria] for element in of(older, UnitElement)] == [
        ["1.1", "1.2"],
        ["2.1"],
    ]
    assert [element.text for element in of(older, UnitElement)] == ["Plan.", "Fly."]
    assert [one.named for one in of(older, UnitPrerequisite)] == [False]
    assert [one.sector for one in of(older, UnitField)] == ["Flying"]
    sections = {section.kind.value: section.items for section in of(older, UnitSection)}
    assert [item.text for item in sections["descriptor"]] == ["Flying one kite on one line."]
    assert [item.depth for item in sections["required-skills-and-knowledge"]] == [0, 1, 2, 3]
    assert [(item.label, item.text) for item in sections["range"]] == [
        ("Kites include", "box kites"),
        ("Kites include", "deltas"),
    ]
    told = [one.message for one in older.problems if one.kind is ProblemKind.NOT_READ]
    assert told == ["Co-requisite units are not read."]


def prerequisites(*lines: str) -> tuple[list[UnitPrerequisite], tuple[Problem, ...]]:
    start = TEXT.index('<p id="4">ZZKFLY301')
    end = TEXT.index("</Text>", start)
    changed = TEXT[:start] + "".join(f'<p id="4">{line}</p>' for line in lines) + TEXT[end:]
    reading = read_bytes(changed.encode(), "unit.xml")
    return of(reading, UnitPrerequisite), reading.problems


@pytest.mark.parametrize("words", ["Nil", "Nil.", "None", "Not applicable.", "NIL"])
def test_that_there_is_no_prerequisite_is_a_statement(words: str) -> None:
    [found], problems = prerequisites(words)
    assert (found.named, problems) == (False, ())


def test_or_between_two_units_is_a_choice_and_between_lists_is_not_read() -> None:
    [choice], problems = prerequisites("ZZKFLY301 Fly single kites", "or", "ZZKFLY302 Fly pairs")
    assert ([unit.code for unit in choice.one_of[0]], problems) == (["ZZKFLY301", "ZZKFLY302"], ())
    [lists], problems = prerequisites("ZZKFLY301", "ZZKFLY302", "or", "ZZKFLY305")
    assert (lists.requires, lists.one_of) == ((), ())
    assert [unit.code for unit in lists.unclear] == ["ZZKFLY301", "ZZKFLY302", "ZZKFLY305"]
    assert [(one.kind, "belong together" in one.message) for one in problems] == [
        (ProblemKind.NOT_READ, True)
    ]


def test_a_prerequisite_in_words_is_not_read() -> None:
    found, problems = prerequisites("As the trainer sees fit")
    assert (found, [one.kind for one in problems]) == ([], [ProblemKind.NOT_READ])


def elements(*lines: str) -> tuple[list[UnitElement], list[str]]:
    found = list(read_elements([Line(number, text) for number, text in enumerate(lines, start=1)]))
    return [x for x in found if isinstance(x, UnitElement)], [
        x.message for x in found if isinstance(x, Problem)
    ]


def test_numbers_may_have_cells_of_their_own_or_run_into_the_words() -> None:
    found, problems = elements(
        "1\tPlan\t1.1\tLook up",
        "\t\t1.2\tLook down",
        "2 Fly",
        "2.1Launch",
        "2.2. Land",
        "• 3.\tPack",
        "• 3.1 Fold",
    )
    assert [[one.text for one in element.criteria] for element in found] == [
        ["Look up", "Look down"],
        ["Launch", "Land"],
        ["Fold"],
    ]
    assert problems == []


def test_a_row_of_two_cells_without_numbers_is_an_element_and_a_criterion() -> None:
    found, problems = elements("Element\tPerformance criteria", "Plan\tLook up", "\tLook down", "Fly\tLaunch")
    assert [(one.text, len(one.criteria), one.number) for one in found] == [
        ("Plan", 2, None),
        ("Fly", 1, None),
    ]
    assert problems == []


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            ("1. Plan", "1.1 Look up", "1.3 Look down"),
            "The performance criterion in place 1.2 has the number 1.3.",
        ),
        (("1. Plan", "1.1 Look up", "3. Fly", "3.1 Go"), "The element in place 2 has the number 3."),
        (("1. Plan", "2. Fly", "2.1 Go"), "Element 1 has no performance criteria."),
        (("1. Plan", "2.1 Go"), "The performance criterion in place 1.1 has the number 2.1."),
        (("1.1 Look up",), "neither an element nor a performance criterion"),
        (("1. Plan", "1.1 Look", "Somewhere else"), "neither an element nor a performance criterion"),
    ],
)
def test_a_gap_or_slip_in_the_numbers_is_told(lines: tuple[str, ...], told: str) -> None:
    _, problems = elements(*lines)
    assert any(told in message for message in problems), problems


def test_elements_that_are_kept_apart_need_no_numbers() -> None:
    found = list(listed_elements([("Plan", ["1.1 Look up", "Look down"]), ("2. Fly", ["2.1.Go"])], 7))
    first, second = (one for one in found if isinstance(one, UnitElement))
    assert [(one.number, one.text) for one in first.criteria] == [("1.1", "Look up"), (None, "Look down")]
    assert [(one.number, one.text, one.line) for one in second.criteria] == [("2.1", "Go", 7)]


def mappings(*lines: str) -> tuple[list[tuple[str, Equivalence]], list[Problem]]:
    found = list(read_unit_mappings([Line(1, line) for line in lines], "ZZKFLY303"))
    assert all(one.new == "ZZKFLY303" for one in found if isinstance(one, Mapping))
    return (
        [(one.old, one.equivalence) for one in found if isinstance(one, Mapping)],
        [one for one in found if isinstance(one, Problem)],
    )


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["Supersedes and is equivalent to ZZKFLY203 Fly."], [("ZZKFLY203", Equivalence.EQUIVALENT)]),
        (["Supersedes and isequivalent to ZZKFLY203 Fly."], [("ZZKFLY203", Equivalence.EQUIVALENT)]),
        (
            ["This unit replaces and is not equivalent to ZZKFLY203 Fly"],
            [("ZZKFLY203", Equivalence.NOT_EQUIVALENT)],
        ),
        (["Supersedes ZZKFLY203 Fly"], [("ZZKFLY203", Equivalence.NOT_DETERMINED)]),
        (
            [
                "No equivalent unit. Supersedes but is not equivalent to:",
                "• ZZKFLY203 Fly",
                "• ZZKFLY204 Land.",
            ],
            [("ZZKFLY203", Equivalence.NOT_EQUIVALENT), ("ZZKFLY204", Equivalence.NOT_EQUIVALENT)],
        ),
        (
            [
                "Code and title current version\tCode and title previous version\tComments\tEquivalence status",
                "ZZKFLY303 Fly\tZZKFLY203 Fly\tNew title\tEquivalent unit",
            ],
            [("ZZKFLY203", Equivalence.EQUIVALENT)],
        ),
        (
            [
                "ZZK Kites Release 2.0\tZZK Kites Release 1.0\tComments\tE/NE",
                "ZZKFLY303 Fly\tZZKFLY203 Fly.\tNew\tE",
                "ZZKFLY303 Fly\tZZKFLY204 Land\tNew\tNE",
            ],
            [("ZZKFLY203", Equivalence.EQUIVALENT), ("ZZKFLY204", Equivalence.NOT_EQUIVALENT)],
        ),
        (["No equivalent unit. New unit."], []),
        (["This is a new unit. No Equivalent Unit."], []),
    ],
)
def test_mapping_text_gives_a_row_only_where_its_words_are_plain(
    lines: list[str], wanted: list[tuple[str, Equivalence]]
) -> None:
    assert mappings(*lines) == (wanted, [])


@pytest.mark.parametrize(
    "line",
    [
        "Partly covers ZZKFLY203 Fly",
        "Supersedes and is mostly equivalent to ZZKFLY203 Fly",
        "Supersedes and is equivalent to ZZKFLY203 and ZZKFLY204",
        "ZZKFLY303 Fly\tZZKFLY203 Fly\tNew title\tSee the guide",
        "ZZKFLY303 Fly\tZZKFLY203 Fly\tNew title\tE",
        "ZZKFLY303 Fly\tZZKFLY203 Fly\tZZKFLY204 Land\tEquivalent unit",
    ],
)
def test_other_words_about_earlier_units_are_not_read(line: str) -> None:
    found, problems = mappings(line)
    assert (found, [one.kind for one in problems]) == ([], [ProblemKind.NOT_READ])


NESTED = TEXT.replace(
    '<p id="4">2.1 Launch in the agreed order</p>', "<table><tr><td>" * 40 + "x" + "</td></tr></table>" * 40
)


@pytest.mark.parametrize(
    "content",
    [
        TEXT[: len(TEXT) * 2 // 3].encode(),
        TEXT.replace("?>", '?><!DOCTYPE AuthorIT [<!ENTITY k "kite">]>', 1).encode(),
        TEXT.replace("StreamlineUnitPackage", "StreamlineSkillSet").encode(),
    ],
    ids=["cut off", "entity", "another kind"],
)
def test_a_hostile_unit_is_one_clear_error(content: bytes) -> None:
    with pytest.raises(DocumentError) as raised:
        read_bytes(content, "unit.xml")
    assert raised.value.hint


def test_tables_inside_tables_lose_no_other_element() -> None:
    reading = read_bytes(NESTED.encode(), "unit.xml")
    assert [len(one.criteria) for one in of(reading, UnitElement)] == [2, 0, 2]
    assert any("has no performance criteria" in one.message for one in reading.problems)


def test_a_wrong_encoding_is_told_and_the_numbers_still_read() -> None:
    reading = read_bytes(TEXT.replace("Fly kites in", "Fly kit\u00e9s in").encode("cp1252"), "unit.xml")
    assert any(one.kind is ProblemKind.ENCODING for one in reading.problems)
    assert len(of(reading, UnitElement)) == 3


@cache
def originals() -> dict[str, Reading]:
    paths = sorted(shared_path("corpus", "authorit-xml", "unit").glob("*.xml"))
    return {path.stem: read_file(path) for path in paths}


def test_all_original_units_are_read_with_their_numbers_in_order() -> None:
    assert len(originals()) == 25
    counts = {
        code: [len(one.criteria) for one in of(reading, UnitElement)] for code, reading in originals().items()
    }
    assert sum(len(each) for each in counts.values()) == 92
    assert sum(sum(each) for each in counts.values()) == 444
    for code, reading in originals().items():
        for place, element in enumerate(of(reading, UnitElement), start=1):
            assert element.number == str(place), code
            wanted = [f"{place}.{each}" for each in range(1, len(element.criteria) + 1)]
            assert [one.number for one in element.criteria] == wanted, code


def test_original_units_state_prerequisites_and_mappings() -> None:
    required = {
        code: [unit.code for one in of(reading, UnitPrerequisite) for unit in one.requires]
        for code, reading in originals().items()
    }
    assert {code: units for code, units in required.items() if units} == {
        "CPCCPD3022": ["CPCCWHS2001"],
        "CPCCSI2005A": ["CPCCOHS2001A"],
        "CPCCST2006": ["CPCCWHS2001"],
        "UETDRAI002": ["UEECD0007", "UETDREL002", "UETDREL006"],
        "UETDRAI004": ["UEECD0007", "UETDREL002", "UETDREL006"],
    }
    rows = [row for reading in originals().values() for row in of(reading, Mapping)]
    assert len([row for row in rows if row.equivalence is Equivalence.EQUIVALENT]) == 12
    assert len([row for row in rows if row.equivalence is Equivalence.NOT_EQUIVALENT]) == 4
    assert len(rows) == 16


def test_all_that_is_not_read_of_the_original_units_is_one_list_of_alternatives() -> None:
    unread = {
        (code, problem.message)
        for code, reading in originals().items()
        for problem in reading.problems
        if problem.kind is not ProblemKind.REPEATED
    }
    assert [code for code, _ in unread] == ["UETDRVC012"]


def test_the_only_original_units_with_a_heading_for_corequisites_name_none() -> None:
    folder = shared_path("corpus", "authorit-xml", "unit")
    headed = [path.stem for path in sorted(folder.glob("*.xml")) if b"Co-requisite unit" in path.read_bytes()]
    assert headed == ["CPCCBC4047A", "CPCCSI2005A"]
    for code in headed:
        assert not [one for one in originals()[code].problems if "o-requisite" in one.message]
        assert len(of(originals()[code], UnitPrerequisite)) == 1


def test_original_qualifications_tell_what_they_supersede() -> None:
    paths = sorted(shared_path("corpus", "authorit-xml", "qualification").glob("*.xml"))
    readings = [read_file(path) for path in paths]
    rows = [row for reading in readings for row in of(reading, Mapping)]
    assert (len(readings), len(rows)) == (13, 17)
    assert len([row for row in rows if row.equivalence is Equivalence.NOT_EQUIVALENT]) == 5
    told = [r.document.subject_code for r in readings for p in r.problems if "earlier units" in p.message]
    assert told == ["AHC30921"]
