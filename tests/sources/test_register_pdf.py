"""The register's PDF: made here with page breaks inside lists, and the seed's text fact by fact."""

from __future__ import annotations

from datetime import date

import pytest

from qualgraph.errors import BrokenDocumentError
from qualgraph.model import (
    Component,
    EmployabilitySkill,
    EntryRequirement,
    JobRoles,
    LicensingNote,
    OutcomeExample,
    Packaging,
    Pathway,
    ProblemKind,
    Release,
    Section,
    UnitGrid,
)
from qualgraph.sources import read_bytes

FOOTER = ["Approved Page 1 of 3", "© Commonwealth of Australia, 2013 Coast Skills"]
PAGES = [
    [
        "Australian Government",
        "ZZZ50120 Diploma of Coastal Safety",
        "Release: 3",
        "Modification History",
        "Not applicable.",
        "Job Roles",
        "• Harbour warden",
        "• Keeper of signals and of",
        "the fog horn",
        *FOOTER,
    ],
    [
        "ZZZ50120 Diploma of Coastal Safety",
        "• Tide master.",
        "Packaging Rules",
        "Total number of units = 3",
        "2 core units plus",
        "1 elective unit",
        "The 1 elective unit may be selected from the elective units listed below.",
        "Core units",
        "ZZZSIG501 Plan signals for a stretch of coast and report on",
        "their upkeep",
        *FOOTER,
    ],
    [
        "ZZZ50120 Diploma of Coastal Safety",
        "ZZZFOG502 Manage fog",
        "Elective units",
        "ZZZTID503 Model tides",
        "ZZZTID504 Publish tide tables",
        "Unit Grid",
        "ZZZFOG502 Manage fog",
        "ZZZSIG501 Plan signals for a stretch of coast and report on",
        "their upkeep",
        "ZZZTID503 Model tides",
        *FOOTER,
    ],
]


@pytest.fixture
def pdf(make_pdf, as_read):

    return as_read(
        read_bytes(make_pdf(PAGES), "any name.bin", retrieved=date(2026, 1, 2), url="https://example.org/x")
    )


def test_a_pdf_file_is_known_by_its_content(pdf):
    assert (pdf.document.reader, pdf.document.media_type) == ("register-pdf", "application/pdf")
    assert (pdf.document.key, pdf.document.name) == ("ZZZ50120/release-3", "any name.bin")
    assert (pdf.document.retrieved, pdf.document.url) == (date(2026, 1, 2), "https://example.org/x")


def test_a_list_goes_on_over_a_page_break(pdf):
    assert [role.label for role in pdf.one(JobRoles).roles] == [
        "Harbour warden",
        "Keeper of signals and of the fog horn",
        "Tide master",
    ]


def test_a_unit_title_broken_over_lines_is_joined_in_the_list_and_in_the_grid(pdf):
    title = "Plan signals for a stretch of coast and report on their upkeep"
    rule = pdf.one(Packaging).rule
    assert {member.code: member.title for _, member in rule.members()}["ZZZSIG501"] == title
    assert rule.core_units == ("ZZZSIG501", "ZZZFOG502")
    assert {row.code: row.title for row in pdf.one(UnitGrid).rows}["ZZZSIG501"] == title
    assert len(pdf.problems(ProblemKind.CONTINUED_LINE)) == 3


def test_headers_and_footers_of_pages_are_left_out_and_counted(pdf):
    footers, title = pdf.problems(ProblemKind.REPEATED)
    assert "2 more times" in title.message
    assert "6 header or footer lines" in footers.message


def test_the_grid_of_a_pdf_states_no_count_and_no_role(pdf):
    grid = pdf.one(UnitGrid)
    assert grid.stated is None
    assert {(row.usage, row.essential) for row in grid.rows} == {(None, None)}


def test_a_locked_pdf_is_broken_and_says_why(make_pdf):
    with pytest.raises(BrokenDocumentError, match=r"password|PDF"):
        read_bytes(make_pdf(PAGES, password="secret"), "locked.pdf")


def test_a_pdf_without_text_is_broken_and_says_that_it_may_be_scanned(make_pdf):
    with pytest.raises(BrokenDocumentError, match=r"without text.*OCR"):
        read_bytes(make_pdf([[], []]), "scan.pdf")


def test_a_cut_pdf_is_an_error_or_says_that_it_is_cut_off(make_pdf):
    data = make_pdf(PAGES)
    for size in range(600, len(data) - 10, 300):
        try:
            reading = read_bytes(data[:size], "cut.pdf")
        except BrokenDocumentError:
            continue
        assert ProblemKind.TRUNCATED in {problem.kind for problem in reading.problems}


def test_the_seed_text_is_known_by_its_content(seed):
    document = seed("001").document
    assert (document.reader, document.key) == ("register-pdf", "BSB50307/release-1")
    assert (document.media_type, document.line_count) == ("text/plain", 338)


def test_the_seed_texts_title_and_release(seed):
    text = seed("001")
    component, release = text.one(Component), text.one(Release)
    assert (component.code, component.title, component.line) == ("BSB50307", "Diploma of Customer Contact", 9)
    assert not component.code_given
    assert (release.number, release.issued, release.described, release.line) == ("1", None, True, 11)


def test_the_seed_text_states_no_mapping_no_classification_and_no_usage(seed):
    kinds = {type(record).__name__ for record in seed("001").reading.records}
    assert kinds.isdisjoint({"Mapping", "Classification", "UsageStatement"})


