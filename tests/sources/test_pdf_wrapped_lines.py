"""A PDF whose lines wrap says what its unwrapped text says; what a page broke is never made a fact of its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from io import BytesIO
from typing import Any

import pytest

from qualgraph.model import EmployabilitySkill, JobRoles, OutcomeExample, Pathway, ProblemKind
from qualgraph.sources import read_bytes
from qualgraph.sources.employability import SKILLS
from qualgraph.sources.pdf_lines import Layout, Placed, rejoined

FACET = (
    "keeping the log of every passing vessel in the form that the harbour authority asks for, and handing "
    "it on to the next watch without a gap"
)
SENTENCE = (
    "This qualification is for people who plan, run and look after the signals of a stretch of coast. They lead small "
    "teams in weather of every kind. They report to a Coastal Harbour Authority and may act for it at night"
)
CONTEXT = (
    "The context for this work varies between stations that stand alone and those that belong to a larger "
    "harbour. A person in this role may need more than one of these outcomes. An:"
)
LICENCE = (
    "There is no direct link between this qualification and any licence of the harbours or the stations of a "
    "State or Territory. However, a unit may have one"
)
DOCUMENT = f"""\
ZZZ50120 Diploma of Coastal Safety
Release: 3
# Modification History
Not applicable.
# Description
{SENTENCE}.
# Job Roles
* Harbour warden who watches over a whole stretch of coast, its signals, its moorings and all of its visitors
* Keeper of signals and of the fog horn
# Pathways Information
# Pathways into the qualification
Preferred pathways for candidates include the following, of which any one of them is enough:
* ZZZ40120 Certificate IV in Coastal Safety and the Upkeep of Signals in Remote Places or other relevant qualifications
* with vocational experience as a keeper or warden on a coast with heavy traffic but without any qualification.
# Pathways from the qualification
* ZZZ60120 Advanced Diploma of Coastal Safety.
# Licensing/Regulatory Information
{LICENCE}
# Entry Requirements
There are no entry requirements for this qualification.
# Employability Skills Summary
{{skills}}
# Packaging Rules
Total number of units = 3
2 core units plus
1 elective unit
The 1 elective unit may be selected from the elective units listed below, or any training package at the same level.
# Core units
ZZZSIG501 Plan signals for a stretch of coast and report on their upkeep to the authority and to the owners of vessels
ZZZFOG502 Manage fog
# Elective units
ZZZTID503 Model tides
ZZZTID504 Publish tide tables
# Selecting Elective Units for Different Outcomes
{CONTEXT}
Tide master
2 core units plus
1 elective unit from the following
ZZZTID503 Model tides
# Unit Grid
ZZZFOG502 Manage fog
ZZZSIG501 Plan signals for a stretch of coast and report on their upkeep to the authority and to the owners of vessels
ZZZTID503 Model tides"""
LISTED = "\n".join(f"# {skill}\n* {FACET}\n* being brief" for skill in SKILLS)
TABLED = "\n".join(f"{skill}\t• {FACET} • being brief" for skill in SKILLS)


def document(skills: str) -> list[str]:
    return DOCUMENT.format(skills=skills).splitlines()


def flowed(lines: Sequence[str], *, spaced: bool, bullet: str, align: str = "TOP") -> bytes:
    """The lines as paragraphs of an A4 page; ``bullet`` 'own' draws bullets apart from the text, 'list' as a list."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.platypus import ListFlowable, ListItem, Paragraph, SimpleDocTemplate, Table

    gap = 6 if spaced else 0
    body = ParagraphStyle("body", fontName="Times-Roman", fontSize=11, leading=13, spaceBefore=gap)
    indented = ParagraphStyle("item", body, leftIndent=18, bulletIndent=0)
    head = ParagraphStyle("head", body, fontName="Helvetica-Bold", fontSize=13, leading=16, spaceBefore=10)
    flow: list[Any] = []
    for line in lines:
        if line.startswith("# "):
            flow.append(Paragraph(line[2:], head))
        elif "\t" in line:
            cells = [Paragraph(cell, body) for cell in line.split("\t")]
            flow.append(Table([cells], colWidths=[90, 300], style=[("VALIGN", (0, 0), (-1, -1), align)]))
        elif not line.startswith("* "):
            flow.append(Paragraph(line, body))
        elif bullet == "list":
            flow.append(ListFlowable([ListItem(Paragraph(line[2:], body))], bulletType="bullet"))
        elif bullet == "own":
            flow.append(Paragraph(line[2:], indented, bulletText="•"))
        else:
            flow.append(Paragraph(f"• {line[2:]}", body))
    out = BytesIO()
    SimpleDocTemplate(out, pagesize=A4, invariant=1).build(flow)
    return out.getvalue()


