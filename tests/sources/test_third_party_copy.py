"""A copy on somebody else's page: without code or release, with residue, with headings lost or kept."""

from __future__ import annotations

import pytest

from qualgraph.errors import ParameterError, UnidentifiedDocumentError
from qualgraph.model import (
    Component,
    EmployabilitySkill,
    EntryRequirement,
    ExperienceAlternative,
    JobRoles,
    LicensingNote,
    Packaging,
    Pathway,
    ProblemKind,
    Release,
    Section,
)
from qualgraph.sources import read_bytes, read_file


def test_without_a_code_it_is_unidentified_and_says_how_to_give_one(invented):
    with pytest.raises(UnidentifiedDocumentError, match=r"--code CODE.*code="):
        invented("third-party-copy.txt")


def test_a_code_that_is_none_is_refused(invented):
    with pytest.raises(ParameterError):
        invented("third-party-copy.txt", code="not a code")


def test_a_given_code_is_marked_as_given(invented):
    copy = invented("third-party-copy.txt", code="ZZZ50120")
    component = copy.one(Component)
    assert (component.code, component.code_given, component.line) == ("ZZZ50120", True, 1)
    assert copy.document.key == "ZZZ50120/third-party-copy"
    assert copy.problem_lines() == {("code-not-stated", 1), ("release-not-stated", 1), ("residue", 21)}


def test_headings_that_were_kept_are_kept_even_after_a_wide_gap(invented):
    skills = invented("third-party-copy.txt", code="ZZZ50120").all(EmployabilitySkill)
    assert [(one.label, len(one.facets)) for one in skills] == [
        ("Communication", 1),
        ("Teamwork", 1),
        ("Problem-solving", 1),
        ("Initiative and enterprise", 1),
        ("Planning and organising", 1),
        ("Self-management", 1),
        ("Learning", 1),
        ("Technology", 1),
    ]


@pytest.mark.parametrize(
    "first_line",
    [
        "ZZZ50120 Diploma of Lighthouse Management",
        "ZZZ50120 - Diploma of Lighthouse Management (Release 4)",
        "Diploma of Lighthouse Management\nNational code: ZZZ50120",
    ],
)
def test_a_copy_that_states_its_code_needs_none_given(first_line, request):
    text = (request.path.parent / "documents" / "third-party-copy.txt").read_text(encoding="utf-8")
    copy = text.replace("Diploma of Lighthouse Management", first_line, 1)
    reading = read_bytes(copy.encode(), "copy.txt")
    component = next(one for one in reading.records if isinstance(one, Component))
    assert (component.code, component.title, component.code_given) == (
        "ZZZ50120",
        "Diploma of Lighthouse Management",
        False,
    )
    release = next(one for one in reading.records if isinstance(one, Release))
    assert release.number == ("4" if "Release" in first_line else None)


def test_the_kind_is_told_by_content_and_not_by_name(invented, tmp_path, request):
    other = tmp_path / "anzsco unit group.pdf"
    other.write_bytes((request.path.parent / "documents" / "third-party-copy.txt").read_bytes())
    assert read_file(other, code="ZZZ50120").document.reader == "third-party-copy"


def test_the_seed_copy_stays_unidentified_without_a_code(seed):
    path = seed("003").document.name
    from support import shared_path

    with pytest.raises(UnidentifiedDocumentError):
        read_file(shared_path("seeds", path))


def test_the_seed_copys_title_code_and_release(seed):
    copy = seed("003")
    component, release = copy.one(Component), copy.one(Release)
    assert (component.code, component.title, component.code_given) == (
        "BSB50311",
        "Diploma of Customer Contact",
        True,
    )
    assert (release.number, release.issued, release.described) == (None, None, True)
    assert copy.document.key == "BSB50311/003-d2cf1d873418648f"


def test_the_seed_copys_sections_roles_entry_and_licensing(seed):
    copy = seed("003")
    assert [(one.heading, one.first_line, one.last_line) for one in copy.all(Section)] == [
        ("Job roles", 11, 25),
        ("Pathways into the qualification", 141, 147),
        ("Pathways from the qualification", 149, 151),
        ("Entry Requirements", 153, 155),
        ("Licensing Information", 157, 159),
        ("Employability Skills", 161, 219),
    ]
    assert [(role.label, role.line) for role in copy.one(JobRoles).roles] == [
        ("contact centre manager", 15),
        ("customer contact segment manager", 17),
        ("quality assurance officer", 19),
        ("customer contact coach", 21),
        ("complex enquiry customer contact manager", 25),
    ]
    assert (copy.one(EntryRequirement).none_required, copy.one(EntryRequirement).line) == (True, 155)
    assert (copy.one(LicensingNote).direct_link, copy.one(LicensingNote).line) == (False, 159)


def test_the_seed_copys_pathways_are_alternatives_without_the_word_or(seed):
    into, onward = seed("003").all(Pathway)
    qualification, experience = into.alternatives
    assert (qualification.code, qualification.title) == ("BSB40311", "Certificate IV in Customer Contact")
    assert (qualification.open_ended, qualification.line) == (True, 145)
    assert isinstance(experience, ExperienceAlternative)
    assert (experience.roles, experience.line) == ((), 147)
    [advanced] = onward.alternatives
    assert (advanced.code, advanced.title) == ("BSB60407", "Advanced Diploma of Management")
    assert (advanced.open_ended, advanced.line) == (True, 151)


def test_the_seed_copys_packaging_rule(seed):
    packaging = seed("003").one(Packaging)
    rule = packaging.rule
    assert (packaging.line, rule.total, rule.core, rule.elective) == (28, 10, 3, 7)
    assert {group.id: len(group.members) for group in rule.groups} == {"core": 3, "A": 15, "B": 27}
    lines = {member.code: member.line for _, member in rule.members()}
    assert (lines["BSBCCO504A"], lines["BSBAUD501B"], lines["BSBWOR502B"]) == (44, 54, 138)


def test_the_seed_copys_six_lost_headings_are_reported_and_not_filled_in(seed):
    copy = seed("003")
    assert [(one.label, len(one.facets), one.line) for one in copy.all(EmployabilitySkill)] == [
        (None, 3, 170),
        (None, 3, 177),
        (None, 3, 184),
        ("Initiative and enterprise", 2, 190),
        ("Planning and organising", 3, 196),
        (None, 3, 205),
        (None, 2, 212),
        (None, 2, 217),
    ]
    assert [one.line for one in copy.problems(ProblemKind.HEADING_LOST)] == [170, 177, 184, 205, 212, 217]


def test_the_seed_copys_residue_is_one_problem_with_a_count(seed):
    [residue] = seed("003").problems(ProblemKind.RESIDUE)
    assert residue.line == 44
    assert "45 lines" in residue.message


def test_the_seed_copy_is_not_called_cut_off_although_no_line_end_follows(seed):
    assert seed("003").problems(ProblemKind.TRUNCATED) == []
    assert seed("001").problems(ProblemKind.TRUNCATED) == []