def test_the_seed_texts_sections(seed):
    found = [(one.heading, one.first_line, one.last_line) for one in seed("001").all(Section)]
    assert found == [
        ("Modification History", 15, 17),
        ("Description", 19, 35),
        ("Descriptor", 21, 23),
        ("Job Roles", 25, 35),
        ("Pathways Information", 37, 70),
        ("Qualification Pathways", 39, 39),
        ("Entry requirements", 41, 43),
        ("Pathways into the qualification", 45, 62),
        ("Pathways from the qualification", 64, 70),
        ("Licensing/Regulatory Information", 72, 76),
        ("Licensing, Legislative, Regulatory or Certification Considerations", 74, 76),
        ("Entry Requirements", 78, 80),
        ("Employability Skills Summary", 82, 96),
        ("EMPLOYABILITY SKILLS QUALIFICATION SUMMARY", 84, 96),
        ("Packaging Rules", 98, 271),
        ("Selecting Elective Units for Different Outcomes", 240, 271),
        ("Unit Grid", 273, 338),
    ]


def test_the_seed_texts_job_roles_entry_licensing_and_pathways(seed):
    text = seed("001")
    assert [(role.label, role.line) for role in text.one(JobRoles).roles] == [
        ("Analyst", 27),
        ("Campaign Manager", 28),
        ("Project Manager", 29),
        ("Quality Assurance/Compliance Officer", 30),
        ("Scheduler", 31),
        ("Subject Matter Expert/Coach", 32),
        ("Team Leader (experienced)", 33),
        ("Team Supervisor/Manager", 34),
    ]
    assert [(one.none_required, one.line) for one in text.all(EntryRequirement)] == [(True, 43), (True, 80)]
    assert (text.one(LicensingNote).direct_link, text.one(LicensingNote).line) == (False, 76)
    into, onward = text.all(Pathway)
    qualification, experience = into.alternatives
    assert (qualification.code, qualification.open_ended, qualification.line) == ("BSB40307", True, 49)
    assert experience.line == 53
    assert [(role.label, role.line) for role in experience.roles] == [
        ("Scheduler", 57),
        ("Subject Matter Expert/Coach", 58),
        ("Quality Assurance Coordinator or Manager", 59),
        ("Team Leader/Manager/Supervisor", 60),
    ]
    [advanced] = onward.alternatives
    assert (advanced.code, advanced.title, advanced.line) == (
        "BSB60307",
        "Advanced Diploma of Customer Contact",
        68,
    )


def test_the_seed_texts_skills_are_read_from_table_rows_without_markup(seed):
    skills = seed("001").all(EmployabilitySkill)
    assert [(one.label, len(one.facets), one.line) for one in skills] == [
        ("Communication", 4, 89),
        ("Teamwork", 4, 90),
        ("Problem-solving", 2, 91),
        ("Initiative and enterprise", 2, 92),
        ("Planning and organising", 3, 93),
        ("Self-management", 3, 94),
        ("Learning", 2, 95),
        ("Technology", 2, 96),
    ]
    assert not any("<" in facet.text or "(Technology" in facet.text for one in skills for facet in one.facets)


def test_the_seed_texts_packaging_rule_has_61_units_with_role_and_heading(seed):
    packaging = seed("001").one(Packaging)
    rule = packaging.rule
    assert (packaging.line, rule.total, rule.core, rule.elective) == (98, 10, 6, 4)
    assert (len(rule.core_units), len(rule.listed_electives)) == (6, 55)
    members = {member.code: member for group, member in rule.members() if group.role == "elective"}
    assert (members["BSBWOR403A"].heading, members["BSBWOR403A"].line) == ("Workplace Effectiveness", 232)
    assert (members["BSBPMG509A"].heading, members["BSBPMG509A"].line) == ("Project Management", 218)
    assert members["BSBCOM503B"].title.endswith("breaches in compliance requirements")


def test_the_seed_texts_examples(seed):
    examples = [
        (one.name, one.core, one.elective, one.choose, len(one.units), one.cut_off, one.line)
        for one in seed("001").all(OutcomeExample)
    ]
    assert examples == [
        ("Campaign Manager", 6, 4, None, 4, False, 244),
        ("Project Manager", 6, 4, 4, 11, False, 255),
    ]


def test_the_seed_texts_grid_has_63_rows(seed):
    grid = seed("001").one(UnitGrid)
    assert (len(grid.rows), grid.stated, grid.line) == (63, None, 273)
    assert (grid.rows[0].code, grid.rows[0].line) == ("BSBADM407B", 275)
    assert (grid.rows[62].code, grid.rows[62].title, grid.rows[62].line) == (
        "THHGCS06B",
        "Plan and implement sales activities",
        338,
    )
    by_code = {row.code: row for row in grid.rows}
    assert (by_code["BSBRISK501A"].title, by_code["BSBRISK501A"].line) == ("Manage risk", 330)
    assert by_code["BSBHRM506A"].title == "Manage recruitment selection and induction processes"


def test_the_seed_texts_problems(seed):
    assert seed("001").problem_lines() == {
        ("repeated", 13),
        ("empty-item", 35),
        ("empty-item", 70),
        ("residue", 89),
        ("not-read", 96),
        ("repeated", 100),
        ("residue", 108),
        ("continued-line", 150),
    }
