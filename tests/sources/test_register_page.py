"""A register page as text and as HTML: an invented one in full, and the seed with every fact and line."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest

from qualgraph.identifiers import Kind
from qualgraph.model import (
    Classification,
    Component,
    EmployabilitySkill,
    EntryRequirement,
    Equivalence,
    ExperienceAlternative,
    JobRoles,
    LicensingNote,
    Mapping,
    OtherAlternative,
    OutcomeExample,
    Packaging,
    Pathway,
    PathwayDirection,
    ProblemKind,
    QualificationAlternative,
    Release,
    Scheme,
    Section,
    Table,
    UnitGrid,
    UsageRecommendation,
    UsageStatement,
)
from qualgraph.sources import read_bytes
from qualgraph.sources.register_tables import read_classifications
from qualgraph.sources.text import Line

LINES = ("line", "first_line", "last_line")


def without_lines(value):
    if isinstance(value, tuple):
        return tuple(without_lines(one) for one in value)
    if dataclasses.is_dataclass(value):
        fields = (field.name for field in dataclasses.fields(value) if field.name not in LINES)
        return (type(value).__name__, *((name, without_lines(getattr(value, name))) for name in fields))
    return value


def test_html_and_text_of_one_page_give_the_same_records_up_to_line_numbers(invented):
    text, html = invented("register-page.txt").reading, invented("register-page.html").reading
    assert [without_lines(record) for record in html.records] == [
        without_lines(record) for record in text.records
    ]
    assert len(text.records) == 48
    assert (text.document.media_type, html.document.media_type) == ("text/plain", "text/html")
    assert html.document.key == text.document.key == "ZZZ40120/release-2"


@pytest.mark.parametrize("name", ["register-page.txt", "register-page.html"])
def test_a_whole_page_is_read_without_a_problem(invented, name):
    assert invented(name).reading.problems == ()


def test_lines_of_an_html_page_are_those_of_the_html_file(invented, request):
    page = invented("register-page.html")
    source = (
        (request.path.parent / "documents" / "register-page.html").read_text(encoding="utf-8").split("\n")
    )
    for mapping in page.all(Mapping):
        assert mapping.new in source[mapping.line - 1] or mapping.old in source[mapping.line - 1]
    for row in page.one(UnitGrid).rows:
        assert row.code in source[row.line - 1]
    for role in page.one(JobRoles).roles:
        assert role.label in source[role.line - 1]
    assert page.document.line_count == len(source) - 1


def test_not_equivalent_is_read_as_not_equivalent_in_both_directions(invented):
    after, before = invented("register-page.txt").all(Mapping)
    assert (after.old, after.new, after.equivalence) == ("ZZZ40120", "ZZZ40125", Equivalence.NOT_EQUIVALENT)
    assert (after.new_title, after.date) == ("Certificate IV in Coastal Signals", date(2025, 6, 30))
    assert (before.old, before.new, before.equivalence) == ("ZZZ40115", "ZZZ40120", Equivalence.EQUIVALENT)
    assert before.note == "Titles and codes brought up to date."


def test_every_release_of_the_table_is_read_and_one_is_described(invented):
    releases = [(one.number, one.issued, one.described) for one in invented("register-page.txt").all(Release)]
    assert releases == [("2", date(2022, 2, 1), True), ("1", date(2020, 3, 15), False)]


def test_a_whole_unit_grid_has_status_and_role_of_each_row(invented):
    grid = invented("register-page.txt").one(UnitGrid)
    assert grid.stated == 5
    assert [(row.code, row.usage.value, row.essential) for row in grid.rows] == [
        ("ZZZLMP401", "Superseded", "Core"),
        ("ZZZFOG402", "Current", "Core"),
        ("ZZZLOG403", "Current", "Elective"),
        ("ZZZTID404", "Current", "Elective"),
        ("ZZZGAL405", "Deleted", "Elective"),
    ]


def test_a_classification_that_ended_has_its_last_day(invented):
    history = [one for one in invented("register-page.txt").all(Classification) if one.table is Table.HISTORY]
    assert [(one.value, one.start, one.end) for one in history] == [
        ("899999", date(2020, 3, 15), date(2022, 1, 31)),
        ("712911", date(2022, 2, 1), None),
    ]


def test_a_date_after_an_empty_cell_is_the_last_day_and_not_the_first():
    row = "ANZSCO Identifier\t712911\tBoiler or Engine Operator\t\t31/Jan/2022"
    [found] = read_classifications([Line(1, row)], Table.HISTORY)
    assert (found.start, found.end) == (None, date(2022, 1, 31))
    [found] = read_classifications([Line(1, row.replace("\t\t", "\t"))], Table.HISTORY)
    assert (found.start, found.end) == (date(2022, 1, 31), None)


def test_a_comma_with_a_space_stays_inside_a_taxonomy_label(invented):
    rows = [
        one
        for one in invented("register-page.txt").all(Classification)
        if one.scheme is Scheme.INDUSTRY_SECTOR
    ]
    assert [one.label for one in rows] == ["Coastal Services", "Ports, Harbours and Lights"]


def test_two_codes_joined_by_or_are_two_alternatives_and_most_units_of_a_third_is_words(invented):
    into = invented("register-page.txt").all(Pathway)[0]
    first, second, third, fourth = into.alternatives
    assert (first.code, second.code) == ("ZZZ30120", "ZZZ30220")
    assert isinstance(third, OtherAlternative)
    assert isinstance(fourth, ExperienceAlternative)
    assert [role.label for role in fourth.roles] == ["Deck hand", "Lamp cleaner"]


def test_an_entry_requirement_in_words_is_not_none_required(invented):
    [entry] = invented("register-page.txt").all(EntryRequirement)
    assert not entry.none_required


def test_an_example_that_says_selected_from_is_a_choice_and_the_other_is_a_fixed_set(invented):
    fixed, choice = invented("register-page.txt").all(OutcomeExample)
    assert (fixed.choose, fixed.elective, len(fixed.units)) == (None, 1, 1)
    assert (choice.choose, choice.elective, len(choice.units)) == (1, 1, 2)


def test_the_seed_page_is_known_by_its_content(seed):
    document = seed("000").document
    assert (document.reader, document.key, document.media_type) == (
        "register-page",
        "BSB40307/release-1",
        "text/plain",
    )
    assert (document.subject_kind, document.subject_code) == (Kind.QUALIFICATION, "BSB40307")
    assert (document.byte_size, document.line_count) == (11097, 310)


def test_the_seed_pages_summary(seed):
    page = seed("000")
    assert page.one(Component) == Component(
        kind=Kind.QUALIFICATION, code="BSB40307", title="Certificate IV in Customer Contact", line=8
    )
    assert page.one(UsageStatement) == UsageStatement(
        code="BSB40307", value=UsageRecommendation.SUPERSEDED, line=13
    )
    assert page.one(Release) == Release(number="1", issued=date(2009, 3, 10), described=True, line=20)


def test_the_seed_pages_mapping_parts_title_note_and_date(seed):
    mapping = seed("000").one(Mapping)
    assert (mapping.old, mapping.new, mapping.equivalence) == ("BSB40307", "BSB40311", Equivalence.EQUIVALENT)
    assert (mapping.old_title, mapping.new_title) == (None, "Certificate IV in Customer Contact")
    assert (mapping.date, mapping.line) == (date(2011, 11, 27), 16)
    assert mapping.note.startswith("This qualification replaces BSB40307")
    assert mapping.note.endswith("inbound centres.")


def test_the_seed_pages_grid_is_ten_rows_of_thirty(seed):
    page = seed("000")
    grid = page.one(UnitGrid)
    assert (grid.stated, len(grid.rows), grid.line) == (30, 10, 22)
    assert [(row.position, row.code, row.line) for row in grid.rows] == [
        (1, "BSBADM409A", 25),
        (2, "BSBCCO401A", 26),
        (3, "BSBCCO402A", 27),
        (4, "BSBCOM401B", 28),
        (5, "BSBCOM402B", 29),
        (6, "BSBCOM403B", 30),
        (7, "BSBCOM404B", 31),
        (8, "BSBCUS401A", 32),
        (9, "BSBHRM402A", 33),
        (10, "BSBINM401A", 34),
    ]
    assert {(row.usage, row.essential) for row in grid.rows} == {(UsageRecommendation.SUPERSEDED, "N/A")}
    assert grid.rows[0].title == "Coordinate business resources"
    assert grid.rows[9].title == "IMPLEMENT WORKPLACE INFORMATION SYSTEM"
    [partial] = page.problems(ProblemKind.PARTIAL_TABLE)
    assert partial.line == 36
    assert "10 of 30" in partial.message


def test_the_seed_pages_four_and_four_coded_classifications(seed):
    coded = [one for one in seed("000").all(Classification) if one.value is not None]
    assert [
        (one.table.value, one.scheme.value, one.value, one.label, one.start, one.line) for one in coded
    ] == [
        ("current", "anzsco", "541111", "Call Or Contact Centre Team Leader", None, 41),
        ("current", "asco", "6191-11", "Inquiry Clerk", None, 42),
        ("current", "asced-field", "0805", "Sales And Marketing", None, 43),
        ("current", "level-of-education", "511", "Certificate IV", None, 44),
        ("history", "anzsco", "541111", "Call Or Contact Centre Team Leader", date(2008, 9, 3), 51),
        ("history", "asco", "6191-11", "Inquiry Clerk", date(2008, 9, 3), 52),
        ("history", "asced-field", "0805", "Sales And Marketing", date(2008, 9, 3), 53),
        ("history", "level-of-education", "511", "Certificate IV", date(2009, 3, 10), 54),
    ]
    assert {one.end for one in coded} == {None}


def test_the_seed_pages_taxonomies_are_labels_without_codes(seed):
    rows = [one for one in seed("000").all(Classification) if one.value is None]
    sectors = [one.label for one in rows if one.scheme is Scheme.INDUSTRY_SECTOR]
    occupations = [one.label for one in rows if one.scheme is Scheme.TAXONOMY_OCCUPATION]
    assert (len(sectors), sectors[0], sectors[-1]) == (
        6,
        "Advertising and Marketing",
        "Local Government Administration",
    )
    assert (len(occupations), occupations[2]) == (10, "Customer Service Officer (Local Government)")
    assert occupations[-1] == "Roster Clerk"


def test_the_seed_pages_sections(seed):
    found = [(one.heading, one.first_line, one.last_line) for one in seed("000").all(Section)]
    assert found == [
        ("Qualification details", 6, 8),
        ("Summary", 10, 20),
        ("Units of competency", 22, 36),
        ("Classifications", 38, 46),
        ("Classification history", 48, 55),
        ("Modification History", 57, 59),
        ("Description", 61, 73),
        ("Descriptor", 63, 65),
        ("Job Roles", 67, 73),
        ("Pathways Information", 75, 106),
        ("Qualification Pathways", 77, 77),
        ("Entry requirements", 79, 81),
        ("Pathways into the qualification", 83, 100),
        ("Pathways from the qualification", 102, 106),
        ("Licensing/Regulatory Information", 108, 112),
        ("Licensing, Legislative, Regulatory or Certification Considerations", 110, 112),
        ("Entry Requirements", 114, 116),
        ("Employability Skills Summary", 118, 175),
        ("EMPLOYABILITY SKILLS QUALIFICATION SUMMARY", 120, 175),
        ("Packaging Rules", 177, 310),
        ("Selecting Elective Units for Different Outcomes", 285, 310),
    ]


def test_the_seed_pages_job_roles_entry_and_licensing(seed):
    page = seed("000")
    assert [(role.label, role.line) for role in page.one(JobRoles).roles] == [
        ("Analyst", 69),
        ("Quality Assurance Coordinator or Manager", 70),
        ("Scheduler", 71),
        ("Subject Matter Expert/Coach", 72),
        ("Team Leader", 73),
    ]
    assert [(one.none_required, one.text, one.line) for one in page.all(EntryRequirement)] == [
        (True, "There are no entry requirements for this qualification.", 81),
        (True, "Not applicable.", 116),
    ]
    licensing = page.one(LicensingNote)
    assert (licensing.direct_link, licensing.line) == (False, 112)


def test_the_seed_pages_pathways(seed):
    into, onward = seed("000").all(Pathway)
    assert (into.direction, into.line) == (PathwayDirection.INTO, 83)
    qualification, experience = into.alternatives
    assert qualification == QualificationAlternative(
        code="BSB30207",
        title="Certificate III in Customer Contact",
        open_ended=True,
        text="BSB30207 Certificate III in Customer Contact or other relevant qualification/s",
        line=87,
    )
    assert experience.line == 91
    assert [(role.label, role.line) for role in experience.roles] == [
        ("Call/Contact Centre Agent", 95),
        ("Customer Service Representative", 96),
        ("Senior Customer Service Representative", 97),
        ("Telesales Representative", 98),
    ]
    [diploma] = onward.alternatives
    assert (onward.direction, diploma.code, diploma.title) == (
        PathwayDirection.FROM,
        "BSB50307",
        "Diploma of Customer Contact",
    )
    assert (diploma.open_ended, diploma.line) == (False, 106)


def test_the_seed_pages_eight_skills(seed):
    skills = [(one.label, len(one.facets), one.line) for one in seed("000").all(EmployabilitySkill)]
    assert skills == [
        ("Communication", 3, 130),
        ("Teamwork", 3, 136),
        ("Problem-solving", 3, 142),
        ("Initiative and enterprise", 2, 148),
        ("Planning and organising", 3, 153),
        ("Self-management", 3, 159),
        ("Learning", 2, 165),
        ("Technology", 2, 170),
    ]


def test_the_seed_pages_packaging_rule_is_read_with_the_lines_of_the_page(seed):
    packaging = seed("000").one(Packaging)
    rule = packaging.rule
    assert (packaging.line, rule.code, rule.release) == (177, "BSB40307", "1")
    assert (rule.total, rule.core, rule.elective) == (13, 7, 6)
    assert (len(rule.core_units), len(rule.listed_electives)) == (7, 21)
    lines = {member.code: (member.line, member.heading) for _, member in rule.members()}
    assert lines["BSBCCO402A"] == (195, "Contact Centre Operations")
    assert lines["FNSICORG515B"] == (217, "Imported Units")
    assert lines["PSPPM402B"] == (283, "Imported Units")


def test_the_seed_pages_third_example_is_cut_off_and_the_others_are_not(seed):
    page = seed("000")
    examples = [
        (one.name, one.core, one.elective, one.choose, len(one.units), one.cut_off, one.line)
        for one in page.all(OutcomeExample)
    ]
    assert examples == [
        ("Analyst", 7, None, None, 4, False, 289),
        ("Scheduler", 7, None, None, 3, False, 298),
        ("Quality Assurance Coordinator or Manager", 7, None, None, 1, True, 306),
    ]
    [unit] = page.all(OutcomeExample)[2].units
    assert (unit.code, unit.line) == ("CHCINF5B", 310)


def test_the_seed_pages_problems(seed):
    assert seed("000").problem_lines() == {
        ("partial-table", 36),
        ("empty-item", 122),
        ("not-read", 175),
        ("repeated", 179),
        ("truncated", 310),
    }


def test_a_code_that_contradicts_the_page_is_refused(invented):
    from qualgraph.errors import UnidentifiedDocumentError

    with pytest.raises(UnidentifiedDocumentError, match=r"ZZZ40120.*ZZZ99999"):
        invented("register-page.txt", code="ZZZ99999")
    assert invented("register-page.txt", code="zzz40120").document.subject_code == "ZZZ40120"


def test_a_register_page_of_a_unit_says_what_it_is():
    from qualgraph.errors import UnrecognisedDocumentError

    page = "Unit of competency details\n\nZZZLMP401 - Trim the lamp (Release 1)\n\nUsage recommendation:\nCurrent\n"
    with pytest.raises(UnrecognisedDocumentError, match="unit of competency"):
        read_bytes(page.encode(), "page.txt")
