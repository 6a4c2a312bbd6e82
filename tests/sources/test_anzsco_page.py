"""An ANZSCO unit-group page: an invented one with three occupations, and the seed fact by fact."""

from __future__ import annotations

from datetime import date

import pytest

from qualgraph.errors import UnidentifiedDocumentError
from qualgraph.model import Occupation, ProblemKind, QualificationOption, UnitGroup
from qualgraph.sources import read_bytes


def test_three_occupations_take_their_titles_from_the_list(invented):
    page = invented("anzsco-page.txt")
    assert [(one.code, one.title, one.skill_level, one.line) for one in page.all(Occupation)] == [
        ("987611", "Lamp Keeper", 2, 39),
        ("987612", "Fog Signaller", 2, 51),
        ("987613", "Tide Reader", 5, 57),
    ]
    keeper = page.all(Occupation)[0]
    assert [one.text for one in keeper.alternative_titles] == ["Wickie"]
    assert [one.text for one in keeper.specialisations] == ["Lamp Trimmer (Rock Station)"]
    assert keeper.description.text == "Looks after the lamp of a lighthouse."


def test_an_edition_with_a_revision_is_told_from_the_first(invented):
    page = invented("anzsco-page.txt")
    assert page.one(UnitGroup).edition == "First Edition, Revision 1, 2009"
    assert page.document.key == "2009-revision-1/9876"
    assert (page.one(UnitGroup).released, page.one(UnitGroup).archived) == (date(2009, 6, 25), False)


def test_a_skill_level_for_two_occupations_holds_for_each(invented):
    levels = invented("anzsco-page.txt").one(UnitGroup).skill_levels
    assert [(one.occupation_title, one.country, one.skill_level, one.substitute_years) for one in levels] == [
        ("Lamp Keeper", "AU", 2, 5),
        ("Fog Signaller", "AU", 2, 5),
        ("Lamp Keeper", "NZ", 2, 5),
        ("Fog Signaller", "NZ", 2, 5),
        ("Tide Reader", "AU", 5, None),
    ]
    assert levels[0].options == (
        QualificationOption(types=("Associate Degree", "Advanced Diploma", "Diploma"), line=14),
    )
    assert levels[2].options == (
        QualificationOption(types=("Diploma",), line=17),
        QualificationOption(register_levels=(4,), line=17),
    )


def test_a_way_to_the_level_that_is_no_aqf_type_is_reported(invented):
    page = invented("anzsco-page.txt")
    assert page.one(UnitGroup).skill_levels[4].options == (
        QualificationOption(types=("Certificate I",), line=25),
    )
    assert page.problem_lines() == {("not-read", 25), ("continued-line", 31), ("empty-item", 32)}


def test_a_level_for_most_occupations_is_given_to_none(invented, request):
    text = (request.path.parent / "documents" / "anzsco-page.txt").read_text(encoding="utf-8")
    text = text.replace("The occupation Tide Reader has", "Most occupations in this unit group have")
    reading = read_bytes(text.encode(), "page.txt")
    group = next(one for one in reading.records if isinstance(one, UnitGroup))
    assert "Tide Reader" not in {one.occupation_title for one in group.skill_levels}
    assert any("most occupations" in problem.message for problem in reading.problems)


def test_an_occupation_listed_and_not_described_means_a_cut_page(invented, request):
    text = (request.path.parent / "documents" / "anzsco-page.txt").read_text(encoding="utf-8")
    reading = read_bytes(text[: text.index("987613 TIDE")].encode(), "page.txt")
    [cut] = [problem for problem in reading.problems if problem.kind is ProblemKind.TRUNCATED]
    assert "987613" in cut.message


def test_a_code_given_for_another_unit_group_is_refused(invented):
    with pytest.raises(UnidentifiedDocumentError, match="9876"):
        invented("anzsco-page.txt", code="5411")
    assert invented("anzsco-page.txt", code="9876").document.key == "2009-revision-1/9876"


def test_the_seed_page_is_known_by_its_content(seed):
    document = seed("004").document
    assert (document.reader, document.key) == ("anzsco-unit-group", "2006/5411")
    assert (document.subject_kind, document.subject_code) == (None, None)
    assert seed("004").reading.problems == ()


def test_the_seed_pages_unit_group(seed):
    group = seed("004").one(UnitGroup)
    assert (group.code, group.title, group.line) == ("5411", "CALL OR CONTACT CENTRE WORKERS", 5)
    assert (group.edition, group.catalogue_number) == ("First Edition, 2006", "1220.0")
    assert (group.released, group.archived) == (date(2006, 9, 11), True)
    assert [(one.text, one.line) for one in group.occupations] == [
        ("541111 Call or Contact Centre Team Leader", 48),
        ("541112 Call or Contact Centre Operator", 49),
    ]
    assert [one.line for one in group.tasks] == list(range(35, 46))
    assert group.description.line == 8


def test_the_seed_pages_skill_levels_by_occupation_and_country(seed):
    leader, operator = "Call or Contact Centre Team Leader", "Call or Contact Centre Operator"
    levels = seed("004").one(UnitGroup).skill_levels
    found = [
        (one.occupation_title, one.country, one.skill_level, one.substitute_years, one.line) for one in levels
    ]
    assert found == [
        (leader, "AU", 3, 3, 15),
        (leader, "NZ", 3, 3, 18),
        (operator, "AU", 4, 1, 26),
        (operator, "NZ", 4, 1, 29),
    ]
    assert [one.options for one in levels] == [
        (
            QualificationOption(types=("Certificate III",), training_years=2, line=15),
            QualificationOption(types=("Certificate IV",), line=15),
        ),
        (QualificationOption(register_levels=(4,), line=18),),
        (QualificationOption(types=("Certificate II", "Certificate III"), line=26),),
        (QualificationOption(register_levels=(2, 3), line=29),),
    ]


def test_the_seed_pages_occupations(seed):
    leader, operator = seed("004").all(Occupation)
    assert (leader.code, leader.title, leader.skill_level, leader.line) == (
        "541111",
        "Call or Contact Centre Team Leader",
        3,
        51,
    )
    assert [(one.text, one.line) for one in leader.alternative_titles] == [
        ("Call Centre Supervisor", 54),
        ("Contact Centre Supervisor", 55),
    ]
    assert [(one.text, one.line) for one in leader.specialisations] == [
        ("Call or Contact Centre Coach", 63),
        ("Call or Contact Centre Workforce Planner", 64),
    ]
    assert leader.description.line == 57
    assert (operator.code, operator.title, operator.skill_level, operator.line) == (
        "541112",
        "Call or Contact Centre Operator",
        4,
        66,
    )
    assert (operator.alternative_titles, operator.specialisations, operator.description.line) == ((), (), 68)