def said(record: Any) -> Any:
    """A record without its line numbers."""
    if isinstance(record, tuple | list):
        return tuple(said(one) for one in record)
    if not is_dataclass(record):
        return record
    return type(record).__name__, tuple(
        (field.name, said(getattr(record, field.name)))
        for field in fields(record)
        if "line" not in field.name
    )


def facts(data: bytes) -> list[Any]:
    return [said(one) for one in read_bytes(data, "any").records]


def plain(lines: Sequence[str]) -> bytes:
    """The same document as text, never wrapped."""
    return re.sub(
        r"^\* ", "• ", "\n".join(line.removeprefix("# ") for line in lines), flags=re.MULTILINE
    ).encode()


@pytest.mark.parametrize("bullet", ["inline", "own", "list"])
@pytest.mark.parametrize("spaced", [True, False])
@pytest.mark.parametrize("skills", [LISTED, TABLED])
def test_a_wrapped_pdf_says_what_its_unwrapped_text_says(skills: str, spaced: bool, bullet: str):
    lines = document(skills)
    read, wanted = facts(flowed(lines, spaced=spaced, bullet=bullet)), facts(plain(lines))
    assert [one for one in read if one[0] != "Section"] == [one for one in wanted if one[0] != "Section"]


@pytest.mark.parametrize("align", ["TOP", "MIDDLE", "BOTTOM"])
def test_cells_of_a_row_stay_together_however_they_are_aligned(as_read, align: str):
    read = as_read(read_bytes(flowed(document(TABLED), spaced=True, bullet="own", align=align), "a.pdf"))
    skills = read.all(EmployabilitySkill)
    assert [skill.label for skill in skills] == list(SKILLS)
    assert {tuple(facet.text for facet in skill.facets) for skill in skills} == {(FACET, "being brief")}


def test_joined_lines_are_one_problem_with_their_count(as_read):
    read = as_read(read_bytes(flowed(document(LISTED), spaced=True, bullet="own"), "a.pdf"))
    found = [one.message for one in read.problems(ProblemKind.CONTINUED_LINE)]
    assert [message for message in found if "as the page is set" in message] == [
        "18 lines go on with the line above, as the page is set; joined."
    ]
    assert len(found) == 1
    assert [skill.label for skill in read.all(EmployabilitySkill)] == list(SKILLS)


def placed(*lines: tuple[str, float]) -> list[Placed]:
    """Lines of one column in print of 10 points, each with how far it stands below the one before."""
    y, found = 800.0, []
    for text, step in lines:
        y -= step
        found.append(Placed(text=text, x=50, y=y, size=10, font="F"))
    return found


FULL = (
    "A line that reaches the right margin of the page, as only a line does that has more to say below, and on"
)


@pytest.mark.parametrize(
    ("above", "below", "step"),
    [
        (FULL, "• and another item", 12),
        (FULL, "ZZZFOG502 Manage fog", 12),
        (FULL, "Employability Skills", 12),
        (FULL, "and a paragraph of its own", 18),
        ("A short line", "and a line that would have fitted behind it", 12),
        (FULL.removesuffix(", and on") + " indeed.", "Keeper", 12),
    ],
)
def test_what_may_be_a_line_of_its_own_is_not_joined(above: str, below: str, step: float):
    lines = placed((FULL, 12), ("one", 12), (above, 12), (below, step))
    layout = Layout.of([placed((FULL, 12), ("one", 12), (FULL, 12), ("two", 12), ("three", 12))], 595)
    texts, joined = rejoined(lines, layout)
    assert (texts[2], texts[3]) == (above, below)
    assert not {2, 3} & set(joined)


def test_a_hyphen_at_the_end_of_a_line_stays_and_a_soft_one_goes():
    layout = Layout.of([placed((FULL, 12), ("one", 12))], 595)
    for end, whole in (("work-", "work-based"), ("work\xad", "workbased")):
        assert rejoined(placed((f"{FULL} {end}", 12), ("based", 12)), layout)[0] == [f"{FULL} {whole}", ""]


def test_half_a_sentence_is_reported_and_no_pathway_or_example(as_read):
    text = """ZZZ50120 Diploma of Coastal Safety
Release: 3
Job Roles
• Warden
Pathways Information
Pathways into the qualification
• ZZZ40120 Certificate IV in Coastal Safety
Other ways exist.
• formal training at the level of the station.
Packaging Rules
Total number of units = 1
1 core unit
Core units
ZZZFOG502 Manage fog
Selecting Elective Units for Different Outcomes
The context for this varies from one station to another, and so does the work. An:
ZZZFOG502 Manage fog
"""
    read = as_read(read_bytes(text.encode(), "a.txt"))
    [pathway] = read.all(Pathway)
    assert [one.line for one in pathway.alternatives] == [7]
    assert read.all(OutcomeExample) == []
    assert {("not-read", 9), ("not-read", 16)} <= read.problem_lines()
    assert [role.label for role in read.one(JobRoles).roles] == ["Warden"]
